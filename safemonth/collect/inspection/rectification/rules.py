"""How far a rectification is, and which photos stand side by side. Plain Python."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HazardSeen:
    """A hazard as progress looks at it: its state, grade and deadline."""

    state: str
    grade: str
    deadline_on: date | None


@dataclass(frozen=True)
class Progress:
    """Hazards of a rectification: `found` without doubles, `closed` of them, `major` and `major_open`, `overdue`."""

    found: int
    closed: int
    major: int
    major_open: int
    overdue: int

    @property
    def closed_share(self) -> float | None:
        """The share that is closed, 0 to 1; None where nothing was found."""
        return self.closed / self.found if self.found else None


def progress(hazards: Iterable[HazardSeen], *, today: date) -> Progress:
    """Return how far a rectification's hazards are; a joined one is counted with the one it is the same as, not by itself.

    Overdue is what has passed its deadline and is neither closed nor reported as done.
    """
    counts: Counter[str] = Counter()
    for hazard in hazards:
        if hazard.state in ("joined", "awaited"):
            continue
        is_closed = hazard.state == "closed"
        counts["found"] += 1
        counts["closed"] += is_closed
        counts["major"] += hazard.grade == "major"
        counts["major_open"] += hazard.grade == "major" and not is_closed
        is_late = hazard.deadline_on is not None and hazard.deadline_on < today
        counts["overdue"] += is_late and not is_closed and hazard.state != "reported_done"
    return Progress(counts["found"], counts["closed"], counts["major"], counts["major_open"], counts["overdue"])


@dataclass(frozen=True)
class Shot:
    """A photo of a hazard: `key` names it, `shows` is before or after, `on` its day (None: not known)."""

    key: int
    shows: str
    on: date | None


def side_by_side(shots: Iterable[Shot]) -> tuple[Shot | None, Shot | None]:
    """Return the photo before and the one after that stand side by side: the first before, and the last after.

    Where days are equal or not known the order in which they came decides. None where there is none of a side.
    """
    ordered = sorted(shots, key=lambda shot: (shot.on or date.min, shot.key))
    before = next((shot for shot in ordered if shot.shows == "before"), None)
    after = next((shot for shot in reversed(ordered) if shot.shows == "after"), None)
    return before, after


def is_due(due_on: date, done_on: date | None, *, today: date) -> str:
    """Return how what was asked stands: `done`, `done_late`, `late` (not done, its day has passed) or `open`."""
    if done_on is not None:
        return "done_late" if done_on > due_on else "done"
    return "late" if due_on < today else "open"
