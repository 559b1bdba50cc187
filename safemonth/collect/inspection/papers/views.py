"""Pages that show papers: the list, one paper, those of an inspection or a hazard, and their files."""

from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext

from safemonth.collect.inspection.hazards.queries import hazards_seen_by
from safemonth.collect.inspection.inspections.queries import inspections_seen_by
from safemonth.collect.inspection.papers import queries
from safemonth.collect.inspection.papers.actions.issuing import sentence_of
from safemonth.collect.inspection.papers.kinds import DRAFT, ISSUED, KIND, KINDS, RECORD, STANDING
from safemonth.collect.inspection.papers.models import Paper, PaperFile, PaperState
from safemonth.collect.inspection.papers.pdf import body_of, pdf_file
from safemonth.collect.inspection.papers.prefill import drawn_of, pictures_of
from safemonth.collect.inspection.papers.rules import Missing
from safemonth.collect.inspection.papers.word import word_file
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.languages import said
from safemonth.organisation.models import User
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called

ON_A_PAGE: Final = 50
_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_STATES: Final = [choice for choice in PaperState.choices if choice[0] != PaperState.DROPPED]


def papers(request: HttpRequest) -> HttpResponse:
    """Show the papers, fifty a page, narrowed to what is asked for."""
    user = viewer(request)
    seen = queries.papers_seen_by(user, campaign_called())
    asked = queries.Asked(
        text=request.GET.get("text", "")[:60],
        **{name: request.GET.get(name, "")[:40] for name in ("kind", "state", "office")},
    )
    rows = queries.narrowed(seen, asked)
    counts = queries.counted(rows)
    return render(
        request,
        "collect/papers.html",
        {
            "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
            "asked": asked,
            "kinds": [(kind.code, gettext(kind.name)) for kind in KINDS],
            "states": _STATES,
            "counts": [(state, word, counts[state]) for state, word in _STATES if counts.get(state)],
            "offices": queries.units_with_offices(seen),
            "query": f"&{urlencode({name: value for name, value in asked.__dict__.items() if value})}",
            "may_set_offices": may_open(user=user, name="paper-offices"),
        },
    )


def papers_of_inspection(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers of an inspection, and which may be begun from it."""
    user = viewer(request)
    campaign = campaign_called()
    inspection = get_object_or_404(inspections_seen_by(user, campaign), code=code)
    rows = queries.papers_of_inspection(queries.papers_seen_by(user, campaign), inspection)
    may_begin = may_open(user=user, name="inspection-paper-new") and queries.offices_of(user).exists()
    return render(
        request,
        "collect/papers_of.html",
        {
            "inspection": inspection,
            "title": inspection.workplace.name if inspection.workplace else inspection.workplace_text,
            "rows": rows,
            "kinds": [(kind.code, gettext(kind.name)) for kind in KINDS] if may_begin and inspection.workplace else [],
            "lacks_workplace": inspection.workplace is None,
            "without_office": may_open(user=user, name="inspection-paper-new") and not may_begin,
        },
    )


def papers_of_hazard(request: HttpRequest, code: str) -> HttpResponse:
    """Show the papers that name a hazard."""
    user = viewer(request)
    campaign = campaign_called()
    hazard = get_object_or_404(hazards_seen_by(user, campaign), code=code)
    rows = queries.papers_of_hazard(queries.papers_seen_by(user, campaign), hazard)
    return render(
        request, "collect/papers_of.html", {"hazard": hazard, "title": hazard.code, "rows": rows, "kinds": []}
    )


def _seen(user: User, pk: int) -> Paper:
    rows: QuerySet[Paper] = queries.papers_seen_by(user, campaign_called())
    return get_object_or_404(rows, pk=pk)


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one paper: what it lacks, its text, its files and its receipt."""
    user = viewer(request)
    row = _seen(user, pk)
    issues = queries.may_issue(user, row) and may_open(user=user, name="paper-issue")
    if row.state == DRAFT:
        row.drawn = drawn_of(row)
    lacks = [_said(each) for each in queries.lacks_of(row, on=_today())] if row.state == DRAFT else []
    correction = Paper.objects.filter(corrects=row).exclude(state__in=("void", "dropped")).first()
    following = [kind for kind in KINDS if row.kind in kind.follows] if row.state in STANDING and issues else []
    return render(
        request,
        "collect/papers_one.html",
        {
            "row": row,
            "kind": gettext(KIND[row.kind].name),
            "text": body_of(queries.sheet_of_paper(row), pictures={}, tags={}),
            "items": [(item, item.hazard) for item in queries.items_of(row)],
            "lacks": lacks,
            "blocked": any(is_blocking for is_blocking, _text in lacks),
            "files": queries.files_of_paper(row),
            "issues": issues,
            "is_draft": row.state == DRAFT,
            "is_issued": row.state == ISSUED,
            "stands": row.state in STANDING,
            "correction": correction if correction and (issues or correction.number_text) else None,
            "following": [(kind.code, gettext(kind.name)) for kind in following if kind.code != RECORD],
        },
    )


def _said(missing: Missing) -> tuple[bool, str]:
    sentence, params = sentence_of(missing)
    return missing.is_blocking, said(sentence, params)


def _today() -> date:
    return timezone.localdate()


def paper_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Give a file of a paper as it was kept: as issued, or a scan."""
    row = _seen(viewer(request), pk)
    kept = get_object_or_404(PaperFile, paper=row, pk=file)
    return _attachment(bytes_kept(kept.sha256), kept.file_name)


def paper_reading(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Give a paper to read: a draft as it would be, or with `?language=en` under English labels."""
    row = _seen(viewer(request), pk)
    english = request.GET.get("language") == "en"
    if ending not in ("pdf", "docx") or (row.state != DRAFT and not english):
        raise Http404
    if row.state == DRAFT:
        row.drawn = drawn_of(row)
    sheet = queries.sheet_of_paper(row, language="en" if english else "zh")
    pictures = pictures_of(row.drawn)
    if ending == "pdf":
        data = pdf_file(sheet, pictures=pictures)
    else:
        data = word_file(sheet, pictures=pictures, on=row.issued_on or _today(), author=row.office.name)
    name = f"{sheet.title}{row.number_text}.{ending}"
    return _attachment(data, name)


def _attachment(data: bytes, name: str) -> HttpResponse:
    content_type = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    headers: dict[str, Any] = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)
