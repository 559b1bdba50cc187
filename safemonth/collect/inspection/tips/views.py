"""The office's pages of reports by the public, and a unit's pages of those that were passed on to it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.inspection.drives.queries import units_that_inspect
from safemonth.collect.inspection.tips import actions, forms
from safemonth.collect.inspection.tips.models import Tip, TipMessage, TipPhoto
from safemonth.collect.inspection.tips.queries import (
    last_passed,
    tip_counts,
    tip_page,
    tips_passed_to,
    tips_shown,
    townships,
)
from safemonth.collect.inspection.tips.rules import MOVES
from safemonth.collect.inspection.workplaces.queries import workplaces
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called

ROWS_A_PAGE: Final = 50
SHOWS: Final = ("", "open", "held", "late", "asked", "closed")


@never_cache
def tips(request: HttpRequest) -> HttpResponse:
    """List the month's reports, narrowed by what is to be done and by township."""
    campaign, today = campaign_called(), timezone.localdate()
    show = request.GET.get("show", "")
    township = request.GET.get("township", "")
    rows = tips_shown(campaign, show=show if show in SHOWS else "", township=township, today=today)
    return render(
        request,
        "collect/tips.html",
        {
            "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
            "counts": tip_counts(campaign, today=today),
            "show": show,
            "township": township,
            "townships": townships(),
            "today": today,
        },
    )


def _tip(number: str) -> Tip:
    rows = Tip.objects.select_related("campaign__unit", "township", "passed_to", "workplace", "hazard", "joined_to")
    return get_object_or_404(rows.filter(campaign=campaign_called()), number=number)


@never_cache
def tip(request: HttpRequest, number: str) -> HttpResponse:
    """Show one report with its steps; who reported is shown only on asking, and that is noted."""
    found = _tip(number)
    contact = None
    if request.method == "POST":
        found = actions.see_contact(tip=found, by=viewer(request).username, at=timezone.now())
        contact = (found.reporter_name, found.reporter_phone)
    return render(
        request,
        "collect/tips_one.html",
        {
            "page": tip_page(found),
            "tip": found,
            "contact": contact,
            "today": timezone.localdate(),
            "is_unchanged": actions.has_words_unchanged(found),
            "open_moves": {move.code for move in MOVES if found.state in move.from_states},
        },
    )


@never_cache
def tip_photo(request: HttpRequest, number: str, photo: int) -> HttpResponse:
    """Hand out a photo of a report to the office: the bare copy, or on asking the file as it arrived, as a download."""
    row = get_object_or_404(TipPhoto, tip=_tip(number), number=photo)
    if request.GET.get("original"):
        if not row.original_sha256:
            raise Http404
        response = HttpResponse(bytes_kept(row.original_sha256), content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="{row.tip.number}-{row.number}.bin"'
        return response
    return HttpResponse(bytes_kept(row.copy_sha256), content_type="image/jpeg")


def _done(tip: Tip, sentence: str) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        messages.info(request, sentence)
        return redirect("tip", number=tip.number)

    return answer


@require_POST
def tip_accept(request: HttpRequest, number: str) -> HttpResponse:
    """Take a report up."""
    found = actions.accept(tip=_tip(number), by=viewer(request).username, at=timezone.now())
    return _done(found, _("Taken up."))(request)


@require_POST
def tip_part(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a double is a matter of its own."""
    found = actions.part(tip=_tip(number), by=viewer(request).username, at=timezone.now())
    return _done(found, _("It stands by itself again."))(request)


def _page(
    request: HttpRequest, found: Tip, form: Any, *, title: str, button: str, act: Callable[..., object], lead: str = ""
) -> HttpResponse:
    def do(given: dict[str, Any]) -> HttpResponse:
        act(**given, by=viewer(request).username, at=timezone.now())
        return _done(found, _("Entered."))(request)

    back = (reverse("tip", args=[found.number]), found.number)
    return form_page(request, form, title=title, button=button, back=back, act=do, lead=lead)


def tip_pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Pass a report on to a unit."""
    found = _tip(number)
    units = units_that_inspect()
    has_photos = TipPhoto.objects.filter(tip=found).exists()
    initial = {"told": f"{found.spot}：{found.text}", "unit": found.township.code if found.township else None}
    form = forms.PassOnForm(request.POST or None, units=units, has_photos=has_photos, initial=initial)

    def act(**given: Any) -> object:
        return actions.pass_on(tip=found, **given)

    return _page(request, found, form, title=_("Pass on to a unit"), button=_("Pass on"), act=act)


def tip_hazard(request: HttpRequest, number: str) -> HttpResponse:
    """Enter the hazard that a report turned out to be."""
    found = _tip(number)
    near = workplaces().order_by("township__path", "name")
    if found.township:
        near = near.filter(township=found.township)
    named = near.filter(name=found.workplace_text).first() if found.workplace_text else None
    initial = {"workplace": named, "spot": found.spot[:160]}
    form = forms.HazardForm(request.POST or None, workplaces=near, initial=initial)

    def act(**given: Any) -> object:
        return actions.make_hazard(tip=found, person=given["by"], **given)

    return _page(request, found, form, title=_("It is a hazard"), button=_("Enter the hazard"), act=act)


_CLOSINGS: Final = ("no_hazard", "set_aside", "close", "reopen")


def tip_finish(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Close a report with words for the public, or take it up again."""
    if move not in _CLOSINGS:
        raise Http404
    found = _tip(number)
    titles = {
        "no_hazard": _("It is not a hazard"),
        "set_aside": _("Set aside: a machine's"),
        "close": _("Close"),
        "reopen": _("Take up again"),
    }
    form = forms.WordsForm(request.POST or None, is_needed=move != "reopen")

    def act(**given: Any) -> object:
        if move == "reopen":
            return actions.reopen(tip=found, **given)
        return actions.finish(tip=found, move=move, **given)

    return _page(request, found, form, title=titles[move], button=_("Enter"), act=act)


def tip_join(request: HttpRequest, number: str) -> HttpResponse:
    """Say of which report it is a double."""
    found = _tip(number)

    def act(*, number: str, **given: Any) -> object:
        other = Tip.objects.filter(campaign=found.campaign, number=number.strip().upper()).first()
        return actions.join(tip=found, other=other or found, **given)

    form = forms.JoinForm(request.POST or None, initial={"number": request.GET.get("other", "")[:20]})
    lead = _("Both codes then follow the one case, and it is counted once.")
    return _page(request, found, form, title=_("It is a double"), button=_("Join"), act=act, lead=lead)


def tip_reward(request: HttpRequest, number: str) -> HttpResponse:
    """Note a reward that was paid."""
    found = _tip(number)

    def act(**given: Any) -> object:
        return actions.reward(tip=found, **given)

    form = forms.RewardForm(request.POST or None, initial={"yuan": found.reward_yuan})
    return _page(request, found, form, title=_("Reward"), button=_("Enter"), act=act)


def tip_reply(request: HttpRequest, number: str, message: int) -> HttpResponse:
    """Reply to what a reporter added or asked."""
    found = _tip(number)
    sent = get_object_or_404(TipMessage.objects.select_related("tip"), tip=found, pk=message)

    def act(**given: Any) -> object:
        return actions.reply(message=sent, **given)

    form = forms.ReplyForm(request.POST or None, initial={"text": sent.reply})
    return _page(request, found, form, title=_("Reply"), button=_("Send it"), act=act, lead=sent.text)


@never_cache
def tips_passed(request: HttpRequest) -> HttpResponse:
    """List the reports that were passed on to the viewer's units, as they were told of them."""
    user = viewer(request)
    rows = Paginator(tips_passed_to(user, campaign_called()), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "collect/tips_passed.html", {"page": rows, "today": timezone.localdate()})


@never_cache
def tip_passed(request: HttpRequest, number: str) -> HttpResponse:
    """Show a unit what it is to look into, and take in what it found; nothing here says who reported."""
    user = viewer(request)
    found = get_object_or_404(tips_passed_to(user, campaign_called()), number=number)
    told = last_passed(found)
    photos = TipPhoto.objects.filter(tip=found) if told and told.shows_photos else ()

    def act(given: dict[str, Any]) -> HttpResponse:
        actions.answer(tip=found, **given, by=user.username, at=timezone.now())
        messages.info(request, _("Entered."))
        return redirect("tips-passed")

    if found.state != "passed":
        return render(request, "collect/tips_passed_one.html", {"tip": found, "told": told, "photos": photos})
    if request.method != "POST":
        context = {"tip": found, "told": told, "photos": photos, "form": forms.AnswerForm()}
        return render(request, "collect/tips_passed_one.html", context)
    back = (reverse("tips-passed"), _("Passed on to us"))
    lead = told.told if told else ""
    form = forms.AnswerForm(request.POST)
    return form_page(request, form, title=found.number, button=_("Send it"), back=back, act=act, lead=lead)


@never_cache
def tip_passed_photo(request: HttpRequest, number: str, photo: int) -> HttpResponse:
    """Hand out the bare copy of a photo to the unit that was shown it."""
    found = get_object_or_404(tips_passed_to(viewer(request), campaign_called()), number=number)
    told = last_passed(found)
    if told is None or not told.shows_photos:
        raise Http404
    return HttpResponse(
        bytes_kept(get_object_or_404(TipPhoto, tip=found, number=photo).copy_sha256), content_type="image/jpeg"
    )
