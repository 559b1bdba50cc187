"""Pages of one hazard: what was said of it, a form for each move, photos, and a new one."""

from datetime import datetime, time
from typing import Any
from uuid import uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.collect.activities.form_page import channel_of, form_page, key_of
from safemonth.collect.evidence.models import Photo
from safemonth.collect.inspection.drives.queries import units_that_inspect
from safemonth.collect.inspection.hazards import forms
from safemonth.collect.inspection.hazards.actions import add_photos, enter
from safemonth.collect.inspection.hazards.codes import read_code
from safemonth.collect.inspection.hazards.models import Hazard, HazardPhoto
from safemonth.collect.inspection.hazards.queries import hazards_seen_by, sides_of, standing_of
from safemonth.collect.inspection.hazards.queries.page import hazard_page, offers_to, side_for
from safemonth.collect.inspection.hazards.states import INSPECTING, MOVE, UNDONE, Move
from safemonth.collect.inspection.workplaces.queries import workplaces_seen_by
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import User
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.plan.models import Campaign
from safemonth.plan.queries import campaign_called


def hazard(request: HttpRequest, code: str) -> HttpResponse:
    """Show one hazard: where it stands, what the viewer may do next, and all that was said, held or not."""
    user, today = viewer(request), timezone.localdate()
    shown = _seen(user, code)
    page = hazard_page(shown, user)
    digests = [photo.submission.sha256 for photo in (*page.before, *page.after)]
    ready = set(Photo.objects.filter(sha256__in=digests).exclude(thumbnail_sha256="").values_list("sha256", flat=True))
    is_overdue = shown.deadline_on is not None and shown.deadline_on < today and shown.state in UNDONE
    may_move = may_open(user=user, name="hazard-move")
    return render(
        request,
        "collect/hazards_one.html",
        {
            "hazard": shown,
            "page": page,
            "offers": _buttons(page.offers) if may_move else (),
            "ready": ready,
            "days_overdue": (today - shown.deadline_on).days if is_overdue and shown.deadline_on else 0,
            "five": _five(page.here),
            "settled": page.here.facts,
            "is_office": sees_all(user),
            "may_add_photos": page.may_add_photos and may_move,
        },
    )


def _buttons(offers: tuple[Move, ...]) -> list[tuple[str, str]]:
    """The moves as buttons (code and words), what leads on to closing first."""
    codes = [move.code for move in offers]
    first = next((code for code in forms.NEXT if code in codes), None)
    return [(code, str(forms.DOING.get(code, code))) for code in sorted(codes, key=lambda code: code != first)]


def _five(here: Any) -> list[tuple[str, Any]]:
    facts = here.facts
    return [
        (_("Responsible post"), facts.get("responsible_post")),
        (_("Measure"), facts.get("measure")),
        (_("Money (yuan)"), facts.get("money_yuan")),
        (_("Deadline"), here.deadline_on.isoformat() if here.deadline_on else None),
        (_("Emergency plan until then"), facts.get("emergency_plan")),
    ]


def _seen(user: User, code: str) -> Hazard:
    return get_object_or_404(hazards_seen_by(user, campaign_called()), code=read_code(code) or code)


def _to(shown: Hazard) -> tuple[str, str]:
    return reverse("hazard", args=[shown.code]), f"{shown.code} {shown.text[:40]}"


def hazard_move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    """Make a move on a hazard; what the viewer may not make as it stands answers 404."""
    user = viewer(request)
    shown = _seen(user, code)
    here = standing_of(shown)
    made = next((offer for offer in offers_to(user, shown, here) if offer.code == move), None)
    if made is None and not (request.method == "POST" and move in MOVE and side_for(user, shown, MOVE[move])):
        raise Http404
    chosen = made or MOVE[move]

    def do(given: dict[str, Any]) -> HttpResponse:
        data = forms.said_in(given)
        if move == "join":
            data["same_as"] = _other(user, data["same_as"])
        now = timezone.now()
        enter(
            campaign=shown.campaign,
            hazard_key=shown.key,
            move=move,
            happened_at=_when(given.get("happened_on"), now),
            side=side_for(user, shown, chosen),
            person=user.username,
            data=data,
            by=user.username,
            at=now,
            key=key_of(request),
            unit=user.unit,
            post_title=user.post_title,
            photos=_received(user, shown.campaign, given.get("photos") or (), at=now),
        )
        messages.info(request, _("Entered."))
        return redirect("hazard", code=shown.code)

    form = forms.MoveForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        move=chosen,
        units=units_that_inspect(),
        facts=dict(here.facts),
        has_photos=move in forms.WITH_PHOTOS,
    )
    title = str(forms.DOING.get(move, chosen.name))
    return form_page(request, form, title=title, lead=shown.text, button=_("Enter"), back=_to(shown), act=do)


def _other(user: User, text: str) -> str:
    code = read_code(text)
    other = hazards_seen_by(user, campaign_called()).filter(code=code).first() if code else None
    if other is None:
        raise Refused("unknown_other", gettext_noop("The other hazard is not in this register."))
    return str(other.key)


def _when(day: Any, now: datetime) -> datetime:
    """Now, or noon of a day that was: papers say no hour."""
    if not day or day == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time(12)))


def _received(user: User, campaign: Campaign, files: Any, *, at: datetime) -> list[Submission]:
    """Keep the photos as they came; raises Refused `not_a_photo` before any is kept."""
    read = [(file.read(), file.name) for file in files]
    for data, name in read:
        if channel_of(data, file_name=name) != Channel.PHOTO:
            raise Refused("not_a_photo", gettext_noop("“%(name)s” is no photo."), name=name[:80])
    return [
        receive(
            campaign=campaign,
            data=data,
            file_name=name,
            channel=Channel.PHOTO,
            sender=user.unit,
            by=user.username,
            at=at,
        )[0]
        for data, name in read
    ]


def hazard_new(request: HttpRequest) -> HttpResponse:
    """Enter a hazard that was found, and order it to be put right where a day is given."""
    user, campaign = viewer(request), campaign_called()

    def add(given: dict[str, Any]) -> HttpResponse:
        now, key = timezone.now(), key_of(request)
        data = forms.said_in(given, besides=("photos", "workplace", "deadline_on"))
        photos = _received(user, campaign, given["photos"], at=now)
        who: dict[str, Any] = {
            "by": user.username,
            "at": now,
            "person": user.username,
            "side": INSPECTING,
            "unit": user.unit,
        }
        found = enter(
            campaign=campaign,
            hazard_key=key,
            move="find",
            happened_at=now,
            data=data,
            key=uuid5(key, "find"),
            post_title=user.post_title,
            workplace=given["workplace"],
            photos=photos,
            **who,
        )
        if given["deadline_on"]:
            enter(
                campaign=campaign,
                hazard_key=key,
                move="order",
                happened_at=now,
                data={"deadline_on": given["deadline_on"].isoformat()},
                key=uuid5(key, "order"),
                answers=uuid5(key, "find"),
                post_title=user.post_title,
                **who,
            )
        return redirect("hazard", code=found.code)

    form = forms.FindForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        workplaces=workplaces_seen_by(user),
        initial={"workplace": request.GET.get("workplace")},
    )
    back = (reverse("hazards"), _("Register of hazards"))
    return form_page(request, form, title=_("A hazard was found"), button=_("Enter"), back=back, act=add)


def hazard_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Add photos that show a hazard before or after."""
    user = viewer(request)
    shown = _seen(user, code)
    if not sides_of(user, shown):
        raise Http404

    def add(given: dict[str, Any]) -> HttpResponse:
        now = timezone.now()
        kept = _received(user, shown.campaign, given["photos"], at=now)
        add_photos(hazard=shown, submissions=kept, shows=given["shows"], by=user.username, at=now)
        return redirect("hazard", code=shown.code)

    form = forms.PhotosForm(request.POST if request.method == "POST" else None, request.FILES or None)
    return form_page(request, form, title=_("Add photos"), lead=shown.text, button=_("Add"), back=_to(shown), act=add)


def hazard_photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Hand out the reduced picture of a hazard's photo; 404 until the photo was looked at."""
    shown = _seen(viewer(request), code)
    photo = get_object_or_404(HazardPhoto.objects.filter(hazard_key=shown.key).select_related("submission"), pk=pk)
    picture = get_object_or_404(Photo.objects.exclude(reduced_sha256=""), sha256=photo.submission.sha256)
    small = picture.thumbnail_sha256 if request.GET.get("small") else picture.reduced_sha256
    response = HttpResponse(bytes_kept(small), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response
