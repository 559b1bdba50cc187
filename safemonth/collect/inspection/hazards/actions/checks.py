"""What is refused before the screen, so that nobody who can see where a hazard stands enters what does not fit there."""

from collections.abc import Iterable
from uuid import UUID

from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.queries.events import events_of, is_uuid, joined_with, said_by
from safemonth.collect.inspection.hazards.rules import Said, Standing, standings
from safemonth.collect.inspection.hazards.states import AWAITED, CLOSED, JOINED
from safemonth.lib.refusals import Refused, gettext_noop


def check_said(event: HazardEvent, hazard: Hazard) -> None:
    """Raise Refused where an event would be held, says what stands already, or would upset what stands.

    Codes: the guard's, `out_of_place`, `said_already`, `upsets_others`, `not_yet` (it has not happened), and of a join
    `unknown_other`, `other_closed`, `other_not_major`, `ring`.
    """
    if event.happened_at > event.received_at:
        raise Refused("not_yet", gettext_noop("That time has not come yet."))
    new = said_by(event)
    keys = joined_with(hazard.key)
    if event.move == "join":
        keys |= _other_joined(event, hazard)
    said: dict[str, list[Said]] = {
        str(key): [] for key in Hazard.objects.filter(key__in=keys).values_list("key", flat=True)
    }
    for row in events_of(keys):
        said.setdefault(str(row.hazard_key), []).append(said_by(row))
    own = str(hazard.key)
    before = standings(said)
    if event.move == "join":
        _check_join(before[own], before.get(str(new.data.get("same_as")), Standing()))
    after = standings(said | {own: [*said.get(own, ()), new]})
    held = next((each for each in after[own].held if each.said.key == new.key), None)
    if held is not None:
        raise Refused(held.code, held.sentence)
    if _says_the_same(new, before[own], after[own]):
        raise Refused("said_already", gettext_noop("It was said already."))
    if any(_upset(before[key], after[key]) for key in before):
        raise Refused("upsets_others", gettext_noop("What was said after that time would not fit any more."))


def _says_the_same(new: Said, before: Standing, after: Standing) -> bool:
    """Whether an event only says again what stands, or would take the place of what says the same."""
    if new.move == "raise" or new.data.get("replaces"):
        return False
    again = _keys(after.also_said) - _keys(before.also_said)
    return new.key in again or bool(again & _keys(each.said for each in before.applied if each.said.move == new.move))


def _other_joined(event: HazardEvent, hazard: Hazard) -> set[UUID]:
    key = event.data.get("same_as")
    other = Hazard.objects.filter(campaign=hazard.campaign, key=key).first() if is_uuid(key) else None
    if other is None:
        raise Refused("unknown_other", gettext_noop("The other hazard is not in this register."))
    if other.pk == hazard.pk:
        raise Refused("ring", gettext_noop("A hazard is the same as itself already."))
    return joined_with(other.key)


def _check_join(here: Standing, other: Standing) -> None:
    """Nothing open is joined away into what is closed, nor a major one into an ordinary one."""
    if other.state in (AWAITED, JOINED):
        raise Refused("unknown_other", gettext_noop("Choose a hazard that stands itself."))
    if other.state == CLOSED and here.state != CLOSED:
        raise Refused(
            "other_closed", gettext_noop("The other one is closed and this one is not. Reopen the other first.")
        )
    if here.grade == "major" and other.grade != "major":
        raise Refused("other_not_major", gettext_noop("This one is major and the other is not. Grade the other first."))


def _upset(before: Standing, after: Standing) -> bool:
    fitted = _keys(each.said for each in before.applied) | _keys(before.also_said)
    return bool(fitted & _keys(each.said for each in after.held))


def _keys(said: Iterable[Said]) -> set[str]:
    return {each.key for each in said}
