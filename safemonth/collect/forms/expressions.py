"""Whether a question is asked, must be answered, and is answered within its rule: an XForm's XPath, worked out again.

lxml works out XPath 1.0, and `expression_functions` adds ODK's functions. What cannot be worked out as every form
program would is not checked, and is never a false alarm.
"""

from copy import deepcopy
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from lxml import etree

from safemonth.collect.forms.answer_tree import FullTree, Node
from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.expression_functions import (
    FUNCTIONS,
    MOMENT,
    Moment,
    NotChecked,
    day_number,
    day_share,
    truth_of,
)
from safemonth.collect.forms.expression_text import Expression, names_path, read_expression

# Answers may wait on a phone for the whole month and the weeks until returns close.
LONGEST_WAIT = timedelta(days=62)
# A phone's day can be ahead of ours by this much (UTC+14 is the first zone to see a day).
FARTHEST_ZONE = timedelta(hours=14)
# Elements looked at for one filled form: a form of 200 answers takes some ten thousand; this is about a second.
MOST_VISITS = 500_000
# Making one ready takes some 0.3 ms and running it 0.02 ms; a form has some hundred.
KEPT_EXPRESSIONS = 4_096
_DATE_TYPES = frozenset({"date", "datetime", "time"})
# What a formula or the device wrote is text to the form, and may be a date.
_UNTYPED = frozenset({"calculate", "hidden", "metadata", "note"})


class Evaluation:
    """The expressions of one form over one filled form. `now` is when it arrived, with a zone; None: not known."""

    def __init__(self, root: etree._Element, design: FormDesign, *, now: datetime | None) -> None:
        self._tree = FullTree(root, design)
        self._design = design
        self._now = now
        self._asked: dict[etree._Element, bool | None] = {}
        self._days = frozenset(question.name for question in design.questions if question.type in _DATE_TYPES)
        self._repeat_names = frozenset(path.rpartition("/")[2] for path in design.repeats)
        self._visits_left = MOST_VISITS

    @property
    def nodes(self) -> list[Node]:
        """Every question in every turn that the answers have, blank where nothing was answered."""
        return self._tree.nodes

    def is_missing(self, node: Node) -> bool:
        """Return whether a blank question was asked and had to be answered; false where that cannot be worked out."""
        question = node.question
        return (
            node.is_blank
            and question.is_asked
            and bool(question.required)
            and self.truth(question.required, node.element, node.path) is True
            and self._is_asked(node.element, node.path) is True
        )

    def is_out_of_place(self, node: Node) -> bool:
        """Return whether a question was answered that was not to be asked; false where that cannot be worked out."""
        return node.question.is_asked and not node.is_blank and self._is_asked(node.element, node.path) is False

    def breaks_rule(self, node: Node) -> bool:
        """Return whether an answer breaks its question's constraint; false where that cannot be worked out.

        A blank answer breaks no constraint, and neither does one that was not asked (ODK XForms).
        """
        question = node.question
        return (
            bool(question.constraint)
            and not node.is_blank
            and self.truth(question.constraint, node.element, node.path) is False
            and self._is_asked(node.element, node.path) is not False
        )

    def truth(self, text: str, element: etree._Element, path: str) -> bool | None:
        """Return whether an expression holds for an element of the tree at `path`; None: not checked.

        An expression of today() or now() is worked out for the earliest and the latest moment at which it may have
        been filled in, and counts only where both agree.
        """
        expression, xpath = _made_ready(text)
        if xpath is None or self._is_ambiguous(expression, element, path):
            return None
        question = self._design.by_path.get(path)
        is_own_day = expression.speaks_of_itself and question is not None and question.type in _DATE_TYPES
        counts_days = expression.counts_days or is_own_day or not self._days.isdisjoint(expression.names)
        if counts_days and expression.reads_text:
            return None
        if expression.depends_on_now and self._now is None:
            return None
        self._visits_left -= self._visits(expression)
        if self._visits_left < 0:
            return None
        subject = self._with_day_numbers[element] if counts_days else element
        moments = [self._now]
        if expression.depends_on_now and self._now is not None:
            moments = [self._now - LONGEST_WAIT, self._now + FARTHEST_ZONE]
        results = {self._run(xpath, subject, now) for now in moments}
        return results.pop() if len(results) == 1 else None

    def _visits(self, expression: Expression) -> int:
        """Return at most how many elements an expression looks at: all, where it goes through a repeat, for each inside it."""
        depths = [depth for name, depth in expression.names.items() if name in self._repeat_names]
        return int(self._tree.size ** (1 + max([*depths, expression.anything], default=-1)))

    def _run(self, xpath: etree.XPath, subject: etree._Element, now: datetime | None) -> bool | None:
        before = MOMENT.set(Moment(now, subject))
        try:
            return truth_of(xpath(subject))
        except (NotChecked, etree.XPathError, ValueError, ArithmeticError, TypeError, RecursionError):
            return None
        finally:
            MOMENT.reset(before)

    def _is_ambiguous(self, expression: Expression, element: etree._Element, path: str) -> bool:
        """Whether it goes by an absolute path through a repeat around the element that has several turns.

        Form programs take such a path to mean this turn, or all turns, by where it stands; XPath takes all.
        """
        for repeat in self._design.repeats_around(path):
            if names_path(expression.xpath, repeat):
                turn: etree._Element | None = element
                for _ in range(path.count("/") - repeat.count("/")):
                    turn = turn.getparent() if turn is not None else None
                parent = turn.getparent() if turn is not None else None
                if turn is None or parent is None or len(parent.findall(str(turn.tag))) > 1:
                    return True
        return False

    def _is_asked(self, element: etree._Element, path: str) -> bool | None:
        """Whether a question (or group) and all groups around it are asked; None: not known."""
        if element not in self._asked:
            parent = element.getparent()
            around = True if parent is None else self._is_asked(parent, path.rpartition("/")[0])
            place = self._design.by_path.get(path) or self._design.section_by_path.get(path)
            own = self.truth(place.relevant, element, path) if place is not None and place.relevant else True
            self._asked[element] = False if around is False or own is False else around and own
        return self._asked[element]

    @cached_property
    def _with_day_numbers(self) -> dict[etree._Element, etree._Element]:
        """The tree's elements, each with its twin in a tree where dates are days since 1970 and times shares of a day."""
        twin = deepcopy(self._tree.root)
        pairs = dict(zip(self._tree.root.iter(), twin.iter(), strict=True))
        for node in self._tree.nodes:
            number = _day_or_share(node.element.text or "", node.question.type)
            if number is not None:
                pairs[node.element].text = repr(number)
        return pairs


@lru_cache(maxsize=KEPT_EXPRESSIONS)
def _made_ready(text: str) -> tuple[Expression, etree.XPath | None]:
    """Return an expression with its XPath, which is None where lxml cannot read it."""
    expression = read_expression(text)
    try:
        return expression, etree.XPath(expression.xpath, extensions=FUNCTIONS) if expression.xpath else None
    except (etree.XPathError, ValueError):
        return expression, None


def _day_or_share(text: str, kind: str) -> float | None:
    if kind == "time":
        try:
            return day_share(text.strip())
        except ValueError:
            return None
    return day_number(text) if kind in _DATE_TYPES or kind in _UNTYPED else None
