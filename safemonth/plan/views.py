"""Pages of the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safemonth.organisation.permissions import sees_all, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Assignment, Attendance, Chapter, Meeting, Notice, Receipt
from safemonth.plan.queries import campaign_called, expected_indicators, task_called, tasks_asked_of, tasks_of


def plan(request: HttpRequest) -> HttpResponse:
    """Show what the month asks, chapter by chapter; a unit sees what is asked of it marked."""
    user = viewer(request)
    campaign = campaign_called()
    asked = set() if sees_all(user) else {a.task_id for a in tasks_asked_of(campaign, units_seen_by(user))}
    tasks = list(tasks_of(campaign))
    return render(
        request,
        "plan/plan.html",
        {
            "chapters": [
                (label, [task for task in tasks if task.chapter == value])
                for value, label in Chapter.choices
                if any(task.chapter == value for task in tasks)
            ],
            "asked": asked,
        },
    )


def task(request: HttpRequest, code: str) -> HttpResponse:
    """Show one task: what it asks, of whom, what is counted."""
    shown = task_called(campaign_called(), code)
    return render(
        request,
        "plan/task.html",
        {
            "task": shown,
            "expected": expected_indicators(shown),
            "assignments": Assignment.objects.filter(task=shown).select_related("unit").order_by("unit__path"),
        },
    )


def notices(request: HttpRequest) -> HttpResponse:
    """List notices with their receipts, and meetings with who came."""
    campaign = campaign_called()
    receipts: dict[int, int] = {}
    for notice in Receipt.objects.filter(notice__campaign=campaign).values_list("notice", flat=True):
        receipts[notice] = receipts.get(notice, 0) + 1
    attendance: dict[int, list[Attendance]] = {}
    for row in Attendance.objects.filter(meeting__campaign=campaign).select_related("unit").order_by("unit__path"):
        attendance.setdefault(row.meeting_id, []).append(row)
    return render(
        request,
        "plan/notices.html",
        {
            "notices": [
                (notice, receipts.get(notice.pk, 0))
                for notice in Notice.objects.filter(campaign=campaign).select_related("issued_by")
            ],
            "meetings": [(m, attendance.get(m.pk, [])) for m in Meeting.objects.filter(campaign=campaign)],
        },
    )
