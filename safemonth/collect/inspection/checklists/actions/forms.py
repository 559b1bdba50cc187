"""A changed table becomes the next version of its form."""

from datetime import datetime

from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.models import FormVersion
from safemonth.collect.inspection.checklists.building import build_form, with_items
from safemonth.collect.inspection.checklists.tables import Checklist, read_items


def offer_checklist(
    *, checklist: Checklist, table: bytes | None = None, by: str, at: datetime
) -> tuple[FormVersion, bool]:
    """Offer a trade's checklist as a form, with the items of `table` (CSV) where one is given; returns it and whether it is new.

    The same items again change nothing. Raises Refused as `tables.read_items` and `add_form` do.
    """
    changed = with_items(checklist, read_items(table)) if table is not None else checklist
    name, data = build_form(changed)
    return add_form(data=data, file_name=name, by=by, at=at)
