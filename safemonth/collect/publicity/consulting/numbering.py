"""Which number each booth has at its site."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from safemonth.collect.publicity.consulting.problem import Placed, Problem


def numbered(problem: Problem, site_of: Mapping[str, str]) -> tuple[Placed, ...]:
    """Return booths with numbers, in order of site and number; no two at the same time have one.

    Booths that wish to stand together stand beside each other. Who arrives first takes the lowest free number, which
    needs no more numbers than are there at once (greedy colouring of intervals; Kleinberg and Tardos, Algorithm
    Design, 2005, section 4.1).
    """
    order = _side_by_side(problem)
    placed: list[Placed] = []
    for site in problem.sites:
        arriving = sorted(
            (problem.stay(code, site.code), order[code], code) for code, where in site_of.items() if where == site.code
        )
        busy_until: dict[int, int] = {}
        for stay, _, code in arriving:
            number = next(n for n in range(1, len(arriving) + 1) if busy_until.get(n, 0) <= stay.from_min)
            busy_until[number] = stay.to_min
            placed.append(Placed(booth=code, site=site.code, number=number, hours=stay))
    return tuple(sorted(placed, key=lambda row: ([s.code for s in problem.sites].index(row.site), row.number)))


def _side_by_side(problem: Problem) -> dict[str, int]:
    """Return a place in the row for each booth: groups that belong together, each where its first booth stands."""
    first = {booth.code: at for at, booth in enumerate(problem.booths)}
    group = {code: code for code in first}

    def head(code: str) -> str:
        while group[code] != code:
            code = group[code]
        return code

    for wish in problem.wishes:
        if wish.kind == "together" and wish.booth in group and wish.other in group:
            one, other = sorted((head(wish.booth), head(wish.other)), key=lambda code: first[code])
            group[other] = one
    members: dict[str, list[str]] = defaultdict(list)
    for code in first:
        members[head(code)].append(code)
    return _numbers([code for booths in members.values() for code in booths])


def _numbers(codes: Sequence[str]) -> dict[str, int]:
    return {code: at for at, code in enumerate(codes)}
