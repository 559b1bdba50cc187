"""A paper is issued: it gets its number, is frozen with the digests of its files, and says to the hazards what it orders."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.queries import joined_with
from safemonth.collect.inspection.papers.actions.drafts import locked_draft
from safemonth.collect.inspection.papers.actions.events import say_to_hazards
from safemonth.collect.inspection.papers.kinds import ISSUED, STANDING, number_text
from safemonth.collect.inspection.papers.models import FileOf, Paper, PaperFile, PaperOffice, PaperSeries
from safemonth.collect.inspection.papers.pdf import pdf_file
from safemonth.collect.inspection.papers.prefill import drawn_of, pictures_of
from safemonth.collect.inspection.papers.queries import items_of, lacks_of, sheet_of_paper
from safemonth.collect.inspection.papers.rules import FIELD_NAMES, Missing
from safemonth.collect.inspection.papers.word import word_file
from safemonth.collect.submissions.actions import keep_bytes
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop


def issue(*, paper: Paper, by: str, at: datetime) -> Paper:
    """Issue a draft: number, files and the hazards' events in one transaction, or nothing at all; twice changes nothing.

    Numbers have no gaps: one is taken only together with the paper. Raises Refused `lacks` with the first thing that blocks
    it, `not_a_draft` for one dropped, and whatever a hazard's event is refused with.
    """
    if Paper.objects.filter(pk=paper.pk, state__in=STANDING).exists():
        return Paper.objects.get(pk=paper.pk)
    on = timezone.localdate(at)
    with writing(by=by, at=at, action="paper.issue", about=f"{paper.kind} {paper.key}") as write:
        try:
            paper = locked_draft(paper)
        except Refused:  # Somebody issued it at the same moment.
            standing_one = Paper.objects.filter(pk=paper.pk, state__in=STANDING).first()
            if standing_one is None:
                raise
            return standing_one
        _lock_hazards(paper)
        # A paper that it names may not be voided or corrected while this one is made of it.
        named = [pk for pk in (paper.after_id, paper.corrects_id) if pk]
        list(Paper.objects.select_for_update().filter(pk__in=named).order_by("pk"))
        _check(paper, on)
        series = _series(write, paper.office, paper.kind, on.year)
        number = series.last_number + 1
        write.change(series, last_number=number)
        write.change(
            paper,
            state=ISSUED,
            series=series,
            number=number,
            number_text=number_text(
                paper.office.pattern,
                prefix=paper.office.prefix,
                system=paper.office.system,
                kind=paper.kind,
                year=on.year,
                number=number,
            ),
            issued_on=on,
            issued_by=by,
            issued_at=at,
            drawn=drawn_of(paper),
        )
        _keep_files(write, paper, on=on, by=by, at=at)
        say_to_hazards(paper=paper, by=by, at=at)
        return paper


def sentence_of(missing: Missing) -> tuple[str, dict[str, Any]]:
    """Return what is missing as a sentence to translate and its places, the field's name in the language that is on."""
    params = dict(missing.params)
    if missing.field_name:
        params["field"] = gettext(FIELD_NAMES[missing.field_name])
    return missing.sentence, params


def _check(paper: Paper, on: date) -> None:
    first = next((each for each in lacks_of(paper, on=on) if each.is_blocking), None)
    if first is not None:
        sentence, params = sentence_of(first)
        raise Refused("lacks", sentence, **params)
    if paper.corrects is not None and paper.corrects.state not in STANDING:
        raise Refused("not_issued", gettext_noop("Only a paper that is issued and not void can be corrected."))


def _lock_hazards(paper: Paper) -> None:
    """Hold all hazards of the paper, and what they were said to be the same as, in one order before anything else is held.

    So two papers that name the same hazards never wait for each other, nor for an event that comes from the field.
    """
    keys: set[UUID] = set()
    for item in items_of(paper):
        keys |= joined_with(item.hazard.key)
    list(Hazard.objects.select_for_update().filter(key__in=keys).order_by("pk"))


def _series(write: Write, office: PaperOffice, kind: str, year: int) -> PaperSeries:
    """The series, made where this is its first paper, and held until the transaction ends: one number at a time."""
    wanted = {"office": office, "kind": kind, "year": year}
    if not PaperSeries.objects.filter(**wanted).exists():
        try:
            with transaction.atomic():
                write.create(PaperSeries(**wanted))
        except IntegrityError:
            if not PaperSeries.objects.filter(**wanted).exists():
                raise
    return PaperSeries.objects.select_for_update().get(**wanted)


def _keep_files(write: Write, paper: Paper, *, on: date, by: str, at: datetime) -> None:
    sheet = sheet_of_paper(paper)
    pictures = pictures_of(paper.drawn)
    made = {
        FileOf.WORD: (word_file(sheet, pictures=pictures, on=on, author=paper.office.name), "docx"),
        FileOf.PDF: (pdf_file(sheet, pictures=pictures), "pdf"),
    }
    write.create_all(
        [
            PaperFile(
                paper=paper,
                what=what,
                sha256=keep_bytes(data),
                size_bytes=len(data),
                file_name=f"{sheet.title}{paper.number_text}.{ending}",
                kept_by=by,
                kept_at=at,
            )
            for what, (data, ending) in made.items()
        ]
    )
