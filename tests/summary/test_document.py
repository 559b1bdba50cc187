"""A clerk's template becomes a document in which every figure is linked, bounded by its coverage, and never lost."""

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.figures.figure import Figure
from safemonth.lib.refusals import Refused
from safemonth.lib.word_xml import R, W, paragraphs_of, text_of
from safemonth.summary.document import render_docx
from safemonth.summary.facts import Facts, Language, Rendered
from safemonth.summary.outlines import built_outline, shipped_outline
from safemonth.summary.word_html import web_text
from tests.summary.made_up import CLAIMS, MadeUpFigures, make_facts, trace_url, without

NOTE_ZH = "个应报单位中"


def render(
    text: str, lang: Language = "zh", *, figures: MadeUpFigures | None = None, facts: Facts | None = None
) -> Rendered:
    """Return a template of these paragraphs, rendered."""
    return render_docx(
        built_outline(lang, text),
        lang=lang,
        figures=figures or MadeUpFigures(),
        facts=facts or make_facts(lang),
        trace_url=trace_url,
    )


def text(rendered: Rendered) -> str:
    """Return the rendered text, a line a paragraph."""
    return "\n".join(text_of(paragraph) for paragraph in paragraphs_of(docx.Document(io.BytesIO(rendered.docx))))


def links(rendered: Rendered) -> list[tuple[str, str]]:
    """Return (address, words) of each link in the document."""
    document = docx.Document(io.BytesIO(rendered.docx))
    return [
        (document.part.rels[link.get(f"{R}id")].target_ref, "".join(t.text or "" for t in link.iter(f"{W}t")))
        for link in document.element.body.iter(f"{W}hyperlink")
    ]


def refusal(template_text: str, lang: Language = "zh", **given_parts: object) -> Refused:
    """Return the refusal with which the template is met."""
    with pytest.raises(Refused) as refused:
        render(template_text, lang, **given_parts)  # type: ignore[arg-type]
    return refused.value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_shipped_outline_says_the_founding_case_and_links_each_of_its_figures(lang: Language) -> None:
    rendered = render_docx(
        shipped_outline(lang), lang=lang, figures=MadeUpFigures(), facts=make_facts(lang), trace_url=trace_url
    )
    said = text(rendered)
    wanted = {
        "zh": (
            "20个部门",
            "5个路口",
            "5200余份",
            "1万余人",
            "4.2万余份",
            "80余条",
            "250余条",
            "14万余份",
            "5个乡镇",
            "2个督查组",
        ),
        "en": (
            "20 departments",
            "5 intersections",
            "more than 5,200 copies",
            "more than 10,000 people",
            "more than 80 publicity banners",
            "more than 250 slogans",
            "more than 140,000",
            "5 townships",
        ),
    }[lang]
    for words in wanted:
        assert words in said
    linked = dict(links(rendered))
    for figure in rendered.used:
        assert {url for url, figure_id in rendered.urls.items() if figure_id == figure.id} <= set(linked)
    assert "{" not in said and "据不完全统计" not in said and "incomplete statistics" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_in_running_text_is_linked_or_is_a_day_a_document_or_the_ledger(lang: Language) -> None:
    rendered = render_docx(
        shipped_outline(lang), lang=lang, figures=MadeUpFigures(), facts=make_facts(lang), trace_url=trace_url
    )
    document = docx.Document(io.BytesIO(rendered.docx))
    for paragraph in document.element.body.findall(f"{W}p"):
        unlinked = "".join(t.text or "" for run in paragraph.findall(f"{W}r") for t in run.findall(f"{W}t"))
        unlinked = re.sub(r"2019年(\d+月\d+日)?|\d+月\d+日|〔2019〕\d+号|第\d乡|2841|([0-9a-f]{8} ?){8}", "", unlinked)
        months = "May|June|July"
        unlinked = re.sub(rf"\d+ (?:{months})(?: 2019)?|Month 2019|\[2019\] No. \d+|Township \d|^\d\. ", "", unlinked)
        assert not re.search(r"\d", unlinked), unlinked


def test_the_same_input_gives_the_same_bytes() -> None:
    assert render("发放{{ figure('banners_hung') }}。").docx == render("发放{{ figure('banners_hung') }}。").docx


def test_a_figure_with_missing_reports_says_so_though_the_outline_does_not_ask_for_it() -> None:
    assert text(render('悬挂横幅{{ figure("banners_hung") }}。')) == "悬挂横幅80余条（56个应报单位中51个已报）。"
    said = text(render('Hung: {{ figure("banners_hung", noun="banners") }}.', "en"))
    assert said == "Hung: more than 80 banners (as reported by 51 of 56 units)."


def test_a_complete_figure_carries_no_note() -> None:
    assert text(render('有{{ figure("consulting_sites", task="consulting-day") }}。')) == "有5处。"


def test_equal_notes_in_one_sentence_become_one_at_its_last_figure() -> None:
    said = text(
        render(
            '挂{{ figure("banners_hung") }}，写{{ figure("slogans_posted") }}，发{{ figure("leaflets_distributed") }}。'
        )
    )
    assert said == "挂80余条，写250余条，发14万余份（以上各项56个应报单位中51个已报）。"


def test_notes_of_two_sentences_both_stay() -> None:
    assert text(render('挂{{ figure("banners_hung") }}。写{{ figure("slogans_posted") }}。')).count(NOTE_ZH) == 2


def test_a_figure_with_another_coverage_between_keeps_both_notes() -> None:
    said = text(
        render(
            '挂{{ figure("banners_hung") }}，会{{ figure("meetings", task="rectification") }}，写{{ figure("slogans_posted") }}。'
        )
    )
    assert said.count("56个应报单位中51个已报") == 2 and said.count("9个应报单位中7个已报") == 1
    assert "以上各项" not in said


def test_a_decimal_point_or_an_abbreviation_does_not_end_a_sentence() -> None:
    said = text(render('Of 99.9 %: {{ figure("banners_hung") }}, No.5, {{ figure("slogans_posted") }}.', "en"))
    assert said.count("as reported by") == 1


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", '全县所有单位悬挂横幅{{ figure("banners_hung") }}。'),
        ("zh", '悬挂横幅{{ figure("banners_hung") }}，覆盖各乡镇。'),
        ("en", 'All townships hung {{ figure("banners_hung") }}.'),
        ("en", 'They hung {{ figure("banners_hung") }} in every village.'),
    ],
)
def test_all_is_refused_beside_a_figure_with_missing_reports(lang: Language, sentence: str) -> None:
    refused = refusal(sentence, lang)
    assert refused.code == "all_claimed_where_reports_are_missing"
    assert "every(" in str(refused)


def test_all_may_be_said_where_everybody_reported_or_of_something_else() -> None:
    render('所有路口{{ figure("consulting_sites", task="consulting-day") }}。各类横幅{{ figure("banners_hung") }}。')
    render('Altogether {{ figure("banners_hung") }} were hung. All were red.', "en")


def test_every_says_all_only_where_each_unit_asked_did_it() -> None:
    tag = '{{{{ every("各单位", "单位", "banners_hung"{}) }}}}挂了横幅。'
    assert text(render(tag.format(', task="consulting-day"'))) == "各单位挂了横幅。"
    assert text(render(tag.format(""))) == "56个单位中的51个挂了横幅。"
    some = 'Banners were hung by {{ every("all units", "units", "banners_hung") }}.'
    assert text(render(some, "en")) == "Banners were hung by 51 of 56 units."


def test_every_can_be_narrowed_to_a_list_of_units() -> None:
    tag = '{{ every("各已报单位", "已报单位", "banners_hung", among="received") }}挂了横幅。'
    assert text(render(tag)) == "各已报单位挂了横幅。"


def test_a_list_is_counted_and_its_names_are_said() -> None:
    said = text(render('{{ names("carriers") }}共{{ count("carriers", measure="家") }}'))
    assert said == "网通公司、联通公司、电信公司共3家"
    assert text(render('{{ count("carriers", noun="carriers") }}: {{ names("carriers") }}', "en")) == (
        "3 carriers: Netcom, Unicom and Telecom"
    )


def test_the_measure_word_of_another_basis_is_refused() -> None:
    refused = refusal(
        '接受咨询{{ figure("people_consulted", task="consulting-day", basis="person_times", measure="人") }}'
    )
    assert refused.code == "measure_word_of_another_basis" and "接受咨询" in str(refused)


def test_a_count_of_occasions_says_so_by_itself() -> None:
    tag = '{{ figure("people_consulted", task="consulting-day", basis="person_times") }}'
    assert text(render(tag)) == "1万余人次"
    assert "person-times" in text(render(tag, "en"))
    assert "person-times" in text(render(tag.replace(") }}", ', noun="people") }}'), "en"))


def test_what_nobody_reported_is_not_said_as_nought() -> None:
    assert text(render('演练{{ figure("drills") }}。')) == "演练未报。"


def test_a_clause_can_be_left_out_where_nothing_was_claimed() -> None:
    assert text(render('甲{% if has("drills") %}，演练{{ figure("drills") }}{% endif %}。')) == "甲。"


def test_words_keep_the_formatting_of_the_run_that_the_clerk_wrote_them_in() -> None:
    document = docx.Document(io.BytesIO(built_outline("zh", "前")))
    document.paragraphs[0].add_run('{{ figure("banners_hung") }}').bold = True
    buffer = io.BytesIO()
    document.save(buffer)
    rendered = render_docx(
        buffer.getvalue(), lang="zh", figures=MadeUpFigures(), facts=make_facts("zh"), trace_url=trace_url
    )
    body = docx.Document(io.BytesIO(rendered.docx)).element.body
    (link,) = body.iter(f"{W}hyperlink")
    assert link.find(f"{W}r/{W}rPr/{W}b") is not None


def test_a_tag_that_word_split_over_runs_and_typed_with_a_chinese_keyboard_is_understood() -> None:
    document = docx.Document(io.BytesIO(built_outline("zh", "挂")))
    paragraph = document.paragraphs[0]
    for part in ("{", "{r fig", "ure（“banners_", "hung”，task＝“consulting-day”）}", "}。"):
        paragraph.add_run(part)
    buffer = io.BytesIO()
    document.save(buffer)
    rendered = render_docx(
        buffer.getvalue(), lang="zh", figures=MadeUpFigures(), facts=make_facts("zh"), trace_url=trace_url
    )
    assert text(rendered) == "挂21条。"


def test_the_worked_example_of_the_guide_comes_out_as_written() -> None:
    figures = MadeUpFigures({("drills", "", ""): (34, 56, 5), ("people_in_drills", "", ""): (2160, 56, 5)})
    guide = (Path(__file__).parents[2] / "docs/summary.md").read_text(encoding="utf-8")
    typed, said = (line.strip() for line in guide.splitlines() if line.startswith("    全县开展应急演练"))
    assert text(render(typed, figures=figures)) == said


def test_two_lists_of_one_record_keep_links_of_their_own() -> None:
    facts = make_facts("zh")
    lists = {name: replace(units, url="https://office.example/plan") for name, units in facts["lists"].items()}
    rendered = render('{{ count("carriers") }}和{{ count("vehicles") }}', facts={**facts, "lists": lists})
    assert len(set(links(rendered))) == len(rendered.urls) == 2


def test_sections_are_numbered_in_a_row_though_one_is_left_out() -> None:
    facts = without(make_facts("zh"), "consulting-day", "media")
    rendered = render_docx(shipped_outline("zh"), lang="zh", figures=MadeUpFigures(), facts=facts, trace_url=trace_url)
    said = text(rendered)
    assert "（二）组织专题宣传" in said and "（三）发挥通信网络优势" in said and "咨询日" not in said


def test_a_county_with_another_plan_gets_a_summary_from_the_shipped_outline() -> None:
    facts: Facts = {
        "campaign": "2026年防火月",
        "county": "某县",
        "office": "某县消防安全委员会",
        "issued_on": make_facts("zh")["issued_on"],
    }
    rendered = render_docx(shipped_outline("zh"), lang="zh", figures=MadeUpFigures(), facts=facts, trace_url=trace_url)
    assert "某县2026年防火月活动总结" in text(rendered)


def test_a_fact_with_signs_of_xml_or_of_a_mark_stays_text() -> None:
    facts: Facts = {**make_facts("zh"), "theme": "<w:p/> & \ue0000\ue002假\ue003"}
    assert text(render("{{ theme }}", facts=facts)) == "<w:p/> & 0假"


indicators = st.sampled_from([key for key in CLAIMS if not key[2]])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(indicators, min_size=1, max_size=6),
    st.sampled_from(["，", "。", "；", "x"]),
    st.sampled_from(["zh", "en"]),
)
def test_no_figure_is_ever_lost_between_outline_document_and_page(
    keys: list[tuple[str, str, str]], between: str, lang: Language
) -> None:
    tags = [f'{{{{ figure("{indicator}", task="{task}") }}}}' for indicator, task, _ in keys]
    rendered = render(between.join(tags), lang)
    asked: list[Figure] = [MadeUpFigures().figure(indicator, task=task) for indicator, task, _ in keys]
    ids = list(dict.fromkeys(figure.id for figure in asked))
    assert [figure.id for figure in rendered.used] == ids
    said = links(rendered)
    assert [rendered.urls[address] for address, _ in said] == [figure.id for figure in asked]
    for figure, (_, words) in zip(asked, said, strict=True):
        assert words.startswith(figure.words.zh if lang == "zh" else figure.words.en)
    last = asked[-1].coverage
    assert last.is_complete or str(len(last.received)) in said[-1][1]
    assert web_text(rendered).mentioned == ids
