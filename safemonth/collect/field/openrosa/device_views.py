"""Pages of phones with ODK Collect: who has one, set one up by QR code, shut one out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from safemonth.collect.field.openrosa.credentials import collect_settings, device_name, qr_svg
from safemonth.collect.forms.actions import add_device, revoke_device
from safemonth.collect.forms.queries import devices_seen_by
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called


def devices(request: HttpRequest) -> HttpResponse:
    """List the viewer's phones; the office sees everybody's."""
    user = viewer(request)
    return render(request, "collect/devices.html", {"devices": devices_seen_by(user), "is_all": user.role == "clerk"})


@require_POST
@never_cache
def device_add(request: HttpRequest) -> HttpResponse:
    """Give a phone of the viewer's its credential, and show the QR code: once, since the key is kept nowhere."""
    user = viewer(request)
    device, key = add_device(user=user, label=request.POST.get("label", ""), by=user.username, at=timezone.now())
    base = reverse("openrosa-form-list-by-key", kwargs={"key": key}).removesuffix("/formList")
    plain = reverse("openrosa-form-list").removesuffix("/formList")
    site = settings.SITE if settings.SITE_IS_STATED else f"{request.scheme}://{request.get_host()}"
    code = collect_settings(server_url=f"{site}{base}", project=campaign_called().name)
    return render(
        request,
        "collect/device_new.html",
        {
            "device": device,
            # segno draws the modules of our own text; nothing that a person typed stands in the SVG.
            "qr": mark_safe(qr_svg(code)),
            "code": code,
            "server_url": f"{site}{plain}",
            "name": device_name(device),
            "key": key,
        },
    )


@require_POST
def device_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a phone out: it can neither fetch forms nor send any more."""
    user = viewer(request)
    device = get_object_or_404(devices_seen_by(user), pk=pk)
    revoke_device(device=device, by=user.username, at=timezone.now())
    messages.info(request, _("“%(device)s” is shut out. What it sent stays.") % {"device": device.label})
    return redirect("devices")
