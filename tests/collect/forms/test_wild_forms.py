"""Shapes of forms as they occur in public: each is taken, or refused with a sentence, and nothing stops.

The shapes were seen in the test forms of pyxform, web-forms and JavaRosa, and in survey forms of humanitarian and
health bodies; the forms here are our own.
"""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from safemonth.collect.forms.answers import answers_of, check_answers, file_names
from safemonth.collect.forms.design import FormDesign, design_of
from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused
from tests.collect.forms.forms_made import SETTINGS, design_from, survey

YES_NO = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |"


def types(design: FormDesign) -> dict[str, str]:
    return {question.name: question.type for question in design.questions if question.name != "instanceID"}


def test_what_a_device_fills_in_is_no_question():
    rows = ("start", "end", "today", "deviceid", "username", "phonenumber", "audit", "start-geopoint", "text")
    design = design_from(survey(*(f"{row} | {row.replace('-', '_')} | {'T' if row == 'text' else ''}" for row in rows)))
    assert [q.name for q in design.questions if q.is_asked and not q.is_file] == ["text"]
    assert types(design)["audit"] == "file"


def test_a_cascade_of_choices_offers_all_of_its_list():
    design = design_from(
        survey(
            "select_one county | county | County | ",
            "select_one town | town | Town | county = ${county}",
            columns="type | name | label | choice_filter",
        ),
        "| choices |",
        "| | list_name | name | label | county |",
        "| | county | yi | 易县 | |",
        "| | town | fugang | 富岗 | yi |",
        "| | town | pocang | 坡仓 | yi |",
    )
    assert design.by_path["/data/town"].choices == ("fugang", "pocang")
    xml = b"<data id='trial'><county>yi</county><town>elsewhere</town></data>"
    assert [doubt.code for doubt in check_answers(xml, design, choices={})] == ["not_offered"]


def test_choices_from_files_of_every_kind_are_named():
    design = design_from(
        survey(
            "select_one_from_file units.csv | a | A",
            "select_multiple_from_file people.xml | b | B",
            "select_one_from_file map.geojson | c | C",
            "csv-external | fruits | ",
            "xml-external | trees | ",
        )
    )
    assert design.media == ("units.csv", "people.xml", "map.geojson", "fruits.csv", "trees.xml")
    assert [design.by_path[f"/data/{name}"].choices_file for name in "abc"] == [
        "units.csv",
        "people.xml",
        "map.geojson",
    ]


def test_repeats_inside_groups_inside_repeats_keep_their_paths():
    rows = ["begin_repeat | house | House", "begin_group | g | G", "begin repeat | person | Person", "text | job | Job"]
    design = design_from(survey(*rows, "end repeat | | ", "end_group | | ", "end_repeat | | "))
    assert design.repeats == ("/data/house", "/data/house/g/person")
    assert design.by_path["/data/house/g/person/job"].repeat == "/data/house/g/person"
    xml = b"<data id='trial'><house><g><person><job>a</job></person><person><job>b</job></person></g></house></data>"
    assert [answer.turn for answer in answers_of(xml, design)] == [(1, 1), (1, 2)]


def test_a_repeat_counted_by_an_answer_is_read():
    design = design_from(
        survey(
            "integer | how_many | How many | ",
            "begin repeat | child | Child | ${how_many}",
            "text | name | Name | ",
            "end repeat | | | ",
            columns="type | name | label | repeat_count",
        )
    )
    assert design.repeats == ("/data/child",)
    assert types(design) == {"how_many": "integer", "name": "text"}


def test_choices_that_are_answers_of_a_repeat_are_not_checked():
    design = design_from(
        survey(
            "begin repeat | person | Person",
            "text | name | Name",
            "end repeat | | ",
            "select_one ${name} | head | Head",
        )
    )
    assert design.by_path["/data/head"].choices is None
    xml = b"<data id='trial'><person><name>a</name></person><head>a</head></data>"
    assert check_answers(xml, design, choices={}) == []


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("select_one yn or_other | q | Q", "select_one"),
        ("select_multiple yn | q | Q", "select_multiple"),
        ("rank yn | q | Q", "rank"),
        ("range | q | Q", "integer"),
        ("note | q | Q", "note"),
        ("acknowledge | q | Q", "acknowledge"),
        ("trigger | q | Q", "acknowledge"),
        ("barcode | q | Q", "barcode"),
        ("image | q | Q", "image"),
        ("photo | q | Q", "image"),
        ("audio | q | Q", "audio"),
        ("video | q | Q", "video"),
        ("file | q | Q", "file"),
        ("geotrace | q | Q", "geotrace"),
        ("geoshape | q | Q", "geoshape"),
        ("int | q | Q", "integer"),
        ("decimal | q | Q", "decimal"),
        ("datetime | q | Q", "datetime"),
        ("time | q | Q", "time"),
        ("string | q | Q", "text"),
        ("hidden | q | ", "hidden"),
        ("select one from yn | q | Q", "select_one"),
        ("select all that apply from yn | q | Q", "select_multiple"),
    ],
)
def test_each_type_has_a_name_of_ours(row, kind):
    assert types(design_from(survey(row), YES_NO))["q"] == kind


def test_headings_with_spaces_capitals_and_old_names_are_read():
    design = design_from(
        survey(
            "text | a | A | yes | ${b} = 1 | . != 'x' | No x",
            "integer | b | B | | | |",
            columns="Type | Name | Label | Required | Relevance | Constraint | Constraint Message",
        )
    )
    assert (design.by_path["/data/a"].relevant, design.by_path["/data/a"].constraint) == ("/data/b  = 1", ". != 'x'")
    assert design.by_path["/data/a"].constraint_message == {"": "No x"}


def test_several_languages_with_pictures_keep_their_words_apart():
    design = design_from(
        survey(
            "text | a | 甲 | A | Un | face.png | 说明 | Hint",
            columns="type | name | label::中文(zh) | label::English (en) | label::Français (fr) | image::English (en) "
            "| hint::中文(zh) | hint::English (en)",
        ),
        "| settings |\n| | form_id | default_language |\n| | t | English (en) |",
    )
    assert design.languages[0] == "en"
    assert set(design.languages) == {"en", "zh", "fr"}
    assert design.by_path["/data/a"].labels == {"zh": "甲", "en": "A", "fr": "Un"}
    assert design.media == ("face.png",)


def test_answers_shown_in_labels_become_their_names():
    design = design_from(survey("text | a | A", "note | b | Hello ${a}, well done"))
    assert design.by_path["/data/b"].labels == {"": "Hello ${a}, well done"}


def test_entities_and_instance_names_do_not_disturb():
    design = design_from(
        survey("text | a | A | what", columns="type | name | label | save_to"),
        "| entities |\n| | list_name | label |\n| | trees | concat('t', ${a}) |",
        "| settings |\n| | form_id | instance_name | version |\n| | trial | ${a} | 1 |",
    )
    assert types(design)["a"] == "text"
    xml = (
        b"<data id='trial' version='1' xmlns:e='http://www.opendatakit.org/xforms/entities'><a>oak</a><meta>"
        b"<instanceID>uuid:1</instanceID><instanceName>oak</instanceName>"
        b"<entity dataset='trees' id='x' create='1'><label>toak</label></entity></meta></data>"
    )
    assert check_answers(xml, design, choices={}) == []


def test_names_of_questions_in_chinese_are_kept():
    design = design_from(survey("integer | 悬挂横幅 | 悬挂横幅（条）"))
    assert next(iter(design.by_path)) == "/data/悬挂横幅"


def test_empty_rows_and_columns_of_a_sheet_do_not_shift_the_rows_that_are_named():
    book = Workbook()
    sheet = book.create_sheet("survey")
    rows = [
        ["type", None, "name", "label", "safemonth"],
        [],
        ["text", None, "a", "A"],
        [],
        ["text", None, "b", "B", "nonsense"],
    ]
    for row in rows:
        sheet.append(row)
    book.create_sheet("settings").append(["form_id"])
    book["settings"].append(["trial"])
    out = BytesIO()
    book.save(out)
    with pytest.raises(Refused) as error:
        read_xlsform(out.getvalue(), file_name="a.xlsx", indicators=load_indicators())
    assert error.value.params["row"] == 5


def test_a_form_filled_by_grid_theme_and_pages_is_read():
    design = design_from(
        survey(
            "begin group | g | G | w4",
            "text | a | A | w2",
            "end group | | | ",
            columns="type | name | label | appearance",
        ),
        "| settings |\n| | form_id | style | version |\n| | trial | theme-grid pages | 1 |",
    )
    assert types(design)["a"] == "text"


def test_a_table_of_choices_repeated_for_each_row_is_read():
    design = design_from(
        survey(
            "begin group | g | | table-list",
            "select_one yn | a | A | ",
            "select_one yn | b | B | ",
            "end group | | | ",
            columns="type | name | label | appearance",
        ),
        YES_NO,
    )
    assert {"a", "b"} <= types(design).keys()


# XForms that were not made by pyxform

OLD_XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>Old form</h:title><model>
<instance><x:survey xmlns:x="http://example.invalid/old" x:version="2"><x:people jr:template=""><x:age>1</x:age></x:people><x:photo/></x:survey></instance>
<bind nodeset="/x:survey/x:people/x:age" type="xsd:int" constraint="&gt; 0"/><bind nodeset="/x:survey/x:photo" type="binary"/>
</model></h:head>
<h:body><group><label>People</label><repeat nodeset="/x:survey/x:people"><input ref="/x:survey/x:people/x:age"><label>Age</label></input></repeat></group>
<select1 ref="/x:survey/x:kind"><item><label>A</label><value>a</value></item></select1>
<upload ref="/x:survey/x:photo" mediatype="image/*"><label>Photo</label></upload></h:body></h:html>"""


def test_an_old_form_known_by_its_namespace_is_read():
    design = design_of(OLD_XFORM.encode(), meanings={}, purpose="other", kind="")
    assert design.form_id == "http://example.invalid/old"
    assert types(design) == {"age": "integer", "photo": "image"}
    assert design.by_path["/survey/people/age"].repeat == "/survey/people"
    assert design.section_by_path["/survey/people"].labels == {"": "People"}
    xml = (
        b'<survey xmlns="http://example.invalid/old"><people><age>5</age></people><people><age>x</age></people>'
        b"<photo>1.jpg</photo></survey>"
    )
    assert file_names(xml, design) == ("1.jpg",)
    assert [(d.code, d.turn) for d in check_answers(xml, design, choices={})] == [("not_an_integer", (2,))]


@pytest.mark.parametrize(
    "xml",
    [
        "<html/>",
        "<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head><model/></h:head></h:html>",
        "<html><model><instance/></model></html>",
        "<html><model><instance><data/></instance></model></html>",
        "<!DOCTYPE x><html><model><instance><data id='1'/></instance></model></html>",
        "",
    ],
)
def test_what_is_no_xform_is_refused(xml):
    with pytest.raises(Refused) as error:
        design_of(xml.encode(), meanings={}, purpose="other", kind="")
    assert error.value.code == "form_not_readable"


# Whatever is written into the cells

CELLS = st.sampled_from(
    [
        "", "text", "integer", "select_one yn", "select_multiple ${a}", "begin group", "end group", "begin repeat", "end repeat",
        "a", "b", "1", "${a}", "${b", "yes", "title", "banners_hung", "中文", "a b", "/data/a", "calculate", "note",
        "begin loop over yn", "range", "start", "image", "\\|", "x" * 300, "$", "{}", "%s", "<a>", "&amp;", "]]>", "‘smart’",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 6), min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_it_is_a_form_or_refused(rows):
    sheet = survey(
        *(" | ".join(row) for row in rows), columns="type | name | label | relevant | calculation | safemonth"
    )
    data = f"{sheet}\n{YES_NO}\n{SETTINGS}".encode()
    try:
        design = read_xlsform(data, file_name="a.md", indicators=load_indicators())
    except Refused:
        return
    assert design.form_id == "trial"
    check_answers(b"<data id='trial'><a>1</a><b/></data>", design, choices={})
