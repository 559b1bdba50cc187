"""Writes of the summary: freeze one with its figures and documents; take in the clerk's own outline."""

import json
from datetime import datetime

from django.conf import settings

from safemonth.collect.submissions.actions import keep_bytes
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.figures.exchange import figure_as_json
from safemonth.figures.figure import Figure
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.actions import seal, writing
from safemonth.plan.models import Campaign
from safemonth.summary.document import render_docx
from safemonth.summary.facts import Language, Rendered
from safemonth.summary.models import Outline, Summary, SummaryDocument
from safemonth.summary.outlines import shipped_outline
from safemonth.summary.pdf import render_pdf
from safemonth.summary.queries import SummaryFigures, current_outline, facts_of
from safemonth.summary.web import render_html

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


def make_summary(*, campaign: Campaign, by: str, at: datetime) -> Summary:
    """Make the work summary in both languages as Word, PDF and one web page, and freeze it with its figures.

    The ledger's root is sealed first and printed in it. Raises Refused where an outline asks for what is
    not there; then nothing is stored.
    """
    root = seal(at=at)
    desk = FigureDesk.of(campaign)
    figures = SummaryFigures(desk)
    rendered = [_render(campaign, desk, figures, language=language, at=at) for language in LANGUAGES]
    used = list({figure.id: figure for one in rendered for figure in one.used}.values())
    files: dict[str, bytes] = {}
    for one in rendered:
        files[f"summary.{one.language}.docx"] = one.docx
        files[f"summary.{one.language}.pdf"] = render_pdf(one)
    files["summary.html"] = render_html(rendered).encode()
    frozen = [figure_as_json(figure) for figure in used]
    files["figures.json"] = json.dumps(frozen, ensure_ascii=False, indent=1).encode()
    kept = [(name, keep_bytes(data), len(data)) for name, data in files.items()]
    number = Summary.objects.filter(campaign=campaign).count() + 1
    with writing(by=by, at=at, action="summary.make", about=f"{campaign.code} {number}") as write:
        summary = write.create(
            Summary(
                campaign=campaign,
                number=number,
                made_at=at,
                made_by=by,
                # The traces stand in figures.json, kept by its digest; the row holds what is compared later.
                figures=[{**figure, "trace": []} for figure in frozen],
                ledger_size=root.size,
                ledger_root=root.root_hash,
            )
        )
        write.create_all(
            [
                SummaryDocument(
                    summary=summary,
                    file_name=name,
                    media_type=MEDIA_TYPES[name.rsplit(".", 1)[1]],
                    sha256=sha256,
                    size_bytes=size,
                )
                for name, sha256, size in kept
            ]
        )
    return summary


def _render(
    campaign: Campaign, desk: FigureDesk, figures: SummaryFigures, *, language: Language, at: datetime
) -> Rendered:
    own = current_outline(campaign, language)
    return render_docx(
        bytes_kept(own.sha256) if own else shipped_outline(language),
        lang=language,
        figures=figures,
        facts=facts_of(campaign, desk, language=language, at=at),
        trace_url=trace_url,
    )


def trace_url(figure: Figure) -> str:
    """Return the address of a figure's page on the office's site, where its records are listed."""
    if figure.indicator.startswith("list:"):
        return f"{settings.SITE}/board#{figure.indicator.removeprefix('list:')}"
    scope = figure.scope
    asked = {"task": scope.task, "unit": scope.unit.code, "basis": scope.basis}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{settings.SITE}/figures/{figure.indicator}{'?' + query if query else ''}"


def take_outline(*, campaign: Campaign, language: Language, template: bytes, by: str, at: datetime) -> Outline:
    """Take in the clerk's own outline as the new version of its language.

    It is rendered once before it is stored, so that an outline that cannot be filled is refused with the
    paragraph that is wrong, and the standing one stays.
    """
    desk = FigureDesk.of(campaign)
    render_docx(
        template,
        lang=language,
        figures=SummaryFigures(desk),
        facts=facts_of(campaign, desk, language=language, at=at),
        trace_url=trace_url,
    )
    standing = current_outline(campaign, language)
    sha256 = keep_bytes(template)
    with writing(by=by, at=at, action="outline.take", about=f"{campaign.code} {language}") as write:
        if standing:
            write.change(standing, is_current=False)
        return write.create(
            Outline(
                campaign=campaign,
                language=language,
                version=standing.version + 1 if standing else 1,
                sha256=sha256,
                uploaded_by=by,
                uploaded_at=at,
            )
        )
