"""Names and sentences of rosters in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from safemonth.collect.publicity.consulting.limits import Item
from safemonth.collect.publicity.consulting.models import Booth, Roster, Site
from safemonth.collect.publicity.consulting.problem import Problem, Wish
from safemonth.collect.publicity.consulting.queries import SITE, RosterPage
from safemonth.collect.publicity.consulting.remedies import Remedy
from safemonth.collect.publicity.consulting.words import Words, of_breach, of_reason, of_remedy, of_wish
from safemonth.organisation.languages import is_english, named, said

THINGS = {
    "banner": gettext_lazy("banners"),
    "boards": gettext_lazy("display boards"),
    "vehicle": gettext_lazy("vehicles to park"),
    "power": gettext_lazy("power sockets"),
}


def names_by_code(booths: Sequence[Booth], sites: Sequence[Site]) -> dict[str, str]:
    """Return the names of booths, sites and things by the codes of the solver's statement."""
    return (
        {code: str(name) for code, name in THINGS.items()}
        | {booth.unit.code: named(booth.unit) for booth in booths}
        | {f"{SITE}{site.pk}": named(site) for site in sites}
    )


def spoken(words: Words) -> str:
    """Return a sentence in the page's language with its places filled."""
    return said(words.sentence, words.params)


def wish_sentence(wish: Wish, names: dict[str, str]) -> str:
    """Return what a wish asks for."""
    return spoken(of_wish(wish, names))


def breach_sentences(page: RosterPage, names: dict[str, str]) -> list[str]:
    """Return what the roster breaks, a sentence each; empty: nothing."""
    return [spoken(of_breach(breach, names)) for breach in page.breaches]


def reason_sentences(problem: Problem, roster: Roster, names: dict[str, str]) -> list[str]:
    """Return why a roster could not be made, in the statements that still stand."""
    items = [Item(row["kind"], row["code"], row["thing"]) for row in roster.reason]
    return [spoken(words) for words in of_reason(problem, items, names, ", " if is_english() else "、")]


def remedy_sentences(problem: Problem, roster: Roster, names: dict[str, str]) -> list[str]:
    """Return the single changes that were enough when the roster was tried."""
    sentences = []
    for row in roster.remedies:
        words, wish = of_remedy(problem, Remedy(Item(row["kind"], row["code"], row["thing"]), row["amount"]), names)
        if row["kind"] == "wish" and wish is None:
            continue  # Withdrawn since.
        filled = dict(words.params) | ({"wish": spoken(wish)} if wish else {})
        sentences.append(said(words.sentence, filled))
    return sentences
