"""Plain decisions of the plan: which units a rule of assignment means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from safemonth.lib.refusals import Refused, gettext_noop

KINDS = (
    "county",
    "township",
    "village",
    "department",
    "media",
    "carrier",
    "school",
    "hospital",
    "enterprise",
    "premises",
)


@dataclass(frozen=True)
class UnitFacts:
    """What a rule looks at."""

    code: str
    kind: str
    path: str


def units_by_rule(rule: str, units: Iterable[UnitFacts]) -> list[str]:
    """Return the codes that a rule of assignment means, in the order of `units`.

    Rules, joined by `+`: `kind:township` (all of a kind), `under:CODE` (a unit's direct children),
    `named:CODE,CODE` (a list), `all`. Raises Refused `unknown_rule`, or `unknown_unit` where a named code
    is no unit's.
    """
    known = list(units)
    chosen: set[str] = set()
    for part in filter(None, re.split(r"\s*\+\s*", rule.strip())):
        word, _, argument = part.partition(":")
        if word == "all":
            chosen |= {unit.code for unit in known}
        elif word == "kind" and argument in KINDS:
            chosen |= {unit.code for unit in known if unit.kind == argument}
        elif word == "under" and argument:
            chosen |= {unit.code for unit in known if unit.path.rstrip("/").split("/")[-2:-1] == [argument]}
        elif word == "named" and argument:
            codes = {code.strip() for code in argument.split(",") if code.strip()}
            missing = sorted(codes - {unit.code for unit in known})
            if missing:
                raise Refused(
                    "unknown_unit",
                    gettext_noop("There is no unit “%(unit)s”. See the unit list for its code."),
                    unit=missing[0],
                )
            chosen |= codes
        else:
            raise Refused(
                "unknown_rule",
                gettext_noop(
                    "“%(rule)s” is no rule of assignment. Use kind:township, under:CODE, named:CODE,CODE or all."
                ),
                rule=part,
            )
    return [unit.code for unit in known if unit.code in chosen]
