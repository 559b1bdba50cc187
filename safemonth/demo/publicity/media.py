"""The demo's media plan: the speech before 1 June with its proof, a bad example online, and one article still to prove.

What the newspaper and the station put in their own papers is counted from those; only what stands in none of them is
entered here as made (`said.py`).
"""

from datetime import date, datetime

from safemonth.collect.publicity.media.actions import Appearance, add_outlet, plan_placement, prove, say_made
from safemonth.collect.publicity.media.models import Placement
from safemonth.demo.county import COUNTY
from safemonth.demo.publicity.said import ONLINE_AUDIENCE
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign
from safemonth.plan.queries import task_called

SPEECH = "全县安全生产月电视讲话"
BAD_EXAMPLE = "违规动火作业被处罚"
ARTICLE = "署名文章：把安全责任扛在肩上"


def plan_media(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Add the outlets and plan the speech (before 1 June), the article (by 15 June) and the bad example."""
    television = add_outlet(
        name="易县电视台",
        name_en="Yi County Television",
        kind="television",
        unit=unit_by_code(f"{COUNTY}-television"),
        by=by,
        at=at,
    )
    paper = add_outlet(
        name="易县报",
        name_en="Yi County News",
        kind="newspaper",
        unit=unit_by_code(f"{COUNTY}-newspaper"),
        by=by,
        at=at,
    )
    account = add_outlet(name="易县安监公众号", name_en="Safety bureau's account", kind="online", by=by, at=at)
    plan_placement(
        campaign=campaign,
        outlet=television,
        kind="speech",
        title=SPEECH,
        unit=unit_by_code(f"{COUNTY}-government"),
        task=task_called(campaign, "tv-speech"),
        speaker_post="分管副县长",
        due_on=date(2019, 6, 1),
        is_before=True,
        planned_slot="晚间新闻后",
        by=by,
        at=at,
    )
    safety = unit_by_code(f"{COUNTY}-safety")
    plan_placement(
        campaign=campaign,
        outlet=paper,
        kind="signed_article",
        title=ARTICLE,
        unit=safety,
        task=task_called(campaign, "media"),
        due_on=date(2019, 6, 15),
        by=by,
        at=at,
    )
    plan_placement(
        campaign=campaign,
        outlet=account,
        kind="social_media",
        title=BAD_EXAMPLE,
        unit=safety,
        due_on=date(2019, 6, 20),
        example="bad",
        by=by,
        at=at,
    )


def broadcast_speech(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Enter that the speech was broadcast on the eve of the month, with the station's running order."""
    placement = Placement.objects.get(campaign=campaign, title=SPEECH)
    appearance = Appearance(made_on=date(2019, 5, 31), slot="晚间新闻后", length_s=560)
    say_made(placement=placement, appearance=appearance, by=by, at=at)
    order = "易县电视台播出单：5月31日 20:05 分管副县长电视讲话 9分20秒\n"
    prove(placement=placement, files=[(order.encode(), "播出单.txt", "web")], by=by, at=at)


def post_bad_example(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Enter the bad example as posted; its readers are a number that the account claims."""
    placement = Placement.objects.get(campaign=campaign, title=BAD_EXAMPLE)
    appearance = Appearance(made_on=at.date(), audience=ONLINE_AUDIENCE, audience_claimed_by="公众号后台")
    say_made(placement=placement, appearance=appearance, by=by, at=at)
