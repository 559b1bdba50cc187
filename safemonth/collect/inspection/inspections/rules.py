"""What several versions of one inspection say together, whatever the order in which they arrived. Plain Python.

Two inspectors may each edit the same inspection with no network, and both send. No version is ever thrown away:
one that an edit was made from is replaced by that edit; of those that are left, the one finished first stands until a
person decides; and a hazard that any version names stays, whatever the others leave out. docs/inspections.md has a
worked example.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from safemonth.lib.digests import sha256_hex

_VISITS: Final = uuid5(NAMESPACE_URL, "safemonth/visits")


@dataclass(frozen=True)
class Version:
    """One version: `key` is unique, `instance_id` is what an edit of it names (`made_from`, empty: it edits none).

    `finished_at` is by its author's clock. `is_set_aside`: a person decided for another.
    """

    key: str
    instance_id: str
    made_from: str
    finished_at: datetime
    said: Mapping[str, Any] = field(default_factory=dict)
    is_set_aside: bool = False


@dataclass(frozen=True)
class MergedHazard:
    """One hazard of the union: its words, whether what stands leaves it out, and the versions that name it."""

    said: Mapping[str, Any]
    is_dropped: bool
    versions: tuple[str, ...]

    @property
    def key(self) -> str:
        """The hazard's identity."""
        return str(self.said["key"])


@dataclass(frozen=True)
class Merged:
    """An inspection as all its versions say it.

    `standing` is the version whose words stand; `left` are those that no edit replaced, the standing one first.
    `rivals` are versions that contradict what stands and wait for a person. `is_moved`: an edit said that it belongs to
    another visit, and all that is left here was edited there.
    """

    standing: Version
    left: tuple[Version, ...]
    rivals: tuple[Version, ...]
    hazards: tuple[MergedHazard, ...]
    is_moved: bool = False

    @property
    def has_rivals(self) -> bool:
        """Whether a person must decide between versions."""
        return bool(self.rivals)


def visit_key(*, drive: int, workplace: UUID) -> UUID:
    """Return the identity of the visit that a drive draws to a workplace; it stays when the draw is made anew.

    Both inspectors of a team who fill in a form for it, each on their own phone, speak of one inspection.
    """
    return uuid5(_VISITS, f"{drive}/{workplace}")


def code_of(key: UUID, *, attempt: int = 0) -> str:
    """Return what people call an inspection by: J and 8 digits of its key's SHA-256 (keys made together look alike).

    `attempt` counts from 0 the codes that are taken already.
    """
    return f"J-{sha256_hex(f'{key}/{attempt}'.encode())[:8].upper()}"


def merged(versions: Iterable[Version], *, moved: Collection[str] = ()) -> Merged:
    """Return what the versions of one inspection say together; the same for every order of arrival.

    A version twice (by `key`) counts once. `moved` are instanceIDs that were edited under another inspection. Edits
    that name each other in a ring replace nothing. Other content under one instanceID is a rival of it, whether edits
    were made from it or not, since nobody knows from which. Raises ValueError where there is no version.
    """
    known = sorted({version.key: version for version in versions}.values(), key=_order)
    if not known:
        raise ValueError("an inspection has at least one version")
    replaced = {version.made_from for version in known if version.made_from != version.instance_id}
    left = [version for version in known if version.instance_id not in replaced] or known
    here = [version for version in left if version.instance_id not in moved]
    is_moved = not here
    kept = [version for version in here or left if not version.is_set_aside] or here or left
    standing, *others = kept
    contents = Counter(version.instance_id for version in known if not version.is_set_aside)
    disputed = [
        version
        for version in known
        if contents[version.instance_id] > 1 and not version.is_set_aside and version not in kept
    ]
    rivals = () if is_moved else (*others, *disputed)
    return Merged(
        standing=standing,
        left=(standing, *others),
        rivals=rivals,
        hazards=tuple(_union(known, standing)),
        is_moved=is_moved,
    )


def _order(version: Version) -> tuple[datetime, str]:
    return version.finished_at, version.key


def _union(versions: Collection[Version], standing: Version) -> Iterable[MergedHazard]:
    """Every hazard of every version: in the words of what stands, else of the last that names it."""
    naming: dict[str, list[Version]] = {}
    words: dict[str, Mapping[str, Any]] = {}
    for version in [*versions, standing]:
        for hazard in version.said.get("hazards", ()):
            words[hazard["key"]] = hazard
            if version not in naming.setdefault(hazard["key"], []):
                naming[hazard["key"]].append(version)
    own = [hazard["key"] for hazard in standing.said.get("hazards", ())]
    for key in [*own, *sorted(words.keys() - set(own))]:
        yield MergedHazard(words[key], key not in own, tuple(sorted(version.key for version in naming[key])))
