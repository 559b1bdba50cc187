"""The roll-up written a second time, slowly and as plainly as possible, to hold the fast one against."""

from collections.abc import Sequence
from typing import Any

from safemonth.lib.intervals import interval_of

Row = dict[str, Any]
STATE_ORDER = ("claimed", "evidenced", "checked", "confirmed", "corrected")
FOREVER = 10**9


def slow_reasons(rows: Sequence[Row], paths: Sequence[str], selection: dict[str, Any], how: Sequence[str]) -> list[str]:
    """Return one reason a row, from the rules in docs/figures/double-counting.md."""
    parents = _cut_rings(rows)
    reasons = [_selected(row, paths, selection) for row in rows]
    within = [reason == "counted" for reason in reasons]
    for place, row in enumerate(rows):
        if within[place] and row["is_duplicate"]:
            reasons[place] = "duplicate"
    alive = [place for place in range(len(rows)) if reasons[place] == "counted"]
    running = {place: _against_running_totals(place, alive, rows) for place in alive}
    for place in range(len(rows)):
        if not within[place] or reasons[place] == "duplicate":
            continue
        if _has_whole(place, rows, parents, within):
            reasons[place] = "part_of"
        elif running[place] != "counted":
            reasons[place] = running[place]
    standing = [place for place in alive if running[place] == "counted"]
    for place in standing:
        if how[rows[place]["indicator"]] == "latest" and reasons[place] == "counted":
            rivals = [
                other
                for other in standing
                if all(rows[other][name] == rows[place][name] for name in ("unit", "indicator", "basis", "named"))
            ]
            if max(rivals, key=lambda other: (rows[other]["to_on"], other)) != place:
                reasons[place] = "earlier"
    return reasons


def _cut_rings(rows: Sequence[Row]) -> list[int]:
    parents = [row["part_of"] for row in rows]
    for start in range(len(rows)):
        seen = [start]
        while parents[seen[-1]] != -1 and parents[seen[-1]] not in seen:
            seen.append(parents[seen[-1]])
        if parents[seen[-1]] != -1:
            ring = seen[seen.index(parents[seen[-1]]) :]
            largest = max(rows[place]["value"] for place in ring)
            parents[min(place for place in ring if rows[place]["value"] == largest)] = -1
    return parents


def _selected(row: Row, paths: Sequence[str], selection: dict[str, Any]) -> str:
    unit, task = selection.get("unit"), selection.get("task")
    from_on, to_on = selection.get("from_on"), selection.get("to_on")
    if unit is not None and not paths[row["unit"]].startswith(paths[unit]):
        return "out_of_scope"
    if task is not None and row["task"] != task:
        return "out_of_scope"
    if row["to_on"] == 0:
        return "counted" if from_on is None and to_on is None else "undated"
    begins = row["to_on"] if row["is_to_date"] or row["from_on"] == 0 else row["from_on"]
    if (from_on is not None and begins < from_on) or (to_on is not None and row["to_on"] > to_on):
        return "out_of_scope"
    return "counted"


def _has_whole(place: int, rows: Sequence[Row], parents: Sequence[int], within: Sequence[bool]) -> bool:
    above = parents[place]
    while above != -1:
        same = all(rows[above][name] == rows[place][name] for name in ("indicator", "basis"))
        if same and within[above]:
            return True
        above = parents[above]
    return False


def _against_running_totals(place: int, alive: Sequence[int], rows: Sequence[Row]) -> str:
    row, answer = rows[place], "counted"
    for task in {row["task"], -1}:
        totals = [
            other
            for other in alive
            if rows[other]["is_to_date"]
            and rows[other]["task"] == task
            and all(rows[other][name] == row[name] for name in ("unit", "indicator", "basis"))
        ]
        if not totals:
            continue
        last = max(totals, key=lambda other: (rows[other]["to_on"] or FOREVER, other))
        if last == place:
            continue
        until = rows[last]["to_on"] or FOREVER
        if row["is_to_date"]:
            if task == row["task"] or (row["to_on"] or FOREVER) <= until:
                return "running_total"
            answer = "overlap"
        elif until == FOREVER or (row["to_on"] and row["to_on"] <= until):
            return "running_total"
        elif row["to_on"] == 0 or row["from_on"] <= until:
            answer = "overlap"
    return answer


def slow_totals(
    rows: Sequence[Row], paths: Sequence[str], selection: dict[str, Any], how: Sequence[str]
) -> dict[tuple[int, str], tuple[int, int, int, bool, int, int, str]]:
    """Return (value, lower, upper, lower_is_open, measures, units, state) by indicator and basis."""
    reasons = slow_reasons(rows, paths, selection, how)
    found = {}
    for key in {(row["indicator"], row["basis"]) for row in rows}:
        of_key = [place for place, row in enumerate(rows) if (row["indicator"], row["basis"]) == key]
        sure = [rows[place] for place in of_key if reasons[place] == "counted"]
        maybe = [rows[place] for place in of_key if reasons[place] == "overlap"]
        if sure:
            is_of_places = how[key[0]] == "sum" and key[1] == "places"
            ends = _together(sure, maybe, "sum_of_places" if is_of_places else how[key[0]])
            found[key] = (*ends, len(sure), len({row["unit"] for row in sure}), _state(sure))
    return found


def _together(sure: list[Row], maybe: list[Row], how: str) -> tuple[int, int, int, bool]:
    if how == "max":
        lower, is_open = _largest_lower(sure)
        upper = max(_upper(row) for row in sure + maybe)
        return max(row["value"] for row in sure), lower, upper, is_open
    if how == "sum_of_places":
        return _places(sure, maybe)
    if how != "distinct":
        is_open = any(row["qualifier"] == "more_than" for row in sure)
        return sum(r["value"] for r in sure), sum(map(_lower, sure)), sum(map(_upper, sure + maybe)), is_open
    named_value = named_lower = named_upper = 0
    named_open = False
    for name in {row["named"] for row in sure + maybe} - {-1}:
        same = [row for row in sure if row["named"] == name]
        if same:
            named_value += max(row["value"] for row in same)
            lower, is_open = _largest_lower(same)
            named_lower, named_open = named_lower + lower, named_open or is_open
        named_upper += max(_upper(row) for row in sure + maybe if row["named"] == name)
    unnamed = [row for row in sure if row["named"] == -1]
    largest_lower, largest_open = _largest_lower(unnamed)
    upper = named_upper + sum(_upper(row) for row in sure + maybe if row["named"] == -1)
    lower = max(named_lower, largest_lower)
    is_open = (named_open and named_lower == lower) or (largest_open and largest_lower == lower)
    return max(named_value, max((r["value"] for r in unnamed), default=0)), lower, upper, is_open


def _places(sure: list[Row], maybe: list[Row]) -> tuple[int, int, int, bool]:
    """Each named place once, the rest added."""
    groups = [[row] for row in sure + maybe if row["named"] == -1]
    for name in {row["named"] for row in sure + maybe} - {-1}:
        groups.append([row for row in sure + maybe if row["named"] == name])
    value = lower = upper = 0
    is_open = False
    for group in groups:
        counted = [row for row in group if any(row is each for each in sure)]
        upper += max(map(_upper, group))
        if counted:
            value += max(row["value"] for row in counted)
            low, open_end = _largest_lower(counted)
            lower, is_open = lower + low, is_open or open_end
    return value, lower, upper, is_open


def _largest_lower(rows: list[Row]) -> tuple[int, bool]:
    lower = max(map(_lower, rows), default=0)
    return lower, any(row["qualifier"] == "more_than" and _lower(row) == lower for row in rows)


def _lower(row: Row) -> int:
    return int(interval_of(row["value"], row["qualifier"]).lower)


def _upper(row: Row) -> int:
    return int(interval_of(row["value"], row["qualifier"]).upper)


def _state(rows: list[Row]) -> str:
    weakest = min(STATE_ORDER.index(row["state"]) for row in rows)
    if weakest < STATE_ORDER.index("confirmed"):
        return STATE_ORDER[weakest]
    return STATE_ORDER[max(STATE_ORDER.index(row["state"]) for row in rows)]
