"""Which message a receipt is of: by the gateway's number, else by the phone and the time."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress

from safemonth.messaging.fates import OPEN_TO_RECEIPTS, Fate, after_receipt
from safemonth.messaging.links import Receipt
from safemonth.messaging.rules import number_key

# How long after a message left its receipt may come: two days is the longest validity that gateways commonly grant,
# and one more for its way back.
DAYS_S = 3 * 86_400.0
# Clocks of two machines.
SKEW_S = 120.0


def reference_forms(reference: str) -> tuple[str, ...]:
    """Return how the same number may have stood in the answer: as it is, in decimal or in hexadecimal.

    Compared in lower case and without zeros in front. SMPP 3.4 lets a centre write its number in hexadecimal in
    submit_sm_resp and in decimal in the receipt, and many do. The form as it is comes first; an empty number has none.
    """
    forms = [reference.lower().lstrip("0")]
    if reference.isascii() and reference.isdigit():
        forms.append(f"{int(reference):x}")
    with suppress(ValueError):
        forms.append(str(int(reference, 16)))
    return tuple(dict.fromkeys(form for form in forms if form))


def match(
    database: sqlite3.Connection, arrived: Sequence[tuple[float, Receipt]], *, at_s: float, patience_s: float
) -> list[int]:
    """Write receipts to their messages and return the messages; those that fit none yet are kept as strays.

    A receipt by the gateway's number fits one message. Strays are tried again, since the answer that tells the number
    may come after the receipt. A stray whose number is still unknown after `patience_s` (any answer on its way has
    come by then) is of an uncertain message: of the one to the same phone that left before it, if there is exactly
    one; else it stays a stray and is listed. To be called inside a transaction, after the answers were written.
    """
    changed = []
    for received_at_s, receipt in arrived:
        message = _by_reference(database, receipt)
        if message is None:
            database.execute(
                "INSERT INTO stray (reference, destination, said, code, at) VALUES (?, ?, ?, ?, ?)",
                (receipt.reference, receipt.destination, int(receipt.said), receipt.code, received_at_s),
            )
        else:
            _write(database, message, receipt, received_at_s)
            changed.append(message)
    waiting = database.execute(
        "SELECT id, reference, destination, said, code, at FROM stray WHERE at > ? ORDER BY id", (at_s - DAYS_S,)
    ).fetchall()
    uncertain: dict[str, list[tuple[int, float | None]]] | None = None
    for number, reference, destination, said, code, received_at_s in waiting:
        receipt = Receipt(reference, destination, Fate(said), code, 0)
        message = _by_reference(database, receipt)
        if message is None and at_s - received_at_s >= patience_s:
            if uncertain is None:
                uncertain = _uncertain_by_phone(database)
            message = only_candidate(uncertain.get(number_key(destination), ()), received_at_s)
        if message is not None:
            _write(database, message, receipt, received_at_s)
            changed.append(message)
            uncertain = None
            database.execute("DELETE FROM stray WHERE id = ?", (number,))
    return changed


def only_candidate(candidates: Iterable[tuple[int, float | None]], received_at_s: float) -> int | None:
    """Return the one message to a phone (number, when it left) that can have had a receipt then; None where not one.

    A message whose leaving is not known (a power cut took the mark) can have left at any time before.
    """
    fitting = [
        message
        for message, sent_at_s in candidates
        if sent_at_s is None or sent_at_s - SKEW_S <= received_at_s <= sent_at_s + DAYS_S
    ]
    return fitting[0] if len(fitting) == 1 else None


def _by_reference(database: sqlite3.Connection, receipt: Receipt) -> int | None:
    forms = reference_forms(receipt.reference)
    if not forms:
        return None
    places = ", ".join("?" for _ in forms)
    rows = database.execute(
        "SELECT id, destination, ltrim(lower(reference), '0') FROM message"
        f" WHERE reference IS NOT NULL AND ltrim(lower(reference), '0') IN ({places}) ORDER BY id DESC",
        forms,
    ).fetchall()
    # A centre may use a number again after a while, or for another phone's message in the other notation.
    phone = number_key(receipt.destination)
    for form in forms:
        for message, destination, reference in rows:
            if reference == form and (not phone or number_key(destination) == phone):
                return int(message)
    return None


def _uncertain_by_phone(database: sqlite3.Connection) -> dict[str, list[tuple[int, float | None]]]:
    phones: dict[str, list[tuple[int, float | None]]] = {}
    rows = database.execute("SELECT id, destination, sent_at FROM message WHERE state = 6")
    for message, destination, sent_at_s in rows:
        phones.setdefault(number_key(destination), []).append((message, sent_at_s))
    return phones


def _write(database: sqlite3.Connection, message: int, receipt: Receipt, at_s: float) -> None:
    (state,) = database.execute("SELECT state FROM message WHERE id = ?", (message,)).fetchone()
    if Fate(state) in OPEN_TO_RECEIPTS:
        database.execute(
            "UPDATE message SET state = ?, receipt_at = ?, code = ?, reference = coalesce(reference, ?) WHERE id = ?",
            (after_receipt(Fate(state), receipt.said), at_s, receipt.code, receipt.reference or None, message),
        )
