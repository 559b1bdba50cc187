"""`safemonth campaign CODE`: open a month."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandParser

from safemonth.desk.console import OfficeCommand, now, terminal_user
from safemonth.organisation.queries import county
from safemonth.plan.actions import add_task, assign, open_campaign
from safemonth.plan.models import Campaign


class Command(OfficeCommand):
    """Open a campaign with one task that asks every unit under the county for its counts."""

    help = "Open a campaign (a month): its code, dates and theme. Tasks can be added on the plan page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("code", help="for example 2027-06")
        parser.add_argument("--name", default="")
        parser.add_argument("--name-en", default="")
        parser.add_argument("--theme", default="")
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, default=None)
        parser.add_argument("--to", dest="ends_on", type=date.fromisoformat, default=None)
        parser.add_argument("--due", type=date.fromisoformat, default=None, help="when returns are due")
        parser.add_argument("--ask", default="kind:township+kind:department", help="rule: who is asked")

    def run(self, *, code: str, ask: str, **options: Any) -> None:
        """Open it."""
        starts_on, ends_on = dates_of(code, options["starts_on"], options["ends_on"])
        campaign = open_month(
            code=code,
            name=options["name"],
            name_en=options["name_en"],
            theme=options["theme"],
            starts_on=starts_on,
            ends_on=ends_on,
            due=options["due"],
            ask=ask,
        )
        self.stdout.write(f"{campaign.code}: {campaign.starts_on} – {campaign.ends_on}")


def dates_of(code: str, starts_on: date | None, ends_on: date | None) -> tuple[date, date]:
    """Return first and last day: as given, else of the month that the code names, else June of this year."""
    year = int(code[:4]) if code[:4].isdecimal() else now().year
    month = int(code[5:7]) if code[5:7].isdecimal() and 1 <= int(code[5:7]) <= 12 else 6
    first = starts_on or date(year, month, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, ends_on or after - timedelta(days=1)


def open_month(
    *,
    code: str,
    starts_on: date,
    ends_on: date,
    ask: str,
    name: str = "",
    name_en: str = "",
    theme: str = "",
    due: date | None = None,
) -> Campaign:
    """Open a campaign with the one task that a county needs to begin: everyone's counts."""
    by, at = terminal_user(), now()
    campaign = open_campaign(
        code=code,
        name=name or f"{starts_on.year}年安全生产月",
        name_en=name_en or f"Safety Production Month {starts_on.year}",
        theme=theme,
        unit=county(),
        starts_on=starts_on,
        ends_on=ends_on,
        returns_due_on=due or ends_on + timedelta(days=5),
        by=by,
        at=at,
    )
    task = add_task(
        campaign=campaign,
        code="everyone",
        title="各单位广泛开展宣传",
        title_en="Publicity by every unit",
        chapter="publicity",
        kind="publicity",
        due_on=campaign.returns_due_on,
        indicators=("banners_hung", "slogans_posted", "leaflets_distributed", "people_consulted", "people_reached"),
        by=by,
        at=at,
    )
    assign(task=task, rule=ask, by=by, at=at)
    return campaign
