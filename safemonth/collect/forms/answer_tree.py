"""A filled form with every question in it: what a client left out stands there blank. Plain Python."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.questions import Question
from safemonth.collect.forms.xml import local_name


@dataclass(frozen=True)
class Node:
    """One question in one turn: its element in the full tree, and where it stands (as in `answers.Answer`)."""

    element: etree._Element
    question: Question
    path: str
    label_path: str
    turn: tuple[int, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return not (self.element.text or "").strip()


class FullTree:
    """A copy of the answers without namespaces and repeat templates, with the questions that are missing put in blank.

    Programs may leave out what was not asked; then rules could not be worked out where it ought to stand. A repeat
    gets no turn that is not there.
    """

    def __init__(self, root: etree._Element, design: FormDesign) -> None:
        self.root = _plain_copy(root)
        self._inside: dict[str, list[tuple[str, Question | None]]] = defaultdict(list)
        for section in design.sections:
            self._inside[section.path.rpartition("/")[0]].append((section.path, None))
        for question in design.questions:
            self._inside[question.path.rpartition("/")[0]].append((question.path, question))
        self._repeats = frozenset(design.repeats)
        self.nodes: list[Node] = list(self._fill(self.root, f"/{self.root.tag}", "", ()))
        self.size = sum(1 for _ in self.root.iter())

    def _fill(self, parent: etree._Element, path: str, label: str, turn: tuple[int, ...]) -> Iterator[Node]:
        found: dict[str, list[etree._Element]] = defaultdict(list)
        for child in parent:
            found[str(child.tag)].append(child)
        for child_path, question in self._inside.get(path, ()):
            name = child_path.rpartition("/")[2]
            child_label = f"{label}/{name}" if label else name
            if child_path in self._repeats:
                for number, element in enumerate(found[name], start=1):
                    yield from self._fill(element, child_path, f"{child_label}[{number}]", (*turn, number))
                continue
            element = found[name][0] if found[name] else etree.SubElement(parent, name)
            if question is None:
                yield from self._fill(element, child_path, child_label, turn)
            else:
                yield Node(element, question, child_path, child_label, turn)


def _plain_copy(element: etree._Element) -> etree._Element:
    copy = etree.Element(local_name(element))
    copy.text = element.text
    for child in element:
        if not any(key.endswith("}template") for key in map(str, child.keys())):
            copy.append(_plain_copy(child))
    return copy
