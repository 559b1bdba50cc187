"""The public's pages: report a hazard, follow it by its code, add to it. No sign-in, no JavaScript needed, nothing cached."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from safemonth.collect.inspection.tips.actions import KEPT_DAYS, receive_tip, send_message
from safemonth.collect.inspection.tips.codes import code_for
from safemonth.collect.inspection.tips.counters import is_open, take
from safemonth.collect.inspection.tips.form_token import TOLD_AGAIN_WITHIN, FormToken, has_worked, opened, sealed
from safemonth.collect.inspection.tips.limits import (
    LIMITS,
    MOST_FORM_BYTES,
    MOST_PLAIN_FORM_BYTES,
    address_digests,
    sender_address,
    suspicions,
)
from safemonth.collect.inspection.tips.models import Tip
from safemonth.collect.inspection.tips.photos import CleanPhoto
from safemonth.collect.inspection.tips.public_forms import CodeForm, MessageForm, TipForm
from safemonth.collect.inspection.tips.queries import (
    look_days,
    messages_of,
    public_course,
    secret,
    tip_by_code,
    townships,
)
from safemonth.plan.queries import campaign_called

log = logging.getLogger(__name__)


@csrf_exempt  # Checked in `_refusal`, after the size and before anything else.
@never_cache
def tip_new(request: HttpRequest) -> HttpResponse:
    """Ask what is dangerous and where; take it in and show the code once."""
    if request.method != "POST":
        return _ask(request, TipForm(townships=townships()))
    refusal = _refusal(request, "report", most_bytes=MOST_FORM_BYTES)
    if refusal is not None:
        status, sentence = refusal
        kept = TipForm(request.POST, townships=townships()) if status == 403 else TipForm(townships=townships())
        return _ask(request, kept, problem=sentence, status=status)
    now = timezone.now()
    form = TipForm(request.POST, request.FILES, townships=townships())
    token = opened(secret(), request.POST.get("token", ""), at=now)
    if not form.is_valid():
        return _ask(request, form, token=token, status=422)
    if token is None:
        sentence = _("This page stood open too long, or was changed. Look at it once more and send again.")
        return _ask(request, form, problem=sentence, status=422)
    return _take_in(request, form, token, now)


def _take_in(request: HttpRequest, form: TipForm, token: FormToken, now: datetime) -> HttpResponse:
    given = form.cleaned_data
    if not take(settings.DATA, LIMITS["report"], who=_who(request, now), at=now):
        return _ask(request, form, problem=_too_many(), status=429)
    photos: Sequence[CleanPhoto] = given["photos"]
    megabytes = sum(-(-len(photo.original) // 2**20) for photo in photos)
    has_no_room = bool(photos) and not take(
        settings.DATA, LIMITS["photo_mb"], who=_who(request, now), at=now, weight=megabytes
    )
    tip = receive_tip(
        campaign=campaign_called(),
        nonce=token.nonce,
        said=form.said(),
        photos=() if has_no_room else photos,
        suspicions=suspicions(
            trap=given["website"],
            open_for=now - token.opened_at,
            has_worked=has_worked(request.POST.get("token", ""), given["worked"]),
            text=given["text"],
        ),
        at=now,
    )
    # Who sends again since no answer came is told again; who comes later to the same phone is not.
    is_told = now - tip.received_at <= TOLD_AGAIN_WITHIN
    return render(
        request,
        "collect/tips_public_thanks.html",
        {
            "code": code_for(secret(), token.nonce) if is_told else "",
            "remove_on": tip.remove_on,
            "has_contact": tip.has_contact,
            "received_on": timezone.localdate(tip.received_at),
            "has_no_room": has_no_room,
            "look_days": look_days(),
        },
        status=201 if is_told else 409,
    )


@csrf_exempt  # Checked in `_refusal`.
@never_cache
def tip_follow(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and show how far the report is that it opens."""
    if request.method != "POST":
        return render(request, "collect/tips_public_follow.html", {"form": CodeForm()})
    refusal = _refusal(request, "look", most_bytes=MOST_PLAIN_FORM_BYTES)
    if refusal is not None:
        return _no_case(request, *refusal)
    tip, refused = _opened_by_code(request, timezone.now())
    return refused or _case(request, tip, request.POST["code"])


@csrf_exempt  # Checked in `_refusal`.
@never_cache
def tip_add(request: HttpRequest) -> HttpResponse:
    """Take in what a reporter adds or asks by their code."""
    if request.method != "POST":
        return render(request, "collect/tips_public_follow.html", {"form": CodeForm()})
    refusal = _refusal(request, "message", most_bytes=MOST_PLAIN_FORM_BYTES)
    if refusal is not None:
        return _no_case(request, *refusal)
    now = timezone.now()
    tip, refused = _opened_by_code(request, now)
    if refused is not None:
        return refused
    code = request.POST["code"]
    form = MessageForm(request.POST)
    token = opened(secret(), request.POST.get("token", ""), at=now)
    if not form.is_valid():
        return _case(request, tip, code, form=form, status=422)
    if token is None:
        sentence = _("This page stood open too long, or was changed. Look at it once more and send again.")
        return _case(request, tip, code, form=form, problem=sentence, status=422)
    if not take(settings.DATA, LIMITS["message"], who=_who(request, now), at=now):
        return _case(request, tip, code, form=form, problem=_too_many(), status=429)
    send_message(
        tip=tip,
        nonce=token.nonce,
        text=form.cleaned_data["text"],
        is_question=form.cleaned_data["is_question"],
        at=now,
    )
    return _case(request, tip, code, notice=_("It has arrived."), status=201)


def _refusal(request: HttpRequest, kind: str, *, most_bytes: int) -> tuple[int, str] | None:
    """Return status and sentence where a form is not to be read on; what is cheap to know is asked first.

    Its size is known from its head, and whether the sender has sent too much, before a byte of the body is read.
    """
    now = timezone.now()
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = most_bytes + 1
    if size > most_bytes:
        return 413, _("This is too large to be taken. Send smaller photos, at most three.")
    if not is_open(settings.DATA, LIMITS[kind], who=_who(request, now), at=now):
        return 429, _too_many()
    try:
        request.POST  # noqa: B018 - reading it is what may fail
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return 400, _("What arrived could not be read. Please send it once more.")
    if CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {}) is not None:
        return 403, _("Please send it once more. If that fails, allow this site its cookie.")
    return None


def _nothing(request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
    return HttpResponse()


def _opened_by_code(request: HttpRequest, now: datetime) -> tuple[Any, HttpResponse | None]:
    """Return the report that the code opens, or the answer where it opens none: one and the same whatever is wrong with it."""
    who = _who(request, now)
    if not is_open(settings.DATA, LIMITS["guess"], who=who, at=now):
        return None, _no_case(request, 429, _("Too many codes were tried from here. Please try again in an hour."))
    if not take(settings.DATA, LIMITS["look"], who=who, at=now):
        return None, _no_case(request, 429, _too_many())
    tip = tip_by_code(request.POST.get("code", ""))
    if tip is None:
        take(settings.DATA, LIMITS["guess"], who=who, at=now)
        sentence = _("No report has this code. Compare each sign with what you wrote down.")
        return None, _no_case(request, 404, sentence)
    return tip, None


def _who(request: HttpRequest, now: datetime) -> tuple[str, str]:
    today = timezone.localdate(now)
    address = sender_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        proxies=getattr(settings, "TRUSTED_PROXIES", ()),
    )
    return address_digests(secret(), address, today=today)


def _too_many() -> str:
    return _("Very much has arrived just now. Please try again in an hour, or call 12350.")


def _ask(
    request: HttpRequest, form: TipForm, *, token: FormToken | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    return render(
        request,
        "collect/tips_public.html",
        {
            "form": form,
            "problem": problem,
            "kept_days": KEPT_DAYS,
            "token": request.POST["token"] if token is not None else _new_token(),
        },
        status=status,
    )


def _new_token() -> str:
    return sealed(secret(), nonce=secrets.token_bytes(16), opened_at=timezone.now())


def _no_case(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """The same page for every code that opens nothing; what was typed is not said back."""
    return render(request, "collect/tips_public_follow.html", {"form": CodeForm(), "problem": sentence}, status=status)


def _case(
    request: HttpRequest,
    tip: Tip,
    code: str,
    *,
    form: MessageForm | None = None,
    problem: str = "",
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "collect/tips_public_case.html",
        {
            "tip": tip,
            "stages": public_course(tip),
            "messages_sent": messages_of(tip),
            "form": form or MessageForm(),
            "code": code,
            "token": _new_token(),
            "problem": problem,
            "notice": notice,
        },
        status=status,
    )
