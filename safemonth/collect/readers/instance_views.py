"""Pages of filled forms: the list, one with its answers and files, and two versions side by side."""

from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from safemonth.collect.forms.models import Instance, Rival
from safemonth.collect.forms.queries import (
    attachments_of,
    chain_of,
    concerns_of,
    instances_seen_by,
    missing_files,
    rivals_of,
    standing_instances,
)
from safemonth.collect.readers.actions import take_rival
from safemonth.collect.readers.answer_tables import answer_table, side_by_side
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.models import Role
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called

ROWS_ON_A_PAGE = 100


def instances(request: HttpRequest) -> HttpResponse:
    """List filled forms, newest first; `concern=1` keeps those with something to look at."""
    user = viewer(request)
    rows = standing_instances(user, campaign_called())
    only_concern = bool(request.GET.get("concern"))
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    concerns = concerns_of(shown)
    listed = [(instance, concerns[instance.pk]) for instance in shown]
    if only_concern:
        everything = list(rows)
        concerns = concerns_of(everything)
        listed = [(row, concerns[row.pk]) for row in everything if concerns[row.pk].is_any]
    return render(
        request,
        "collect/instances.html",
        {"rows": listed, "page": None if only_concern else page, "only_concern": only_concern},
    )


def instance(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a filled form: its answers in the form's words, its files, its edits, and versions that contradict it."""
    user = viewer(request)
    shown = _seen(request, pk)
    return render(
        request,
        "collect/instance.html",
        {
            "instance": shown,
            "answers": answer_table(shown),
            "files": attachments_of(shown),
            "missing": missing_files(shown),
            "chain": chain_of(shown),
            "rivals": [(rival, side_by_side(shown, rival)) for rival in rivals_of(shown)],
            "may_decide": user.role == Role.CLERK,
        },
    )


def instance_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Hand out a file of a filled form exactly as it arrived, always as a download."""
    attachment = get_object_or_404(attachments_of(_seen(request, pk)), pk=file)
    response = HttpResponse(bytes_kept(attachment.submission.sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name)}"
    return response


@require_POST
def rival_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide which of two versions stands."""
    user = viewer(request)
    rival = get_object_or_404(Rival.objects.filter(standing__campaign=campaign_called()), pk=pk)
    decision = request.POST.get("decision")
    if decision not in ("keep", "take"):
        raise Http404
    standing = take_rival(
        rival=rival,
        take=decision == "take",
        reason=request.POST.get("reason", ""),
        by=user.username,
        at=timezone.now(),
    )
    return redirect("instance", pk=standing.pk)


def _seen(request: HttpRequest, pk: int) -> Instance:
    return get_object_or_404(instances_seen_by(viewer(request), campaign_called()), pk=pk)
