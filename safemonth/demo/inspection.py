"""The demo's inspections: the register, the drives of early June with their draws, and checklists by trade."""

from datetime import datetime

from safemonth.collect.inspection.checklists.actions import name_workplace, offer_checklist, refresh_figures
from safemonth.collect.inspection.checklists.tables import shipped_checklists
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.demo.county import COUNTY
from safemonth.demo.papers import one_of_each
from safemonth.demo.sent import moment
from safemonth.demo.step import Step
from safemonth.demo.workplaces import hold_draws, set_up_drives, take_in_first_list, take_in_second_list
from safemonth.plan.models import Campaign


def inspection_steps() -> list[Step]:
    """Return the steps in order of time."""
    return [
        Step(moment(5, 20, 9), "workplaces: the bureau's list", take_in_first_list),
        Step(moment(5, 21, 9), "checklists by trade", offer_checklists),
        Step(moment(5, 28, 9), "workplaces: the townships' list, doubles held", take_in_second_list),
        Step(moment(5, 31, 9), "drives: inspectors, teams, seeds", set_up_drives),
        Step(moment(6, 2, 16), "drives: whom to inspect, drawn", hold_draws),
        Step(moment(6, 18, 18), "papers: one of each, from the quarry's inspection", issue_papers),
    ]


def issue_papers(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Issue a record, a decision, an order, an opinion after recheck and a referral from the inspection of the quarry."""
    inspection = Inspection.objects.get(campaign=campaign, host__code=f"{COUNTY}-safety", is_recheck=False)
    if inspection.workplace is None:
        quarry = Workplace.objects.get(name=inspection.workplace_text)
        name_workplace(inspection=inspection, workplace=quarry, by=by, at=at)
        inspection.refresh_from_db()
    one_of_each(campaign, inspection=inspection, by=by, at=at)
    refresh_figures(inspection=inspection, by=by, at=at)


def offer_checklists(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Offer the checklists that come with the office as forms."""
    for checklist in shipped_checklists():
        offer_checklist(checklist=checklist, by=by, at=at)
