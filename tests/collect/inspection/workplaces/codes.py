"""Valid credit codes for tests, made from a number."""

from safemonth.collect.inspection.workplaces.uscc import check_sign, organisation_check_sign


def code_of(number: int) -> str:
    """Return the valid credit code of enterprise `number` (0 to 9,999,999) of the made county."""
    body = f"{number:07d}1"
    first = f"91130633{body}{organisation_check_sign(body)}"
    return first + check_sign(first)
