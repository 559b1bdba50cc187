"""Writes of the draw: the seed is laid down, then the frame closes and it is drawn, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from safemonth.collect.inspection.drives.checking import breaches
from safemonth.collect.inspection.drives.drawing import METHOD, draw
from safemonth.collect.inspection.drives.frame import DEFAULT_WEIGHTS
from safemonth.collect.inspection.drives.models import Draw, DrawnVisit, DrawSeed, Drive, Team
from safemonth.collect.inspection.drives.queries import current_draw, frame_of, waiting_seed
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.ledger.actions import writing
from safemonth.lib.chances import seed_digest
from safemonth.lib.refusals import Refused, gettext_noop


def lay_down_seed(*, drive: Drive, seed: str, by: str, at: datetime) -> DrawSeed:
    """Lay down the seed of the next draw; its digest goes into the ledger, itself not before the draw.

    Raises Refused `seed_laid_down` where one waits: a second one could be chosen to please. `seed_empty` for none.
    """
    if not seed.strip() or len(seed) > 80:
        raise Refused("seed_empty", gettext_noop("A seed has 1 to 80 signs."))
    if waiting_seed(drive) is not None:
        raise Refused(
            "seed_laid_down", gettext_noop("A seed lies there for the next draw already, and is not changed.")
        )
    version = DrawSeed.objects.filter(drive=drive).count() + 1
    digest = seed_digest(seed)
    with writing(by=by, at=at, action="draw.seed", about=f"{drive.title} {digest}"[:200]) as write:
        return write.create(DrawSeed(drive=drive, version=version, seed=seed, seed_sha256=digest, laid_down_at=at))


def hold_draw(
    *,
    drive: Drive,
    count: int,
    days: Sequence[date],
    visits_a_day: int,
    by: str,
    at: datetime,
    weights: Mapping[str, int] | None = None,
    named: Iterable[Workplace] = (),
    witness: str = "",
    reason: str = "",
) -> Draw:
    """Close the frame and draw; a draw before stays as an earlier version.

    `witness` is a word said at the draw that nobody could know before. Raises Refused `seed_missing` where none was laid down,
    `reason_missing` for a draw again without a reason, `draw_other_days` for days outside the drive, and what `draw` refuses.
    """
    laid_down = waiting_seed(drive)
    if laid_down is None:
        raise Refused("seed_missing", gettext_noop("Lay down the seed first, before the frame closes."))
    before = current_draw(drive)
    reason = reason.strip()[:200]
    if before is not None and not reason:
        raise Refused("reason_missing", gettext_noop("Say why it is drawn again."))
    if any(not drive.from_on <= day <= drive.to_on for day in days):
        raise Refused("draw_other_days", gettext_noop("All days must lie within the drive."))
    with writing(by=by, at=at, action="draw.hold", about=f"{drive.title} {laid_down.version}"[:200]) as write:
        frame = frame_of(
            drive,
            count=count,
            weights=dict(weights if weights is not None else DEFAULT_WEIGHTS),
            days=sorted(set(days)),
            visits_a_day=visits_a_day,
            named=[workplace.pk for workplace in named],
        )
        drawn = draw(frame, seed=laid_down.seed, witness=witness.strip()[:80])
        if wrong := breaches(drawn.as_json()):
            raise AssertionError(f"a draw does not keep what it must: {wrong[:3]}")
        if before is not None:
            write.change(before, is_current=False)
        made = write.create(
            Draw(
                drive=drive,
                version=laid_down.version,
                laid_down=laid_down,
                seed=laid_down.seed,
                witness=drawn.witness,
                method=METHOD,
                frame=frame.as_json(),
                frame_sha256=frame.sha256,
                drawn_at=at,
                reason=reason,
            )
        )
        workplace_of = {
            str(row.key): row for row in Workplace.objects.filter(key__in=[v.workplace for v in drawn.visits])
        }
        team_of = {team.number: team for team in Team.objects.filter(drive=drive)}
        write.create_all(
            [
                DrawnVisit(
                    draw=made,
                    workplace=workplace_of[visit.workplace],
                    team=team_of[visit.team],
                    why=visit.why,
                    probability=float(visit.probability),
                    visit_on=date.fromisoformat(visit.day),
                    position=visit.position,
                )
                for visit in drawn.visits
            ]
        )
        return made
