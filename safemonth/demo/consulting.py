"""The demo's consulting day: 20 departments at five intersections, their wishes, the roster, what booths reported.

Positions, room and wishes are made up; who stood where and what each counted is `data/deeds.csv`. The host's
sheet has recorded the event; when the day is closed, the booths' numbers take its place.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from safemonth.collect.publicity.consulting.actions import (
    NewSite,
    add_booths,
    add_sites,
    add_wish,
    change_booth,
    make_roster,
    open_day,
    report_booth,
)
from safemonth.collect.publicity.consulting.models import Booth, ConsultingDay, Site
from safemonth.collect.publicity.consulting.rules import COUNTED, Said
from safemonth.demo.county import CONSULTING_DEPARTMENTS, COUNTY
from safemonth.demo.month import CLERK
from safemonth.demo.truth import consulting_day
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign
from safemonth.plan.queries import task_called

# Name, English name, latitude, longitude, display boards for which there is room.
SITES = (
    ("朝阳路口", "Chaoyang Road crossing", "39.35080", "115.49120", 32),
    ("迎宾路口", "Yingbin Road crossing", "39.34510", "115.49830", 28),
    ("长安路口", "Chang'an Road crossing", "39.35190", "115.50140", 30),
    ("友谊路口", "Youyi Road crossing", "39.34450", "115.48750", 26),
    ("东环路口", "East Ring Road crossing", "39.34890", "115.50980", 26),
)
HOLDS = 5
NEAR_THE_OFFICE = "离单位近"
# How a count was said, as the booth's page takes it.
TYPED = {"exact": "{}", "more_than": "{}余", "about": "约{}", "nearly": "近{}"}


def set_up_consulting_day(campaign: Campaign, *, at: datetime) -> ConsultingDay:
    """Set the day up as the clerk would at `at`: sites, booths, wishes, and a roster that keeps them all."""
    task = task_called(campaign, "consulting-day")
    day = open_day(
        task=task,
        host=unit_by_code(f"{COUNTY}-office"),
        held_on=task.held_on or campaign.starts_on,
        from_time=time(8, 30),
        to_time=time(11, 30),
        by=CLERK,
        at=at,
    )
    sites = add_sites(
        day=day,
        sites=[
            NewSite(
                name,
                HOLDS,
                name_en=name_en,
                latitude=Decimal(latitude),
                longitude=Decimal(longitude),
                least=3,
                room={"boards": boards},
            )
            for name, name_en, latitude, longitude, boards in SITES
        ],
        by=CLERK,
        at=at,
    )
    units = [unit_by_code(code) for code in CONSULTING_DEPARTMENTS]
    booths = {booth.unit.code: booth for booth in add_booths(day=day, units=units, by=CLERK, at=at)}
    _say_what_each_brings(booths, at=at)
    _wish(booths, {site.name: site for site in sites}, at=at)
    make_roster(day=day, by=CLERK, at=at)
    return day


def _say_what_each_brings(booths: dict[str, Booth], *, at: datetime) -> None:
    for deed in consulting_day():
        change_booth(
            booth=booths[deed.unit],
            brings={"banner": 1, "boards": deed.counts["display_boards"].value},
            copies=deed.counts["leaflets_distributed"].value,
            materials="",
            by=CLERK,
            at=at,
        )


def _wish(booths: dict[str, Booth], sites: dict[str, Site], *, at: datetime) -> None:
    for deed in consulting_day():
        add_wish(
            booth=booths[deed.unit],
            kind="at",
            site=sites[deed.place],
            is_must=False,
            note=NEAR_THE_OFFICE,
            by=CLERK,
            at=at,
        )
    police, traffic = booths[f"{COUNTY}-police"], booths[f"{COUNTY}-traffic"]
    add_wish(booth=police, kind="apart", other=traffic, by=CLERK, at=at)
    add_wish(booth=booths[f"{COUNTY}-fire"], kind="at", site=sites["长安路口"], by=CLERK, at=at)
    weather = booths[f"{COUNTY}-weather"]
    add_wish(booth=weather, kind="hours", from_time=time(8, 30), to_time=time(10, 30), by=CLERK, at=at)


def report_consulting_day(day: ConsultingDay) -> int:
    """Let each booth report what it counted, from half past ten on; returns how many reported."""
    opened = datetime.combine(day.held_on, time(10, 30), tzinfo=ZoneInfo("Asia/Shanghai"))
    booths = {booth.unit.code: booth for booth in Booth.objects.filter(day=day).select_related("unit", "day__task")}
    deeds = consulting_day()
    for number, deed in enumerate(deeds):
        counts = {
            code: Said(said.value, said.qualifier, TYPED[said.qualifier].format(said.value))
            for code, said in deed.counts.items()
            if code in COUNTED
        }
        report_booth(
            booth=booths[deed.unit],
            key=f"demo-{number}",
            counts=counts,
            by=deed.unit,
            at=opened + timedelta(minutes=2 * number),
        )
    return len(deeds)
