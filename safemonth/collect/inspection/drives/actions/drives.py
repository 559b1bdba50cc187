"""Writes of drives and of their themes."""

import csv
from collections.abc import Collection
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from safemonth.collect.inspection.drives.models import Draw, Drive, Theme
from safemonth.collect.inspection.workplaces.models import Trade
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


def load_themes(*, by: str, at: datetime) -> int:
    """Store the shipped themes that are not stored yet (the founding case's among them); returns how many were added."""
    known = set(Theme.objects.values_list("code", flat=True))
    path = files("safemonth").joinpath("collect/inspection/drives/data/themes.csv")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    with writing(by=by, at=at, action="drive.load_themes") as write:
        return len(
            write.create_all(
                [
                    Theme(code=row["code"], name=row["name"], name_en=row["name_en"], rank=rank)
                    for rank, row in enumerate(rows)
                    if row["code"] not in known
                ]
            )
        )


def open_drive(
    *,
    campaign: Campaign,
    kind: str,
    title: str,
    led_by: Unit,
    from_on: date,
    to_on: date,
    by: str,
    at: datetime,
    title_en: str = "",
    theme: Theme | None = None,
    task: Task | None = None,
    trades: Collection[str] = (),
    is_unannounced: bool = True,
) -> Drive:
    """Open a drive; raises Refused `drive_exists`, `drive_ends_first`, `drive_unknown_trade`."""
    title = title.strip()[:160]
    if Drive.objects.filter(campaign=campaign, title=title).exists():
        raise Refused("drive_exists", gettext_noop("There is a drive “%(title)s” already."), title=title)
    _check(from_on, to_on, trades)
    with writing(by=by, at=at, action="drive.open", about=title) as write:
        return write.create(
            Drive(
                campaign=campaign,
                task=task,
                theme=theme,
                kind=kind,
                title=title,
                title_en=title_en.strip()[:200],
                led_by=led_by,
                from_on=from_on,
                to_on=to_on,
                trades=sorted(trades),
                is_unannounced=is_unannounced,
            )
        )


def change_drive(*, drive: Drive, fields: dict[str, Any], by: str, at: datetime) -> Drive:
    """Change a drive's line. Raises what `open_drive` refuses, and `drive_drawn` for days or an announcement after the draw:
    units have been told by them."""
    title = str(fields.get("title", drive.title)).strip()[:160]
    if Drive.objects.filter(campaign=drive.campaign, title=title).exclude(pk=drive.pk).exists():
        raise Refused("drive_exists", gettext_noop("There is a drive “%(title)s” already."), title=title)
    trades = sorted(fields.get("trades", drive.trades))
    _check(fields.get("from_on", drive.from_on), fields.get("to_on", drive.to_on), trades)
    fixed = ("from_on", "to_on", "is_unannounced")
    is_changed = any(name in fields and fields[name] != getattr(drive, name) for name in fixed)
    if is_changed and Draw.objects.filter(drive=drive).exists():
        raise Refused("drive_drawn", gettext_noop("The draw was held: days and announcement stay as they are."))
    with writing(by=by, at=at, action="drive.change", about=title) as write:
        return write.change(drive, **{**fields, "title": title, "trades": trades})


def _check(from_on: date, to_on: date, trades: Collection[str]) -> None:
    if to_on < from_on:
        raise Refused("drive_ends_first", gettext_noop("The drive would end before it begins."))
    if unknown := set(trades) - set(Trade.values):
        raise Refused("drive_unknown_trade", gettext_noop("There is no trade “%(trade)s”."), trade=min(unknown))
