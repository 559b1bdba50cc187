"""The demo's files: the same on every run, of every shape, openable, and without a person's name."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from importlib.resources import files

import docx
import openpyxl
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from safemonth.demo import county, plan
from safemonth.demo.bodies import BODIES, MOBILISATION_MEETING
from safemonth.demo.expected import LATE, MISSING, NIL, is_late, reported
from safemonth.demo.files import all_drafts, write_files
from safemonth.demo.sent import Draft


@pytest.fixture(scope="module")
def drafts():
    return all_drafts()


def words_of(draft: Draft) -> str:
    """Return all words of a file, by another library than the readers use where there is one."""
    ending = draft.name.rsplit(".", 1)[1]
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(draft.content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    if ending == "xls":
        old = CalamineWorkbook.from_filelike(io.BytesIO(draft.content))
        return "\n".join(
            str(cell) for name in old.sheet_names for row in old.get_sheet_by_name(name).to_python() for cell in row
        )
    if ending == "docx":
        document = docx.Document(io.BytesIO(draft.content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if ending == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(draft.content)).pages)
    try:
        return draft.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return draft.content.decode("gb18030")


def test_every_run_gives_the_same_bytes(drafts):
    again = {draft.name: draft for draft in all_drafts()}
    assert [draft.name for draft in drafts if again[draft.name] != draft] == []


def test_there_are_at_least_sixty_files_with_names_of_their_own(drafts):
    assert len({draft.name for draft in drafts}) == len(drafts) >= 60


def test_all_shapes_are_there(drafts):
    endings = Counter(draft.name.rsplit(".", 1)[1] for draft in drafts)
    assert endings.keys() == {"xlsx", "xls", "csv", "docx", "txt", "html", "pdf", "json"}
    assert {draft.channel for draft in drafts} == {"sheet", "letter", "web"}
    csv_encodings = {
        "utf-8-sig" if d.content.startswith(b"\xef\xbb\xbf") else "gb18030" if not _is_utf8(d.content) else "utf-8"
        for d in drafts
        if d.name.endswith(".csv")
    }
    assert csv_encodings == {"utf-8-sig", "utf-8", "gb18030"}


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_what_a_good_intake_must_catch_is_all_there(drafts):
    expected = {word.split(":")[0] if not word.startswith("hold") else word for d in drafts for word in d.expect}
    assert expected == {
        "accept",
        "ask",
        "caution",
        "correction",
        "hold:duplicate",
        "hold:impossible",
        "hold:negative",
        "hold:other-unit",
        "hold:outside-month",
        "hold:running-total",
        "hold:unknown-unit",
        "late",
        "nil",
        "same-bytes",
        "skip",
    }


def test_files_that_are_named_as_corrected_or_repeated_came_before(drafts):
    arrived = {draft.name: draft for draft in drafts}
    for draft in drafts:
        for word in draft.expect:
            kind, _, name = word.partition(":")
            if kind in ("correction", "same-bytes"):
                assert arrived[name].received_at < draft.received_at
                assert arrived[name].sender == draft.sender
                assert (arrived[name].content == draft.content) == (kind == "same-bytes")


def test_each_unit_that_reported_returns_its_month_once(drafts):
    months = Counter(code for draft in drafts for code in draft.returns_for)
    running = {draft.returns_for for draft in drafts if "hold:running-total" in draft.expect}
    assert set(months) == set(reported())
    assert set(months.values()) == {1}
    assert running == {("130633107",)}


def test_late_and_nil_returns_are_those_that_are_said_to_be(drafts):
    assert {code for d in drafts if is_late(d.received_at) for code in d.returns_for} == set(LATE)
    assert {d.sender for d in drafts if "late" in d.expect} == set(LATE)
    assert {d.sender for d in drafts if "nil" in d.expect} == set(NIL)


def test_who_is_missing_sent_nothing(drafts):
    assert not {draft.sender for draft in drafts} & set(MISSING)


def test_files_are_written_with_their_bytes_in_order_of_arrival(drafts, tmp_path):
    sent = write_files(tmp_path / "in")
    assert [file.path.name for file in sent] == [draft.name for draft in drafts]
    assert [file.received_at for file in sent] == sorted(file.received_at for file in sent)
    assert all(file.path.read_bytes() == draft.content for file, draft in zip(sent, drafts, strict=True))


def test_every_file_can_be_opened_and_says_something(drafts):
    assert [draft.name for draft in drafts if len(words_of(draft)) < 30] == []


def test_web_entries_are_forms_of_the_sender(drafts):
    for draft in drafts:
        if draft.channel == "web":
            form = json.loads(draft.content)
            assert draft.name.endswith(".form.json")
            assert form["format"] == "safemonth-form-1"
            assert form["unit"] == draft.sender


def test_nobody_is_named(drafts):
    """A name stands before a title (王某某局长) or after one that introduces it (负责人：张…, 联系人 李…)."""
    introduced = re.compile(
        r"(联系人|负责人|填表人|填报人|审核人|经办人)[：:]\s*[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff](同志|先生|女士)"
    )
    titled = re.compile(
        r"(?<![\u4e00-\u9fff])[赵钱孙李周吴郑王张刘陈杨黄][\u4e00-\u9fff]{0,2}(局长|镇长|乡长|主任|书记|县长)"
    )
    assert introduced.search("联系人：张三丰") and titled.search("，李某某局长")
    texts = {draft.name: words_of(draft) for draft in drafts}
    assert {
        name: found[0] for name, text in texts.items() if (found := introduced.search(text) or titled.search(text))
    } == {}


def test_rules_of_assignment_name_units_that_there_are():
    for task in plan.TASKS:
        for part in task.rule.split("+"):
            word, _, argument = part.partition(":")
            assert (word, argument) == ("kind", "township") or set(argument.split(",")) <= county.names().keys()


def test_tasks_and_notices_have_codes_of_their_own():
    assert len({task.code for task in plan.TASKS}) == len(plan.TASKS)
    assert len({notice.number for notice in plan.NOTICES}) == len(plan.NOTICES)
    assert {notice.issued_by for notice in plan.NOTICES} <= {body.code for body in BODIES}


def test_two_supervision_teams_have_two_people_from_each_of_five_bodies():
    teams = [body for body in BODIES if body.kind == "supervision_team"]
    people = Counter(seat.unit for team in teams for seat in team.seats)
    assert len(teams) == 2
    assert [len(team.seats) for team in teams] == [5, 5]
    assert people == dict.fromkeys(county.SUPERVISING, 2)
    assert [team.seats[0].role for team in teams] == ["head", "head"]


def test_the_meeting_asked_each_unit_once_and_was_on_30_may():
    asked = [code for code, _ in MOBILISATION_MEETING.attendance]
    assert len(asked) == len(set(asked))
    assert MOBILISATION_MEETING.held_on == date(2019, 5, 30)


def test_units_have_codes_and_english_names_and_short_names_of_one_unit_only():
    units = county.other_units()
    short = [name for unit in units for name in unit.other_names]
    assert len(short) == len(set(short))
    assert all(unit.name_en.isascii() and unit.name_en for unit in (*units, *county.townships()))
    assert len(county.townships()) == 29
    assert not {unit.code for unit in units} & county.division_names().keys()


def test_tables_of_the_demo_have_no_line_twice():
    for name in ("units.csv", "townships.csv"):
        with files("safemonth").joinpath(f"demo/data/{name}").open(encoding="utf-8") as lines:
            codes = [row["code"] for row in csv.DictReader(lines)]
        assert len(codes) == len(set(codes))
