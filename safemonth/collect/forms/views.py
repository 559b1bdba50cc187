"""Pages of the office's forms: the list, one version with its questions, taking in a new one."""

from pathlib import PurePath
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.forms.actions import add_form, open_or_close
from safemonth.collect.forms.builtin import xlsx_of
from safemonth.collect.forms.models import FormVersion
from safemonth.collect.forms.queries import answers_counted, design_of_version, forms_offered_to, standing_versions
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Role
from safemonth.organisation.permissions import viewer
from safemonth.plan.models import Indicator
from safemonth.plan.queries import campaign_called

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def forms(request: HttpRequest) -> HttpResponse:
    """List the forms that the viewer fills; the office sees all, with how often each was filled."""
    user = viewer(request)
    is_office = user.role == Role.CLERK
    versions = standing_versions() if is_office else forms_offered_to(user)
    counts = answers_counted(campaign_called()) if is_office else {}
    return render(
        request,
        "collect/forms.html",
        {"rows": [(version, counts.get(version.form_id, 0)) for version in versions], "is_office": is_office},
    )


def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one version: its questions, what each stands for, its remarks, and its other versions."""
    version = get_object_or_404(FormVersion.objects.select_related("form"), pk=pk)
    design = design_of_version(version)
    return render(
        request,
        "collect/form.html",
        {
            "version": version,
            "questions": [question for question in design.questions if question.type != "metadata"],
            "indicators": {indicator.code: indicator for indicator in Indicator.objects.all()},
            "versions": FormVersion.objects.filter(form=version.form),
        },
    )


@require_POST
def form_upload(request: HttpRequest) -> HttpResponse:
    """Take in a form designed in Excel; where it cannot be taken, the sentence says which row and why."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("no_file", gettext_noop("Choose a file first."))
    version, is_new = add_form(
        data=file.read(), file_name=file.name or "", by=viewer(request).username, at=timezone.now()
    )
    if is_new:
        messages.info(request, _("The form “%(form)s” is offered now.") % {"form": version})
    else:
        messages.info(request, _("This version stood already; nothing was changed."))
    return redirect("form", pk=version.pk)


@require_POST
def form_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a form, or offer it no more."""
    version = get_object_or_404(FormVersion.objects.select_related("form"), pk=pk)
    is_open = request.POST.get("open") == "1"
    open_or_close(form=version.form, is_open=is_open, by=viewer(request).username, at=timezone.now())
    return redirect("form", pk=pk)


def form_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a version's sheet as uploaded; a form of the project's own as Excel, to be changed there."""
    version = get_object_or_404(FormVersion, pk=pk)
    data, name = bytes_kept(version.sheet_sha256), version.file_name
    if PurePath(name).suffix == ".md":
        data, name = xlsx_of(data), f"{PurePath(name).stem}.xlsx"
    response = HttpResponse(data, content_type=XLSX if name.endswith(".xlsx") else "application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
