"""Does a draw keep what a draw must keep? Written from the statement; shares no code with the draw, only its data.

What it checks: the frame's digest, the number of visits, who is certain, who may not inspect whom, even loads, days, and the
probabilities by another way than the draw's (a search for the one factor, by halving). Whether the chances themselves were
right is seen by drawing again (`safemonth draw`).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Breach:
    """One thing that a draw does not keep: a stable code, and of what (a workplace's key, a team's number …)."""

    code: str
    about: str = ""


def breaches(drawn: Mapping[str, Any]) -> list[Breach]:
    """Return everything that a draw, as it is downloaded, does not keep; empty: it is in order.

    Codes: `digest`, `count`, `twice`, `unknown_workplace`, `unknown_team`, `certain_left_out`, `barred`, `uneven`,
    `unknown_day`, `full_day`, `probability`, `positions`.
    """
    frame = drawn["frame"]
    visits = drawn["visits"]
    return [
        *_of_frame(drawn, frame, visits),
        *_of_choice(frame, visits),
        *_of_teams(frame, visits),
        *_of_days(frame, visits),
        *_of_probabilities(frame, visits),
    ]


def _of_frame(drawn: Mapping[str, Any], frame: Mapping[str, Any], visits: list[dict[str, Any]]) -> list[Breach]:
    text = json.dumps(frame, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    found = []
    if hashlib.sha256(text.encode()).hexdigest() != drawn["frame_sha256"]:
        found.append(Breach("digest"))
    if len(visits) != frame["count"]:
        found.append(Breach("count", str(len(visits))))
    if sorted(visit["position"] for visit in visits) != list(range(1, len(visits) + 1)):
        found.append(Breach("positions"))
    return found


def _of_choice(frame: Mapping[str, Any], visits: list[dict[str, Any]]) -> list[Breach]:
    times = Counter(visit["workplace"] for visit in visits)
    known = {row["key"]: row for row in frame["workplaces"]}
    found = [Breach("twice", key) for key, count in times.items() if count > 1]
    found += [Breach("unknown_workplace", key) for key in times if key not in known]
    return found + [
        Breach("certain_left_out", key)
        for key, row in known.items()
        if key not in times and (row["is_named"] or frame["weights"][row["risk"]] == 0)
    ]


def _of_teams(frame: Mapping[str, Any], visits: list[dict[str, Any]]) -> list[Breach]:
    people = {team["number"]: team["inspectors"] for team in frame["teams"]}
    interests = {(row["inspector"], row["workplace"]) for row in frame["interests"]}
    own_unit = {row["key"]: row["unit"] for row in frame["workplaces"]}
    loads = Counter(dict.fromkeys(people, 0))
    found = []
    for visit in visits:
        if visit["team"] not in people:
            found.append(Breach("unknown_team", str(visit["team"])))
            continue
        loads[visit["team"]] += 1
        unit = own_unit.get(visit["workplace"], "")
        if any(
            (person["key"], visit["workplace"]) in interests or (unit and person["unit"] == unit)
            for person in people[visit["team"]]
        ):
            found.append(Breach("barred", visit["workplace"]))
    if loads and max(loads.values()) - min(loads.values()) > 1:
        found.append(Breach("uneven"))
    return found


def _of_days(frame: Mapping[str, Any], visits: list[dict[str, Any]]) -> list[Breach]:
    found = [Breach("unknown_day", visit["workplace"]) for visit in visits if visit["day"] not in frame["days"]]
    full = Counter((visit["team"], visit["day"]) for visit in visits)
    return found + [Breach("full_day", f"{team} {day}") for (team, day), n in full.items() if n > frame["visits_a_day"]]


def _of_probabilities(frame: Mapping[str, Any], visits: list[dict[str, Any]]) -> list[Breach]:
    sure = [row for row in frame["workplaces"] if row["is_named"] or frame["weights"][row["risk"]] == 0]
    weights = {row["key"]: frame["weights"][row["risk"]] for row in frame["workplaces"] if row not in sure}
    left = frame["count"] - len(sure)
    # The factor c with sum(min(1, c w)) = m; the sum rises with c, so it can be halved in on.
    low, high = 0.0, float(max(left, 1))
    for _turn in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(min(1.0, middle * w) for w in weights.values()) < left else (low, middle)
    found = []
    for visit in visits:
        said = float(Fraction(visit["probability"]))
        due = min(1.0, high * weights[visit["workplace"]]) if visit["workplace"] in weights else 1.0
        if abs(said - due) > 1e-9:
            found.append(Breach("probability", visit["workplace"]))
    return found
