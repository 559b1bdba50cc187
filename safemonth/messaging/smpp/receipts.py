"""A delivery receipt as SMPP centres write it: in optional fields, else in a text (SMPP 3.4, appendix B)."""

import re

from safemonth.messaging.fates import Fate

# message_state, 5.2.28.
STATES = {
    1: (Fate.ACCEPTED, "ENROUTE"),
    2: (Fate.DELIVERED, "DELIVRD"),
    3: (Fate.FAILED, "EXPIRED"),
    4: (Fate.FAILED, "DELETED"),
    5: (Fate.FAILED, "UNDELIV"),
    6: (Fate.ACCEPTED, "ACCEPTD"),
    7: (Fate.ACCEPTED, "UNKNOWN"),
    8: (Fate.FAILED, "REJECTD"),
}
# Appendix B's words, and others seen: carriers in China send their own codes for failures (MA:0001, DB:0141 …).
WORDS = {word: fate for fate, word in STATES.values()} | {
    "DELIVERED": Fate.DELIVERED,
    "FAILED": Fate.FAILED,
    "UNDELIVERABLE": Fate.FAILED,
    "REJECTED": Fate.FAILED,
    "BUFFRED": Fate.ACCEPTED,
    "ACCEPTED": Fate.ACCEPTED,
}

_ID = re.compile(r"\bid:\s*(\S+)", re.IGNORECASE)
_STATE = re.compile(r"\bstat:\s*(\S+)", re.IGNORECASE)
_ERROR = re.compile(r"\berr:\s*(\S+)", re.IGNORECASE)


def fate_of(word: str) -> Fate:
    """Return what a state's word says; a word that is unknown is a failure's code, an empty one says nothing final."""
    return WORDS.get(word.upper(), Fate.FAILED) if word else Fate.ACCEPTED


def read(text: str, *, reference: str | None, state: int | None) -> tuple[str, Fate, str]:
    """Return the message's number, its fate and the network's code.

    `reference` and `state` are the optional fields receipted_message_id and message_state, which hold before the
    text where they are there. A text without them gives an empty number and ACCEPTED, which changes nothing.
    """
    found = _ID.search(text)
    word = _STATE.search(text)
    error = _ERROR.search(text)
    number = reference or (found[1] if found else "")
    if state in STATES:
        said, code = STATES[state]
    else:
        code = word[1] if word else ""
        said = fate_of(code)
    if error and error[1].strip("0"):
        code = f"{code} {error[1]}"
    return number, said, code
