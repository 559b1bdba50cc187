"""Pages of accounts: who signs in, as what, for which unit; opened, closed and given a new password by the office."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.actions import close_account, open_account, reopen_account, set_password
from safemonth.organisation.models import Role, User
from safemonth.organisation.permissions import viewer
from safemonth.organisation.queries import unit_called

# Twelve signs that are told over the telephone without mistaking 0 for O: 60 bits.
PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 12


def accounts(request: HttpRequest) -> HttpResponse:
    """List all accounts by role, open ones first."""
    rows = User.objects.select_related("unit").order_by("-is_active", "role", "username")
    return render(request, "organisation/accounts.html", {"accounts": rows, "roles": Role.choices})


@require_POST
@never_cache
def account_open(request: HttpRequest) -> HttpResponse:
    """Open an account and show its first password, once."""
    name = request.POST.get("username", "").strip()
    role = request.POST.get("role", "")
    if not name or role not in Role.values:
        raise Refused("account_incomplete", gettext_noop("Give the account a name and say what it is for."))
    unit = unit_called(request.POST["unit"]) if request.POST.get("unit", "").strip() else None
    if unit is None and role == Role.REPORTER:
        raise Refused("no_own_unit", gettext_noop("Your account belongs to no unit. Ask the office to set it."))
    password = _new_password()
    user = open_account(
        username=name[:150],
        password=password,
        role=role,
        unit=unit,
        post_title=request.POST.get("post_title", "").strip()[:120],
        by=viewer(request).username,
        at=timezone.now(),
    )
    return render(request, "organisation/account_password.html", {"account": user, "password": password})


@require_POST
@never_cache
def account_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account a new password and show it, once."""
    user = get_object_or_404(User, pk=pk)
    password = _new_password()
    set_password(user=user, password=password, by=viewer(request).username, at=timezone.now())
    return render(request, "organisation/account_password.html", {"account": user, "password": password})


@require_POST
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    user = get_object_or_404(User, pk=pk)
    act = reopen_account if request.POST.get("open") == "1" else close_account
    act(user=user, by=viewer(request).username, at=timezone.now())
    messages.info(request, _("Done."))
    return redirect("accounts")


def _new_password() -> str:
    return "".join(secrets.choice(PASSWORD_SIGNS) for _position in range(PASSWORD_LENGTH))
