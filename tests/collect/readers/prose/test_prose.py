"""The prose reader on marked passages, on the founding case, and on any text at all."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.readers.prose.figure import figure_as_json
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.prose.score import load_passages, score

HERE = Path(__file__).parent
MARKED = load_passages(HERE / "dev.jsonl")
FOUNDING = (HERE / "founding-case.en.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_marked_passages_are_read_as_they_were_marked(language):
    scores = score(MARKED, read_figures)[language]
    assert scores["strict"]["f1"] >= 0.97
    assert scores["value_qualifier"]["f1"] >= 0.98


def test_a_passage_that_reports_nothing_gives_nothing():
    for passage in MARKED:
        if passage.get("negative"):
            assert read_figures(passage["text"]) == [], passage["id"]


def test_the_founding_cases_text_gives_back_its_figures():
    found = {(f.indicator, f.value, f.qualifier) for f in read_figures(FOUNDING)}
    assert {
        ("departments_taking_part", 20, "exact"),
        ("consulting_sites", 5, "exact"),
        ("leaflets_distributed", 5000, "more_than"),
        ("people_consulted", 10000, "more_than"),
        ("leaflets_distributed", 40000, "more_than"),
        ("departments_taking_part", 4, "exact"),
        ("banners_hung", 80, "more_than"),
        ("slogans_posted", 250, "more_than"),
        ("leaflets_distributed", 140000, "more_than"),
        ("inspection_teams", 2, "exact"),
    } <= found
    assert not any(f.value == 2019 for f in read_figures(FOUNDING))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("共发放宣传资料2万余份，悬挂横幅30多条，接受群众咨询近千人次。", [20000, 30, 1000]),
        ("出动宣传车5辆(次)，受教育群众约3000人。", [5, 3000]),
        ("联系电话0312-8212345，文号易安委〔2019〕5号。", []),
        ("第十八个安全生产月，时间为6月16日上午9时。", []),
        ("计划发放宣传资料5000份。", []),
        ("将于6月25日开展演练，预计参加200人。6月12日，发放资料350份。6月20日，检查企业20家。", [350, 20]),
        ("5月18日印发的《实施方案》要求各村行动。6月16日，我乡发放资料350份。", [350]),
        ("计划6月9日前悬挂横幅20条。6月8日前发放资料500份。", []),
        ("罚款3.5万元。", [35000]),
        ("Officers pulled over 1,200 drivers and wrote 300 citations.", [1200, 300]),
        ("The department plans to train 500 workers next year.", []),
        ("In 2018, 31 people died in home fires.", []),
        ("Volunteers installed 415 smoke alarms in 180 homes.", [415, 180]),
        ("More than a dozen schools were visited.", [12]),
    ],
)
def test_short_texts_are_read_right(text, wanted):
    assert [figure.value for figure in read_figures(text)] == wanted


TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            "发放 宣传资料 2万余 份 近 约 300 多 人次 。 ， 悬挂 横幅 其中 第 年 月 日 元 more than over 1,200 people leaflets and were . $ % 2019 million".split()
        ),
        max_size=30,
    ).map("".join),
    st.lists(
        st.sampled_from("over 1,200 a million people , and leaflets trained 5 % in 2019 volunteers alone .".split()),
        max_size=30,
    ).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["zh", "en", None]))
def test_any_text_is_read_without_failing_and_every_span_is_in_it(text, language):
    end = 0
    for figure in read_figures(text, language):
        assert figure.surface == text[figure.start : figure.end]
        assert end <= figure.start < figure.end <= len(text)
        assert figure.value >= 0
        assert set(figure_as_json(figure)) >= {"indicator", "value", "qualifier", "unit_word", "span"}
        end = figure.end


@pytest.mark.parametrize("piece", ["2万余", "more than 1,200 people ", "发放资料300份，", "and "])
def test_a_long_text_takes_time_in_proportion(piece):
    def seconds(times: int) -> float:
        # The least of three, in the process's own time: other work on the machine is no fault of the reader.
        taken = []
        for _ in range(3):
            began = time.process_time()
            read_figures(piece * times)
            taken.append(time.process_time() - began)
        return min(taken)

    seconds(200)
    short, long = seconds(1000), seconds(4000)
    assert long < 16 * max(short, 0.01)
