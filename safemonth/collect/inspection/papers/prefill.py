"""What a draft says before anybody types: out of the inspection, its hazards, the register and the earlier paper."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from PIL import Image

from safemonth.collect.inspection.drives.models import Inspector, TeamMember
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.inspections.queries import files_of
from safemonth.collect.inspection.papers.kinds import DECISION, ORDER, RECHECK, RECORD, REFERRAL
from safemonth.collect.inspection.papers.models import Paper, PaperItem
from safemonth.collect.inspection.papers.rules import signatures_hold
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import standing
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused

# Which law lets an inspector order, decide on site and refer (Work Safety Law 2021).
_BASIS = {
    DECISION: "《中华人民共和国安全生产法》第六十五条第一款第三项",
    ORDER: "《中华人民共和国安全生产法》第六十五条第一款第二项",
    REFERRAL: "《中华人民共和国安全生产法》第六十九条",
}

_YES_NO: dict[Any, str] = {True: "yes", False: "no"}


def said_at_first(
    kind: str,
    *,
    workplace: Workplace,
    inspection: Inspection | None,
    hazards: Sequence[Hazard],
    after: Paper | None,
) -> dict[str, Any]:
    """Return what a new draft says, by name (`papers/rules.py`); what nothing on record says is empty."""
    place = standing(workplace)
    said: dict[str, Any] = {
        "workplace": place.name,
        "head": "",
        "officers": _officers(inspection, after),
    }
    started = timezone.localtime(inspection.started_at) if inspection else None
    ended = timezone.localtime(inspection.ended_at) if inspection and inspection.ended_at else None
    day = started.date().isoformat() if started else ""
    match kind:
        case "record":
            form = inspection.said if inspection else {}
            shown = _YES_NO.get(form.get("certificates_shown"), "")
            said |= {
                "address": place.address,
                "head_post": place.manager_post,
                "phone": place.manager_phone,
                "place": _places(form, hazards) or place.address,
                "from_at": started.isoformat(timespec="minutes") if started else "",
                "to_at": ended.isoformat(timespec="minutes") if ended else "",
                "certificates_shown": shown,
                "findings": _findings(hazards),
                "signed_how": inspection.signed_by_workplace if inspection else "",
                "unsigned_why": _why_unsigned(form),
            }
        case "decision" | "order":
            said |= {"found_on": day or _day_found(after), "basis": _BASIS[kind]}
            if kind == DECISION:
                said["measures"] = ""
        case "recheck":
            said |= {"recheck_on": day if inspection and inspection.is_recheck else "", "opinion": ""}
        case "referral":
            said |= {"to_name": "", "to_unit": "", "case": "", "reason": "", "basis": _BASIS[REFERRAL], "materials": ""}
    return said


def item_at_first(kind: str, hazard: Hazard, *, inspection: Inspection | None) -> dict[str, Any]:
    """Return what a new draft says of a hazard; a recheck's result is that of the recheck on site where there was one."""
    settled = hazard.facts.get("settled", {}) if isinstance(hazard.facts, dict) else {}
    said = {"text": hazard.text, "spot": hazard.spot, "basis": str(settled.get("basis") or "")}
    deadline = hazard.deadline_on.isoformat() if hazard.deadline_on else ""
    match kind:
        case "order":
            return {**said, "deadline_on": deadline}
        case "decision":
            return {**said, "is_stop": False}
        case "recheck":
            result = {"closed": "done", "failed": "not_done"}.get(hazard.state, "")
            reason = _why_failed(hazard, inspection)
            again = deadline if result == "not_done" else ""
            return {**said, "result": result, "reason": reason, "new_deadline_on": again}
    return said


def drawn_of(paper: Paper) -> dict[str, str]:
    """Return the digests of the signatures that may stand in a paper: drawn under the form, and what was signed unchanged.

    Files that have not arrived, or are no picture, are not among them.
    """
    inspection = paper.inspection
    if inspection is None or paper.kind not in (RECORD, RECHECK) or (paper.kind == RECHECK) != inspection.is_recheck:
        return {}
    if paper.kind == RECORD:
        hazards = list(Hazard.objects.filter(inspection=inspection).order_by("pk"))
        signed = said_at_first(RECORD, workplace=paper.workplace, inspection=inspection, hazards=hazards, after=None)
    else:
        # What the form asked was the result of each item; the opinion is put in words by whoever drafts.
        if not _results_hold(paper, inspection):
            return {}
        signed = {**paper.said, "recheck_on": timezone.localdate(inspection.started_at).isoformat()}
    if not signatures_hold(paper.kind, paper.said, signed):
        return {}
    version = InspectionVersion.objects.filter(version_key=inspection.said.get("version", "")).first()
    if version is None:
        return {}
    files = files_of([version])[version.version_key]
    drawn = {}
    for who in ("inspector", "workplace"):
        file = files.get(str(version.said.get(f"sign_{who}") or ""))
        if file is not None and _is_picture(file.sha256):
            drawn[who] = file.sha256
    return drawn


def pictures_of(drawn: dict[str, str]) -> dict[str, bytes]:
    """Return the bytes of signatures by digest; one that is gone from the store is left out."""
    found = {}
    for sha256 in drawn.values():
        try:
            found[sha256] = bytes_kept(sha256)
        except Refused:
            continue
    return found


def _results_hold(paper: Paper, inspection: Inspection) -> bool:
    """Whether the paper says of each item what the signed form said."""
    signed = {str(each["hazard"]): each["result"] == "done" for each in inspection.said.get("rechecks", ())}
    items = PaperItem.objects.filter(paper=paper, is_left_out=False).select_related("hazard")
    return all(signed.get(str(item.hazard.key)) == (item.said.get("result") == "done") for item in items)


def _is_picture(sha256: str) -> bool:
    try:
        with Image.open(io.BytesIO(bytes_kept(sha256)), formats=("PNG", "JPEG")) as picture:
            picture.verify()
    except (Refused, OSError, SyntaxError, ValueError):
        return False
    return True


def _officers(inspection: Inspection | None, after: Paper | None) -> list[dict[str, str]]:
    """The officers as the form names them, with their certificates from the roll; else the team's; else the earlier paper's."""
    who = [str(each) for each in inspection.said.get("who", ())] if inspection else []
    if who:
        roll = dict(Inspector.objects.filter(is_active=True).values_list("post_title", "certificate_number"))
        return [_officer(each, roll) for each in who]
    if inspection is not None and inspection.team is not None:
        members = TeamMember.objects.filter(team=inspection.team).select_related("inspector")
        return [
            {"post": member.inspector.post_title, "certificate": member.inspector.certificate_number}
            for member in members
        ]
    if after is not None:
        return [dict(each) for each in after.said.get("officers") or ()]
    return []


def _officer(text: str, roll: dict[str, str]) -> dict[str, str]:
    """A post with its certificate: from the roll, else the number written behind it (signs and digits at the end)."""
    for post, certificate in sorted(roll.items(), key=lambda each: -len(each[0])):
        if post and post in text:
            return {"post": post, "certificate": certificate or text.replace(post, "").strip(" ()（）:：")}
    post, _, number = text.rpartition(" ")
    if post and any(sign.isdigit() for sign in number):
        return {"post": post.strip(), "certificate": number.strip()}
    return {"post": text, "certificate": ""}


def _places(form: dict[str, Any], hazards: Sequence[Hazard]) -> str:
    spots = dict.fromkeys([str(form.get("place") or ""), *(hazard.spot for hazard in hazards)])
    return "、".join(spot for spot in spots if spot)


def _findings(hazards: Sequence[Hazard]) -> str:
    lines = []
    for number, hazard in enumerate(hazards, start=1):
        text = hazard.text.rstrip("。；;.")
        where = f"{hazard.spot}：" if hazard.spot and hazard.spot not in text else ""
        right = "（当场已整改）" if hazard.state == "closed" and hazard.closed_on == hazard.found_on else ""
        lines.append(f"{number}．{where}{text}{right}。")
    return "\n".join(lines) or "未发现违法违规行为和事故隐患。"


def _why_unsigned(form: dict[str, Any]) -> str:
    """Of what the form notes, the last is the reason why it is not signed."""
    notes = [str(each) for each in form.get("notes", ())]
    return notes[-1] if notes and form.get("signed_how") in ("refused", "absent") else ""


def _why_failed(hazard: Hazard, inspection: Inspection | None) -> str:
    said = inspection.said.get("rechecks", ()) if inspection else ()
    return next((str(each.get("reason") or "") for each in said if each.get("hazard") == str(hazard.key)), "")


def _day_found(after: Paper | None) -> str:
    if after is None:
        return ""
    return str(after.said.get("from_at") or "")[:10] or str(after.said.get("found_on") or "")
