"""What a filled form says: who it is, each answer with its question, and what does not fit the form. Plain Python.

Names are compared without namespaces: clients write the same answers under several prefixes.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from safemonth.collect.forms.answer_tree import Node
from safemonth.collect.forms.answer_types import fault_of
from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.expressions import Evaluation
from safemonth.collect.forms.questions import Question
from safemonth.collect.forms.xml import local_name, open_xml
from safemonth.lib.refusals import Refused, gettext_noop

_LONGEST_ID = 255
LONGEST_SHOWN = 60
# Nobody reads more, and a hostile form must not fill the records with them.
MOST_DOUBTS = 200


@dataclass(frozen=True)
class Envelope:
    """What a filled form says of itself (OpenRosa metadata); `instance_id` and `deprecated_id` are empty where not given."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: etree._Element


@dataclass(frozen=True)
class Answer:
    """One answer as it was written.

    `path` is the question's; `turn` counts from 1 which turn of each repeat around it this is, outer first;
    `label_path` says both in one (`hazards[2]/photo`). `text` is exact and may be empty (asked, and left blank).
    """

    path: str
    label_path: str
    turn: tuple[int, ...]
    text: str
    question: Question


@dataclass(frozen=True)
class AnswerDoubt:
    """One thing in the answers that does not fit the form; nothing is dropped for it.

    `path` and `turn` as in `Answer`. `sentence` is English with `%(name)s` places; `params` fills them, `field`
    and `text` among them.
    """

    path: str
    turn: tuple[int, ...]
    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Place:
    """One element of the answers with where it stands."""

    element: etree._Element
    path: str
    label_path: str
    turn: tuple[int, ...]
    is_again: bool = False


def read_envelope(xml: bytes) -> Envelope:
    """Return which form the answers are of and under which ids.

    The form's id is the root's `id`, or else its namespace (OpenRosa 1.0, "Form Identification"). The instance's
    own id stands in `meta/instanceID`, or in an attribute `instanceID` of the root. Raises Refused `not_answers` where it is no
    safe XML (`xml.open_xml`), names no form, or has an id over 255 characters; `answers_encrypted`.
    """
    root = open_xml(xml, code="not_answers")
    form_id = (root.get("id") or etree.QName(root).namespace or "").strip()
    if not form_id:
        raise Refused("not_answers", gettext_noop("These are no answers: they do not say to which form."))
    if root.get("encrypted") == "yes":
        raise Refused(
            "answers_encrypted", gettext_noop("These answers are encrypted. Forms of the office are sent unencrypted.")
        )
    envelope = Envelope(
        form_id=form_id,
        version=(root.get("version") or "").strip(),
        instance_id=_meta(root, "instanceID") or (root.get("instanceID") or "").strip(),
        deprecated_id=_meta(root, "deprecatedID"),
        root=root,
    )
    if max(map(len, (form_id, envelope.version, envelope.instance_id, envelope.deprecated_id))) > _LONGEST_ID:
        raise Refused("not_answers", gettext_noop("An id in these answers is longer than 255 characters."))
    return envelope


def answers_of(xml: bytes, design: FormDesign) -> list[Answer]:
    """Return the answers to the form's questions, in the order of the XML; elements that the form has not are left out.

    Raises Refused `not_answers` (`xml.open_xml`).
    """
    root = open_xml(xml, code="not_answers")
    return [
        Answer(place.path, place.label_path, place.turn, place.element.text or "", design.by_path[place.path])
        for place in _places(root, design)
        if place.path in design.by_path and not len(place.element) and not place.is_again
    ]


def file_names(xml: bytes, design: FormDesign) -> tuple[str, ...]:
    """Return the names of the files that the answers say are sent with them, each once, in order.

    Photos and other files, and the device's own log where the form asks for it (`meta/audit`).
    """
    named = (answer.text.strip() for answer in answers_of(xml, design) if answer.question.is_file)
    return tuple(dict.fromkeys(name for name in named if name))


def check_answers(
    xml: bytes, design: FormDesign, *, choices: Mapping[str, Collection[str]], now: datetime | None = None
) -> list[AnswerDoubt]:
    """Return what does not fit the form, in the order of the form; empty where all fits.

    `choices` maps the name of a list beside the form (`units.csv`) to the values it offers; lists that are not
    given are not checked. `now` is when the answers arrived, with a zone: they may have been filled long before,
    so a rule that depends on the day holds only against what was wrong on every such day; without it such rules are not checked.
    Codes: `unknown_field`, `answered_twice`, those of `answer_types`, `answer_missing`, `not_asked`, `rule_not_met`; beyond MOST_DOUBTS one `more_doubts` counts the rest. What cannot
    be worked out (`expressions`) is not doubted. Raises Refused `not_answers`.
    """
    root = open_xml(xml, code="not_answers")
    places = list(_places(root, design))
    doubts = list(_strangers(places, design))
    wrong = set()
    for place in places:
        question = design.by_path.get(place.path)
        if question is None or len(place.element) or not (text := place.element.text or "").strip():
            continue
        offered = choices.get(question.choices_file) if question.choices_file else question.choices
        fault = fault_of(text, question, choices=offered)
        if fault is not None:
            wrong.add(place.label_path)
            node = Node(place.element, question, place.path, place.label_path, place.turn)
            doubts.append(_doubt(node, code=fault[0], sentence=fault[1], text=fault[2]))
    evaluation = Evaluation(root, design, now=now)
    for node in evaluation.nodes:
        if node.label_path not in wrong and (broken := _broken_rule(node, evaluation)) is not None:
            doubts.append(broken)
    order = {question.path: number for number, question in enumerate(design.questions)}
    doubts.sort(key=lambda doubt: (order.get(doubt.path, -1), doubt.turn))
    if len(doubts) > MOST_DOUBTS:
        sentence = gettext_noop("%(count)s more answers do not fit the form.")
        more = AnswerDoubt(places[0].path, (), "more_doubts", sentence, {"count": len(doubts) - MOST_DOUBTS})
        doubts = [*doubts[:MOST_DOUBTS], more]
    return doubts


def _broken_rule(node: Node, evaluation: Evaluation) -> AnswerDoubt | None:
    """Return which of the form's own rules a question breaks: asked, required, constraint; None where it breaks none."""
    text = node.element.text or ""
    if node.is_blank:
        if not evaluation.is_missing(node):
            return None
        return _doubt(node, code="answer_missing", sentence=gettext_noop("“%(field)s” must be answered, and is empty."))
    if evaluation.is_out_of_place(node):
        sentence = gettext_noop("“%(field)s” says “%(text)s”, and was not to be asked after the other answers.")
        return _doubt(node, code="not_asked", sentence=sentence, text=text)
    if evaluation.breaks_rule(node):
        messages = node.question.constraint_message
        rule = messages.get("zh") or next(iter(messages.values()), "") or node.question.constraint
        sentence = gettext_noop("“%(field)s” says “%(text)s”, against the form's rule: %(rule)s")
        return _doubt(node, code="rule_not_met", sentence=sentence, text=text, rule=rule)
    return None


def _strangers(places: list[_Place], design: FormDesign) -> Iterator[AnswerDoubt]:
    root = places[0].path
    for place in places:
        is_group = place.path == root or place.path in design.section_by_path
        text = _loose_text(place.element) if is_group else (place.element.text or "").strip()
        params = {"field": place.label_path or root.strip("/"), "text": _shown(text)}
        if place.path.startswith(f"{root}/meta"):
            continue  # what a program says about itself (OpenRosa metadata)
        if place.is_again:
            sentence = gettext_noop("“%(field)s” is answered twice; the second time it says “%(text)s”.")
            yield AnswerDoubt(place.path, place.turn, "answered_twice", sentence, params)
        elif text if is_group else place.path not in design.by_path:
            sentence = gettext_noop("“%(field)s” says “%(text)s”, and the form has no such question.")
            yield AnswerDoubt(place.path, place.turn, "unknown_field", sentence, params)


def _loose_text(group: etree._Element) -> str:
    """Return the text that stands in a group beside its questions."""
    parts = [group.text, *(child.tail for child in group)]
    return " ".join(part.strip() for part in parts if part and part.strip())


def _places(root: etree._Element, design: FormDesign) -> Iterator[_Place]:
    """Yield each element with its path and turns; a second element where the form has one is yielded as `is_again`."""
    stack = [_Place(root, f"/{local_name(root)}", "", ())]
    repeats = frozenset(design.repeats)
    while stack:
        place = stack.pop()
        yield place
        seen: Counter[str] = Counter()
        inside = []
        for child in place.element:
            name = local_name(child)
            if any(key.endswith("}template") for key in map(str, child.keys())):
                continue  # jr:template: the empty pattern of a repeat, which some programs send along
            seen[name] += 1
            path = f"{place.path}/{name}"
            label = f"{place.label_path}/{name}" if place.label_path else name
            if path in repeats:
                inside.append(_Place(child, path, f"{label}[{seen[name]}]", (*place.turn, seen[name])))
            else:
                inside.append(_Place(child, path, label, place.turn, is_again=place.is_again or seen[name] > 1))
        stack.extend(reversed(inside))


def _doubt(node: Node, *, code: str, sentence: str, **params: str) -> AnswerDoubt:
    shown = {name: _shown(value) for name, value in params.items()}
    return AnswerDoubt(node.path, node.turn, code, sentence, {"field": node.question.label("zh"), **shown})


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _meta(root: etree._Element, name: str) -> str:
    for meta in root:
        if local_name(meta) == "meta":
            for each in meta:
                if local_name(each) == name:
                    return (each.text or "").strip()
    return ""
