"""Hazards whose workplace was merged, or moved to another department or township, since their rows were made."""

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import CLOSED


def out_of_step() -> list[str]:
    """Return the keys of hazards not closed whose unit in charge or township is not their workplace's any more; one statement.

    Whom an order names stays in charge, whatever the workplace's department.
    """
    rows = Hazard.objects.exclude(state=CLOSED).filter(workplace__isnull=False)
    rows = rows.select_related("workplace__merged_into").only(
        "key",
        "facts",
        "charge_of",
        "township",
        "workplace__department",
        "workplace__township",
        "workplace__merged_into__department",
        "workplace__merged_into__township",
    )
    return [str(row.key) for row in rows.order_by("pk") if _differs(row)]


def _differs(row: Hazard) -> bool:
    place = row.workplace
    if place is None:
        return False
    place = place.merged_into or place
    in_charge = place.department_id or place.township_id
    is_named = bool(row.facts.get("settled", {}).get("in_charge"))
    return row.township_id != place.township_id or (not is_named and row.charge_of_id != in_charge)
