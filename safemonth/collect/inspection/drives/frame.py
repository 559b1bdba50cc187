"""What a draw is made from, as plain data that can be written down and read back: the frame."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final

from safemonth.lib.digests import canonical_json, sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop

FORMAT: Final = "safemonth draw 1"
# Red is certain (weight 0 stands for "certain"); the rest of the visits goes by these weights. They are stated on every
# draw and can be set for each: the four classes ask for more frequent inspection upward, and no law fixes the ratio.
DEFAULT_WEIGHTS: Final = {"red": 0, "orange": 4, "yellow": 2, "blue": 1, "": 2}
CERTAIN: Final = 0


@dataclass(frozen=True)
class FrameWorkplace:
    """A workplace that may be drawn. `unit` is its own unit's code ("" for none); `is_named`: the office wants it in."""

    key: str
    name: str
    risk: str
    trade: str
    township: str
    unit: str = ""
    is_named: bool = False


@dataclass(frozen=True)
class FrameInspector:
    """An inspector in a team: a number that says nothing of the person, and the code of the unit."""

    key: str
    unit: str


@dataclass(frozen=True)
class FrameTeam:
    """A team and who is in it."""

    number: int
    inspectors: tuple[FrameInspector, ...]


@dataclass(frozen=True)
class FrameInterest:
    """That an inspector may not inspect a workplace."""

    inspector: str
    workplace: str


@dataclass(frozen=True)
class Frame:
    """All that a draw is made from. `count` workplaces are drawn; each team visits at most `visits_a_day` on each of `days`
    (ISO 8601); `weights` maps a class of risk to its weight, `CERTAIN` for those that are in without a draw."""

    drive: str
    count: int
    weights: Mapping[str, int]
    workplaces: tuple[FrameWorkplace, ...]
    teams: tuple[FrameTeam, ...]
    interests: tuple[FrameInterest, ...]
    days: tuple[str, ...]
    visits_a_day: int

    def as_json(self) -> dict[str, Any]:
        """Return the frame as JSON holds it."""
        return {"format": FORMAT, **{name: _plain(value) for name, value in asdict(self).items()}}

    @cached_property
    def sha256(self) -> str:
        """The digest of the frame: SHA-256 over its canonical JSON (sorted keys, no spaces, UTF-8)."""
        return sha256_hex(canonical_json(self.as_json()).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def frame_from_json(data: Mapping[str, Any]) -> Frame:
    """Return a frame that was written down; raises Refused `not_a_frame` where it is none."""
    try:
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']!r}")
        return Frame(
            drive=str(data["drive"]),
            count=int(data["count"]),
            weights={str(risk): int(weight) for risk, weight in data["weights"].items()},
            workplaces=tuple(FrameWorkplace(**row) for row in data["workplaces"]),
            teams=tuple(
                FrameTeam(int(row["number"]), tuple(FrameInspector(**each) for each in row["inspectors"]))
                for row in data["teams"]
            ),
            interests=tuple(FrameInterest(**row) for row in data["interests"]),
            days=tuple(str(day) for day in data["days"]),
            visits_a_day=int(data["visits_a_day"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(
            "not_a_frame",
            gettext_noop("This is not the frame of a draw as it is downloaded (%(error)s)."),
            error=str(error)[:100],
        ) from error


def barred_teams(frame: Frame) -> dict[str, frozenset[int]]:
    """Return workplace key -> numbers of the teams that may not inspect it.

    A team may not where one of its people has declared an interest, or comes from the workplace's own unit.
    """
    team_of = {person.key: team.number for team in frame.teams for person in team.inspectors}
    barred: dict[str, set[int]] = {row.key: set() for row in frame.workplaces}
    for interest in frame.interests:
        if interest.inspector in team_of and interest.workplace in barred:
            barred[interest.workplace].add(team_of[interest.inspector])
    for row in frame.workplaces:
        if row.unit:
            barred[row.key] |= {
                team.number for team in frame.teams if any(person.unit == row.unit for person in team.inspectors)
            }
    return {key: frozenset(numbers) for key, numbers in barred.items()}
