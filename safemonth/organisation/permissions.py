"""The one table of who may open which address. A test walks every address of the site through it."""

from typing import Final

from django.http import Http404, HttpRequest

from safemonth.organisation.models import Role, User

PUBLIC: Final = "public"

EVERYONE: Final = frozenset(Role)
OFFICE: Final = frozenset({Role.CLERK})
READERS: Final = frozenset({Role.CLERK, Role.LEADER, Role.SUPERVISOR})
# A message to many needs a second person.
APPROVERS: Final = frozenset({Role.CLERK, Role.LEADER})
REPORTERS: Final = frozenset({Role.CLERK, Role.REPORTER})

# Address name -> who: PUBLIC, or the roles. An address that is not here answers 404 to all.
PERMISSIONS: Final[dict[str, str | frozenset[Role]]] = {
    "sign-in": PUBLIC,
    "sign-out": EVERYONE,
    "set_language": PUBLIC,
    "home": EVERYONE,
    "board": READERS,
    "publicity": EVERYONE,
    "plan": EVERYONE,
    "task": EVERYONE,
    "units": EVERYONE,
    "unit": EVERYONE,
    "notices": EVERYONE,
    "accounts": OFFICE,
    "account-open": OFFICE,
    "account-password": OFFICE,
    "account-close": OFFICE,
    "submissions": REPORTERS,
    "submission": REPORTERS,
    "submission-file": REPORTERS,
    "upload": REPORTERS,
    "proposal-decide": OFFICE,
    "submission-accept": OFFICE,
    "heading-teach": OFFICE,
    "value-accept": OFFICE,
    "source": EVERYONE,
    "report": REPORTERS,
    "report-sign": REPORTERS,
    "activities": EVERYONE,
    "activity": EVERYONE,
    "activity-correct": REPORTERS,
    "forms": EVERYONE,
    "form": OFFICE,
    "form-upload": OFFICE,
    "form-open": OFFICE,
    "form-sheet": OFFICE,
    "devices": EVERYONE,
    "device-add": EVERYONE,
    "device-revoke": EVERYONE,
    "instances": EVERYONE,
    "instance": EVERYONE,
    "instance-file": EVERYONE,
    "rival-decide": OFFICE,
    "photos": EVERYONE,
    "photo": EVERYONE,
    "photo-image": EVERYONE,
    "activity-photos": EVERYONE,
    "likeness": READERS,
    "likeness-image": READERS,
    "likeness-decide": OFFICE,
    "photo-blur": OFFICE,
    "field": EVERYONE,
    "field-fill": EVERYONE,
    "field-session": EVERYONE,
    "field-forms": EVERYONE,
    "field-form": EVERYONE,
    "field-media": EVERYONE,
    "field-answers": EVERYONE,
    "field-uploads": EVERYONE,
    "field-upload": EVERYONE,
    # They say nothing of anyone, and a phone whose sign-in has lapsed must still find them.
    "field-worker": PUBLIC,
    "field-manifest": PUBLIC,
    "materials": EVERYONE,
    "material-design": EVERYONE,
    "material-place": EVERYONE,
    "media": EVERYONE,
    "placement": EVERYONE,
    "carrier-orders": EVERYONE,
    "carrier-order": EVERYONE,
    "law-days": EVERYONE,
    "law-day": EVERYONE,
    "law-day-sheet": EVERYONE,
    "material-design-new": REPORTERS,
    "material-print": REPORTERS,
    "material-send": REPORTERS,
    "material-came": REPORTERS,
    "material-hand-out": REPORTERS,
    "material-count": REPORTERS,
    "material-lose": REPORTERS,
    "material-correct": REPORTERS,
    "placement-made": REPORTERS,
    "placement-prove": REPORTERS,
    "carrier-order-report": REPORTERS,
    "carrier-order-prove": REPORTERS,
    "law-day-new": REPORTERS,
    "law-day-invite": REPORTERS,
    "law-day-programme": REPORTERS,
    "law-day-attendance": REPORTERS,
    "law-day-question": REPORTERS,
    "law-day-hazard": REPORTERS,
    "law-day-books": REPORTERS,
    "law-day-close": REPORTERS,
    "law-day-answer": REPORTERS,
    "law-day-question-answer": REPORTERS,
    "material-double": OFFICE,
    "outlet-new": OFFICE,
    "placement-new": OFFICE,
    "placement-call-off": OFFICE,
    "carrier-order-new": OFFICE,
    "carrier-order-hand-over": OFFICE,
    "carrier-order-end": OFFICE,
    "carrier-order-take": OFFICE,
    "consulting": EVERYONE,
    "consulting-call-sheet": EVERYONE,
    "consulting-report": REPORTERS,
    "consulting-hand-out": REPORTERS,
    "consulting-day": READERS,
    "consulting-sites": READERS,
    "consulting-booths": READERS,
    "consulting-roster": READERS,
    "consulting-call-sheets": READERS,
    "consulting-site-plans": READERS,
    "consulting-board": READERS,
    "consulting-board-rows": READERS,
    "consulting-open": OFFICE,
    "consulting-change": OFFICE,
    "consulting-site-add": OFFICE,
    "consulting-site": OFFICE,
    "consulting-site-drop": OFFICE,
    "consulting-booth-add": OFFICE,
    "consulting-booth": OFFICE,
    "consulting-booth-drop": OFFICE,
    "consulting-wishes": OFFICE,
    "consulting-wish-add": OFFICE,
    "consulting-wish-withdraw": OFFICE,
    "consulting-solve": OFFICE,
    "consulting-move": OFFICE,
    "consulting-release": OFFICE,
    "consulting-close": OFFICE,
    "contacts": REPORTERS,
    "contact-new": REPORTERS,
    "contact-lines": REPORTERS,
    "contact-change": REPORTERS,
    "contact-remove": REPORTERS,
    "contact-opt-out": REPORTERS,
    "contact-opt-in": REPORTERS,
    "broadcasts": APPROVERS,
    "broadcast": APPROVERS,
    "broadcast-approve": APPROVERS,
    "broadcast-send-back": APPROVERS,
    "broadcast-stop": APPROVERS,
    "contact-list-new": OFFICE,
    "broadcast-new": OFFICE,
    "broadcast-count": OFFICE,
    "broadcast-change": OFFICE,
    "broadcast-ask": OFFICE,
    "broadcast-queue": OFFICE,
    "broadcast-figure": OFFICE,
    "broadcast-fates": OFFICE,
    "broadcast-settle": OFFICE,
    "broadcast-again": OFFICE,
    "rounds": EVERYONE,
    "round": EVERYONE,
    "round-villages": EVERYONE,
    "round-day": EVERYONE,
    "round-day-sheet": EVERYONE,
    "round-sheets": EVERYONE,
    "round-new": OFFICE,
    "round-change": OFFICE,
    "round-vehicles": OFFICE,
    "round-vehicle-new": OFFICE,
    "round-vehicle": OFFICE,
    "round-vehicle-drop": OFFICE,
    "round-hours-new": OFFICE,
    "round-hours-drop": OFFICE,
    "round-positions": OFFICE,
    "round-positions-noted": OFFICE,
    "round-plan": OFFICE,
    "round-book": OFFICE,
    "round-move": OFFICE,
    "round-stop-lock": OFFICE,
    # Devices, not sessions: these check a device's own credential (collect/field/openrosa).
    "openrosa-form-list": PUBLIC,
    "openrosa-submission": PUBLIC,
    "openrosa-form": PUBLIC,
    "openrosa-manifest": PUBLIC,
    "openrosa-media": PUBLIC,
    "openrosa-form-list-by-key": PUBLIC,
    "openrosa-submission-by-key": PUBLIC,
    "openrosa-form-by-key": PUBLIC,
    "openrosa-manifest-by-key": PUBLIC,
    "openrosa-media-by-key": PUBLIC,
    "figures": READERS,
    "figure": READERS,
    "checks": READERS,
    "summaries": READERS,
    "summary": READERS,
    "summary-make": OFFICE,
    "summary-document": READERS,
    "outline": OFFICE,
    "outline-file": OFFICE,
    "ledger": READERS,
    "ledger-entry": READERS,
}


def may_open(*, user: User | None, name: str) -> bool:
    """Return whether `user` (None: not signed in) may open the address called `name`."""
    allowed = PERMISSIONS.get(name)
    if allowed is None:
        return False
    if isinstance(allowed, str):
        return True
    return user is not None and user.is_active and user.role in allowed


def viewer_of(request: HttpRequest) -> User | None:
    """Return the signed-in user, None for a stranger."""
    return request.user if isinstance(request.user, User) else None


def viewer(request: HttpRequest) -> User:
    """Return the signed-in user; a stranger gets 404 (the gate has let nobody else through)."""
    user = viewer_of(request)
    if user is None:
        raise Http404
    return user


def sees_all(user: User) -> bool:
    """Return whether the user sees every unit's records; otherwise only their own unit's subtree."""
    return user.role in READERS
