"""What stands before every page: the permission table, refusals as sentences, and the navigation."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.languages import said
from safemonth.organisation.permissions import may_open, viewer_of
from safemonth.plan.models import Campaign

# Address names in the order of the navigation, with their (marked) titles; each viewer sees what they may open.
NAVIGATION = (
    ("board", gettext_noop("Board")),
    ("report", gettext_noop("Report")),
    ("submissions", gettext_noop("Arrived")),
    ("field", gettext_noop("Field reports")),
    ("forms", gettext_noop("Forms")),
    ("photos", gettext_noop("Photos")),
    ("activities", gettext_noop("Activities")),
    ("publicity", gettext_noop("Publicity")),
    ("inspection-works", gettext_noop("Safety inspection")),
    ("supervision-works", gettext_noop("Supervision")),
    ("plan", gettext_noop("Plan")),
    ("calendar", gettext_noop("Calendar")),
    ("figures", gettext_noop("Figures")),
    ("checks", gettext_noop("Checks")),
    ("summaries", gettext_noop("Summary")),
    ("units", gettext_noop("Units")),
    ("ledger", gettext_noop("Ledger")),
)


class PermissionMiddleware:
    """Answer 404 wherever the permission table does not let the viewer in: strangers learn nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Check the table before the view runs."""
        match = request.resolver_match
        if match is None or not may_open(user=viewer_of(request), name=match.view_name):
            raise Http404
        return None


class RefusedMiddleware:
    """Turn a `Refused` into a page (or a fragment) with its sentence in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 422 with the sentence; other exceptions go on."""
        if not isinstance(exception, Refused):
            return None
        return render(
            request,
            "desk/refused.html",
            {"code": exception.code, "sentence": sentence_of(exception.sentence, exception.params)},
            status=422,
        )


# Why two activities look like one (`collect/activities/rules.py`), as a person would say it.
REASONS = {
    "same_event": gettext_noop("same event"),
    "same_unit": gettext_noop("same unit"),
    "same_period": gettext_noop("same period"),
    "same_day": gettext_noop("same day"),
    "same_kind": gettext_noop("same kind"),
    "same_place": gettext_noop("same place"),
    "near_title": gettext_noop("like title"),
    "equal_figures": gettext_noop("equal figures"),
}


def sentence_of(sentence: str, params: Any) -> str:
    """Return a marked English sentence in the active language with its places filled."""
    if params and isinstance(reasons := params.get("reasons"), str):
        why = [gettext(REASONS[code]) if code in REASONS else code for code in reasons.split(", ")]
        params = {**params, "reasons": gettext(", ").join(why)}
    return said(sentence, params or {})


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return what every page's frame needs: the viewer, the campaign, the addresses they may open."""
    user = viewer_of(request)
    if user is None:
        return {"viewer": None, "navigation": ()}
    return {
        "viewer": user,
        "campaign": Campaign.objects.select_related("unit").order_by("-starts_on", "-id").first(),
        "navigation": [(name, gettext(title)) for name, title in NAVIGATION if may_open(user=user, name=name)],
    }
