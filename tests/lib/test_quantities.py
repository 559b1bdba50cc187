"""Numbers as units write them: qualifier, number, multiplier, measure word."""

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.lib.measure_words import MEASURE_WORDS
from safemonth.lib.numerals import chinese_value
from safemonth.lib.quantities import basis_of, find_chinese_quantities, half_width, read_quantity

SIGNS = st.text(alphabet="0123456789一二三十百千万亿余多几数近约上超份人次个条(),.-至 年月日第%元两零", max_size=60)


@pytest.mark.parametrize(
    ("cell", "value", "qualifier", "unit_word"),
    [
        ("约300", 300, "about", ""),
        ("2万余", 20_000, "more_than", ""),
        ("１２０", 120, "exact", ""),
        ("1,200份", 1200, "exact", "份"),
        ("１，２００份", 1200, "exact", "份"),
        ("三百二十", 320, "exact", ""),
        ("300多人次", 300, "more_than", "人次"),
        ("3 千", 3000, "exact", ""),
        ("-5", -5, "exact", ""),
        ("3.5万元", 35_000, "exact", "元"),
        ("60人(次)", 60, "exact", "人(次)"),
        ("5000余份（册）", 5000, "more_than", "份（册）"),
        ("4000余万", 40_000_000, "more_than", ""),
        ("1.9万余", 19_000, "more_than", ""),
        ("3万1千余", 31_000, "more_than", ""),
        ("1万2000份", 12_000, "exact", "份"),
        ("三百余万元", 3_000_000, "more_than", "元"),
        ("百余人", 100, "more_than", "人"),
        ("上千份", 1000, "more_than", "份"),
        ("近万份", 10_000, "nearly", "份"),
        ("近10万余元", 100_000, "nearly", "元"),
        ("约200余人", 200, "about", "人"),
        ("十几个", 10, "more_than", "个"),
        ("500人以上", 500, "more_than", "人"),
        ("300人左右", 300, "about", "人"),
        ("300+", 300, "more_than", ""),
        ("0", 0, "exact", ""),
        ("12.5", Decimal("12.5"), "exact", ""),
        (" 40 ", 40, "exact", ""),
        ("一万零五百", 10_500, "exact", ""),
        ("壹仟贰佰", 1200, "exact", ""),
    ],
)
def test_a_cell_with_one_quantity_is_read(cell: str, value: object, qualifier: str, unit_word: str) -> None:
    quantity = read_quantity(cell)
    assert quantity is not None
    assert (quantity.value, quantity.qualifier, quantity.unit_word) == (value, qualifier, unit_word)
    assert quantity.surface == cell[quantity.start : quantity.end] == cell.strip()


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "  ",
        "无",
        "份",
        "万",
        "12 300",
        "1.2.3",
        "3、5",
        "2019年",
        "6月",
        "2019-06-16",
        "20190616",
        "12:30",
        "50%",
        "13812345678",
        "0312-8222222",
        "第3",
        "安委办〔2026〕5号",
        "数百份",
        "宣传单300份",
        "9" * 30,
        "2个月",
    ],
)
def test_a_cell_that_is_not_one_quantity_is_not_read(cell: str) -> None:
    assert read_quantity(cell) is None


@pytest.mark.parametrize(
    ("cell", "lower", "upper"),
    [("200-300份", 200, 300), ("２００－３００份", 200, 300), ("2至3万份", 20_000, 30_000), ("三四十人", 30, 40)],
)
def test_a_range_gives_its_lower_end_and_says_that_it_is_one(cell: str, lower: int, upper: int) -> None:
    quantity = read_quantity(cell)
    assert quantity is not None and quantity.is_range
    assert (quantity.value, quantity.upper, quantity.qualifier) == (lower, upper, "more_than")


def test_running_text_gives_each_quantity_with_its_span() -> None:
    text = "挂横幅15条，贴标语100多条，约200余人参加，参与人次1142.7万，3126户4814人。"
    assert [quantity.surface for quantity in find_chinese_quantities(text)] == [
        "15条",
        "100多条",
        "约200余人",
        "1142.7万",
        "3126户",
        "4814人",
    ]


@pytest.mark.parametrize(("text", "surface"), [("签约20家", "20家"), ("附近3村", "3"), ("最近30人", "30人")])
def test_a_word_that_ends_like_a_qualifier_is_none(text: str, surface: str) -> None:
    (quantity,) = find_chinese_quantities(text)
    assert (quantity.surface, quantity.qualifier) == (surface, "exact")


@pytest.mark.parametrize(
    ("unit_word", "basis"),
    [
        ("人", "people"),
        ("名", "people"),
        ("人次", "person_times"),
        ("人(次)", "person_times"),
        ("人（次）", "person_times"),
        ("家", "places"),
        ("个单位", "places"),
        ("家次", "place_times"),
        ("台", "vehicles"),
        ("辆(次)", "vehicle_times"),
        ("台次", "vehicle_times"),
        ("场次", "events"),
        ("元", "yuan"),
        ("份", "things"),
        ("", "things"),
    ],
)
def test_people_and_person_times_are_different_bases(unit_word: str, basis: str) -> None:
    assert basis_of(unit_word) == basis


def _written(number: int) -> str:
    """Write a number below 10,000 in Chinese, by the school rule."""
    digits, units = "零一二三四五六七八九", ["千", "百", "十", ""]
    parts = [digits[int(d)] + (u if d != "0" else "") for d, u in zip(f"{number:04d}", units, strict=True)]
    joined = "".join(parts).lstrip("零")
    while "零零" in joined:
        joined = joined.replace("零零", "零")
    return joined.rstrip("零") or "零"


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["", "万", "亿"]))
def test_a_written_number_is_read_back(number: int, unit: str) -> None:
    assert chinese_value(_written(number) + unit) == number * {"": 1, "万": 10**4, "亿": 10**8}[unit]


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["份", "人次", "家", ""]))
def test_every_arabic_number_is_read_back_plain_and_with_commas(number: int, unit: str) -> None:
    for written in (f"{number:,}{unit}", f"{number}{unit} "):
        quantity = read_quantity(written)
        if quantity is None:  # eight digits like a date, eleven like a telephone
            assert not unit and len(str(number)) in (8, 11)
        else:
            assert quantity.value == number


@given(SIGNS)
def test_any_text_is_read_without_error_and_with_true_spans(text: str) -> None:
    found = find_chinese_quantities(text)
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    for quantity in found:
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.surface == text[quantity.start : quantity.end]
        assert quantity.value >= 0


@given(st.text(max_size=40))
def test_half_width_keeps_the_length(text: str) -> None:
    assert len(half_width(text)) == len(text)


@pytest.mark.parametrize("sign", ["9", "余", "万", "一", "约", "上", "9余", "1万", "9,", "3至", "份(", "几", "近"])
def test_a_long_text_of_one_sign_takes_linear_time(sign: str) -> None:
    begin = time.perf_counter()
    find_chinese_quantities(sign * (100_000 // len(sign)))
    assert time.perf_counter() - begin < 10  # linear takes one second alone; squared would take minutes


def test_no_measure_word_is_empty() -> None:
    assert all(MEASURE_WORDS)
