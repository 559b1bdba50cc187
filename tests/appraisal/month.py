"""The cast's county after its month: one township in order, one late, one silent, a department that signed nil."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from safemonth.appraisal.lists.actions import propose_lists
from safemonth.appraisal.objections.actions import object_to
from safemonth.appraisal.scoring.actions import judge, publish_scores, score_units
from safemonth.appraisal.scoring.models import ScoreRun, UnitScore
from safemonth.appraisal.sheets.actions import Thresholds, load_sheet
from safemonth.appraisal.sheets.table import founding_items
from safemonth.collect.activities.actions import attach_evidence, sign_return
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.submissions.actions import receive
from safemonth.ledger.actions import writing
from safemonth.organisation.models import Unit

SCORED_AT = datetime(2019, 7, 18, 1, 0, tzinfo=UTC)
SEEN_AT = datetime(2019, 7, 19, 1, 0, tzinfo=UTC)
IN_TIME = datetime(2019, 7, 24, 9, 0, tzinfo=UTC)
TOO_LATE = datetime(2019, 7, 25, 1, 0, tzinfo=UTC)


def day(month, number):
    """A morning of 2019."""
    return datetime(2019, month, number, 2, 0, tzinfo=UTC)


def report(county, code, at, *, leaflets=100, proof=b""):
    """Let a unit report its part of the publicity, with a photo where there is proof."""
    unit = county.unit(code)
    with writing(by="test", at=at, action="test.report") as write:
        activity = record_deed(
            write,
            campaign=county.campaign,
            deed=Deed(
                kind="publicity",
                title=f"{unit.name}宣传",
                host=unit,
                task=county.everyone,
                counts=[Count("leaflets_distributed", unit, leaflets)],
                from_on=date(2019, 6, 12),
            ),
            entry={"unit": code, "leaflets": leaflets},
            file_name=f"{code}.json",
            by="test",
            at=at,
        )
    if proof:
        photo, _ = receive(
            campaign=county.campaign, data=proof, file_name="p.jpg", channel="photo", sender=unit, by="test", at=at
        )
        attach_evidence(activity=activity, submissions=[photo], by="test", at=at)
    return activity


def sign_nil(county, code, at):
    """Let a unit sign that there is nothing to report."""
    unit = county.unit(code)
    paper, _ = receive(
        campaign=county.campaign,
        data=f"nil {code}".encode(),
        file_name="nil.txt",
        channel="web",
        sender=unit,
        by="t",
        at=at,
    )
    sign_return(
        campaign=county.campaign,
        unit=unit,
        period_from=date(2019, 6, 1),
        period_to=date(2019, 6, 30),
        is_nil=True,
        signed_by=unit.name,
        submission=paper,
        by="t",
        at=at,
    )


@dataclass
class Month:
    """The county with its scores, which units see."""

    county: object
    run: ScoreRun

    def score(self, code) -> UnitScore:
        """A unit's current score."""
        return UnitScore.objects.select_related("run__sheet", "run__campaign", "unit").get(
            run=self.run, unit__code=code, is_current=True
        )

    def objection(self, code, at=IN_TIME, *, item="", by="reporter"):
        """An objection of a unit."""
        return object_to(score=self.score(code), item=item, text="照片已于七月一日报送", key=uuid4(), by=by, at=at)

    def lists(self, at=TOO_LATE, by="clerk"):
        """Both lists as proposed: to commend, to criticise."""
        return propose_lists(run=self.run, by=by, at=at)


def tell_month(county) -> None:
    """Let the month happen."""
    report(county, "1301", day(7, 1), leaflets=900, proof=b"\xff\xd8 a photo")
    report(county, "1302", day(7, 8), leaflets=90000)
    report(county, "d1", day(7, 2), proof=b"\xff\xd8 another")
    sign_nil(county, "d2", day(7, 3))


def score_month(county, *, judged=True, **thresholds) -> Month:
    """Let the month happen, score it and let units see it."""
    tell_month(county)
    load_sheet(
        campaign=county.campaign,
        items=founding_items(),
        thresholds=Thresholds(**thresholds),
        by="clerk",
        at=SCORED_AT,
    )
    for unit in Unit.objects.filter(kind__in=("township", "department")) if judged else ():
        judge(
            campaign=county.campaign,
            item="method",
            unit=unit,
            share_percent=80,
            reason="有方案有总结",
            by="supervisor",
            at=SCORED_AT,
        )
    run = score_units(campaign=county.campaign, by="clerk", at=SCORED_AT)
    return Month(county, publish_scores(run=run, by="clerk", at=SEEN_AT))
