"""What a check gives: something that a person should look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Signal:
    """A reason to look, never a verdict: code, English sentence, its parameters, and what it is about.

    `code` is stable; `sentence` is English with `%(name)s` places, marked by `gettext_noop`, filled by `params`.
    `measure_ids`, `activity_ids` and `unit_codes` say which claims, activities and units are meant (each may be empty).
    """

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)
    measure_ids: tuple[int, ...] = ()
    activity_ids: tuple[int, ...] = ()
    unit_codes: tuple[str, ...] = ()
