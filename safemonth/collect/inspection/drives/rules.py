"""Plain decisions about drives: how joint teams are made up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from safemonth.lib.refusals import Refused, gettext_noop

# Two officers at least make an inspection (Administrative Penalty Law, 2021, art. 42; before it 2017, art. 37).
FEWEST_IN_A_TEAM = 2


@dataclass(frozen=True)
class Candidate:
    """An inspector who may be put in a team: number, unit's code, and whether there is a certificate."""

    key: int
    unit: str
    has_certificate: bool = True


@dataclass(frozen=True)
class ProposedTeam:
    """A team of inspectors by number; the first is its head."""

    members: tuple[int, ...]


def proposed_teams(candidates: Sequence[Candidate], *, count: int) -> list[ProposedTeam]:
    """Return `count` joint teams: sizes within one, each unit's people spread within one, none of one unit alone.

    Units are taken by their size, the largest first, and their people are dealt out in turn. Then a team of one unit alone
    is impossible wherever the largest unit leaves at least one other person for each team (docs/drives.md has the
    proof), and where it does not, no teams can be mixed: so what is refused cannot be done. Within a unit, those with a
    certificate come first. The head is the team's first with a certificate, of the unit that heads fewest teams.
    Raises Refused `teams_too_small`, `teams_one_unit`.
    """
    if count < 1 or len(candidates) < FEWEST_IN_A_TEAM * count:
        raise Refused(
            "teams_too_small",
            gettext_noop("%(people)s inspectors make at most %(most)s teams: two at least go together."),
            people=len(candidates),
            most=len(candidates) // FEWEST_IN_A_TEAM,
        )
    size = Counter(each.unit for each in candidates)
    largest, most = max(size.items(), key=lambda each: (each[1], each[0]))
    if len(candidates) - most < count:
        raise Refused(
            "teams_one_unit",
            gettext_noop(
                "%(most)s of %(people)s inspectors are of one unit (%(unit)s): the other %(others)s cannot stand in "
                "each of %(count)s teams. Make fewer teams, or ask other units for inspectors."
            ),
            most=most,
            people=len(candidates),
            unit=largest,
            others=len(candidates) - most,
            count=count,
        )
    # Of units of one size the largest key stands first as well, so that it is the one looked at above.
    order = sorted(candidates, key=lambda each: (-size[each.unit], each.unit, not each.has_certificate, each.key))
    teams: list[list[Candidate]] = [order[at::count] for at in range(count)]
    heads: Counter[str] = Counter()
    proposed = []
    for team in teams:
        able = [each for each in team if each.has_certificate] or team
        head = min(able, key=lambda each: (heads[each.unit], team.index(each)))
        heads[head.unit] += 1
        proposed.append(ProposedTeam((head.key, *(each.key for each in team if each is not head))))
    return proposed
