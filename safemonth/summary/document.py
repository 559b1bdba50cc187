"""A clerk's Word template filled with figures and facts: bytes in, a Word file and its figures out."""

import io
import re
import zipfile
from datetime import date
from types import TracebackType
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.lib.word_xml import paragraphs_of, set_properties, style_of, text_of, written
from safemonth.summary.binding import bind_figures
from safemonth.summary.facts import Facts, FigureSource, Language, Rendered, TraceUrl, complete_facts
from safemonth.summary.marks import SOURCES_MARK, without_marks
from safemonth.summary.sandbox import OutlineEnvironment
from safemonth.summary.source_table import put_source_table
from safemonth.summary.tags import Tags

# A template is some tens of kilobytes; a page of it unpacks to far less than this.
LARGEST_TEMPLATE_BYTES = 20_000_000
LARGEST_UNPACKED_BYTES = 60_000_000
# Signs that a Chinese input method gives for those of a tag.
_half_width = str.maketrans("（），＝．［］：＂＇", "(),=.[]:\"'")
_tag = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_quoted = re.compile(r"""("[^"]*"|'[^']*')""")
_paragraph_start = re.compile(r"^<w:p[ >]")
_leftover_tag = re.compile(r"\{\{|\}\}|\{%|%\}")


def render_docx(
    template: bytes, *, lang: Language, figures: FigureSource, facts: Facts, trace_url: TraceUrl
) -> Rendered:
    """Return the filled template, and the figures that stand in it in order of first mention.

    Each figure's words link to `trace_url(figure)` (a list's count to the list's own address, if it has one)
    and carry their coverage where a report is missing; the same input gives the same bytes. Raises Refused,
    naming the paragraph, for a file that is no Word document, a tag that is misspelt or asks for what is
    not there, a claim of "all" where reports are missing, and anything that is not one of the tags.
    """
    facts = without_marks(complete_facts(facts))
    tags = Tags(language=lang, figures=figures, facts=facts, trace_url=trace_url)
    outline = _Outline(_checked(template), tags)
    outline.render({**facts, **tags.by_name()}, jinja_env=OutlineEnvironment(tags))
    document = outline.docx
    _refuse_leftover_tags(document)
    order = bind_figures(document, tags)
    put_source_table(document, tags, order)
    title = next((text_of(p) for p in paragraphs_of(document) if style_of(p) == "Title"), facts.get("campaign", ""))
    set_properties(
        document,
        title=title,
        author=facts.get("office", ""),
        language="zh-CN" if lang == "zh" else "en-GB",
        on=facts.get("issued_on") or date(1980, 1, 1),
    )
    return Rendered(
        docx=written(document),
        language=lang,
        used=[tags.used[number] for number in order],
        urls=tags.urls,
        titles=tags.titles,
    )


class _Outline(DocxTemplate):
    """docxtpl's template with errors that name the paragraph, forgiving quotes and brackets, and properties left alone."""

    def __init__(self, template: bytes, tags: Tags) -> None:
        super().__init__(io.BytesIO(template))
        self.tags = tags

    def patch_xml(self, src_xml: str) -> str:
        """Return the XML ready for Jinja; `{{r …}}` is taken as `{{ …}}`, since figures bring their own run."""
        joined = re.sub(
            r"\{\{(?:(?!\}\}).)*",
            lambda tag: re.sub(r"</w:t>.*?(<w:t>|<w:t [^>]*>)", "", tag[0], flags=re.DOTALL),
            re.sub(r"(?<=\{)(<[^>]*>)+(?=\{)", "", without_marks(src_xml)),
            flags=re.DOTALL,
        )
        patched = super().patch_xml(re.sub(r"\{\{r\s", "{{ ", joined))
        return _tag.sub(lambda tag: _with_half_width_signs(tag[0]), patched)

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Environment) -> str:
        """Return the filled XML of the text, a header, a footer or the notes; errors name the paragraph."""
        self.tags.is_in_body = part is self.docx._part
        try:
            return str(super().render_xml_part(src_xml, part, context, jinja_env))
        except Refused as refusal:
            where = _paragraph_of(refusal, src_xml)
            raise Refused(refusal.code, refusal.sentence, **{**refusal.params, "paragraph": where}) from refusal
        # What a clerk's expression can raise besides Jinja's own errors.
        except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
            raise Refused(
                "outline_tag_not_understood",
                gettext_noop(
                    "A tag in the outline cannot be read: “%(paragraph)s” (%(reason)s). Compare it with the tags "
                    "in the guide to the outline, correct it in Word and upload the outline again."
                ),
                paragraph=_paragraph_of(error, src_xml),
                reason=str(error),
            ) from error

    def render_properties(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        """Leave the file's properties alone: they are set from the facts."""


def _checked(template: bytes) -> bytes:
    """Return the template, or raise Refused where it is not a Word document that can be opened safely."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            names = set(package.namelist())
    except zipfile.BadZipFile:
        names, unpacked = set(), 0
    if "word/document.xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        raise Refused(
            "outline_is_no_word_document",
            gettext_noop(
                "The outline is not a Word document without macros. Save it in Word as .docx and upload it again."
            ),
        )
    if len(template) > LARGEST_TEMPLATE_BYTES or unpacked > LARGEST_UNPACKED_BYTES:
        raise Refused(
            "outline_too_large",
            gettext_noop("The outline is larger than %(limit)s MB. Take pictures out of it and upload it again."),
            limit=LARGEST_TEMPLATE_BYTES // 1_000_000,
        )
    try:
        DocxTemplate(io.BytesIO(template)).init_docx()
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise Refused(
            "outline_is_broken",
            gettext_noop("The outline cannot be opened. Open it in Word, save it as .docx and upload it again."),
        ) from error
    return template


def _with_half_width_signs(tag: str) -> str:
    """Return a tag with full-width brackets, commas and the like made half-width, except within quotes."""
    parts = _quoted.split(tag.translate(str.maketrans("＂＇", "\"'")))
    return "".join(part if place % 2 else part.translate(_half_width) for place, part in enumerate(parts))


def _paragraph_of(error: BaseException, src_xml: str) -> str:
    """Return the text of the template's paragraph in which the error arose, tags included, at most 160 characters."""
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).split("\n")  # as docxtpl numbers them
    number = getattr(error, "lineno", None) or _line_in_template(error.__traceback__) or 1
    at = min(number, len(lines)) - 1
    while at > 0 and not _paragraph_start.match(lines[at]):
        at -= 1
    end = at + 1
    while end < len(lines) and not _paragraph_start.match(lines[end]):
        end += 1
    return re.sub(r"<[^>]+>", "", "".join(lines[at:end])).strip()[:160]


def _line_in_template(traceback: TracebackType | None) -> int | None:
    """Return the template's line where the error passed through it (Jinja names the frame `<template>`)."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _refuse_leftover_tags(document: Any) -> None:
    """Refuse a text in which signs of a tag are left, since a tag was broken there."""
    for paragraph in paragraphs_of(document):
        text = text_of(paragraph).replace(SOURCES_MARK, "")
        if _leftover_tag.search(text):
            raise Refused(
                "outline_tag_left_over",
                gettext_noop(
                    "Part of a tag is left in “%(paragraph)s”: a tag is {{ … }} with both ends. Correct it in Word."
                ),
                paragraph=text[:160],
            )
