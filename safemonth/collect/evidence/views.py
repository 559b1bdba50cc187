"""Pages of photos: the list, one with its notes, two side by side, the public copy, and the pictures themselves."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.queries import activity_seen_by
from safemonth.collect.evidence.actions import decide_likeness, make_public_copy
from safemonth.collect.evidence.comparison import can_be_laid, compared_pictures, facts_side_by_side
from safemonth.collect.evidence.copies import Region, overlap, regions_of
from safemonth.collect.evidence.faces import FACE_MODEL, can_suggest, suggested_faces
from safemonth.collect.evidence.models import Decision, Photo, PhotoLikeness, PublicCopy
from safemonth.collect.evidence.overlay import as_jpeg
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.evidence.queries import (
    current_public_copy,
    likenesses_of,
    notes_under,
    open_likenesses,
    photo_rows,
    photos_seen_by,
    rows_of_activity,
    uses_of,
    uses_seen_by,
)
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.models import Role
from safemonth.organisation.permissions import sees_all, viewer
from safemonth.plan.queries import campaign_called

SHOWN_AT_ONCE = 48
EDGES = ("left", "top", "width", "height")


def photos(request: HttpRequest) -> HttpResponse:
    """List the month's photos that the viewer sees: all, those worth a look, or those that look used before."""
    user, campaign = viewer(request), campaign_called()
    rows = photo_rows(user, campaign)
    counts = {
        "all": len(rows),
        "notes": sum(bool(row.strong_notes) for row in rows),
        "alike": sum(bool(row.open_likenesses) for row in rows),
    }
    show = request.GET.get("show", "")
    if show == "notes":
        rows = [row for row in rows if row.strong_notes]
    elif show == "alike":
        rows = [row for row in rows if row.open_likenesses]
    units = {use.unit.code: use.unit for row in rows for use in row.uses if use.unit}
    unit = request.GET.get("unit", "")
    if unit:
        rows = [row for row in rows if any(use.unit and use.unit.code == unit for use in row.uses)]
    page = Paginator(rows, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    return render(
        request,
        "collect/photos.html",
        {
            "page": page,
            "counts": counts,
            "show": show,
            "units": sorted(units.values(), key=lambda row: row.path),
            "unit": unit,
            "is_office": sees_all(user),
            "next_open": open_likenesses(campaign).order_by("found_at", "pk").first() if sees_all(user) else None,
        },
    )


def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one photo: what it says of itself, what is worth a look, what uses it, what it looks like."""
    user = viewer(request)
    shown = get_object_or_404(photos_seen_by(user), pk=pk)
    uses = uses_seen_by(user, uses_of([shown.sha256]).get(shown.sha256, ()))
    is_office = sees_all(user)
    return render(
        request,
        "collect/photo.html",
        {
            "photo": shown,
            "uses": [(use, notes_under(shown, use) if is_office else ()) for use in uses],
            "likenesses": likenesses_of(shown) if is_office else (),
            "public_copy": current_public_copy(shown),
            "is_office": is_office,
            "is_clerk": user.role == Role.CLERK,
        },
    )


def photo_image(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out a photo's picture: thumbnail, reduced or public; the original to the clerk alone, as a download."""
    user = viewer(request)
    shown = get_object_or_404(photos_seen_by(user), pk=pk)
    match kind:
        case "thumbnail" | "reduced":
            sha256 = shown.thumbnail_sha256 if kind == "thumbnail" else shown.reduced_sha256
        case "public":
            copy = current_public_copy(shown)
            sha256 = copy.sha256 if copy else ""
        case "original" if user.role == Role.CLERK:
            return _original(shown)
        case _:
            sha256 = ""
    if not sha256:
        raise Http404
    # A photo's small copies never change; the public copy does.
    return _picture(bytes_kept(sha256), lasts=kind != "public")


def photo_blur(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clerk mark what is to be covered, and make the copy that may be published."""
    user = viewer(request)
    shown = get_object_or_404(Photo.objects.filter(problem=""), pk=pk)
    if request.method == "POST":
        made = make_public_copy(photo=shown, regions=_regions_sent(request), by=user.username, at=timezone.now())
        messages.info(
            request,
            _("Version %(version)s of the public copy; patches: %(count)s.")
            % {"version": made.version, "count": len(made.regions)},
        )
        return redirect("photo-blur", pk=pk)
    copy = current_public_copy(shown)
    model = settings.DATA / FACE_MODEL
    regions = regions_of(copy.regions) if copy else ()
    suggested: tuple[Region, ...] = ()
    if request.GET.get("suggest") and can_suggest(model):
        suggested = suggested_faces(open_photo(bytes_kept(shown.sha256)), model=model)
        suggested = tuple(face for face in suggested if not any(overlap(face, region) for region in regions))
        if not suggested:
            messages.info(request, _("No other faces were found; look for yourself."))
    return render(
        request,
        "collect/photo_blur.html",
        {
            "photo": shown,
            "copy": copy,
            "versions": PublicCopy.objects.filter(photo=shown).count(),
            "rows": [_percent(region) for region in (*regions, *suggested)],
            "can_suggest": can_suggest(model),
            "edges": EDGES,
        },
    )


def likeness(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two photos that look alike side by side, with what is known of both, for a person to decide."""
    user = viewer(request)
    shown = _likeness(pk)
    uses = uses_of([shown.photo.sha256, shown.other.sha256])
    is_same_file = shown.photo_id == shown.other_id
    first, second = uses.get(shown.photo.sha256, []), uses.get(shown.other.sha256, [])
    return render(
        request,
        "collect/photo_likeness.html",
        {
            "likeness": shown,
            "is_same_file": is_same_file,
            "uses": first,
            "facts": () if is_same_file else facts_side_by_side(shown.photo, first, shown.other, second),
            "has_overlay": can_be_laid(shown),
            "is_clerk": user.role == Role.CLERK,
            "waiting": open_likenesses(campaign_called()).exclude(pk=pk).count(),
            "choices": [
                (value, label)
                for value, label in Decision.choices
                if value and not (is_same_file and value == Decision.DIFFERENT)
            ],
        },
    )


def likeness_image(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the second photo laid over the first (`laid`), or what differs between them (`difference`)."""
    viewer(request)
    pictures = compared_pictures(_likeness(pk))
    if pictures is None or kind not in ("laid", "difference"):
        raise Http404
    return _picture(as_jpeg(pictures.laid if kind == "laid" else pictures.difference), lasts=True)


@require_POST
def likeness_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the clerk's decision on two photos, and go on to the next pair."""
    user = viewer(request)
    decide_likeness(
        likeness=_likeness(pk),
        decision=request.POST.get("decision", ""),
        reason=request.POST.get("reason", ""),
        by=user.username,
        at=timezone.now(),
    )
    following = open_likenesses(campaign_called()).order_by("found_at", "pk").first()
    if following is None:
        messages.info(request, _("Decided. No other photos wait for a look."))
        return redirect("photos")
    messages.info(request, _("Decided. This is the next pair."))
    return redirect("likeness", pk=following.pk)


def activity_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the photos that bear an activity out, with what is worth a look in each."""
    user = viewer(request)
    shown = activity_seen_by(user, pk)
    seen = set(photos_seen_by(user).values_list("pk", flat=True))
    rows = [row for row in rows_of_activity(user, shown) if row.photo.pk in seen]
    return render(
        request, "collect/photo_activity.html", {"activity": shown, "rows": rows, "is_office": sees_all(user)}
    )


def _likeness(pk: int) -> PhotoLikeness:
    return get_object_or_404(PhotoLikeness.objects.select_related("photo", "other"), pk=pk)


def _original(shown: Photo) -> HttpResponse:
    """Answer with the bytes as they came: a download, so that no browser runs what a hostile sender put there."""
    uses = uses_of([shown.sha256]).get(shown.sha256, [])
    name = uses[0].file_name if uses else shown.sha256
    response = HttpResponse(bytes_kept(shown.sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def _picture(data: bytes, *, lasts: bool) -> HttpResponse:
    response = HttpResponse(data, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=86400" if lasts else "private, no-cache"
    return response


def _regions_sent(request: HttpRequest) -> tuple[Region, ...]:
    """Return the regions of the form, which says them in per cent; rows left empty are no regions."""
    columns = [request.POST.getlist(edge) for edge in EDGES]
    rows: list[dict[str, Any]] = []
    for values in zip(*columns, strict=False):
        if any(value.strip() for value in values):
            rows.append({edge: _thousandths(value) for edge, value in zip(EDGES, values, strict=True)})
    return regions_of(rows)


def _thousandths(percent: str) -> str:
    """Return per cent as thousandths; what is no number stays as it is, and is refused with its place."""
    try:
        return str(round(float(percent) * 10))
    except (ValueError, OverflowError):
        return percent


def _percent(region: Region) -> list[tuple[str, str]]:
    return [(edge, f"{getattr(region, edge) / 10:g}") for edge in EDGES]
