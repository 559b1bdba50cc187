"""A checklist's table becomes a form: the office's own inspection form with the items put before its hazards. Plain Python."""

from collections.abc import Sequence
from dataclasses import replace

from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.inspection.checklists.tables import Checklist, Item
from safemonth.lib.digests import sha256_hex

_FOUND = "| | select_one yes_no | found |"
_ZH, _EN = "简体中文 (zh)", "English (en)"
_CHOICES = (("met", "符合", "Met"), ("not_met", "不符合", "Not met"), ("not_applicable", "不适用", "Not applicable"))


def build_form(checklist: Checklist) -> tuple[str, bytes]:
    """Return the XLSForm of a checklist as a file name and its bytes (tables in Markdown, as the shipped forms).

    The same table gives the same bytes; its version is the first 12 digits of their SHA-256, so that a changed table is a new
    version of the same form, and what was filled in with the old one stays readable.
    """
    skeleton = dict(builtin_forms())["inspection.md"].decode()
    before, found, after = _parted(skeleton)
    headers = [cell.strip() for cell in before[_survey_at(before) + 1].strip("| \n").split(" | ")]
    rows = [row for item in checklist.items for row in _item_rows(item, headers)]
    again = found.replace("发现隐患了吗？", "还有别的隐患吗？").replace("Were hazards found?", "Any further hazards?")
    body = [line for line in [*before, *rows, again, *after] if not line.startswith("#")]
    choices = body.index("| choices |")
    body[choices + 2 : choices + 2] = [f"| | item_results | {name} | {zh} | {en} |" for name, zh, en in _CHOICES]
    version = sha256_hex("\n".join([*body, *_settings(checklist, "")]).encode())[:12]
    text = "\n".join([*body, *_settings(checklist, version), ""])
    return f"{checklist.form_id}.md", text.encode()


def with_items(checklist: Checklist, items: Sequence[Item]) -> Checklist:
    """Return a checklist with other items, as the office changed its table."""
    return replace(checklist, items=tuple(items))


def _parted(skeleton: str) -> tuple[list[str], str, list[str]]:
    """The lines before the question about hazards, that line, and those after it up to the settings."""
    lines = skeleton.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(_FOUND))
    return lines[:at], lines[at], lines[at + 1 : lines.index("| settings |")]


def _survey_at(lines: Sequence[str]) -> int:
    return lines.index("| survey |")


def _settings(checklist: Checklist, version: str) -> list[str]:
    return [
        "| settings |",
        "| | form_title | safemonth_title_en | form_id | version | default_language | safemonth_purpose |",
        f"| | {checklist.title_zh} | {checklist.title_en} | {checklist.form_id} | {version} | {_ZH} | inspection |",
    ]


def _item_rows(item: Item, headers: Sequence[str]) -> list[str]:
    """The rows of one item: whether it is met, and where it is not, the hazard."""
    code = item.code
    breach = f"${{{code}_result}} = 'not_met'"

    def row(kind: str, name: str, zh: str = "", en: str = "", *, relevant: str = breach, **cells: str) -> str:
        said = {"type": kind, "name": name, f"label::{_ZH}": zh, f"label::{_EN}": en, "relevant": relevant}
        for word, text in cells.items():
            said[word.replace("_zh", f"::{_ZH}").replace("_en", f"::{_EN}")] = text
        return "| | " + " | ".join(said.get(header, "") for header in headers) + " |"

    left = f"{breach} and ${{{code}_on_the_spot}} = 'no'"
    return [
        row("begin group", code, relevant=""),
        row(
            "select_one item_results",
            f"{code}_result",
            item.item_zh,
            item.item_en,
            relevant="",
            required="yes",
            hint_zh=item.basis_zh,
            hint_en=item.basis_en,
            safemonth=f"item {item.basis_zh}",
        ),
        row(
            "text",
            f"{code}_what",
            "发现了什么？",
            "What was found?",
            safemonth="hazard.text",
            constraint="string-length(.) <= 500",
            constraint_message_zh="最多500字。",
            constraint_message_en="At most 500 characters.",
        ),
        row(
            "select_one grades",
            f"{code}_grade",
            "哪一级？",
            "Which grade?",
            required="yes",
            default=item.grade,
            safemonth="hazard.grade",
        ),
        row(
            "text",
            f"{code}_spot",
            "在什么部位？",
            "In which spot?",
            required="yes",
            safemonth="hazard.spot",
            constraint="string-length(.) <= 160",
            constraint_message_zh="最多160字。",
            constraint_message_en="At most 160 characters.",
        ),
        row("image", f"{code}_photo", "隐患照片", "Photo of the hazard", required="yes", safemonth="hazard.photo"),
        row(
            "select_one yes_no",
            f"{code}_on_the_spot",
            "当场整改好了吗？",
            "Put right on the spot?",
            required="yes",
            safemonth="hazard.on_the_spot",
        ),
        row(
            "date",
            f"{code}_deadline",
            "限哪天前整改好？",
            "To be put right by?",
            relevant=left,
            required="yes",
            constraint=". >= ${from_on}",
            constraint_message_zh="应不早于检查那天。",
            constraint_message_en="It must not be before the inspection.",
            safemonth="hazard.deadline",
        ),
        row(
            "text",
            f"{code}_responsible",
            "由谁负责整改？",
            "Who is responsible?",
            safemonth="hazard.responsible",
            constraint="string-length(.) <= 120",
            constraint_message_zh="最多120字。",
            constraint_message_en="At most 120 characters.",
        ),
        row("end group", "", relevant=""),
    ]
