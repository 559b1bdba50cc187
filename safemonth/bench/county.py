"""How long a large county takes: intake of all, all figures, the summary; and how much memory."""

import csv
import io
import random
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.readers.actions import take_in
from safemonth.collect.readers.queries import office_of
from safemonth.figures.queries import FigureDesk
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import county
from safemonth.plan.actions import add_task, assign, load_indicator_list, open_campaign
from safemonth.plan.models import Campaign
from safemonth.summary.actions import make_summary

SEED = 20190601
AT = datetime(2019, 7, 1, 8, tzinfo=UTC)
HEADER = (
    "日期",
    "活动名称",
    "地点",
    "发放宣传资料（份）",
    "悬挂横幅（条）",
    "张贴标语（条）",
    "接受咨询（人次）",
    "受教育人数（人）",
)
INDICATORS = ("leaflets_distributed", "banners_hung", "slogans_posted", "people_consulted", "people_reached")


def measure_county(*, units: int, activities: int, step: Callable[[str], None]) -> dict[str, Any]:
    """Return seconds for intake, figures and summary, and peak memory in MiB, over a made county.

    `units` report `activities` in one sheet each, five values a row; every sheet goes the whole way
    that a clerk's file goes (bytes kept, read, proposed, accepted, entered).
    """
    campaign = _county(units)
    rows_each = -(-activities // units)
    random_numbers = random.Random(SEED)
    reporters = list(Unit.objects.exclude(kind="county").order_by("path"))
    sheets = [_sheet(unit.name, rows_each, random_numbers) for unit in reporters]

    began = time.perf_counter()
    office = office_of(campaign, with_known=False)
    for unit, sheet in zip(reporters, sheets, strict=True):
        take_in(
            campaign=campaign,
            data=sheet,
            file_name=f"{unit.code}.csv",
            channel="sheet",
            sender=unit,
            by="bench",
            at=AT,
            office=office.sent_by(unit.code),
        )
        step(unit.name)
    intake = time.perf_counter() - began

    began = time.perf_counter()
    everywhere = FigureDesk.of(campaign)
    figures = everywhere.all_figures()
    figures_seconds = time.perf_counter() - began
    began = time.perf_counter()
    shape = everywhere.records.totals.value.shape
    everywhere_seconds = time.perf_counter() - began

    began = time.perf_counter()
    make_summary(campaign=campaign, by="bench", at=AT)
    summary = time.perf_counter() - began
    return {
        "units": len(reporters),
        "activities": Activity.objects.count(),
        "measures": Measure.objects.count(),
        "intake_seconds": round(intake, 2),
        "figures": len(figures),
        "figures_seconds": round(figures_seconds, 3),
        "every_unit_seconds": round(everywhere_seconds, 3),
        "every_unit_cells": int(shape[0] * shape[1]),
        "summary_seconds": round(summary, 3),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _county(units: int) -> Campaign:
    load_indicator_list(by="bench", at=AT)
    townships = max(1, units // 20)
    rows = [NewUnit(code="9", name="测试县", kind="county")]
    rows += [NewUnit(code=f"9{t:03}", name=f"第{t}乡", kind="township", parent_code="9") for t in range(townships)]
    rows += [
        NewUnit(code=f"9{v % townships:03}{v:04}", name=f"第{v}村", kind="village", parent_code=f"9{v % townships:03}")
        for v in range(units - townships)
    ]
    add_units(units=rows, by="bench", at=AT)
    campaign = open_campaign(
        code="2019-06",
        name="安全生产月",
        name_en="Safety Production Month",
        unit=county(),
        starts_on=date(2019, 6, 1),
        ends_on=date(2019, 6, 30),
        returns_due_on=date(2019, 7, 5),
        by="bench",
        at=AT,
    )
    task = add_task(
        campaign=campaign,
        code="everyone",
        title="广泛宣传",
        title_en="Publicity by every unit",
        chapter="publicity",
        kind="publicity",
        indicators=INDICATORS,
        by="bench",
        at=AT,
    )
    assign(task=task, rule="kind:township+kind:village", by="bench", at=AT)
    return campaign


def _sheet(unit: str, rows: int, random_numbers: random.Random) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([f"{unit}安全生产月活动统计表"])
    table.writerow(HEADER)
    for row in range(rows):
        day = date(2019, 6, 1) + timedelta(days=row % 30)
        counts = [random_numbers.randrange(1, 400) for _ in INDICATORS]
        table.writerow([day.isoformat(), f"安全生产宣传活动第{row + 1}场", f"{unit}广场{row + 1}号", *counts])
    return text.getvalue().encode("utf-8-sig")
