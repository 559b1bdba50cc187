"""An XForm's XPath as text: made ready for lxml, and looked through for what cannot be worked out safely."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_EXPRESSION = 5_000
_LITERAL = re.compile(r"(\"[^\"]*\"|'[^']*')")
_PREFIX = re.compile(r"(?<![\w.:-])[^\W\d][\w.-]*:(?!:)(?=[^\W\d])")
_NAME = re.compile(r"(?<![\w.-])([^\W\d][\w.-]*)(?![\w.-])(?!\s*\()(?!\s*::)")
_FUNCTION = re.compile(r"(?<![\w.-])([^\W\d][\w.-]*)\s*\(")
# ODK's functions of the same name as XPath's, which libxml2 lets nobody replace, get a name of their own. `position()`
# without an argument stays XPath's.
_ODKS_OWN = re.compile(r"(?<![\w.-])(not|boolean|round|concat|sum|position(?!\s*\(\s*\)))\s*\(")
_ANYTHING = re.compile(r"//|(?:^|[/\[(:,])\s*\*|sibling::|descendant(?:-or-self)?::|following::|preceding::")
_SELF = re.compile(r"(?<![\w./*)\]])\.(?![\w./])")
# A path alone beside `and` or `or`: XPath asks whether it exists, ODK's programs whether it is answered.
_PATH = r"(?:\.{0,2}/?[^\W\d]|\.)[\w./\s-]*?"
_BARE = re.compile(rf"(?:^|[(,])\s*{_PATH}\s+(?:and|or)\s|\s(?:and|or)\s+{_PATH}\s*(?:$|[),]|\s(?:and|or)\s)")
# Compared with true() or false(), a path exists for XPath and is text for ODK's programs.
_TRUTH = re.compile(r"=\s*(?:true|false)\s*\(|(?:true|false)\s*\(\s*\)\s*!?=")
_DAY = re.compile(r"['\"]\d{4}-\d\d?-\d\d?")
_DAY_IN_DATE = re.compile(r"date(?:-time)?\s*\(\s*$")
_OF_NOW = frozenset({"today", "now"})
_OF_DATES = _OF_NOW | {"date", "date-time", "decimal-date-time", "decimal-time"}
# They take a day as text, and the tree has either days as text or days as numbers.
_OF_TEXT = frozenset(
    "substr substring substring-before substring-after contains starts-with ends-with regex concat join translate "
    "normalize-space string selected selected-at format-date format-date-time".split()
)


@dataclass(frozen=True)
class Expression:
    """An XPath ready for lxml, with what must be known before it is worked out.

    `xpath` is empty where it cannot be worked out safely. `names` are the elements it names, each with the greatest
    number of predicates around it, and `anything` is that number for what names no element (`//`, `*`, siblings),
    or -1. `speaks_of_itself`: it holds a lone `.`; `counts_days`: it uses dates as such; `reads_text`: it takes values
    apart as text, or compares with a day written as text; `depends_on_now`: today() or now().
    """

    xpath: str
    names: Mapping[str, int] = field(default_factory=dict)
    anything: int = -1
    speaks_of_itself: bool = False
    counts_days: bool = False
    reads_text: bool = False
    depends_on_now: bool = False


def read_expression(text: str) -> Expression:
    """Return an XForm's expression made ready: without prefixes, and with ODK's own `not()`, `sum()` and others as `odk-not()`.

    Not worked out (empty `xpath`): over LONGEST_EXPRESSION characters; two or more `//`; a path alone beside
    `and`/`or`; a comparison with true() or false().
    """
    parts = _LITERAL.split(text)
    plain = "".join(part if number % 2 == 0 else "''" for number, part in enumerate(parts))
    if len(text) > LONGEST_EXPRESSION or plain.count("//") > 1 or _BARE.search(plain) or _TRUTH.search(plain):
        return Expression("")
    for number in range(0, len(parts), 2):
        parts[number] = _ODKS_OWN.sub(r"odk-\1(", _PREFIX.sub("", parts[number]))
    called = frozenset(_FUNCTION.findall(plain))
    has_loose_day = any(
        _DAY.match(parts[number]) and not _DAY_IN_DATE.search(parts[number - 1]) for number in range(1, len(parts), 2)
    )
    return Expression(
        xpath="".join(parts).strip(),
        names=_depths(_NAME, _PREFIX.sub("", plain)),
        anything=max(_depths(_ANYTHING, plain).values(), default=-1),
        speaks_of_itself=_SELF.search(plain) is not None,
        counts_days=bool(called & _OF_DATES),
        reads_text=bool(called & _OF_TEXT) or has_loose_day,
        depends_on_now=bool(called & _OF_NOW),
    )


def _depths(wanted: re.Pattern[str], plain: str) -> dict[str, int]:
    """Return each thing found with the greatest number of square brackets that are open around it."""
    depths: dict[str, int] = {}
    for found in wanted.finditer(plain):
        depth = plain.count("[", 0, found.start()) - plain.count("]", 0, found.start())
        depths[found[0]] = max(depth, depths.get(found[0], 0))
    return depths


def names_path(xpath: str, path: str) -> bool:
    """Return whether an expression goes through an absolute path (`/data/hazards`)."""
    return re.search(rf"(?<![\w.\])]){re.escape(path)}(?![\w.-])", re.sub(r"\s+", "", xpath)) is not None
