"""The field pages: their two shells, the worker that keeps them on the phone, the office's forms, answers coming in."""

import json
from pathlib import Path
from typing import Final

from csp.constants import WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from safemonth.collect.field.answering import refusal, refuse_another_user
from safemonth.collect.field.rules import count_in
from safemonth.collect.forms.models import FormVersion
from safemonth.collect.forms.queries import forms_offered_to, version_offered_to, xform_of
from safemonth.collect.inspection.checklists.lists import media_for
from safemonth.collect.readers.actions import take_in_answers
from safemonth.collect.submissions.rules import LARGEST_FILE_BYTES
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import User
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called

# What the shells load beside the built pages (tools/frontend.py).
SHARED: Final = ("vendor/bootstrap.min.css", "desk/office.css", "desk/icon.svg")
SHELLS: Final = ("collect/field.html", "collect/field_fill.html")
UNSAFE_INLINE: Final = "'unsafe-inline'"


def field(request: HttpRequest) -> HttpResponse:
    """Show the shell of the list: it says nothing of anyone, the page fills it from what is kept on the phone."""
    return _shell(request, SHELLS[0])


# The widget compiles a parser and writes styles of its own; a photo's preview is a blob. Only on this page.
# (The decorator's own types know only views without parts in the address.)
@csp_update({"script-src": [WASM_UNSAFE_EVAL], "style-src": [UNSAFE_INLINE], "img-src": ["blob:"]})  # type: ignore[arg-type]
def field_fill(request: HttpRequest, code: str) -> HttpResponse:
    """Show the shell in which any form is filled; which one, the page reads from its address."""
    return _shell(request, SHELLS[1])


def _shell(request: HttpRequest, template: str) -> HttpResponse:
    answer = render(request, template, {"base": reverse("field")})
    answer["Cache-Control"] = "no-cache"
    return answer


def field_worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker: the built script, told where the static files are and what the shells look like now."""
    kept = {
        "FIELD_STATIC": static(""),
        "FIELD_SHARED": [{"url": static(name), "revision": sha256_hex(_static(name))[:16]} for name in SHARED],
        "FIELD_SHELLS": _shells_digest(),
    }
    told = "".join(f"self.{name} = {json.dumps(value)};\n" for name, value in kept.items())
    answer = HttpResponse(told.encode() + _static("field/worker.js"), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _static(name: str) -> bytes:
    path = finders.find(name)
    if not path:
        raise Http404
    return Path(path).read_bytes()


def _shells_digest() -> str:
    pages = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            pages += [render_to_string(template, {"base": reverse("field")}) for template in SHELLS]
    return sha256_hex("".join(pages).encode())[:16]


def field_manifest(request: HttpRequest) -> HttpResponse:
    """Return what makes the page installable on a phone, in the visitor's language."""
    icons = [
        {"src": static(f"field/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    return JsonResponse(
        {
            "name": _("Safemonth field reports"),
            "short_name": _("Field reports"),
            "lang": translation.get_language(),
            "start_url": reverse("field"),
            "scope": reverse("field"),
            "display": "standalone",
            "background_color": "#f4f6f7",
            "theme_color": "#0b5d51",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_GET
def field_session(request: HttpRequest) -> HttpResponse:
    """Return who is signed in, and the token that writing needs: {"user", "name", "csrf"}."""
    user = viewer(request)
    return _fresh(JsonResponse({"user": user.username, "name": user.post_title, "csrf": get_token(request)}))


@require_GET
def field_forms(request: HttpRequest) -> HttpResponse:
    """Return the forms offered to the user with addresses and digests of XForm and lists, so that a phone fetches only
    what changed: {"forms": [{"code", "version", "title", "title_en", "purpose", "url", "sha256", "media": […]}]}.
    """
    user = viewer(request)
    return _fresh(JsonResponse({"forms": [_offered(version, user) for version in forms_offered_to(user)]}))


def _offered(version: FormVersion, user: User) -> dict[str, object]:
    return {
        "code": version.form.code,
        "version": version.version,
        "title": version.title,
        "title_en": version.title_en,
        "purpose": version.purpose,
        "url": reverse("field-form", args=[version.pk]),
        "sha256": version.xform_sha256,
        "media": [
            {"name": name, "url": reverse("field-media", args=[version.pk, name]), "sha256": sha256_hex(data)}
            for name, data in media_for(version, user).items()
        ],
    }


@require_GET
def field_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a form's XForm; 404 where the user is not offered it."""
    return _fresh(HttpResponse(xform_of(_version(request, pk)), content_type="text/xml; charset=utf-8"))


@require_GET
def field_media(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Return a list that a form asks for, with what the user may see; 404 where there is none."""
    data = media_for(_version(request, pk), viewer(request)).get(name)
    if data is None:
        raise Http404
    return _fresh(HttpResponse(data, content_type="text/csv; charset=utf-8"))


def _version(request: HttpRequest, pk: int) -> FormVersion:
    version = version_offered_to(viewer(request), pk)
    if version is None:
        raise Http404
    return version


@require_http_methods(["POST"])
@refuse_another_user
def field_answers(request: HttpRequest) -> HttpResponse:
    """Take in a filled form (XML) and tell what became of it, as JSON.

    201 (new) and 200 (known already): {"outcome", "instance_id", "missing": names of photos still to come}. 409: other
    answers stand under that id, or an edit came first; what was sent is kept for the clerk. 413 and 422: refused.
    Sentences come in both languages, since the phone shows them later.
    """
    user = viewer(request)
    if (count_in(request.headers.get("Content-Length")) or 0) > LARGEST_FILE_BYTES:
        too_large = Refused("answers_too_large", gettext_noop("The filled form is too large to be taken."))
        return refusal(too_large, status=413)
    try:
        answered = take_in_answers(
            campaign=campaign_called(), xml=request.body, user=user, by=user.username, at=timezone.now()
        )
    except Refused as refused:
        return refusal(refused, status=422)
    if answered.outcome == "conflict":
        other = gettext_noop(
            "Other answers under the same number have arrived before. Both are kept; the office will look at them."
        )
        return refusal(Refused("conflict", other), status=409)
    if answered.outcome == "stale":
        stale = gettext_noop(
            "This was corrected by someone else in the meantime. Both are kept; the office will look at them."
        )
        return refusal(Refused("stale", stale), status=409)
    told = {
        "outcome": answered.outcome,
        "instance_id": answered.instance.instance_id,
        "missing": answered.missing,
    }
    return _fresh(JsonResponse(told, status=201 if answered.outcome == "new" else 200))


def _fresh(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
