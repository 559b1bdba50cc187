"""Drafts: begun from what is on record, changed, dropped; and the agencies in whose name they go out."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError

from safemonth.collect.activities.once import entered_once
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.papers.kinds import DRAFT, DROPPED, KIND, NUMBER_PLACES, RECORD, STANDING, number_text
from safemonth.collect.inspection.papers.models import Paper, PaperItem, PaperOffice
from safemonth.collect.inspection.papers.prefill import item_at_first, said_at_first
from safemonth.collect.inspection.papers.queries import all_items_of, hazards_for, items_of
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import standing
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


def set_office(*, unit: Unit, fields: Mapping[str, Any], by: str, at: datetime) -> PaperOffice:
    """Say what papers of an agency print of it (`PaperOffice`'s fields by name); changed where it is known already.

    Raises Refused `number_pattern` where numbers written so could come twice or cannot be written, `numbers_taken` where
    another agency writes its numbers in the same way.
    """
    known = PaperOffice.objects.filter(unit=unit).first()
    row = known or PaperOffice(unit=unit)
    wanted = {name: getattr(row, name) for name in ("prefix", "system", "pattern")} | dict(fields)
    _check_pattern(str(wanted["pattern"]))
    others = PaperOffice.objects.exclude(unit=unit).filter(
        prefix=wanted["prefix"], system=wanted["system"], pattern=wanted["pattern"]
    )
    if others.exists():
        raise Refused("numbers_taken", gettext_noop("Another agency writes its numbers in the same way."))
    with writing(by=by, at=at, action="paper.office", about=unit.code) as write:
        if known:
            return write.change(known, **fields)
        return write.create(PaperOffice(unit=unit, **fields))


def _check_pattern(pattern: str) -> None:
    sentence = gettext_noop("A number must hold {year}, {kind} and {number}, and nothing but %(places)s in braces.")
    places = ", ".join(f"{{{name}}}" for name in sorted(NUMBER_PLACES))
    try:
        one = number_text(pattern, prefix="P", system="S", kind=RECORD, year=2019, number=1)
        others = (
            number_text(pattern, prefix="P", system="S", kind=RECORD, year=2019, number=2),
            number_text(pattern, prefix="P", system="S", kind=RECORD, year=2020, number=1),
            number_text(pattern, prefix="P", system="S", kind="order", year=2019, number=1),
        )
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise Refused("number_pattern", sentence, places=places) from error
    if one in others:
        raise Refused("number_pattern", sentence, places=places)


def draft_paper(
    *,
    campaign: Campaign,
    kind: str,
    office: PaperOffice,
    by: str,
    at: datetime,
    inspection: Inspection | None = None,
    after: Paper | None = None,
    workplace: Workplace | None = None,
    hazards: Collection[Hazard] | None = None,
    said: Mapping[str, Any] | None = None,
    key: UUID | None = None,
) -> Paper:
    """Begin a paper from what is on record, once by its `key`; `said` takes the place of what would be prefilled.

    It is about the workplace given, else the inspection's, else the earlier paper's. `hazards` (None: the inspection's that
    are open, or the earlier paper's) become its items in order. Raises Refused `no_workplace` where nothing says where.
    """
    place = workplace or (inspection.workplace if inspection else None) or (after.workplace if after else None)
    if place is None:
        raise Refused(
            "no_workplace", gettext_noop("Nothing says which workplace it is: say so at the inspection first.")
        )
    place = standing(place)
    named = list(hazards) if hazards is not None else hazards_for(kind, inspection=inspection, after=after)
    found = named
    if kind == RECORD and inspection is not None:
        found = list(Hazard.objects.filter(inspection=inspection).order_by("pk"))
    first = said_at_first(kind, workplace=place, inspection=inspection, hazards=found, after=after)
    own = key or uuid4()

    def enter() -> Paper:
        with writing(by=by, at=at, action="paper.draft", about=f"{kind} {place.name}") as write:
            paper = write.create(
                Paper(
                    key=own,
                    campaign=campaign,
                    office=office,
                    kind=kind,
                    workplace=place,
                    inspection=inspection,
                    after=after,
                    said={**first, **(said or {})},
                    drafted_by=by,
                    drafted_at=at,
                )
            )
            if KIND[kind].has_items:
                _add_items(write, paper, [(each, item_at_first(kind, each, inspection=inspection)) for each in named])
            return paper

    return entered_once(Paper, own, enter)


def correct(*, paper: Paper, by: str, at: datetime, key: UUID | None = None) -> Paper:
    """Begin a new paper that names an issued one and takes its place once issued; the old one stays as it is.

    Raises Refused `not_issued`, or `corrected_already` where a correction of it stands or is being drafted.
    """
    if paper.state not in STANDING:
        raise Refused("not_issued", gettext_noop("Only a paper that is issued and not void can be corrected."))
    own = key or uuid4()
    known = Paper.objects.filter(key=own).first()
    if known is not None:
        return known
    corrected = Refused("corrected_already", gettext_noop("There is a correction of it already."))
    if Paper.objects.filter(corrects=paper).exclude(state__in=("void", DROPPED)).exists():
        raise corrected

    def enter() -> Paper:
        with writing(by=by, at=at, action="paper.correct", about=paper.number_text) as write:
            new = write.create(
                Paper(
                    key=own,
                    campaign=paper.campaign,
                    office=paper.office,
                    kind=paper.kind,
                    workplace=paper.workplace,
                    inspection=paper.inspection,
                    after=paper.after,
                    corrects=paper,
                    said=paper.said,
                    drafted_by=by,
                    drafted_at=at,
                )
            )
            _add_items(write, new, [(item.hazard, item.said) for item in items_of(paper)])
            return new

    try:
        return entered_once(Paper, own, enter)
    except IntegrityError as error:  # Somebody began another at the same moment.
        raise corrected from error


def change_draft(
    *,
    paper: Paper,
    said: Mapping[str, Any],
    items: Mapping[int, Mapping[str, Any]],
    by: str,
    at: datetime,
    after: Paper | None = None,
) -> Paper:
    """Change what a draft says. `items` maps an item's id to what it says; one not there is left out of the paper.

    `after` is the earlier paper that it names (None: none). Raises Refused `not_a_draft` where it is issued.
    """
    with writing(by=by, at=at, action="paper.change", about=f"{paper.kind} {paper.key}") as write:
        paper = locked_draft(paper)
        write.change(paper, said={**paper.said, **said}, after=after)
        ordered = sorted(all_items_of(paper), key=lambda each: (each.pk not in items, each.number))
        for number, item in enumerate(ordered, start=1):
            kept = items.get(item.pk)
            new = {**item.said, **kept} if kept is not None else item.said
            write.change(item, number=number, is_left_out=kept is None, said=new)
        return paper


def drop_draft(*, paper: Paper, by: str, at: datetime) -> Paper:
    """Put a draft away; it never had a number, so none is lost. Raises Refused `not_a_draft`."""
    with writing(by=by, at=at, action="paper.drop", about=f"{paper.kind} {paper.key}") as write:
        paper = locked_draft(paper)
        return write.change(paper, state=DROPPED)


def locked_draft(paper: Paper) -> Paper:
    """Return the draft as it is now, held until the transaction ends; raises Refused `not_a_draft`."""
    row = (
        Paper.objects.select_for_update(of=("self",)).select_related("office", "workplace", "campaign").get(pk=paper.pk)
    )
    if row.state != DRAFT:
        raise Refused(
            "not_a_draft", gettext_noop("It is issued, and what is issued stays as it is. Correct it by a new paper.")
        )
    return row


def _add_items(write: Write, paper: Paper, items: list[tuple[Hazard, dict[str, Any]]]) -> None:
    write.create_all(
        [
            PaperItem(paper=paper, number=number, hazard=hazard, said=said)
            for number, (hazard, said) in enumerate(items, start=1)
        ]
    )
