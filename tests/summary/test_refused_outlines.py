"""A template that cannot be filled is refused with its paragraph and what to do; none can run code."""

import io
import zipfile

import docx
import pytest

from safemonth.lib.refusals import Refused
from safemonth.summary.document import render_docx
from safemonth.summary.outlines import built_outline
from tests.summary.made_up import MadeUpFigures, make_facts, trace_url


def refusal(template: bytes) -> Refused:
    """Return the refusal with which the template is met."""
    with pytest.raises(Refused) as refused:
        render_docx(template, lang="zh", figures=MadeUpFigures(), facts=make_facts("zh"), trace_url=trace_url)
    return refused.value


@pytest.mark.parametrize(
    "tag",
    [
        '{{ figure("leaflets_given") }}',
        '{{ figure("banners_hung", task="bonfire") }}',
        '{{ figure("banners_hung", unit="999") }}',
        '{{ count("wizards") }}',
        '{{ seats("wizards", "head") }}',
        '{{ held("bonfire") }}',
    ],
)
def test_an_unknown_name_is_refused_with_its_paragraph(tag: str) -> None:
    refused = refusal(built_outline("zh", f"第一段。\n在此处发放{tag}。\n第三段。"))
    assert refused.code.startswith("outline_names_") and "在此处发放" in str(refused) and "第一段" not in str(refused)


@pytest.mark.parametrize(
    "tag",
    [
        '{{ figure("banners_hung" }}',
        "{{ figure() }}",
        '{{ figure("banners_hung", colour="red") }}',
        "{{ a_fact_that_is_not_there }}",
        "{% if has('banners_hung') %}没有结尾",
        "{{ day(theme) }}",
        "{{ plan.price }}",
    ],
)
def test_a_misspelt_tag_is_refused_with_its_paragraph(tag: str) -> None:
    refused = refusal(built_outline("zh", f"第一段。\n在此处发放{tag}。\n第三段。"))
    assert refused.code == "outline_tag_not_understood"
    assert "在此处发放" in str(refused) or "endif" in str(refused)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ figure.__globals__ }}",
        "{{ figure.__self__ }}",
        "{{ ''.join }}{{ theme.upper() }}",
        "{{ range(9) }}",
        "{{ 'x' * 999999999 }}",
        "{{ 9 ** 99999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ theme|center(999999999) }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ lists.clear() }}",
        "{{ tasks['media'].__init__ }}",
        "{{ bodies.update({}) }}",
    ],
)
def test_a_template_runs_no_code(tag: str) -> None:
    assert refusal(built_outline("zh", tag)).code == "outline_tag_not_understood"


def test_a_half_tag_is_refused_and_not_printed() -> None:
    refused = refusal(built_outline("zh", '发放figure("banners_hung") }}。'))
    assert refused.code == "outline_tag_left_over" and "发放" in str(refused)


def test_a_figure_that_is_only_asked_for_is_refused() -> None:
    refused = refusal(built_outline("zh", '{% if figure("banners_hung") %}有{% endif %}'))
    assert refused.code == "figure_asked_for_and_not_said"


def test_a_figure_in_a_footer_is_refused() -> None:
    document = docx.Document(io.BytesIO(built_outline("zh", "正文")))
    document.sections[0].footer.paragraphs[0].text = '页脚{{ figure("banners_hung") }}'
    buffer = io.BytesIO()
    document.save(buffer)
    refused = refusal(buffer.getvalue())
    assert refused.code == "figure_outside_the_text" and "页脚" in str(refused)


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip at all",
        _zip({"readme.txt": b"x"}),
        _zip({"word/document.xml": b"<broken"}),
        _zip({"word/document.xml": b"0" * 70_000_000}),
        _zip({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}),
        built_outline("zh", "x")[:2000],
    ],
)
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    assert refusal(data).code.startswith("outline_")
