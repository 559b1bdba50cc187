"""The OpenRosa protocol: ODK Collect fetches forms here and sends what was filled in.

These addresses know devices, not sessions: each checks its credential itself. A wrong key in the address is answered
404 like any address a stranger asks for; without one the protocol wants 401, so that a phone asks for a password.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from safemonth.collect.field.openrosa.credentials import device_of
from safemonth.collect.field.openrosa.documents import ListedForm, form_list, manifest, response
from safemonth.collect.forms.models import Device, FormVersion
from safemonth.collect.forms.queries import forms_offered_to, version_offered_to, xform_of
from safemonth.collect.inspection.checklists.lists import media_for
from safemonth.collect.readers.actions import take_in_answers
from safemonth.collect.submissions.rules import LARGEST_FILE_BYTES
from safemonth.lib.refusals import Refused
from safemonth.organisation.languages import said
from safemonth.plan.queries import campaign_called

P = ParamSpec("P")
XML = "text/xml; charset=utf-8"
STATUS_OF = {
    "unknown_form": 404,
    "unknown_form_version": 404,
    "not_your_record": 403,
    "file_too_large": 413,
}


def for_devices(
    view: Callable[Concatenate[HttpRequest, Device, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view be reached with a device's credential alone, and give every answer the protocol's headers."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = str(kwargs.pop("key", ""))
        device = device_of(request, key)
        if device is None:
            answer = HttpResponse(status=404 if key else 401)
            if not key:
                answer.headers["WWW-Authenticate"] = 'Basic realm="Safemonth", charset="UTF-8"'
        else:
            answer = view(request, device, *args, **kwargs)
        answer.headers["X-OpenRosa-Version"] = "1.0"
        answer.headers["Date"] = http_date()
        return answer

    return checked


@require_GET
@for_devices
def openrosa_form_list(request: HttpRequest, device: Device) -> HttpResponse:
    """List the forms that the device's account fills; `formID` narrows it to one."""
    wanted = request.GET.get("formID")
    listed = [
        ListedForm(
            form_id=version.form.code,
            name=_name(version),
            version=version.version,
            xform=xform_of(version),
            download_url=_address(request, "openrosa-form", pk=version.pk),
            manifest_url=_address(request, "openrosa-manifest", pk=version.pk) if version.media else "",
        )
        for version in forms_offered_to(device.user)
        if wanted in (None, version.form.code)
    ]
    return HttpResponse(form_list(listed), content_type=XML)


@require_GET
@for_devices
def openrosa_form(request: HttpRequest, device: Device, pk: int) -> HttpResponse:
    """Hand out the XForm of a version."""
    version = version_offered_to(device.user, pk)
    return HttpResponse(xform_of(version), content_type=XML) if version else HttpResponse(status=404)


@require_GET
@for_devices
def openrosa_manifest(request: HttpRequest, device: Device, pk: int) -> HttpResponse:
    """List the files of a version as this device's account gets them."""
    version = version_offered_to(device.user, pk)
    if version is None:
        return HttpResponse(status=404)
    files = [
        (name, data, _address(request, "openrosa-media", pk=pk, name=name))
        for name, data in media_for(version, device.user).items()
    ]
    return HttpResponse(manifest(files), content_type=XML)


@require_GET
@for_devices
def openrosa_media(request: HttpRequest, device: Device, pk: int, name: str) -> HttpResponse:
    """Hand out one file of a version."""
    version = version_offered_to(device.user, pk)
    files = media_for(version, device.user) if version else {}
    if name not in files:
        return HttpResponse(status=404)
    return HttpResponse(files[name], content_type="text/csv; charset=utf-8")


@require_http_methods(["HEAD", "POST"])
@for_devices
def openrosa_submission(request: HttpRequest, device: Device) -> HttpResponse:
    """Take in a filled form with files: 201 once kept (also when it was kept before), 409 where it contradicts.

    HEAD answers 204 and where to post; a phone asks this before it sends photos.
    """
    if request.method == "HEAD":
        answer = HttpResponse(status=204)
        answer.headers["Location"] = request.build_absolute_uri()
    else:
        answer = _take_in(request, device)
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(LARGEST_FILE_BYTES)
    return answer


def _take_in(request: HttpRequest, device: Device) -> HttpResponse:
    sent = request.FILES.getlist("xml_submission_file")
    if len(sent) != 1:
        return _said(400, _("There is no “xml_submission_file” in this post: it is not a filled form."))
    xml = sent[0].read()
    files = [
        (_part_name(field, file.name or "", xml), file.read())
        for field, parts in request.FILES.lists()
        if field != "xml_submission_file"
        for file in parts
    ]
    try:
        taken = take_in_answers(
            campaign=campaign_called(),
            xml=xml,
            files=files,
            user=device.user,
            device=device,
            by=device.user.username,
            at=timezone.now(),
        )
    except Refused as refused:
        return _said(STATUS_OF.get(refused.code, 400), said(refused.sentence, refused.params))
    if taken.outcome == "conflict":
        return _said(
            409,
            _("The office has this form already with other answers. Yours were kept beside it; the office decides."),
        )
    if taken.outcome == "stale":
        return _said(
            409, _("Someone changed this form before you did. Your change was kept beside it; the office decides.")
        )
    if taken.missing:
        return _said(201, _("Received. Still to come: %(files)s.") % {"files": ", ".join(taken.missing)})
    return _said(201, _("Received, with all its files."))


def _part_name(field: str, file_name: str, xml: bytes) -> str:
    """The name of a file: the part's or its file name, which are one from Collect; else the one that the answers name."""
    return field if field.encode() in xml or not file_name else file_name


def _said(status: int, sentence: str) -> HttpResponse:
    nature = "submit_success" if status < 400 else "error"
    return HttpResponse(response(sentence, nature=nature), status=status, content_type=XML)


def _name(version: FormVersion) -> str:
    is_english = (translation.get_language() or "").startswith("en")
    return version.title_en if is_english and version.title_en else version.title


def _address(request: HttpRequest, to: str, **parts: object) -> str:
    """The absolute address of a thing, by the same way as the request came: with the key, where that was in it."""
    key = request.resolver_match.kwargs.get("key") if request.resolver_match else None
    path = reverse(f"{to}-by-key", kwargs={"key": key, **parts}) if key else reverse(to, kwargs=parts)
    # Behind a proxy the office states its address; else it is the one that the phone asked.
    return f"{settings.SITE}{path}" if settings.SITE_IS_STATED else request.build_absolute_uri(path)
