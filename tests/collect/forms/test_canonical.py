"""The same answers give the same bytes, however they are laid out; any other value gives other bytes."""

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.forms.canonical import canonical
from safemonth.lib.refusals import Refused

NAMES = st.sampled_from(["unit", "横幅", "place", "from_on", "hazard", "photo"])
# What XML 1.0 can hold; a carriage return is a line feed to every reader (2.11), so it is no value of its own.
WORDS = st.text(
    st.characters(
        codec="utf-8",
        blacklist_categories=("Cs", "Cc"),
        blacklist_characters="\ufffe\uffff",
        whitelist_characters="\t\n ",
    ),
    max_size=12,
)


@st.composite
def trees(draw, depth=3):
    """A tree as (name, attributes, children or text)."""
    name = draw(NAMES)
    attributes = draw(st.dictionaries(st.sampled_from(["id", "version", "x"]), WORDS, max_size=2))
    if depth and draw(st.booleans()):
        return name, attributes, draw(st.lists(trees(depth=depth - 1), min_size=1, max_size=4))
    return name, attributes, draw(WORDS)


def plain(tree) -> str:
    name, attributes, inside = tree
    head = "".join(f" {key}={quoteattr(value).replace(chr(9), '&#9;')}" for key, value in attributes.items())
    body = escape(inside) if isinstance(inside, str) else "".join(map(plain, inside))
    return f"<{name}{head}>{body}</{name}>"


def untidy(tree, draw) -> str:
    """The same tree as another program might write it."""
    name, attributes, inside = tree
    order = draw(st.permutations(list(attributes.items())))
    head = "".join(f"\n  {key} = {quoteattr(value).replace(chr(9), '&#x9;')}" for key, value in order)
    if inside == "" and draw(st.booleans()):
        return f"<{name}{head}/>"
    gap = draw(st.sampled_from(["", "\n", "  \r\n\t", "<!-- note -->", "<?tool x?>", "\n<!--a-->\n"]))
    if not isinstance(inside, str):
        return f"<{name}{head}>{gap}" + gap.join(untidy(each, draw) for each in inside) + f"{gap}</{name}>"
    how = draw(st.sampled_from(["escaped", "cdata", "numbers", "split"]))
    if how == "cdata" and inside and "]]>" not in inside:
        body = f"<![CDATA[{inside}]]>"
    elif how == "numbers":
        body = "".join(f"&#{ord(sign)};" for sign in inside)
    elif how == "split" and inside:
        half = len(inside) // 2
        body = f"{escape(inside[:half])}<!-- in the middle -->{escape(inside[half:])}"
    else:
        body = escape(inside)
    return f"<{name}{head}>{body}</{name}>"


@settings(deadline=None)
@given(trees(), st.data())
def test_the_way_it_is_laid_out_never_matters(tree, data):
    start = data.draw(
        st.sampled_from(["", "<?xml version='1.0'?>", '<?xml version="1.0" standalone="yes"?>\n<!-- c -->'])
    )
    other = start + untidy(tree, data.draw) + data.draw(st.sampled_from(["", "\n", "\n\n<!-- end -->"]))
    assert canonical(other.encode()) == canonical(plain(tree).encode())


def _changed(tree, draw):
    """The tree with one thing changed: a text, an attribute, a name, the number or order of elements."""
    name, attributes, inside = tree
    if not isinstance(inside, str) and draw(st.booleans()):
        number = draw(st.integers(0, len(inside) - 1))
        return name, attributes, [*inside[:number], _changed(inside[number], draw), *inside[number + 1 :]]
    how = draw(st.sampled_from(["name", "attribute", "inside"]))
    if how == "name":
        return f"{name}x", attributes, inside
    if how == "attribute":
        return name, {**attributes, "id": attributes.get("id", "") + draw(st.sampled_from("5 a五"))}, inside
    if isinstance(inside, str):
        return name, attributes, inside + draw(st.sampled_from(["0", " ", "\n", "五", "\u3000"]))
    return name, attributes, [*inside, inside[0]]


@settings(deadline=None)
@given(trees(), st.data())
def test_any_value_that_changes_changes_it(tree, data):
    changed = _changed(tree, data.draw)
    assert canonical(plain(changed).encode()) != canonical(plain(tree).encode())


def test_prefixes_do_not_matter_and_namespaces_do():
    one = b'<data xmlns:orx="http://openrosa.org/xforms"><orx:meta><orx:instanceID>1</orx:instanceID></orx:meta></data>'
    two = b'<data><meta xmlns="http://openrosa.org/xforms" xmlns:y="y"><instanceID>1</instanceID></meta></data>'
    none = b"<data><meta><instanceID>1</instanceID></meta></data>"
    assert canonical(one) == canonical(two)
    assert canonical(one) != canonical(none)


@pytest.mark.parametrize("name", ["u", "urn:hex:75", "a/b?c=d", "http://www.w3.org/2002/xforms"])
def test_a_namespace_of_any_name_is_kept_apart_from_others(name):
    one = f'<data xmlns="{name}" xml:lang="zh"><a xmlns:y="{name}" y:b="1"/></data>'.encode()
    two = f'<z:data xml:lang="zh" xmlns:z="{name}"><z:a z:b="1"></z:a></z:data>'.encode()
    assert canonical(one) == canonical(two)
    assert canonical(one) != canonical(one.replace(name.encode(), name.encode() + b"x"))
    assert canonical(one) != canonical(b'<data xml:lang="zh"><a b="1"/></data>')


def test_the_order_of_elements_matters():
    assert canonical(b"<a><b/><c/></a>") != canonical(b"<a><c/><b/></a>")


def test_text_beside_elements_is_kept_to_the_letter():
    assert canonical(b"<a>x <b/> y</a>") != canonical(b"<a>x<b/> y</a>")
    assert canonical(b"<a>x<b/></a>") != canonical(b"<a><b/>x</a>")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_does_not_matter(encoding):
    text = "<data id='活动'><place>北乡</place></data>"
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    assert canonical(declared.encode(encoding)) == canonical(text.encode())


def test_writing_it_once_more_changes_nothing():
    once = canonical(b"<a  x='1'>\n <b> 2 </b></a>")
    assert canonical(once) == once


def test_what_is_no_xml_is_refused():
    with pytest.raises(Refused) as refused:
        canonical(b"<a><b></a>")
    assert refused.value.code == "not_answers"
