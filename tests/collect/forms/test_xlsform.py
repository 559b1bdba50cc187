"""A sheet that a clerk designed becomes a form, and each mistake in it is said with its row."""

import subprocess
import sys

import pytest
from openpyxl import Workbook

from safemonth.collect.forms.builtin import xlsx_of
from safemonth.collect.forms.design import design_of
from safemonth.collect.forms.meanings import (
    BASES,
    KINDS,
    PURPOSES,
    Meaning,
    nearest_meanings,
    read_meaning,
    says_yes,
)
from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.collect.readers.reading import Basis
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused
from safemonth.plan.models import ActivityKind
from tests.collect.forms.forms_made import design_from, survey

MEANT = "type | name | label | safemonth"
INDICATORS = load_indicators()


def refused(*sheets: str, file_name: str = "trial.md") -> Refused:
    with pytest.raises(Refused) as caught:
        design_from(*sheets, file_name=file_name)
    return caught.value


SHEET = "\n".join(
    [
        "| survey |",
        "| | type | name | label::简体中文 (zh) | label::English (en) | required | relevant | constraint | constraint_message::简体中文 (zh) | SafeMonth |",
        "| | select_one_from_file units.csv | unit | 单位 | Unit | yes | | | | unit |",
        "| | begin group | g | 活动 | Activity | | ${unit} != '' | | | |",
        "| | date | day | 哪天 | Day | yes | | . <= today() | 不晚于今天 | From on |",
        "| | integer | 横幅 | 横幅 | Banners | | | . >= 0 | | banners_hung |",
        "| | end group | | | | | | | | |",
        "| | begin repeat | spot | 地点 | Spot | | | | | |",
        "| | image | photo | 照片 | Photo | | | | | evidence |",
        "| | end repeat | | | | | | | | |",
        "| | calculate | asked | | | | | | | |",
        "| settings |",
        "| | form_title | safemonth_title_en | form_id | version | default_language | safemonth_kind |",
        "| | 宣传 | Publicity | publicity | 7 | 简体中文 (zh) | consulting_day |",
    ]
).replace("| | calculate | asked | | | | | | | |\n", "")


def test_a_form_says_what_it_asks_and_what_it_means():
    design = design_from(SHEET)
    assert (design.form_id, design.version, design.title) == ("publicity", "7", "宣传")
    assert (design.purpose, design.kind) == ("activity", "consulting_day")
    assert (design.titles, design.languages, design.media) == (
        {"zh": "宣传", "en": "Publicity"},
        ("zh", "en"),
        ("units.csv",),
    )
    assert design.meanings == {
        "/data/unit": "unit",
        "/data/g/day": "from_on",
        "/data/g/横幅": "banners_hung",
        "/data/spot/photo": "evidence",
    }
    day = design.by_path["/data/g/day"]
    assert (day.type, day.required, day.constraint) == ("date", "true()", ". <= today()")
    assert (day.labels, day.constraint_message) == ({"zh": "哪天", "en": "Day"}, {"zh": "不晚于今天"})
    assert design.by_path["/data/unit"].choices_file == "units.csv"
    assert design.by_path["/data/spot/photo"].repeat == "/data/spot"
    assert design.section_by_path["/data/g"].relevant == "/data/unit  != ''"


def test_the_devices_see_nothing_of_the_column():
    assert b"safemonth" not in design_from(SHEET).xform.lower()


def test_a_stored_form_gives_the_same_design():
    design = design_from(SHEET)
    again = design_of(design.xform, meanings=design.meanings, purpose=design.purpose, kind=design.kind)
    assert (again.questions, again.sections, again.media) == (design.questions, design.sections, design.media)


def test_the_same_sheet_gives_the_same_bytes_in_another_process():
    script = (
        "import sys; from safemonth.collect.forms.xlsform import read_xlsform; "
        "sys.stdout.buffer.write(read_xlsform(sys.stdin.buffer.read(), file_name='trial.md', "
        "indicators={'banners_hung'}).xform)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=SHEET.encode(),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {design_from(SHEET).xform}


def test_the_file_it_came_in_does_not_matter():
    sheets = survey("text | a | A | title", "integer | n | N | drills", columns=MEANT)
    sheets += "\n| settings |\n| | form_id |\n| | trial |"
    csv = "survey,,,,\n,type,name,label,safemonth\n,text,a,A,title\n,integer,n,N,drills\nsettings\n,form_id\n,trial\n"
    made = [
        read_xlsform(data, file_name=name, indicators=INDICATORS)
        for data, name in (
            (sheets.encode(), "a.md"),
            (csv.encode(), "a.csv"),
            (csv.encode("utf-16"), "a.csv"),
            (xlsx_of(sheets.encode()), "a.xlsx"),
        )
    ]
    assert len({(design.xform, tuple(design.meanings.items())) for design in made}) == 1


def test_a_form_without_a_version_gets_one_from_its_content():
    rows = survey("text | a | A | title", columns=MEANT)
    settings = "| settings |\n| | form_id |\n| | trial |"
    one, two = design_from(rows, settings), design_from(rows.replace("| title", "| place"), settings)
    assert len(one.version) == 12 and one.version != two.version
    assert design_from(rows, settings).version == one.version


@pytest.mark.parametrize("header", ["safemonth", "SAFEMONTH", "SafeMonth", " safemonth "])
def test_the_column_is_found_in_any_case(header):
    design = design_from(survey("text | a | A | title", columns=f"type | name | label | {header}"))
    assert design.meanings == {"/data/a": "title"}


def test_old_headers_with_one_colon_are_still_read():
    design = design_from(
        survey("text | a | 甲 | A | title", columns="type | name | label:Chinese | label:English | safemonth")
    )
    assert design.by_path["/data/a"].labels == {"zh": "甲", "en": "A"}
    assert design.meanings == {"/data/a": "title"}


def test_a_row_that_is_switched_off_means_nothing():
    design = design_from(
        survey(
            "text | a | A | title | ",
            "text | b | B | nonsense | yes",
            columns="type | name | label | safemonth | disabled",
        )
    )
    assert design.meanings == {"/data/a": "title"}


# Mistakes


def test_a_word_that_is_not_known_is_said_with_its_row_and_the_nearest():
    error = refused(survey("text | a | A | ", "integer | b | B | baners hung", columns=MEANT))
    assert error.code == "unknown_meaning"
    assert (error.params["row"], error.params["text"]) == (3, "baners hung")
    assert "banners_hung" in error.params["nearest"]


def test_a_basis_that_is_not_known_is_said_with_those_that_are():
    error = refused(survey("integer | a | A | people_consulted/person_time", columns=MEANT))
    assert error.code == "unknown_meaning"
    assert error.params["nearest"].split(", ")[0] == "people_consulted/person_times"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("text | a | A", "position"),
        ("geopoint | a | A", "banners_hung"),
        ("text | a | A", "from_on"),
        ("text | a | A", "evidence"),
        ("image | a | A", "title"),
        ("note | a | A", "title"),
        ("integer | a | A", "nil"),
        ("select_multiple yn | a | A", "unit"),
    ],
)
def test_a_question_that_cannot_hold_its_meaning_is_refused(row, word):
    choices = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |"
    error = refused(survey(f"{row} | {word}", columns=MEANT), choices)
    assert (error.code, error.params["row"]) == ("meaning_misplaced", 2)


@pytest.mark.parametrize("type_", ["begin group", "begin repeat"])
def test_a_group_means_nothing(type_):
    end = type_.replace("begin", "end")
    error = refused(survey(f"{type_} | g | G | title", "text | a | A | ", f"{end} | | | ", columns=MEANT))
    assert (error.code, error.params["row"]) == ("meaning_misplaced", 2)


def test_a_meaning_on_a_row_that_is_no_question_is_not_lost_in_silence():
    error = refused(survey("begin group | g | G | ", "text | a | A | ", "end group | | | title", columns=MEANT))
    assert (error.code, error.params["row"]) == ("meaning_misplaced", 4)


def test_one_value_in_a_repeat_of_the_activity_is_refused():
    rows = ("begin repeat | r | R | ", "text | a | A | place", "end repeat | | | ")
    error = refused(survey(*rows, columns=MEANT))
    assert (error.code, error.params["row"]) == ("meaning_misplaced", 3)


def test_a_repeat_with_a_title_is_an_activity_each_turn_and_may_have_a_place():
    rows = (
        "text | where | Where | place",
        "begin repeat | r | R | ",
        "text | a | A | title",
        "text | b | B | place",
        "begin repeat | s | S | ",
        "integer | n | N | banners_hung",
        "end repeat | | | ",
        "end repeat | | | ",
    )
    design = design_from(survey(*rows, columns=MEANT))
    assert design.activity_repeats == ("/data/r",)
    assert design.repeats_around("/data/r/s/n") == ("/data/r", "/data/r/s")


def test_a_return_is_signed_once():
    rows = ("begin repeat | r | R | ", "text | a | A | title", "text | b | B | signed_by", "end repeat | | | ")
    assert refused(survey(*rows, columns=MEANT)).code == "meaning_misplaced"


def test_two_questions_for_one_field_are_refused_with_both_rows():
    error = refused(survey("date | a | A | from_on", "text | t | T | ", "date | b | B | from_on", columns=MEANT))
    assert (error.code, error.params["rows"], error.params["text"]) == ("meaning_twice", "2, 4", "from_on")


def test_two_questions_for_one_field_may_stand_where_only_one_is_asked():
    design = design_from(
        survey(
            "text | t | T | | ",
            "text | a | A | unit | ${t} = '1'",
            "begin group | g | G | | ${t} != '1'",
            "text | b | B | unit | ",
            "end group | | | | ",
            columns="type | name | label | safemonth | relevant",
        )
    )
    assert list(design.meanings.values()) == ["unit", "unit"]


def test_a_total_beside_its_own_parts_is_refused():
    error = refused(
        survey(
            "integer | big | Big | banners_hung | ",
            "integer | small | Small | banners_hung | ",
            "calculate | total | | banners_hung | ${big} + ${small}",
            columns="type | name | label | safemonth | calculation",
        )
    )
    assert (error.code, error.params["rows"]) == ("meaning_twice", "2, 4")


def test_the_same_thing_counted_in_two_places_is_allowed():
    design = design_from(survey("integer | a | A | banners_hung", "integer | b | B | banners_hung", columns=MEANT))
    assert list(design.meanings.values()) == ["banners_hung", "banners_hung"]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        (survey("nonsense | a | A"), "nonsense"),
        (survey("text | a | A", "text | a | A"), "unique"),
        (survey("text | 1a | A"), "[row : 2]"),
        (survey("select_one none | a | A"), "choices sheet"),
        (survey("text | a | A | ${b}", columns="type | name | label | relevant"), "'b'"),
        (survey("begin group | g | G", "text | a | A"), "g"),
        (survey("end group | | "), "end_group"),
        (survey("calculate | c | "), "calculation"),
    ],
)
def test_what_pyxform_finds_wrong_is_passed_on(sheets, words):
    error = refused(sheets)
    assert error.code == "form_mistake"
    assert words in str(error)


def test_a_form_without_an_id_is_called_by_its_file():
    sheets = survey("text | a | A"), "| settings |\n| | form_title |\n| | 活动 |"
    assert design_from(*sheets, file_name="赶集.md").form_id == "赶集"


@pytest.mark.parametrize(("form_id", "version"), [("x" * 121, "1"), ("x", "1" * 61)])
def test_an_id_that_no_record_can_hold_is_refused(form_id, version):
    error = refused(survey("text | a | A"), f"| settings |\n| | form_id | version |\n| | {form_id} | {version} |")
    assert error.code == "id_too_long"


@pytest.mark.parametrize(
    ("column", "code"), [("safemonth_purpose", "unknown_purpose"), ("safemonth_kind", "unknown_kind")]
)
def test_a_purpose_or_kind_that_is_not_known_is_said_with_those_that_are(column, code):
    error = refused(survey("text | a | A"), f"| settings |\n| | form_id | {column} |\n| | t | party |")
    assert error.code == code
    assert "inspection" in error.params["known"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.xlsx"),
        (b"PK\x03\x04 cut off", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls"),
        (b"\xff\xd8\xff\xe0 JFIF", "a.jpg"),
        (b"%PDF-1.4", "a.pdf"),
        (b"hello", "a.md"),
        (b"hello", "a.txt"),
        (b"a,b,c\n1,2,3\n", "a.csv"),
        (b"| | |\n", "a.md"),
        (b"| survey |\n", "a.md"),
        (b"| survey |\n| | type |\n", "a.md"),
        (b"\x00\x01\x02\x03" * 100, "a.md"),
        ("问卷".encode("gb18030") * 3, "a.csv"),
        (b"<html><table><tr><td>survey</td></tr></table></html>", "a.xls"),
        (b"| survey |" * 600_000, "a.md"),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(data, name):
    with pytest.raises(Refused) as error:
        read_xlsform(data, file_name=name, indicators=INDICATORS)
    assert error.value.code


def test_a_workbook_without_a_survey_is_refused(tmp_path):
    book = Workbook()
    book.create_sheet("other")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused) as error:
        read_xlsform((tmp_path / "a.xlsx").read_bytes(), file_name="a.xlsx", indicators=INDICATORS)
    assert error.value.code == "form_not_readable"


# What the clerk is told


def notes(*sheets: str) -> list[str]:
    return [note.code for note in design_from(*sheets).warnings if note.code != "pyxform_says"]


def test_a_form_without_meanings_is_taken_and_said_to_count_nothing():
    assert notes(survey("text | a | A")) == ["counts_nothing"]


def test_an_activity_without_a_day_is_pointed_out():
    assert notes(survey("integer | a | A | drills", columns=MEANT)) == ["no_day"]


def test_a_list_that_the_office_does_not_make_is_pointed_out():
    design = design_from(
        survey("select_one_from_file shops.csv | a | A | title", "date | d | D | from_on", columns=MEANT)
    )
    (note,) = design.warnings
    assert note.code == "unknown_file"
    assert "shops.csv" in note.sentence % note.params


def test_questions_that_no_browser_can_ask_are_pointed_out():
    assert notes(survey("date | d | D | from_on", "audio | a | A | ", columns=MEANT)) == ["not_in_browsers"]


# The words themselves


def test_the_words_are_those_of_the_rest_of_the_office():
    assert set(KINDS) == set(ActivityKind.values)
    assert frozenset(Basis.__args__) == BASES  # type: ignore[attr-defined]
    assert {*PURPOSES} >= {"activity", "return", "inspection"}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("from_on", Meaning(field="from_on")),
        (" From-On ", Meaning(field="from_on")),
        ("People consulted", Meaning(indicator="people_consulted")),
        ("people_consulted / Person times", Meaning(indicator="people_consulted", basis="person_times")),
        ("people_consulted/", None),
        ("title/people", None),
        ("dragons", None),
        ("", None),
    ],
)
def test_a_word_is_read_whatever_its_spaces_and_case(text, meaning):
    assert read_meaning(text, indicators=INDICATORS) == meaning
    if meaning:
        assert read_meaning(meaning.text, indicators=INDICATORS) == meaning


def test_nothing_near_is_said_to_be_near_nothing():
    assert nearest_meanings("qqqqqq", indicators=INDICATORS) == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("yes", True), ("OK", True), (" 是 ", True), ("no", False), ("", False)]
)
def test_yes_is_understood(text, expected):
    assert says_yes(text) is expected
