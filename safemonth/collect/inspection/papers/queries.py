"""Reads of papers: who sees which, what a paper says as its sheet, and what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.papers.content import Language, Sheet, sheet_of
from safemonth.collect.inspection.papers.kinds import DROPPED, KIND, RECORD, STANDING, VOID
from safemonth.collect.inspection.papers.models import Paper, PaperFile, PaperItem, PaperOffice
from safemonth.collect.inspection.papers.rules import Earlier, Missing, missing_of
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import keys_of, standing
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.models import Role, Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

OFFICE_FIELDS = ("name", "review_body", "court", "address", "contact_post", "contact_phone")


def papers_seen_by(user: User, campaign: Campaign) -> QuerySet[Paper]:
    """Return a campaign's papers that the user may see, newest first.

    All; or those of the agencies for which they issue, and of those issued the ones about workplaces that lie in or are
    supervised by one of their units, or are one. Drafts of others stay unseen, since visits are unannounced.
    """
    rows = (
        Paper.objects.filter(campaign=campaign)
        .exclude(state=DROPPED)
        .select_related("office__unit", "workplace__township", "inspection", "after", "corrects")
    )
    if sees_all(user):
        return rows
    units = units_seen_by(user)
    there = Q(workplace__township__in=units) | Q(workplace__department__in=units) | Q(workplace__unit__in=units)
    return rows.filter(Q(office__in=offices_of(user)) | (there & Q(state__in=(*STANDING, VOID))))


def offices_of(user: User) -> QuerySet[PaperOffice]:
    """Return the agencies in whose name a user may issue papers: the clerk all, an inspector that of their own unit.

    An inspector's agency is that of their unit or of the nearest unit above it that has one.
    """
    if user.role == Role.CLERK:
        return PaperOffice.objects.all()
    if user.role != Role.INSPECTOR or user.unit is None:
        return PaperOffice.objects.none()
    codes = [code for code in user.unit.path.split("/") if code]
    nearest = PaperOffice.objects.filter(unit__code__in=codes).order_by("-unit__path").first()
    return PaperOffice.objects.filter(pk=nearest.pk) if nearest else PaperOffice.objects.none()


@dataclass(frozen=True)
class Asked:
    """What a list of papers is narrowed by; empty narrows nothing."""

    kind: str = ""
    state: str = ""
    office: str = ""
    text: str = ""


def narrowed(rows: QuerySet[Paper], asked: Asked) -> QuerySet[Paper]:
    """Return the papers that fit what is asked."""
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.office:
        rows = rows.filter(office__unit__code=asked.office)
    if asked.text:
        rows = rows.filter(Q(number_text__icontains=asked.text) | Q(workplace__name__icontains=asked.text))
    return rows


def counted(rows: QuerySet[Paper]) -> dict[str, int]:
    """Return how many papers stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(count=Count("pk")))


def papers_of_inspection(rows: QuerySet[Paper], inspection: Inspection) -> QuerySet[Paper]:
    """Return those of the papers that were made of an inspection, or name a hazard that it found; first drafted first."""
    named = PaperItem.objects.filter(hazard__inspection=inspection, is_left_out=False).values("paper")
    return rows.filter(Q(inspection=inspection) | Q(pk__in=named)).order_by("drafted_at", "pk")


def papers_of_hazard(rows: QuerySet[Paper], hazard: Hazard) -> QuerySet[Paper]:
    """Return those of the papers that name a hazard, or are of the inspection that found it; first drafted first."""
    named = PaperItem.objects.filter(hazard=hazard, is_left_out=False).values("paper")
    of_its_inspection = Q(inspection=hazard.inspection, kind="record") if hazard.inspection_id else Q(pk=None)
    return rows.filter(Q(pk__in=named) | of_its_inspection).order_by("drafted_at", "pk")


def may_issue(user: User, paper: Paper) -> bool:
    """Return whether a user may change, issue and serve a paper."""
    return offices_of(user).filter(pk=paper.office_id).exists()


def items_of(paper: Paper) -> list[PaperItem]:
    """Return the items that stand in a paper, by their numbers."""
    return [item for item in all_items_of(paper) if not item.is_left_out]


def all_items_of(paper: Paper) -> list[PaperItem]:
    """Return the items of a draft, also those left out, by their numbers."""
    return list(PaperItem.objects.filter(paper=paper).select_related("hazard__workplace").order_by("number"))


def said_of_items(items: list[PaperItem]) -> list[dict[str, Any]]:
    """Return items as the rules see them."""
    return [{**item.said, "hazard": str(item.hazard.key)} for item in items]


def earlier_of(paper: Paper | None) -> Earlier | None:
    """Return an earlier paper as the rules see it, None for none."""
    if paper is None:
        return None
    correction = Paper.objects.filter(corrects=paper, state__in=STANDING).first()
    return Earlier(
        kind=paper.kind,
        state=paper.state,
        issued_on=paper.issued_on,
        workplace=str(standing(paper.workplace).key),
        hazards=frozenset(
            str(key)
            for key in PaperItem.objects.filter(paper=paper, is_left_out=False).values_list("hazard__key", flat=True)
        ),
        replaced_by=correction.number_text if correction else "",
    )


def papers_to_follow(kind: str, workplace: Workplace) -> list[Paper]:
    """Return the papers about a workplace that one of a kind may name, newest first; those of merged rows are among them."""
    corrected = Paper.objects.filter(corrects__isnull=False, state__in=STANDING).values("corrects")
    rows = Paper.objects.filter(workplace__in=keys_of(workplace), kind__in=KIND[kind].follows, state__in=STANDING)
    return list(rows.exclude(pk__in=corrected).select_related("workplace").order_by("-issued_at", "-pk"))


def lacks_of(paper: Paper, *, on: date) -> list[Missing]:
    """Return what a draft lacks to be issued on a day; a record also, that its inspection says one thing."""
    disputed = paper.kind == RECORD and paper.inspection is not None and paper.inspection.has_rivals
    sentence = gettext_noop("Versions of the inspection contradict each other: decide between them first.")
    return [Missing("rivals", sentence)] * disputed + missing_of(
        paper.kind,
        said=paper.said,
        items=said_of_items(items_of(paper)),
        office=office_said(paper.office),
        workplace=str(standing(paper.workplace).key),
        earlier=earlier_of(paper.after),
        on=on,
    )


def office_said(office: PaperOffice, *, language: Language = "zh") -> dict[str, str]:
    """Return what papers print of an agency, by name."""
    said = {name: str(getattr(office, name)) for name in OFFICE_FIELDS}
    if language == "en" and office.name_en:
        said["name"] = office.name_en
    return said


def sheet_of_paper(paper: Paper, *, language: Language = "zh") -> Sheet:
    """Return what stands on a paper, as it is now."""
    return sheet_of(
        paper.kind,
        said=paper.said,
        items=said_of_items(items_of(paper)),
        office=office_said(paper.office, language=language),
        number=paper.number_text,
        issued_on=paper.issued_on.isoformat() if paper.issued_on else "",
        earlier=_named(paper.after),
        corrects=_named(paper.corrects),
        drawn=paper.drawn,
        language=language,
    )


def _named(paper: Paper | None) -> Mapping[str, str] | None:
    if paper is None:
        return None
    day = paper.issued_on.isoformat() if paper.issued_on else ""
    return {"kind": paper.kind, "number": paper.number_text, "day": day}


def files_of_paper(paper: Paper) -> list[PaperFile]:
    """Return the files of a paper: as issued, then scans in the order in which they came."""
    return list(PaperFile.objects.filter(paper=paper).order_by("id"))


def hazards_for(kind: str, *, inspection: Inspection | None, after: Paper | None) -> list[Hazard]:
    """Return the hazards that a new paper names: those of the earlier paper for a recheck, else the inspection's open ones.

    A paper that follows on another without an inspection takes that paper's hazards.
    """
    if not KIND[kind].has_items:
        return []
    if after is not None and (kind == "recheck" or inspection is None):
        named = [item.hazard for item in items_of(after)]
        if named:
            return named
    if inspection is None:
        return []
    return list(Hazard.objects.filter(inspection=inspection).exclude(state__in=("closed", "joined")).order_by("pk"))


def units_with_offices(rows: QuerySet[Paper]) -> QuerySet[Unit]:
    """Return the units whose agencies issued papers, in tree order."""
    return Unit.objects.filter(pk__in=rows.order_by().values("office__unit")).order_by("path")
