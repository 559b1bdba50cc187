"""What a reporter enters on the web becomes the same bytes as any other submission. Plain Python."""

from collections.abc import Mapping, Sequence

from safemonth.collect.readers.forms import FORMAT
from safemonth.lib.digests import canonical_json
from safemonth.lib.refusals import Refused, gettext_noop


def activity_entry(*, fields: Mapping[str, str], indicators: Sequence[str], unit: str, key: str) -> bytes:
    """Return the bytes of one entered activity.

    `fields` are the form's (title, kind, place, from_on, to_on, and `value-CODE` for each indicator; blank means
    not said). `key` is the form's own identity, so that a second click sends the same bytes. Raises
    Refused `title_missing`, `date_missing` or `no_values`.
    """
    if not fields.get("title", "").strip():
        raise Refused("title_missing", gettext_noop("Say what was done, in a few words."))
    if not fields.get("from_on", "").strip():
        raise Refused("date_missing", gettext_noop("Say on which day it was."))
    measures = [
        {"indicator": code, "value": fields[f"value-{code}"].strip()}
        for code in indicators
        if fields.get(f"value-{code}", "").strip()
    ]
    if not measures:
        raise Refused("no_values", gettext_noop("Give at least one number; leave blank what was not counted."))
    form = {
        "format": FORMAT,
        "key": key,
        "unit": unit,
        "activities": [
            {
                "title": fields["title"].strip(),
                "kind": fields.get("kind", ""),
                "place": fields.get("place", "").strip(),
                "from_on": fields["from_on"].strip(),
                "to_on": fields.get("to_on", "").strip() or None,
                "measures": measures,
            }
        ],
        "return": None,
    }
    return canonical_json(form).encode()


def return_entry(*, unit: str, key: str, is_nil: bool, period_from: str, period_to: str, signed_by: str) -> bytes:
    """Return the bytes of a signed statement that what is listed is complete, or that there is nothing."""
    signed = {"is_nil": is_nil, "period_from": period_from, "period_to": period_to, "signed_by": signed_by}
    return canonical_json({"format": FORMAT, "key": key, "unit": unit, "activities": [], "return": signed}).encode()
