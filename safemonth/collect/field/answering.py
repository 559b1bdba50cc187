"""How the field pages are answered: refusals in both languages, and nothing under another person's name."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.languages import said
from safemonth.organisation.permissions import viewer

View = Callable[..., HttpResponse]


def refusal(refused: Refused, *, status: int) -> JsonResponse:
    """Return a refusal as {"code", "sentence": {"zh", "en"}}: a phone shows it later, in the language chosen then."""
    sentence = {}
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            sentence[name] = said(refused.sentence, refused.params)
    answer = JsonResponse({"code": refused.code, "sentence": sentence}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def refuse_another_user(view: View) -> View:
    """Answer 403 `other_user` where the page sends for another account than the one signed in.

    The page names the account that filled the form in `X-Field-User` (percent-encoded); a client that names none is
    let through, since it sends as whoever is signed in.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        named = request.headers.get("X-Field-User")
        if named is not None and unquote(named) != viewer(request).username:
            sentence = gettext_noop("This was filled in by someone else. It is sent when they sign in on this phone.")
            return refusal(Refused("other_user", sentence), status=403)
        return view(request, *args, **kwargs)

    return checked
