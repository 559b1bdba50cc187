"""Writes of supervision teams."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign
from safemonth.verify.teams.drawing import METHOD, contradiction, draw
from safemonth.verify.teams.models import Nominee, TeamDraw, TeamSeat, TeamTarget, Tie
from safemonth.verify.teams.problem import Limit, Problem
from safemonth.verify.teams.queries import current_draw, problem_of
from safemonth.verify.teams.words import limit_words


def name_nominee(
    *,
    campaign: Campaign,
    unit: Unit,
    post_title: str,
    by: str,
    at: datetime,
    days: Iterable[date] = (),
    user: User | None = None,
) -> Nominee:
    """Name somebody for supervision; no days: any day. Raises Refused `post_missing` or `named_already`."""
    title = post_title.strip()[:120]
    if not title:
        raise Refused("post_missing", gettext_noop("Say which post goes."))
    if Nominee.objects.filter(campaign=campaign, unit=unit, post_title=title, withdrawn_at=None).exists():
        raise Refused("named_already", gettext_noop("%(post)s of %(unit)s is named already."), post=title, unit=unit)
    with writing(by=by, at=at, action="nominee.name", about=f"{unit.code} {title}") as write:
        return write.create(
            Nominee(
                campaign=campaign,
                unit=unit,
                post_title=title,
                user=user,
                days=sorted(day.isoformat() for day in set(days)),
            )
        )


def withdraw_nominee(*, nominee: Nominee, by: str, at: datetime) -> Nominee:
    """Take somebody off the list; draws that were made stay as they are."""
    with writing(by=by, at=at, action="nominee.withdraw", about=str(nominee)) as write:
        return write.change(nominee, withdrawn_at=nominee.withdrawn_at or at)


def declare_tie(*, nominee: Nominee, unit: Unit, reason: str, by: str, at: datetime) -> Tie:
    """Declare why somebody may not visit a unit; declared again it takes the new reason. Raises Refused `reason_missing`."""
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say what the tie is."))
    with writing(by=by, at=at, action="tie.declare", about=f"{nominee} {unit.code}") as write:
        standing = Tie.objects.filter(nominee=nominee, unit=unit).first()
        if standing:
            return write.change(standing, reason=reason.strip()[:200], declared_at=at, withdrawn_at=None)
        return write.create(Tie(nominee=nominee, unit=unit, reason=reason.strip()[:200], declared_at=at))


def withdraw_tie(*, tie: Tie, by: str, at: datetime) -> Tie:
    """Note that a tie holds no more."""
    with writing(by=by, at=at, action="tie.withdraw", about=str(tie.nominee)) as write:
        return write.change(tie, withdrawn_at=tie.withdrawn_at or at)


def draw_teams(
    *,
    campaign: Campaign,
    seed: str,
    team_count: int,
    units: Collection[Unit],
    days: Iterable[date],
    by: str,
    at: datetime,
    a_day: int = 3,
    reason: str = "",
) -> TeamDraw:
    """Draw teams and what each visits, and keep the draw with all that it was made from.

    Raises Refused `seed_missing`, `reason_missing` where a draw stands and no reason is given for another,
    `team_draw_impossible` with what contradicts, and as `drawing.draw` does.
    """
    if not seed.strip():
        raise Refused("seed_missing", gettext_noop("Publish a seed first, and draw with that."))
    before = current_draw(campaign)
    if before and not reason.strip():
        raise Refused(
            "reason_missing", gettext_noop("A draw stands. Say why another is made; the first stays readable.")
        )
    problem = problem_of(campaign, units=units, team_count=team_count, days=days, a_day=a_day)
    try:
        drawn = draw(problem, seed=seed.strip())
    except Refused as refused:
        if refused.code != "team_draw_impossible":
            raise
        raise _impossible(problem, contradiction(problem), units) from refused
    with writing(by=by, at=at, action="teams.draw", about=problem.sha256) as write:
        if before:
            write.change(before, is_current=False)
        row = write.create(
            TeamDraw(
                campaign=campaign,
                version=before.version + 1 if before else 1,
                reason=reason.strip()[:200],
                seed=seed.strip(),
                method=METHOD,
                problem=problem.as_json(),
                problem_sha256=problem.sha256,
                drawn_at=at,
                drawn_by=by,
            )
        )
        write.create_all(
            [TeamSeat(draw=row, team=team, nominee_id=int(key)) for key, team in sorted(drawn.team_of.items())]
        )
        by_code = {unit.code: unit for unit in units}
        write.create_all(
            [TeamTarget(draw=row, team=team, unit=by_code[code]) for code, team in sorted(drawn.visited_by.items())]
        )
    return row


def _impossible(problem: Problem, limits: Iterable[Limit], units: Collection[Unit]) -> Refused:
    """The refusal with each statement that contradicts, in the words of `limit_words`."""
    names = {
        unit.code: unit.name for unit in (*units, *Unit.objects.filter(code__in={n.body for n in problem.nominees}))
    }
    titles = {each.key: each.title for each in problem.nominees}
    return Refused(
        "team_draw_impossible",
        gettext_noop("No teams can be formed, since all of this cannot be kept at once: %(what)s"),
        what="; ".join(limit_words(limit, names=names, titles=titles) for limit in limits),
    )
