"""Pages of the summary: what was made, reading one on the site, and the clerk's outline."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from markupsafe import Markup

from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called
from safemonth.summary.actions import LANGUAGES, make_summary, take_outline
from safemonth.summary.facts import Language
from safemonth.summary.models import Outline, Summary, SummaryDocument
from safemonth.summary.outlines import shipped_outline
from safemonth.summary.queries import current_outline
from safemonth.summary.web import body_of


def summaries(request: HttpRequest) -> HttpResponse:
    """List the summaries that were made, newest first, with their documents; and the outlines."""
    campaign = campaign_called()
    documents: dict[int, list[SummaryDocument]] = {}
    for document in SummaryDocument.objects.filter(summary__campaign=campaign).order_by("pk"):
        documents.setdefault(document.summary_id, []).append(document)
    rows = [(row, documents.get(row.pk, [])) for row in Summary.objects.filter(campaign=campaign)]
    own = {row.language: row for row in Outline.objects.filter(campaign=campaign, is_current=True)}
    return render(
        request,
        "summary/summaries.html",
        {"summaries": rows, "outlines": [(language, own.get(language)) for language in LANGUAGES]},
    )


def summary(request: HttpRequest, number: int) -> HttpResponse:
    """Show a summary in the page's language: each number opens to its records."""
    shown = get_object_or_404(Summary, campaign=campaign_called(), number=number)
    language = _language((get_language() or "zh")[:2])
    document = get_object_or_404(SummaryDocument, summary=shown, file_name="summary.html")
    # On the site a number opens this site's own page, under whatever address the reader came by.
    body = body_of(bytes_kept(document.sha256).decode(), language)
    return render(
        request,
        "summary/summary.html",
        {"summary": shown, "body": Markup(str(body).replace(f'href="{settings.SITE}/', 'href="/'))},
    )


@require_POST
def summary_make(request: HttpRequest) -> HttpResponse:
    """Make a summary from the records as they stand."""
    made = make_summary(campaign=campaign_called(), by=viewer(request).username, at=timezone.now())
    return redirect("summary", number=made.number)


def summary_document(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Hand out one document of a summary."""
    document = get_object_or_404(
        SummaryDocument, summary__campaign=campaign_called(), summary__number=number, file_name=name
    )
    response = HttpResponse(bytes_kept(document.sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{document.file_name}"'
    return response


def outline_file(request: HttpRequest, language: str) -> HttpResponse:
    """Hand out the Word template of a language, the clerk's own where there is one."""
    own = current_outline(campaign_called(), _language(language))
    data = bytes_kept(own.sha256) if own else shipped_outline(_language(language))
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="outline.{language}.docx"'
    return response


@require_POST
def outline(request: HttpRequest, language: str) -> HttpResponse:
    """Take in the clerk's own Word template."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("no_file", gettext_noop("Choose a file first."))
    take_outline(
        campaign=campaign_called(),
        language=_language(language),
        template=file.read(),
        by=viewer(request).username,
        at=timezone.now(),
    )
    return redirect("summaries")


def _language(text: str) -> Language:
    return "en" if text == "en" else "zh"
