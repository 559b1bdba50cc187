"""Sentences about rosters that a clerk can act on: wishes, why it cannot be done, what would do, what a roster breaks.

Each is (English sentence, its places); names come from the caller in the reader's language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from safemonth.collect.publicity.consulting.checking import SENTENCES, Breach
from safemonth.collect.publicity.consulting.limits import Item
from safemonth.collect.publicity.consulting.problem import Hours, Problem, Wish
from safemonth.collect.publicity.consulting.remedies import Remedy
from safemonth.lib.refusals import gettext_noop


@dataclass(frozen=True)
class Words:
    """A marked English sentence with what fills its places."""

    sentence: str
    params: Mapping[str, Any]


WISHES: Final[Mapping[str, str]] = {
    "together": gettext_noop("%(booth)s and %(other)s stand together."),
    "apart": gettext_noop("%(booth)s and %(other)s stand at different sites."),
    "at": gettext_noop("%(booth)s stands at %(site)s."),
    "not_at": gettext_noop("%(booth)s does not stand at %(site)s."),
    "hours": gettext_noop("%(booth)s can only come from %(from)s to %(to)s."),
}
ITEMS: Final[Mapping[str, str]] = {
    "needs_place": gettext_noop("%(booth)s needs a place."),
    "holds": gettext_noop("%(site)s holds %(number)s booths at once."),
    "least": gettext_noop("%(site)s needs %(number)s booths at least."),
    "room": gettext_noop("%(site)s has room for %(number)s (%(thing)s) at once."),
    "site_hours": gettext_noop("%(site)s is free from %(from)s to %(to)s only."),
    "least_stay": gettext_noop("Nobody stands for less than %(number)s minutes."),
    "lock": gettext_noop("%(booth)s was put at %(site)s by hand."),
}
SEVERAL_NEED_A_PLACE: Final = gettext_noop("Each of these %(number)s units needs a place: %(booths)s.")
TOO_MANY: Final = gettext_noop("%(number)s units need a place, and the sites hold %(holds)s: %(sites)s.")
REMEDIES: Final[Mapping[str, str]] = {
    "needs_place": gettext_noop("Leave out %(booth)s."),
    "holds": gettext_noop("Let %(site)s hold %(amount)s booths."),
    "least": gettext_noop("Ask for %(amount)s booths at least at %(site)s."),
    "room": gettext_noop("Make room for %(amount)s (%(thing)s) at %(site)s."),
    "site_hours": gettext_noop("Have %(site)s free for the whole day."),
    "least_stay": gettext_noop("Let booths stand for %(amount)s minutes at least."),
    "wish": gettext_noop("Withdraw the wish: %(wish)s"),
    "lock": gettext_noop("Let %(booth)s stand elsewhere than where it was put by hand."),
}


def clock(minute: int) -> str:
    """Return a time of day as people write it: 8:30."""
    return f"{minute // 60}:{minute % 60:02}"


def of_wish(wish: Wish, names: Mapping[str, str]) -> Words:
    """Return what a wish asks for."""
    return Words(
        WISHES[wish.kind],
        {**_named(names, booth=wish.booth, other=wish.other, site=wish.site), **_between(wish.hours)},
    )


def of_reason(problem: Problem, reason: Sequence[Item], names: Mapping[str, str], joint: str) -> list[Words]:
    """Return why a roster cannot be made, a sentence a statement; units that need a place come in one sentence.

    `joint` stands between names (、 in Chinese). Statements that the problem has no more (a wish withdrawn since) are
    left out.
    """
    booths = [item.code for item in reason if item.kind == "needs_place" and item.code in problem.booth]
    sites = [item.code for item in reason if item.kind == "holds" and item.code in problem.site]
    if booths and sites and len(booths) + len(sites) == len(reason):
        holds = sum(problem.site[code].holds for code in sites)
        listed = joint.join(f"{names.get(code, code)} {problem.site[code].holds}" for code in sites)
        return [Words(TOO_MANY, {"number": len(booths), "holds": holds, "sites": listed})]
    words = []
    if len(booths) > 1:
        listed = joint.join(names.get(code, code) for code in booths)
        words.append(Words(SEVERAL_NEED_A_PLACE, {"number": len(booths), "booths": listed}))
    rest = [item for item in reason if item.kind != "needs_place" or len(booths) == 1]
    return [*words, *(found for item in rest for found in _of_item(problem, item, names))]


def _of_item(problem: Problem, item: Item, names: Mapping[str, str]) -> Iterator[Words]:
    site = problem.site.get(item.code)
    sentence = ITEMS.get(item.kind, "")
    match item.kind:
        case "wish":
            yield from (of_wish(wish, names) for wish in problem.wishes if wish.key == item.code)
        case "lock":
            for lock in problem.locks:
                if lock.booth == item.code:
                    yield Words(sentence, _named(names, booth=lock.booth, site=lock.site))
        case "needs_place":
            if item.code in problem.booth:
                yield Words(sentence, _named(names, booth=item.code))
        case "least_stay":
            yield Words(sentence, {"number": problem.least_stay_min})
        case "holds" | "least" | "room" | "site_hours" if site:
            number = {"holds": site.holds, "least": site.least}.get(item.kind, site.room.get(item.thing, 0))
            yield Words(
                sentence,
                {
                    **_named(names, site=item.code, thing=item.thing),
                    "number": number,
                    **_between(site.hours),
                },
            )


def of_remedy(problem: Problem, remedy: Remedy, names: Mapping[str, str]) -> tuple[Words, Words | None]:
    """Return what to change; for a wish, the second is the wish's own sentence, for the place `wish` in the first."""
    item = remedy.item
    is_booth = item.kind in ("needs_place", "lock")
    params = {
        **_named(names, booth=item.code if is_booth else "", site="" if is_booth else item.code, thing=item.thing),
        "amount": remedy.amount,
    }
    wish = next((wish for wish in problem.wishes if item.kind == "wish" and wish.key == item.code), None)
    return Words(REMEDIES[item.kind], params), of_wish(wish, names) if wish else None


def of_breach(breach: Breach, names: Mapping[str, str]) -> Words:
    """Return what a roster breaks."""
    return Words(
        SENTENCES[breach.code],
        {
            **_named(names, booth=breach.booth, other=breach.other, site=breach.site, thing=breach.thing),
            "has": breach.has,
            "most": breach.most,
            "least": breach.most,
        },
    )


def _named(names: Mapping[str, str], **codes: str) -> dict[str, str]:
    return {place: names.get(code, code) for place, code in codes.items()}


def _between(hours: Hours | None) -> dict[str, str]:
    return {"from": clock(hours.from_min), "to": clock(hours.to_min)} if hours else {}
