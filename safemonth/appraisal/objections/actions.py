"""Writes of objections and answers."""

from datetime import datetime
from uuid import UUID

from safemonth.appraisal.objections.models import Objection, ObjectionAnswer
from safemonth.appraisal.objections.queries import scorers_of
from safemonth.appraisal.objections.rules import is_late, may_answer
from safemonth.appraisal.scoring.actions import correct_score
from safemonth.appraisal.scoring.models import ItemScore, UnitScore
from safemonth.figures.records import local_day
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop


def object_to(*, score: UnitScore, text: str, key: UUID, by: str, at: datetime, item: str = "") -> Objection:
    """Enter what a unit says against its score; the same `key` again is the same objection. A late one is kept, as late.

    Raises Refused `not_published`, `text_missing` or `unknown_item`.
    """
    before = Objection.objects.filter(key=key).first()
    if before:
        return before
    run = score.run
    if run.published_at is None:
        raise Refused("not_published", gettext_noop("These scores are not published to units yet."))
    if not text.strip():
        raise Refused("text_missing", gettext_noop("Say what is wrong with the score."))
    if item and not ItemScore.objects.filter(score=score, item=item).exists():
        raise Refused("unknown_item", gettext_noop("The sheet has no item “%(item)s”."), item=item)
    late = is_late(local_day(at), published_on=local_day(run.published_at), objection_days=run.sheet.objection_days)
    with writing(by=by, at=at, action="objection.make", about=f"{score.unit.code} {item}") as write:
        return write.create(
            Objection(score=score, key=key, item=item, text=text.strip()[:2000], is_late=late, said_by=by, said_at=at)
        )


def answer_objection(
    *,
    objection: Objection,
    is_upheld: bool,
    text: str,
    by: str,
    at: datetime,
    item: str = "",
    share_percent: int | None = None,
) -> ObjectionAnswer:
    """Answer an objection on the record; upheld, it may correct one item's share of points by a new version of the score.

    `share_percent` None corrects nothing; `item` empty means that of the objection. Raises Refused `answered_already`,
    `text_missing`, `own_answer` (who scored, judged or objected does not answer), `nothing_upheld` where a share is given
    and the objection is not upheld, `unknown_item`, and as `scoring.actions.correct_score` does.
    """
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        raise Refused("answered_already", gettext_noop("This objection is answered already."))
    if not text.strip():
        raise Refused("text_missing", gettext_noop("An answer says why."))
    score = UnitScore.objects.select_related("run__sheet", "run__campaign", "unit").get(
        run=objection.score.run, unit=objection.score.unit, is_current=True
    )
    if not may_answer(by, scorers=scorers_of(score), objector=objection.said_by):
        raise Refused("own_answer", gettext_noop("Somebody else must answer: not who scored and not who objected."))
    if share_percent is not None and not is_upheld:
        raise Refused("nothing_upheld", gettext_noop("Only an objection that is upheld corrects a score."))
    with writing(by=by, at=at, action="objection.answer", about=score.unit.code) as write:
        new = (
            correct_score(
                write=write,
                score=score,
                item=item or objection.item,
                share_percent=share_percent,
                reason=text,
                by=by,
                at=at,
            )
            if share_percent is not None
            else None
        )
        return write.create(
            ObjectionAnswer(
                objection=objection,
                is_upheld=is_upheld,
                text=text.strip()[:2000],
                new_score=new,
                answered_by=by,
                answered_at=at,
            )
        )
