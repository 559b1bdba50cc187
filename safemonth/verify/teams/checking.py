"""Checks a draw of teams from its statements, not from how it was drawn. Plain Python."""

from collections import Counter
from collections.abc import Iterator

from safemonth.verify.teams.problem import Drawn, Limit, Problem


def breaches(problem: Problem, drawn: Drawn) -> list[Limit]:
    """Return every statement that a draw does not keep; empty: it keeps all, and everybody and every unit has one team."""
    return sorted(set(_breaches(problem, drawn)))


def _breaches(problem: Problem, drawn: Drawn) -> Iterator[Limit]:
    teams = range(1, problem.team_count + 1)
    people = {each.key: each for each in problem.nominees}
    if set(drawn.team_of) != set(people) or not set(drawn.team_of.values()) <= set(teams):
        yield Limit("even_size")
    if set(drawn.visited_by) != set(problem.units) or not set(drawn.visited_by.values()) <= set(teams):
        yield Limit("even_load")
    sizes = Counter(drawn.team_of.values())
    if _uneven([sizes[team] for team in teams]):
        yield Limit("even_size")
    loads = Counter(drawn.visited_by.values())
    if problem.units and _uneven([loads[team] for team in teams]):
        yield Limit("even_load")
    for body in {each.body for each in problem.nominees}:
        of_body = Counter(team for key, team in drawn.team_of.items() if key in people and people[key].body == body)
        if _uneven([of_body[team] for team in teams]):
            yield Limit("mixed", body)
    for unit, team in drawn.visited_by.items():
        if any(drawn.team_of.get(each.key) == team and unit in each.may_not_visit for each in problem.nominees):
            yield Limit("barred", unit)
    for team in teams:
        together = [people[key] for key, its in drawn.team_of.items() if its == team and key in people]
        for day in drawn.days_of.get(team, ()):
            yield from (Limit("days", each.key) for each in together if day not in each.days)
        if loads[team] > problem.a_day * len(drawn.days_of.get(team, ())):
            yield Limit("room")


def _uneven(counts: list[int]) -> bool:
    return max(counts) - min(counts) > 1
