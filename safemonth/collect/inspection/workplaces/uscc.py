"""Unified social credit codes: read, checked by both check signs, and where one is wrong, which sign it may be.

GB 32100-2015, Coding rule of the unified social credit identifier for legal entities and other organisations: 18 signs
(1 registering department, 2 kind of body, 3-8 administrative division, 9-17 organisation code, 18 check sign) of 31
(digits, and capital letters without I, O, S, V, Z); the check sign is a system of ISO 7064's kind, modulo 31, weights
3^(i-1). Signs 9-17 are an organisation code by GB 11714-1997, whose last sign checks the eight before it, modulo 11.
"""

import re
import unicodedata
from typing import Final

from safemonth.lib.refusals import Refused, gettext_noop

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH: Final = 18
_VALUE: Final = {sign: value for value, sign in enumerate(ALPHABET)}
# 3^(i-1) mod 31 for i = 1..17 (GB 32100-2015, table 4).
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
# GB 11714-1997, 3.2.
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
# Letters that no code has, and what is meant where one is typed: those that look like it.
LOOK_ALIKES: Final = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
_BLANKS: Final = re.compile(r"[\s\-—–_.·,，]+")
# GB 11643-1999: weights and check signs of a person's identity number.
_IDENTITY_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS: Final = "10X98765432"


def check_sign(first: str) -> str:
    """Return the check sign of a code's first 17 signs (all of `ALPHABET`); KeyError or ValueError otherwise."""
    total = sum(_VALUE[sign] * weight for sign, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_sign(first: str) -> str:
    """Return the check sign of an organisation code's first eight signs (digits and capital letters), GB 11714-1997."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(first, _ORGANISATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def is_right(code: str) -> bool:
    """Return whether a text is a code as it stands: 18 signs of the alphabet, and the check sign is right."""
    return len(code) == LENGTH and set(code) <= _VALUE.keys() and check_sign(code[:17]) == code[17]


def has_right_organisation_code(code: str) -> bool:
    """Return whether the organisation code inside (signs 9-17) bears its own check sign out.

    Some codes in use do not, though their 18th sign is right; so it is a caution, and not refused.
    """
    return organisation_check_sign(code[8:16]) == code[16]


def read_uscc(text: str) -> str:
    """Return the code that a text means, as 18 capital signs; "" for an empty one.

    Full-width signs, small letters, spaces and dashes are taken for what they are. Raises Refused, naming the sign:
    `uscc_sign` (one that no code has: O for 0, I for 1), `uscc_length`, `uscc_old_number` (15 digits: the business
    registration number before October 2015), `uscc_organisation_code` (9 signs), `uscc_identity_number` (a person's,
    which is not repeated), `uscc_check` (the check sign does not fit; with the sign that is likely wrong).
    """
    code = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not code:
        return ""
    if is_right(code):
        return code
    if _is_identity_number(code):
        raise Refused(
            "uscc_identity_number",
            gettext_noop("This is a person's identity number, and no credit code. Take it out of the list."),
        )
    _refuse_other_numbers(code)
    _refuse_strange_signs(code)
    raise Refused(
        "uscc_check",
        gettext_noop(
            "The credit code “%(code)s” is wrong: its check sign does not fit. Most likely sign %(place)s, “%(sign)s”, "
            "should be “%(meant)s”; look at the licence."
        ),
        code=code,
        **_likely_slip(code),
    )


def _refuse_other_numbers(code: str) -> None:
    if len(code) == 15 and code.isdigit():
        raise Refused(
            "uscc_old_number",
            gettext_noop(
                "“%(code)s” is a registration number of 15 digits, as before October 2015. "
                "Give the unified social credit code of 18 signs from the new licence."
            ),
            code=code,
        )
    if len(code) == 9 and code.isalnum():
        raise Refused(
            "uscc_organisation_code",
            gettext_noop(
                "“%(code)s” is an organisation code (9 signs). Give the unified social credit code (18 signs)."
            ),
            code=code,
        )
    if len(code) != LENGTH:
        raise Refused(
            "uscc_length",
            gettext_noop("The credit code “%(code)s” has %(count)s signs; it must have 18."),
            code=code[:40],
            count=len(code),
        )


def _refuse_strange_signs(code: str) -> None:
    wrong = [(place, sign) for place, sign in enumerate(code, 1) if sign not in _VALUE]
    if not wrong:
        return
    place, sign = wrong[0]
    meant = "".join(LOOK_ALIKES.get(each, each) for each in code)
    if is_right(meant):
        raise Refused(
            "uscc_sign",
            gettext_noop(
                "Sign %(place)s of the credit code is “%(sign)s”, which no code has. With “%(meant)s” there it is right: "
                "%(whole)s. Correct it so if the licence says so."
            ),
            place=place,
            sign=sign,
            meant=LOOK_ALIKES[sign],
            whole=meant,
        )
    raise Refused(
        "uscc_sign",
        gettext_noop(
            "Sign %(place)s of the credit code “%(code)s” is “%(sign)s”, which no code has: "
            "digits, and letters without I, O, S, V, Z."
        ),
        place=place,
        sign=sign,
        code=code,
    )


def _likely_slip(code: str) -> dict[str, object]:
    """Return the sign that is likely wrong: the one slip after which both check signs fit, look-alikes first.

    A single wrong sign leaves 18 candidates (one a place); the organisation code's check sign leaves out those inside
    it that it does not bear out. Where nothing else is likelier it is the check sign itself.
    """
    fits: list[tuple[bool, bool, int, str]] = []
    for place in range(LENGTH):
        for sign in ALPHABET:
            other = code[:place] + sign + code[place + 1 :]
            if sign == code[place] or (2 <= place < 8 and not sign.isdigit()):
                continue
            if is_right(other) and has_right_organisation_code(other):
                fits.append((frozenset((sign, code[place])) not in _LIKE, place != 17, place, sign))
    if not fits:
        return {"place": LENGTH, "sign": code[17], "meant": check_sign(code[:17])}
    # With no like sign and an organisation code that is right, the check sign is as likely as any, and stands last.
    _, _, place, meant = min(fits)
    return {"place": place + 1, "sign": code[place], "meant": meant}


# Signs that are taken for each other in print and in handwriting.
_LIKE: Final = {
    frozenset(pair)
    for pair in ("8B", "0D", "0Q", "1L", "1J", "2Y", "5G", "6G", "17", "38", "69", "UY", "MN", "CG", "EF", "PR")
}


def _is_identity_number(code: str) -> bool:
    if not re.fullmatch(r"[1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]", code):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code[:17], _IDENTITY_WEIGHTS, strict=True))
    return _IDENTITY_CHECKS[total % 11] == code[17]
