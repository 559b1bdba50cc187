"""Pages of inspections: the list, one of them with all that arrived about it, and the inspector's day."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from safemonth.collect.evidence.models import Photo
from safemonth.collect.evidence.queries import photos_seen_by
from safemonth.collect.forms.queries import forms_offered_to
from safemonth.collect.inspection.checklists.lists import open_hazards
from safemonth.collect.inspection.checklists.queries import hazard_counts
from safemonth.collect.inspection.hazards.models import Hazard, HazardPhoto
from safemonth.collect.inspection.inspections import queries
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.workplaces.models import Trade
from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.models import Role, User
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called

ROWS_ON_A_PAGE = 50
# What the screen draws signatures as; anything else is not handed out as a picture.
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """List inspections, newest first, narrowed by what the page is asked."""
    user = viewer(request)
    seen = queries.inspections_seen_by(user, campaign_called())
    asked = _asked(request)
    page = Paginator(queries.narrowed(seen, asked), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    counts = hazard_counts(rows)
    return render(
        request,
        "collect/inspections.html",
        {
            "rows": [(row, counts[row.pk]) for row in rows],
            "page": page,
            "asked": asked,
            "hosts": queries.hosts_of(seen),
            "drives": queries.drives_of(seen),
            "trades": Trade.choices,
            "waiting": queries.without_workplace(seen).count(),
            "rivals": seen.filter(has_rivals=True).count(),
            "query": _without_page(request),
            "may_decide": user.role == Role.CLERK,
        },
    )


@require_GET
def inspection(request: HttpRequest, code: str) -> HttpResponse:
    """Show an inspection: where and when, what was checked and found, who signed, its versions and photos."""
    user = viewer(request)
    row = _seen(user, code)
    hazards = list(
        Hazard.objects.filter(key__in=[UUID(key) for key in row.said.get("hazard_keys", ())]).order_by("code")
    )
    rechecked = Hazard.objects.filter(key__in=[UUID(each["hazard"]) for each in row.said.get("rechecks", ())])
    dropped = set(row.said.get("dropped", ()))
    photos = _photos_of(user, [hazard.key for hazard in hazards])
    return render(
        request,
        "collect/inspections_one.html",
        {
            "row": row,
            "hazards": [(each, photos.get(each.key, []), str(each.key) in dropped) for each in hazards],
            "rechecked": list(rechecked.order_by("code")),
            "versions": queries.versions_with_forms(row),
            "may_decide": user.role == Role.CLERK,
            "signed": [side for side in ("inspector", "workplace") if _signature(row, side)],
        },
    )


@require_GET
def inspection_signature(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """Hand out the signature of a side (inspector, workplace) of the version that stands, as a picture."""
    submission = _signature(_seen(viewer(request), code), side)
    data = bytes_kept(submission.sha256) if submission else b""
    kind = next((kind for first, kind in _PICTURES.items() if data.startswith(first)), "")
    if not kind:
        raise Http404
    response = HttpResponse(data, content_type=kind)
    response.headers["Cache-Control"] = "private, max-age=600"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def inspector_day(request: HttpRequest) -> HttpResponse:
    """Show an inspector, on a phone, the visits still to make, the hazards to recheck, and the forms to fill in."""
    user = viewer(request)
    campaign = campaign_called()
    today = timezone.localdate()
    visits = queries.visits_open_to(user, campaign)
    hazards = list(open_hazards(user, campaign)[:ROWS_ON_A_PAGE])
    due = [row for row in hazards if row.state == "reported_done" or (row.deadline_on and row.deadline_on <= today)]
    wanted = ("inspection", "recheck")
    return render(
        request,
        "collect/inspections_day.html",
        {
            "today": today,
            "visits_due": [visit for visit in visits if visit.visit_on <= today],
            "visits_later": [visit for visit in visits if visit.visit_on > today],
            "due": due,
            "open": [row for row in hazards if row not in due],
            "forms": [version for version in forms_offered_to(user) if version.purpose in wanted],
            "made": queries.inspections_seen_by(user, campaign).filter(started_at__date=today)[:ROWS_ON_A_PAGE],
        },
    )


def _signature(row: Inspection, side: str) -> Submission | None:
    """The file on which a side signed the version that stands, None where it did not or the file has not come."""
    name = row.said.get(f"sign_{side}", "") if side in ("inspector", "workplace") else ""
    standing = queries.versions_of(row).filter(version_key=row.said.get("version", ""))
    files = queries.files_of(list(standing)).get(row.said.get("version", ""), {}) if name else {}
    return files.get(name)


def _seen(user: User, code: str) -> Inspection:
    return get_object_or_404(queries.inspections_seen_by(user, campaign_called()), code=code)


def _photos_of(user: User, keys: list[UUID]) -> dict[UUID, list[tuple[HazardPhoto, Photo]]]:
    """The photos of hazards that have been examined, each with its picture."""
    rows = list(HazardPhoto.objects.filter(hazard_key__in=keys).select_related("submission"))
    pictures = {
        photo.sha256: photo
        for photo in photos_seen_by(user).filter(sha256__in=[row.submission.sha256 for row in rows])
        if photo.thumbnail_sha256
    }
    found: dict[UUID, list[tuple[HazardPhoto, Photo]]] = {}
    for row in rows:
        if row.submission.sha256 in pictures:
            found.setdefault(row.hazard_key, []).append((row, pictures[row.submission.sha256]))
    return found


def _asked(request: HttpRequest) -> queries.Asked:
    asked = request.GET
    drive = asked.get("drive", "")
    return queries.Asked(
        host=asked.get("host", ""),
        drive=int(drive) if drive.isascii() and drive.isdigit() and len(drive) < 10 else None,
        trade=asked.get("trade", ""),
        on=_day(asked.get("on", "")),
        only=asked.get("only", ""),
        text=asked.get("text", "").strip()[:80],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _without_page(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
