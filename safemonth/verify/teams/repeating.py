"""Draws teams again from the file of a draw. Plain Python."""

from collections.abc import Mapping
from typing import Any, Final

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.verify.teams.checking import breaches
from safemonth.verify.teams.drawing import draw
from safemonth.verify.teams.problem import Drawn, problem_from

FORMAT: Final = "safemonth team draw 1"


def drawn_again(given: Mapping[str, Any]) -> tuple[Drawn, list[str]]:
    """Return the draw that a file's problem and seed give, and what of the file disagrees with it (empty: nothing).

    Raises Refused `not_a_team_draw` where the file is none.
    """
    try:
        problem, seed = problem_from(given["problem"]), str(given["seed"])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("not_a_team_draw", gettext_noop("The file is no draw of teams.")) from error
    drawn = draw(problem, seed=seed)
    wrong = [f"{limit.kind} {limit.of}".strip() for limit in breaches(problem, drawn)]
    if given.get("problem_sha256") not in (None, problem.sha256):
        wrong.append("the digest is not that of the problem")
    if given.get("team_of") not in (None, drawn.team_of) or given.get("visited_by") not in (None, drawn.visited_by):
        wrong.append("the teams are not what this problem and seed give")
    return drawn, wrong
