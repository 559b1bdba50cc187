"""Credit codes: both check signs, and what a refusal names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.workplaces.uscc import (
    ALPHABET,
    check_sign,
    has_right_organisation_code,
    is_right,
    organisation_check_sign,
    read_uscc,
)
from safemonth.lib.refusals import Refused
from tests.collect.inspection.workplaces.codes import code_of

# Codes of well-known companies, as they print them.
PRINTED = ("91330100799655058B", "914403001922038216")
BODIES = st.text(ALPHABET, min_size=17, max_size=17)


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        read_uscc(text)
    return caught.value


@pytest.mark.parametrize("code", PRINTED)
def test_codes_in_use_are_right_by_both_check_signs(code):
    assert read_uscc(code) == code
    assert organisation_check_sign(code[8:16]) == code[16]
    assert has_right_organisation_code(code)


def test_no_code_at_all_is_no_refusal():
    assert read_uscc("") == read_uscc("  ") == ""


@given(BODIES)
def test_every_body_has_exactly_one_check_sign(body):
    right = [sign for sign in ALPHABET if is_right(body + sign)]
    assert right == [check_sign(body)]


@given(BODIES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_wrong_sign_is_seen(body, place, sign):
    code = body + check_sign(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert is_right(wrong) == (wrong == code)


@given(BODIES, st.integers(0, 16))
def test_any_two_exchanged_neighbours_are_seen(body, place):
    code = body + check_sign(body)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_right(wrong) == (wrong == code)


@pytest.mark.parametrize(
    "text", ["91330100799655058b", "９１３３０１００７９９６５５０５８Ｂ", " 913301 00799655 058-B "]
)
def test_small_letters_full_width_signs_and_spaces_are_taken_for_what_they_are(text):
    assert read_uscc(text) == PRINTED[0]


@pytest.mark.parametrize(("sign", "meant"), [("O", "0"), ("I", "1"), ("Z", "2"), ("S", "5"), ("o", "0"), ("i", "1")])
def test_a_letter_that_no_code_has_is_named_with_its_place_and_what_is_meant(sign, meant):
    code = next(code for code in map(code_of, range(100)) if meant in code[8:17])
    place = code.index(meant, 8)
    refused = refusal(code[:place] + sign + code[place + 1 :])
    assert refused.code == "uscc_sign"
    assert (refused.params["place"], refused.params["sign"], refused.params["whole"]) == (place + 1, sign.upper(), code)


def test_the_sign_that_is_likely_wrong_is_named():
    refused = refusal("91330100799655053B")
    assert (refused.code, refused.params["place"], refused.params["meant"]) == ("uscc_check", 17, "8")
    refused = refusal(PRINTED[0][:17] + "C")
    assert (refused.params["place"], refused.params["meant"]) == (18, "B")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("130633000012345", "uscc_old_number"),
        ("79965505-8", "uscc_organisation_code"),
        ("9133010079965505", "uscc_length"),
        ("9133010079965505八B", "uscc_sign"),
        ("11010519491231002X", "uscc_identity_number"),
    ],
)
def test_other_numbers_are_called_what_they_are(text, code):
    assert refusal(text).code == code


def test_a_persons_number_is_not_repeated():
    assert "1949" not in str(refusal("11010519491231002X"))


def test_a_code_whose_organisation_code_is_odd_is_taken_with_a_caution():
    odd = "911306330000001" + "19"
    code = odd + check_sign(odd)
    assert read_uscc(code) == code
    assert not has_right_organisation_code(code)
