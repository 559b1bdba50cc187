"""What a draw of supervision teams is made from, and the statements that it has to keep. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from safemonth.lib.digests import canonical_json, sha256_hex

LimitKind = Literal["mixed", "even_size", "barred", "days", "room", "even_load"]


@dataclass(frozen=True)
class Nominee:
    """Somebody whom a body names: `key` and `body` are codes, `title` the post.

    `may_not_visit` are codes of units: the own one, those above it, and where a conflict is declared. `days` are the
    ISO days on which they can go out.
    """

    key: str
    body: str
    title: str
    may_not_visit: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """Nominees to be parted into `team_count` teams, and the units that these will visit, `a_day` at most on one day."""

    nominees: tuple[Nominee, ...]
    units: tuple[str, ...]
    team_count: int
    days: tuple[str, ...]
    a_day: int = 3

    def as_json(self) -> dict[str, Any]:
        """Return the whole of it as JSON holds it, in one order whatever the order given: what a draw is repeated from."""
        return {
            "nominees": [
                {
                    "key": each.key,
                    "body": each.body,
                    "title": each.title,
                    "may_not_visit": sorted(each.may_not_visit),
                    "days": sorted(each.days),
                }
                for each in sorted(self.nominees, key=lambda each: each.key)
            ],
            "units": sorted(self.units),
            "team_count": self.team_count,
            "days": sorted(self.days),
            "a_day": self.a_day,
        }

    @property
    def sha256(self) -> str:
        """The digest of the problem, 64 hexadecimal digits, under which a seed is used."""
        return sha256_hex(canonical_json(self.as_json()).encode())


def problem_from(said: dict[str, Any]) -> Problem:
    """Return the problem that `as_json` wrote; raises KeyError or TypeError where it is none."""
    return Problem(
        nominees=tuple(
            Nominee(
                key=each["key"],
                body=each["body"],
                title=each["title"],
                may_not_visit=frozenset(each["may_not_visit"]),
                days=frozenset(each["days"]),
            )
            for each in said["nominees"]
        ),
        units=tuple(said["units"]),
        team_count=int(said["team_count"]),
        days=tuple(said["days"]),
        a_day=int(said["a_day"]),
    )


@dataclass(frozen=True, order=True)
class Limit:
    """One statement that a draw keeps; `of` is the body, nominee or unit that it is about ("" for all)."""

    kind: LimitKind
    of: str = ""


def limits_of(problem: Problem) -> Iterator[Limit]:
    """Yield every statement that a draw of the problem keeps."""
    yield from (Limit("mixed", body) for body in sorted({each.body for each in problem.nominees}))
    yield Limit("even_size")
    tied = {unit for each in problem.nominees for unit in each.may_not_visit}
    yield from (Limit("barred", unit) for unit in sorted(problem.units) if unit in tied)
    everyday = frozenset(problem.days)
    yield from (Limit("days", each.key) for each in problem.nominees if not everyday <= each.days)
    if problem.units:
        yield Limit("room")
        yield Limit("even_load")


@dataclass(frozen=True)
class Drawn:
    """A draw: nominee -> team and unit -> team (numbers from 1), and the days on which each whole team can go out."""

    team_of: dict[str, int]
    visited_by: dict[str, int]
    days_of: dict[int, tuple[str, ...]]


def common_days(problem: Problem, team_of: dict[str, int]) -> dict[int, tuple[str, ...]]:
    """Return for each team the days on which all its people can go out, in order."""
    return {
        team: tuple(
            day
            for day in sorted(problem.days)
            if all(day in each.days for each in problem.nominees if team_of.get(each.key) == team)
        )
        for team in range(1, problem.team_count + 1)
    }
