"""An agency, an inspection with hazards and its signatures, and papers of them."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from safemonth.collect.forms.actions import receive_answers
from safemonth.collect.inspection.checklists.actions.take_in import take_in_inspection
from safemonth.collect.inspection.drives.actions import add_inspector
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.papers.actions import change_draft, draft_paper, issue, set_office
from safemonth.collect.inspection.papers.models import Paper, PaperItem, PaperOffice
from tests.cast import AT
from tests.collect.inspection.checklists.filling import hazard, inspection_xml, inspector, offer_builtin, workplace

OFFICERS = [{"post": "执法员甲", "certificate": "A-1"}, {"post": "执法员乙", "certificate": "A-2"}]
OFFICE = {
    "name": "山县应急管理局",
    "name_en": "Shan County Emergency Management Bureau",
    "prefix": "山",
    "system": "应急",
    "review_body": "山县人民政府",
    "court": "山县人民法院",
    "address": "山县北街1号",
    "contact_post": "执法大队",
    "contact_phone": "000-0000",
}
LATER = AT + timedelta(hours=1)


def signature(width: int = 300) -> bytes:
    """A drawn signature as a phone sends it."""
    picture = Image.new("RGBA", (width, 120), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(10, 80), (width // 2, 20), (width - 10, 60)], fill=(0, 0, 0, 255), width=5)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def office(county, unit: str = "d1", **fields) -> PaperOffice:
    """The agency of a unit."""
    return set_office(unit=county.unit(unit), fields={**OFFICE, **fields}, by="clerk", at=AT)


def inspected(county, *, hazards: int = 2, signed: str = "signed", signatures: bool = True) -> Inspection:
    """An inspection with hazards, sent from the field with both signatures."""
    offer_builtin("inspection", "recheck")
    who = inspector(unit="d1")
    for post, number in (("执法员甲", "A-1"), ("执法员乙", "A-2")):
        add_inspector(unit=county.unit("d1"), post_title=post, certificate_number=number, by="clerk", at=AT)
    place = workplace()
    place.address = "北乡东关村"
    place.save()
    xml = inspection_xml(
        "uuid:1", place=place, hazards=[hazard(n) for n in range(1, hazards + 1)], unit="d1", signed=signed
    )
    files = {"s1.png": signature(300), "s2.png": signature(280)} if signatures else {}
    received = receive_answers(
        campaign=county.campaign,
        xml=xml,
        files=list(files.items()),
        user=who,
        device=None,
        by=who.username,
        at=AT,
    )
    return take_in_inspection(sent=received.instance, by="clerk", at=AT)


def record(county, inspection: Inspection, agency: PaperOffice) -> Paper:
    """The record of an inspection, issued."""
    draft = draft_paper(
        campaign=county.campaign, kind="record", office=agency, inspection=inspection, by="clerk", at=AT
    )
    return issue(paper=draft, by="clerk", at=AT)


def order(county, inspection: Inspection, agency: PaperOffice, *, after: Paper | None = None) -> Paper:
    """The order of an inspection's hazards, drafted."""
    return draft_paper(
        campaign=county.campaign, kind="order", office=agency, inspection=inspection, after=after, by="clerk", at=AT
    )


def say(paper: Paper, said=None, **of_items) -> Paper:
    """Change a draft, every item alike."""
    items = {item.pk: of_items for item in PaperItem.objects.filter(paper=paper)}
    return change_draft(paper=paper, said=said or {}, items=items, after=paper.after, by="clerk", at=AT)


def hazards() -> list[Hazard]:
    """All hazards, as they stand."""
    return list(Hazard.objects.order_by("pk"))
