"""The demo's materials: printed by the office and by a unit, sent on, given out at events that are on record, counted.

Each hand-out names the event that counts its copies already, so nothing here adds to a figure. Twenty copies of the fire
brigade's and what one township never confirmed are left to be found.
"""

from datetime import date, datetime

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.materials.actions import (
    Line,
    add_design,
    add_print_run,
    confirm_transfer,
    count_stock,
    hand_out,
    send_on,
)
from safemonth.collect.publicity.materials.models import Design, DesignKind, Whose
from safemonth.demo.county import COUNTY, VEHICLE_UNITS
from safemonth.demo.field.filled import filled_forms
from safemonth.demo.truth import deeds_of
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign

OFFICE, SAFETY, FIRE = f"{COUNTY}-office", f"{COUNTY}-safety", f"{COUNTY}-fire"
FUGANG, POCANG = "130633212", "130633213"
LEAFLET, FIRE_SHEET, HANDBOOK = "安全生产法问答", "家庭防火宣传单", "矿山企业负责人安全手册"
# To whom the office's leaflets went: copies sent, and how many came (None: nobody said).
SENT_ON = (
    (f"{COUNTY}-mine", 400, 400),
    (FIRE, 400, 400),
    (f"{COUNTY}-traffic", 400, 400),
    (FUGANG, 500, 480),
    (POCANG, 300, None),
)
# What units printed for themselves besides, without which their reports would tell of more than they had.
OWN = "本单位安全宣传单"
OWN_COPIES = ((SAFETY, 3000), (f"{COUNTY}-mine", 3000), (FIRE, 4600), (f"{COUNTY}-traffic", 6200), (FUGANG, 800))
LEFT_IN_FUGANG = 300
UNACCOUNTED = 20


def print_materials(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Enter the designs, what was printed of each on whose account, and what went where."""
    leaflet = _design(campaign, LEAFLET, "leaflet", SAFETY, by=by, at=at)
    fire = _design(campaign, FIRE_SHEET, "leaflet", FIRE, by=by, at=at)
    book = _design(campaign, HANDBOOK, "book", OFFICE, by=by, at=at)
    for design, whose, place, copies in (
        (leaflet, "office", SAFETY, 8000),
        (fire, "unit", FIRE, 3500),
        (book, "office", OFFICE, 400),
        *((_design(campaign, OWN, "leaflet", code, by=by, at=at), "unit", code, copies) for code, copies in OWN_COPIES),
    ):
        add_print_run(
            design=design,
            whose=Whose(whose),
            printed_by=unit_by_code(place),
            place=unit_by_code(place),
            copies=copies,
            printed_on=date(2019, 5, 28),
            printer="县印刷厂",
            by=by,
            at=at,
        )
    for code, copies, came in SENT_ON:
        transfer = send_on(
            design=leaflet,
            giver=unit_by_code(SAFETY),
            receiver=unit_by_code(code),
            copies=copies,
            sent_on=date(2019, 5, 30),
            by=by,
            at=at,
        )
        if came is not None:
            confirm_transfer(transfer=transfer, copies=came, received_on=date(2019, 5, 31), by=code, at=at)


def hand_out_materials(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Enter what was given out of these at events on record, then what each place counted as left over."""
    leaflet, fire, book = (
        Design.objects.select_related("indicator").get(campaign=campaign, title=title)
        for title in (LEAFLET, FIRE_SHEET, HANDBOOK)
    )
    day = _event(campaign, task="consulting-day")
    at_booth = {
        code: deeds_of(code, task="consulting-day")[0].counts["leaflets_distributed"].value for code in (SAFETY, FIRE)
    }
    given = [
        (SAFETY, leaflet, at_booth[SAFETY], "宣传咨询日", day),
        (FIRE, fire, at_booth[FIRE], "宣传咨询日", day),
    ]
    law_day = _event(campaign, task="law-to-countryside")
    (deed,) = deeds_of(OFFICE, task="law-to-countryside")
    given.append((OFFICE, book, deed.counts["handbooks_distributed"].value, "富岗乡", law_day))
    given += [
        (filled.unit, leaflet, filled.counts["leaflets_distributed"].value, filled.place, event)
        for filled in filled_forms()
        if filled.unit in (*VEHICLE_UNITS, FUGANG)
        and "leaflets_distributed" in filled.counts
        and (event := _event(campaign, host=filled.unit, place=filled.place, from_on=filled.on))
    ]
    for code, design, copies, where, event in given:
        hand_out(
            campaign=campaign,
            place=unit_by_code(code),
            given_on=event.from_on or campaign.starts_on,
            lines=[Line(design, copies)],
            where=where,
            at_event=event,
            by=by,
            at=at,
        )
    left = {
        (FIRE, fire): 3500 - at_booth[FIRE] - UNACCOUNTED,
        (OFFICE, book): 400 - deed.counts["handbooks_distributed"].value,
        (FUGANG, leaflet): LEFT_IN_FUGANG,
    }
    for (code, design), copies in left.items():
        count_stock(design=design, place=unit_by_code(code), copies=copies, counted_on=campaign.ends_on, by=by, at=at)


def _design(campaign: Campaign, title: str, kind: str, owner: str, *, by: str, at: datetime) -> Design:
    return add_design(
        campaign=campaign,
        title=title,
        kind=DesignKind(kind),
        owner=unit_by_code(owner),
        indicator="handbooks_distributed" if kind == "book" else "leaflets_distributed",
        by=by,
        at=at,
    )


def _event(
    campaign: Campaign, *, task: str = "", host: str = "", place: str = "", from_on: date | None = None
) -> Activity:
    """The one event on record that is so."""
    wanted: dict[str, object] = (
        {"task__code": task} if task else {"host__code": host, "place": place, "from_on": from_on}
    )
    return Activity.objects.get(
        campaign=campaign,
        is_current=True,
        is_withdrawn=False,
        duplicate_of=None,
        **wanted,
    )
