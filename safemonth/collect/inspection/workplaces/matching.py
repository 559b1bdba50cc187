"""Which workplace on record a row of a list may be: found by what two that are one have in common.

Candidates come from an index, so that a list of thousands takes seconds: names within one slip share a form with one sign
left out (two slips: two signs; Mor and Fraenkel 1982, doi:10.1145/358728.358752), others share a phone, an exact address or
a cell of the map. What makes of a candidate a likely double stands in `docs/workplaces.md`.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from safemonth.collect.evidence.places import Position, distance_m
from safemonth.collect.inspection.workplaces.names import NameForms, are_apart, name_forms_of, nearness

# Two positions this near are one gate or yard; further than APART_M apart they are two places.
NEAR_M: Final = 100
APART_M: Final = 2000
# A degree of latitude is 111 km: a cell of a thousandth is about 100 m high.
_CELL_DEGREES: Final = 0.001


@dataclass(frozen=True)
class WorkplaceFacts:
    """What two workplaces are compared by; empty texts and None where it is not known.

    `places` are the names of its county and township; `township` and `department` are codes; `latitude` and
    `longitude` are degrees.
    """

    name: str
    township: str
    uscc: str = ""
    trade: str = ""
    address: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    places: tuple[str, ...] = ()

    @property
    def forms(self) -> NameForms:
        """The forms of its name."""
        return name_forms_of(self.name, self.places)


@dataclass(frozen=True)
class Likeness:
    """That a row is likely the workplace on record with the number `key`, and why: codes, the strongest first.

    Codes: `same_code`, `same_name`, `near_name`, `like_name`, `same_address`, `same_phone`, `same_position`,
    `other_code` (both have a credit code, and not the same), `other_township`.
    """

    key: int
    reasons: tuple[str, ...]
    weight: int


def metres_between(one: WorkplaceFacts, other: WorkplaceFacts) -> float | None:
    """Return the great-circle distance in metres, None where one has no position."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return distance_m(Position(one.latitude, one.longitude), Position(other.latitude, other.longitude))


@lru_cache(maxsize=50_000)
def plain_address(address: str, places: tuple[str, ...] = ()) -> str:
    """Return an address as it is compared: without marks, and without county and township."""
    text = re.sub(r"[\s,，、。.()（）\-—#]+", "", unicodedata.normalize("NFKC", address)).casefold()
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place, "")
    return text


def is_exact_address(plain: str) -> bool:
    """Return whether an address says which house: with a number, or as long as one that does. A village does not."""
    return len(plain) >= 4 and (bool(re.search(r"\d|[一二三四五六七八九十]+(?:号|组|区|栋)", plain)) or len(plain) >= 9)


@lru_cache(maxsize=50_000)
def plain_phone(phone: str) -> str:
    """Return a phone number's digits without the country's 86 and a leading nought; "" where there are fewer than seven."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    digits = digits.removeprefix("0086").removeprefix("86") if len(digits) > 11 else digits
    return digits.lstrip("0") if len(digits) >= 7 else ""


def likeness_of(row: WorkplaceFacts, known: WorkplaceFacts, *, near_m: float = NEAR_M) -> tuple[str, ...]:
    """Return why a row is likely the known workplace, the strongest reason first; empty: it is not.

    The same credit code is always a reason. Otherwise names that differ by a number or a contrast are never one,
    nor are positions further than `APART_M` apart.
    """
    if row.uscc and row.uscc == known.uscc:
        return ("same_code", *_other_evidence(row, known, near_m))
    evidence = _other_evidence(row, known, near_m)
    if are_apart(row.forms, known.forms):
        return ()
    distance = metres_between(row, known)
    if distance is not None and distance > APART_M:
        return ()
    name = nearness(row.forms, known.forms)
    has_other_code = bool(row.uscc and known.uscc)
    is_same_township = row.township == known.township
    is_same_trade = not row.trade or not known.trade or row.trade == known.trade
    if not _is_enough(name, len(evidence), has_other_code, is_same_township, is_same_trade):
        return ()
    words = {"equal": ("same_name",), "near": ("near_name",), "alike": ("like_name",)}.get(name, ())
    return (
        *words,
        *evidence,
        *(("other_township",) if not is_same_township else ()),
        *(("other_code",) if has_other_code else ()),
    )


def _is_enough(name: str, evidence: int, has_other_code: bool, is_same_township: bool, is_same_trade: bool) -> bool:
    """Whether it is enough to ask a person. `evidence` counts the same address, phone and position."""
    if has_other_code:
        # Two bodies by law; one place only where the name is the same and something else with it.
        return name == "equal" and is_same_township and evidence >= 1
    if not is_same_township:
        return name in ("equal", "near") and is_same_trade and evidence >= 1
    if name == "equal":
        return True
    if name == "near":
        return is_same_trade or evidence >= 1
    if name == "alike":
        return evidence >= (1 if is_same_trade else 2)
    return is_same_trade and evidence >= 2


def _other_evidence(row: WorkplaceFacts, known: WorkplaceFacts, near_m: float) -> list[str]:
    found = []
    address = plain_address(row.address, row.places)
    if is_exact_address(address) and address == plain_address(known.address, known.places):
        found.append("same_address")
    phone = plain_phone(row.phone)
    if phone and phone == plain_phone(known.phone):
        found.append("same_phone")
    distance = metres_between(row, known)
    if distance is not None and distance <= near_m:
        found.append("same_position")
    return found


_WEIGHTS: Final = {
    "same_code": 100,
    "same_name": 30,
    "near_name": 20,
    "like_name": 10,
    "same_address": 8,
    "same_phone": 8,
    "same_position": 8,
    "other_township": -5,
    "other_code": -5,
}


class WorkplaceIndex:
    """Workplaces on record, kept so that the few that a row may be are found at once; more may be added."""

    def __init__(self, known: Iterable[tuple[int, WorkplaceFacts]] = (), *, near_m: float = NEAR_M) -> None:
        self._facts: dict[int, WorkplaceFacts] = {}
        self._under: dict[str, set[int]] = defaultdict(set)
        self._near_m = near_m
        for key, facts in known:
            self.add(key, facts)

    def add(self, key: int, facts: WorkplaceFacts) -> None:
        """Keep one more workplace under its number."""
        self._facts[key] = facts
        for form in set(_keys_of(facts)):
            self._under[form].add(key)

    def likely(self, row: WorkplaceFacts) -> list[Likeness]:
        """Return the workplaces that a row likely is, the likeliest first; equals in order of their number."""
        near = set().union(*(self._under.get(key, ()) for key in set(_keys_of(row, around=self._near_m))))
        found = []
        for key in near:
            reasons = likeness_of(row, self._facts[key], near_m=self._near_m)
            if reasons:
                found.append(Likeness(key, reasons, sum(_WEIGHTS[reason] for reason in reasons)))
        return sorted(found, key=lambda each: (-each.weight, each.key))


def _keys_of(facts: WorkplaceFacts, *, around: float = 0) -> Iterator[str]:
    if facts.uscc:
        yield f"c{facts.uscc}"
    forms = facts.forms
    for text in {forms.core, forms.brand, forms.whole} - {""}:
        yield f"n{text}"
    for text in {forms.core, forms.brand}:
        if len(text) >= 3:
            for place in range(len(text)):
                yield f"n{text[:place]}{text[place + 1 :]}"
    if len(forms.core) >= 8:
        for one, other in combinations(range(len(forms.core)), 2):
            yield f"n{forms.core[:one]}{forms.core[one + 1 : other]}{forms.core[other + 1 :]}"
    address = plain_address(facts.address, facts.places)
    if is_exact_address(address):
        yield f"a{address}"
    if phone := plain_phone(facts.phone):
        yield f"p{phone}"
    yield from _cells(facts, around)


def _cells(facts: WorkplaceFacts, around: float) -> Iterator[str]:
    """Yield the cells of the map: the workplace's own, or with `around` metres all that may hold one so near."""
    if facts.latitude is None or facts.longitude is None:
        return
    high = math.ceil(around / (111_000 * _CELL_DEGREES)) if around else 0
    wide = (
        math.ceil(around / (111_000 * _CELL_DEGREES * max(math.cos(math.radians(facts.latitude)), 0.01)))
        if around
        else 0
    )
    row, column = math.floor(facts.latitude / _CELL_DEGREES), math.floor(facts.longitude / _CELL_DEGREES)
    for up in range(-high, high + 1):
        for along in range(-wide, wide + 1):
            yield f"m{row + up},{column + along}"
