"""What the office's own publicity stands at when the demo's month is over, in lines for the terminal."""

from collections.abc import Iterator
from datetime import date

from safemonth.collect.publicity.carriers.models import CarrierOrder
from safemonth.collect.publicity.consulting.models import ConsultingDay
from safemonth.collect.publicity.consulting.queries import board_of, closings_of
from safemonth.collect.publicity.law_day.models import HazardSeen, LawDay, Question
from safemonth.collect.publicity.law_day.queries import day_page
from safemonth.collect.publicity.materials.queries import books_of, disagreements_in, stock_rows
from safemonth.collect.publicity.media.models import Placement
from safemonth.collect.publicity.rounds.queries import coverage_of, current_plan, rounds_of
from safemonth.desk.gate import sentence_of
from safemonth.plan.models import Campaign


def publicity_findings(campaign: Campaign, *, today: date) -> Iterator[str]:
    """Yield a line for each day, order, round, placement that is due and disagreement in the books of materials.

    `today` decides what is due. A line begins as the terminal's other lines do: `✓` done, `?` waits for the clerk.
    """
    for day in ConsultingDay.objects.filter(task__campaign=campaign).select_related("task"):
        board = board_of(day)
        sites = {line.place.site_id for line in board.lines if line.place}
        last = closings_of(day).last()
        yield f"✓ consulting day: {len(board.there)} of {len(board.lines)} booths at {len(sites)} sites reported"
        if last:
            yield f"✓ consulting day: closed as one event, version {last.activity.version}"
    for law_day in LawDay.objects.filter(campaign=campaign):
        people = day_page(law_day).attendance.people
        questions = Question.objects.filter(day=law_day)
        hazards = HazardSeen.objects.filter(day=law_day).count()
        yield (
            f"✓ law day: {people} people, {questions.count()} questions ({questions.filter(answer='').count()} open),"
            f" {hazards} hazards for inspection"
        )
    for order in CarrierOrder.objects.filter(campaign=campaign).select_related("carrier"):
        if order.reported is None:
            yield f"? order to {order.carrier}: handed over on {order.handed_over_on}, nothing reported under it"
        else:
            yield f"✓ order to {order.carrier}: {order.reported} reported"
    for made in rounds_of(campaign):
        coverage, plan = coverage_of(made, today=today), current_plan(made)
        done, version = len(coverage.done), plan.version if plan else 0
        yield (
            f"✓ rounds: {len(coverage.reached)} of {len(coverage.lines)} villages reached by name, {done} stops made as"
            f" planned, plan version {version}"
        )
        if missed := len(coverage.of("missed")):
            yield f"? rounds: {missed} villages planned for and not reported"
    late = Placement.objects.filter(campaign=campaign, made_on=None, called_off_because="", due_on__lt=today)
    for placement in late.select_related("outlet"):
        yield f"? {placement.outlet}: {placement.title} was due on {placement.due_on}"
    books = books_of(campaign)
    for odd in disagreements_in(campaign, books, stock_rows(campaign, books), today=today):
        what = f"{odd.design}: " if odd.design else ""
        yield f"? {odd.place} {what}{sentence_of(odd.disagreement.sentence, odd.disagreement.params)}"
