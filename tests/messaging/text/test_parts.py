"""How a text is counted: as it will be billed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smpplib import gsm as smpplib_gsm

from safemonth.lib.refusals import Refused
from safemonth.messaging.text import gsm7
from safemonth.messaging.text.parts import Coding, Tariff, header, part_units, word

GSM_SIGNS = st.sampled_from([sign for sign in gsm7.BASIC if gsm7.septets(sign)] + list(gsm7.EXTENSION))
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=700).filter(str.strip)


@pytest.mark.parametrize(
    ("text", "coding", "units", "parts"),
    [
        ("a" * 160, Coding.GSM7, 160, 1),
        ("a" * 161, Coding.GSM7, 161, 2),
        ("a" * 306, Coding.GSM7, 306, 2),
        ("a" * 307, Coding.GSM7, 307, 3),
        ("€" * 80, Coding.GSM7, 160, 1),
        ("€" * 81, Coding.GSM7, 162, 2),
        ("安" * 70, Coding.UCS2, 70, 1),
        ("安" * 71, Coding.UCS2, 71, 2),
        ("安" * 134, Coding.UCS2, 134, 2),
        ("安" * 135, Coding.UCS2, 135, 3),
        ("a" * 69 + "安", Coding.UCS2, 70, 1),
        ("🚒" * 35, Coding.UCS2, 70, 1),
        ("🚒" * 36, Coding.UCS2, 72, 2),
    ],
)
def test_a_text_is_counted_as_the_standard_counts_it(text, coding, units, parts):
    counted = word(text)
    assert (counted.coding, counted.units, counted.parts) == (coding, units, parts)


def test_chinese_carriers_count_every_text_by_70_and_67():
    assert word("a" * 70, tariff=Tariff.CHINA).parts == 1
    assert word("a" * 71, tariff=Tariff.CHINA).parts == 2
    assert word("a" * 135, tariff=Tariff.CHINA).parts == 3


def test_a_16_bit_reference_costs_one_unit_more_a_part():
    assert part_units(Coding.GSM7, reference_bits=16) == 152
    assert part_units(Coding.UCS2, reference_bits=16) == 66
    assert word("a" * 304, reference_bits=16).parts == 2
    assert word("a" * 305, reference_bits=16).parts == 3


def test_no_sign_of_two_units_is_cut():
    # The 153rd septet of the first part would be the escape alone.
    counted = word("a" * 152 + "€" + "a" * 20)
    assert counted.bodies[0] == b"a" * 152
    assert counted.bodies[1].startswith(b"\x1b\x65")
    counted = word("安" * 66 + "🚒" + "安" * 10)
    assert len(counted.bodies[0]) == 66 * 2
    assert counted.bodies[1].decode("utf-16-be").startswith("🚒")


def test_where_signs_must_not_be_cut_a_text_may_take_a_part_more_than_its_length_says():
    # 306 septets, but each part ends one short.
    assert word("a" + "€" * 152 + "a").units == 306
    assert word("a" * 152 + "€" + "a" * 152).parts == 3


@given(ANY_TEXT)
def test_the_parts_hold_the_text_and_none_is_too_long(text):
    counted = word(text)
    if counted.coding is Coding.GSM7:
        assert gsm7.decode(b"".join(counted.bodies)) == text
        sizes = [len(body) for body in counted.bodies]
    else:
        assert b"".join(counted.bodies).decode("utf-16-be") == text
        assert all(body.decode("utf-16-be") for body in counted.bodies)
        sizes = [len(body) // 2 for body in counted.bodies]
    most = part_units(counted.coding, reference_bits=counted.reference_bits)
    assert max(sizes) <= most
    assert sum(sizes) == counted.units
    assert counted.room == most - sizes[-1]


@given(st.text(GSM_SIGNS, min_size=1, max_size=400).filter(str.strip))
def test_a_text_of_the_alphabet_goes_in_septets_and_comes_back(text):
    counted = word(text)
    assert counted.coding is Coding.GSM7
    assert gsm7.outside(text) == ""
    assert gsm7.decode(b"".join(counted.bodies)) == text


@given(st.text("安全生产月咨询日零", min_size=1, max_size=800))
def test_chinese_texts_have_the_parts_that_smpplib_makes(text):
    parts, _, _ = smpplib_gsm.make_parts(text)
    counted = word(text)
    assert [part[6:] if len(parts) > 1 else part for part in parts] == list(counted.bodies)


@pytest.mark.parametrize(("text", "code"), [("", "empty_text"), (" \n", "empty_text"), ("好\ud83d", "unsendable_sign")])
def test_what_cannot_be_sent_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        word(text)
    assert refused.value.code == code


def test_more_than_255_parts_are_refused():
    assert word("安" * 67 * 255).parts == 255
    with pytest.raises(Refused) as refused:
        word("安" * (67 * 255 + 1))
    assert refused.value.code == "text_too_long"


def test_the_header_says_which_part_of_which_message():
    assert header(reference=0x1A2B, reference_bits=8, parts=3, part=2) == bytes([5, 0, 3, 0x2B, 3, 2])
    assert header(reference=0x1A2B, reference_bits=16, parts=3, part=2) == bytes([6, 8, 4, 0x1A, 0x2B, 3, 2])
    assert header(reference=7, reference_bits=0, parts=1, part=1) == b""


def test_signs_that_make_a_text_dear_are_named_once_each():
    assert gsm7.outside("“Safety” first – “always”") == "“”–"


def test_the_alphabet_has_the_codes_of_the_standard():
    assert gsm7.septets("@") == b"\x00"
    assert gsm7.septets("à") == b"\x7f"
    assert gsm7.septets("§") == b"\x5f"
    assert gsm7.septets("€") == b"\x1b\x65"
    assert gsm7.septets("ç") is None
    assert gsm7.septets("`") is None
    assert len(gsm7.BASIC) == 128
    assert gsm7.decode(b"\x1b\x41\xc1") == " A"
