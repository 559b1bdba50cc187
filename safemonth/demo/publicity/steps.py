"""What the office does before and during the demo's month, as steps in time beside what units send."""

from datetime import datetime

from safemonth.collect.publicity.consulting.actions import close_day
from safemonth.collect.publicity.consulting.models import ConsultingDay
from safemonth.collect.publicity.consulting.queries import event_on_record
from safemonth.demo.consulting import report_consulting_day, set_up_consulting_day
from safemonth.demo.publicity.carriers import order_slogans, report_slogans, take_reports
from safemonth.demo.publicity.law_day import hold_law_day, invite_to_law_day
from safemonth.demo.publicity.materials import hand_out_materials, print_materials
from safemonth.demo.publicity.media import broadcast_speech, plan_media, post_bad_example
from safemonth.demo.publicity.rounds import plan_missed_again, plan_rounds
from safemonth.demo.sent import moment
from safemonth.demo.step import Step
from safemonth.plan.models import Campaign


def publicity_steps() -> list[Step]:
    """Return the steps in order of time."""
    return [
        Step(moment(5, 22, 9), "media plan", plan_media),
        Step(moment(5, 31, 10), "materials printed and sent on", print_materials),
        Step(moment(6, 1, 9), "television speech", broadcast_speech),
        Step(moment(6, 2, 9), "rounds to the villages: lent, planned", plan_rounds),
        Step(moment(6, 3, 9), "consulting day: sites, booths, roster", _set_up_consulting_day),
        Step(moment(6, 5, 9), "orders to carriers", order_slogans),
        Step(moment(6, 5, 10), "law day: invitations", invite_to_law_day),
        Step(moment(6, 10, 12), "consulting day: booths report", _report_consulting_day),
        Step(moment(6, 12, 7), "rounds: what was missed planned again", plan_missed_again),
        Step(moment(6, 12, 15), "law day: held", hold_law_day),
        Step(moment(6, 18, 9), "bad example posted", post_bad_example),
        Step(moment(6, 19, 10, 30), "a carrier reports", report_slogans),
        Step(moment(7, 3, 17), "carriers' orders: what sheets and letters say", take_reports),
        Step(moment(7, 3, 17, 30), "consulting day: closed", _close_consulting_day),
        Step(moment(7, 4, 9), "materials given out and counted", hand_out_materials),
    ]


def _set_up_consulting_day(campaign: Campaign, *, by: str, at: datetime) -> None:
    set_up_consulting_day(campaign, at=at)


def _report_consulting_day(campaign: Campaign, *, by: str, at: datetime) -> None:
    report_consulting_day(ConsultingDay.objects.get(task__campaign=campaign))


def _close_consulting_day(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Close the day in place of the host's sheet, which told the same of all booths."""
    day = ConsultingDay.objects.select_related("task__campaign", "host").get(task__campaign=campaign)
    close_day(day=day, in_place_of=event_on_record(day), reason="各展位现场填报", by=by, at=at)
