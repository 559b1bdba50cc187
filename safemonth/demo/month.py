"""Yi County's month set up through the office's own actions: units, bodies, plan, accounts, forms."""

from datetime import datetime
from importlib.resources import files

from safemonth.demo import bodies, county, plan
from safemonth.demo.expected import RETURNS_DUE_ON
from safemonth.demo.field.sending import set_up_field
from safemonth.lib.tables import read_table
from safemonth.organisation.actions import NewSeat, NewUnit, add_units, open_account, set_up_body
from safemonth.organisation.models import Body, Unit
from safemonth.organisation.unit_sheet import premises_kind_of, read_unit_rows
from safemonth.plan.actions import (
    add_task,
    assign,
    hold_meeting,
    issue_notice,
    load_indicator_list,
    open_campaign,
    record_receipts,
)
from safemonth.plan.models import Campaign

CLERK = "demo-clerk"

# (user name, role, unit): one sign-in for each role, and two reporters who may not see each other.
ACCOUNTS = (
    ("clerk", "clerk", f"{county.COUNTY}-safety", "县安委办办事员"),
    ("leader", "leader", county.COUNTY, "分管副县长"),
    ("supervisor", "supervisor", f"{county.COUNTY}-union", "督查组成员"),
    ("inspector", "inspector", f"{county.COUNTY}-safety", "安全检查员"),
    ("reporter", "reporter", "130633212", "富岗乡安监员"),
    ("reporter2", "reporter", "130633100", "易州镇安监员"),
)


def set_up_month(*, at: datetime, password: str) -> Campaign:
    """Set up the county, its bodies, the campaign with its plan, the forms, an account for each role and those for the field."""
    load_indicator_list(by=CLERK, at=at)
    _units(at)
    by_code = {unit.code: unit for unit in Unit.objects.all()}
    stored = _bodies(by_code, at)
    campaign = _campaign(by_code, stored, at)
    for name, role, unit, title in ACCOUNTS:
        open_account(username=name, password=password, role=role, unit=by_code[unit], by=CLERK, at=at, post_title=title)
    set_up_field(by=CLERK, at=at, password=password)
    return campaign


def _units(at: datetime) -> None:
    data = files("safemonth").joinpath("organisation/data/yixian.csv").read_bytes()
    divisions = [
        NewUnit(
            code=row.code,
            name=row.name,
            kind=row.kind,
            parent_code=row.parent_code,
            name_en=county.COUNTY_NAME_EN if row.kind == "county" else "",
            other_names=(county.short_name(row.code),) if row.kind == "village" else (),
        )
        for row in read_unit_rows(read_table(data, file_name="yixian.csv"))
    ]
    add_units(units=divisions, by=CLERK, at=at)
    add_units(
        units=[
            NewUnit(
                code=unit.code,
                name=unit.name,
                kind=unit.kind,
                parent_code=unit.parent_code,
                name_en=unit.name_en,
                population=unit.population,
                other_names=unit.other_names,
                premises_kind=premises_kind_of("", name=unit.name) if unit.kind == "premises" else "",
            )
            for unit in (*county.townships(), *county.other_units())
        ],
        by=CLERK,
        at=at,
    )


def _bodies(units: dict[str, Unit], at: datetime) -> dict[str, Body]:
    stored: dict[str, Body] = {}
    for body in bodies.BODIES:
        stored[body.code] = set_up_body(
            code=body.code,
            name=body.name,
            name_en=body.name_en,
            kind=body.kind,
            parent=stored.get(body.parent),
            located_at=units.get(body.located_at),
            set_up_on=body.set_up_on,
            seats=[
                NewSeat(
                    unit=units[seat.unit], role=seat.role, post_title=seat.post_title, post_title_en=seat.post_title_en
                )
                for seat in body.seats
            ],
            by=CLERK,
            at=at,
        )
    return stored


def _campaign(units: dict[str, Unit], stored: dict[str, Body], at: datetime) -> Campaign:
    top = units[county.COUNTY]
    city = open_campaign(
        code=plan.CITY_CAMPAIGN_CODE,
        name=plan.CITY_CAMPAIGN_NAME,
        name_en=plan.CITY_CAMPAIGN_NAME_EN,
        level="city",
        unit=top,
        starts_on=plan.STARTS_ON,
        ends_on=plan.ENDS_ON,
        returns_due_on=RETURNS_DUE_ON,
        by=CLERK,
        at=at,
    )
    issue_notice(
        campaign=city,
        number=plan.CITY_PLAN.number,
        title=plan.CITY_PLAN.title,
        title_en=plan.CITY_PLAN.title_en,
        issued_on=plan.CITY_PLAN.issued_on,
        by=CLERK,
        at=at,
    )
    campaign = open_campaign(
        code=plan.CAMPAIGN_CODE,
        name=plan.CAMPAIGN_NAME,
        name_en=plan.CAMPAIGN_NAME_EN,
        theme=plan.THEME,
        theme_en=plan.THEME_EN,
        unit=top,
        office=stored["office"],
        parent=city,
        starts_on=plan.STARTS_ON,
        ends_on=plan.ENDS_ON,
        returns_due_on=RETURNS_DUE_ON,
        by=CLERK,
        at=at,
    )
    for task in plan.TASKS:
        row = add_task(
            campaign=campaign,
            code=task.code,
            title=task.title,
            title_en=task.title_en,
            chapter=task.chapter,
            kind=task.kind,
            due_on=task.due_on,
            held_on=task.held_on,
            evidence_asked=task.evidence_asked,
            is_one_event=task.is_one_event,
            indicators=task.caps,
            by=CLERK,
            at=at,
        )
        assign(task=row, rule=task.rule, by=CLERK, at=at)
    asked = [units[code] for code in county.reporting_units()]
    for notice in plan.NOTICES:
        issued = issue_notice(
            campaign=campaign,
            number=notice.number,
            title=notice.title,
            title_en=notice.title_en,
            issued_on=notice.issued_on,
            issued_by=stored[notice.issued_by],
            body_text=notice.body_text,
            by=CLERK,
            at=at,
        )
        record_receipts(notice=issued, units=asked, by=CLERK, at=at)
    meeting = bodies.MOBILISATION_MEETING
    hold_meeting(
        campaign=campaign,
        title=meeting.title,
        title_en=meeting.title_en,
        held_on=meeting.held_on,
        place=meeting.place,
        place_en=meeting.place_en,
        called_by=stored[meeting.called_by],
        attendance=[(units[code], came) for code, came in dict(meeting.attendance).items()],
        by=CLERK,
        at=at,
    )
    return campaign
