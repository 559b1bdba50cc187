"""Figures in running text: words with measure word or noun, the coverage note, lists of names, days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from safemonth.figures.figure import Coverage, Figure, Number, UnitName
from safemonth.figures.words import english_number
from safemonth.lib.indicators import load_indicators
from safemonth.lib.measure_words import basis_of
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.summary.facts import Language

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Counts of occasions and not of persons, places or vehicles: the English noun must say so.
TIMES = {"person_times": "person-times", "place_times": "place-times", "vehicle_times": "vehicle-trips"}
# What the lists are that every county has: (Chinese, English).
LIST_TITLES = {
    "hazards-found": ("登记的隐患", "hazards in the register"),
    "hazards-closed": ("复查销号的隐患", "hazards closed by a recheck"),
    "major-hazards-open": ("尚未销号的重大隐患", "major hazards still open"),
    "hazards-closed/hazards-found": ("隐患整改率", "share of hazards closed"),
    "hazards-closed:mean": ("隐患整改平均天数", "mean days from finding to closure"),
    "hazards-closed:median": ("隐患整改天数中位数", "median days from finding to closure"),
    "expected": ("应报单位", "units expected to report"),
    "received": ("已报单位", "units that reported"),
    "missing": ("未报单位", "units that did not report"),
    "townships": ("乡镇", "townships"),
    "supervision-bodies": ("抽调督查人员的单位", "bodies that gave supervisors"),
    "supervision-teams": ("督查组", "supervision teams"),
}
# Words that stand alone: nothing can be counted after "none reported".
_countable_without_digits = {"some", "若干"}


def figure_phrase(
    figure: Figure, language: Language, *, measure: str | None = None, noun: str | None = None, one: str | None = None
) -> str:
    """Return a figure as text says it: 14万余份, "more than 140,000 leaflets and materials given out".

    Chinese takes `measure` (None: the indicator's first measure word of the figure's basis; "" none), English
    `noun` (None: the indicator's English name), or `one` where the figure is exactly one. An English noun
    of a count of occasions gets "(person-times)" and the like where it does not say so. Raises Refused where
    `measure` counts on another basis than the figure (人 of a figure in 人次 would overstate).
    """
    words = figure.words.zh if language == "zh" else figure.words.en
    is_countable = any(sign.isdigit() for sign in words) or words in _countable_without_digits
    if language == "zh":
        word = usual_measure(figure) if measure is None else measure
        _require_basis(figure, word)
        return words + word if is_countable else words
    if one and words == "1":
        return f"{words} {one}"
    said = english_noun(figure) if noun is None else noun
    times = TIMES.get(figure.scope.basis)
    if said and times and not any(word in said for word in ("times", "trips", "visits")) and noun is not None:
        said = f"{said} ({times})"
    return f"{words} {said}".strip() if is_countable else words


def usual_measure(figure: Figure) -> str:
    """Return the first measure word of the figure's indicator that counts on its basis ("" for one unknown)."""
    indicator = load_indicators().get(figure.indicator)
    if indicator is None or not indicator.measure_words:
        return ""
    fitting = [word for word in indicator.measure_words if basis_of(word) == figure.scope.basis]
    return fitting[0] if fitting else indicator.measure_words[0]


def english_noun(figure: Figure) -> str:
    """Return the indicator's English name, with "(person-times)" and the like where the basis is not its usual one."""
    indicator = load_indicators().get(figure.indicator)
    if indicator is None:
        return ""
    usual = basis_of(indicator.measure_words[0]) if indicator.measure_words else ""
    times = TIMES.get(figure.scope.basis)
    return f"{indicator.name_en} ({times})" if times and usual != figure.scope.basis else indicator.name_en


def _require_basis(figure: Figure, measure: str) -> None:
    """Refuse a measure word of occasions for a count of persons, places or vehicles, and the other way round."""
    basis, said = figure.scope.basis, basis_of(measure)
    pairs = ({"people", "person_times"}, {"places", "place_times"}, {"vehicles", "vehicle_times"})
    if measure and basis != said and any({basis, said} == pair for pair in pairs):
        raise Refused(
            "measure_word_of_another_basis",
            gettext_noop(
                "The outline says “%(indicator)s” with the measure word %(measure)s in “%(paragraph)s”, but it was "
                "counted in %(basis)s. Leave the measure word out, or ask for the basis that you mean."
            ),
            paragraph="",
            indicator=figure.indicator,
            measure=measure,
            basis=basis,
        )


def coverage_note(coverage: Coverage, language: Language, *, of_several: bool = False) -> str:
    """Return the note for a figure of which reports are missing, in brackets; "" where nobody is missing.

    `of_several` words it for all figures since the last note. "（56个应报单位中51个已报）", "(as reported by 51
    of 56 units)".
    """
    if coverage.is_complete:
        return ""
    expected, received = len(coverage.expected), len(coverage.received)
    if language == "zh":
        return f"（{'以上各项' if of_several else ''}{expected}个应报单位中{received}个已报）"
    units = "unit" if expected == 1 else "units"
    return f"({'these figures ' if of_several else ''}as reported by {received} of {expected} {units})"


def part_of_whole(done: int, asked: int, noun: str, language: Language) -> str:
    """Return a part of a whole: "29个乡镇中的27个", "27 of 29 townships"."""
    return f"{asked}个{noun}中的{done}个" if language == "zh" else f"{done} of {asked} {noun}"


def unit_names(units: Iterable[UnitName], language: Language) -> list[str]:
    """Return units' names in the language, Chinese where there is no English one."""
    return [(unit.name_en or unit.name) if language == "en" else unit.name for unit in units]


def listed(names: Sequence[str], language: Language) -> str:
    """Return names as a list in running text: "甲、乙、丙", "A, B and C"; no names give 无, "none"."""
    if not names:
        return "无" if language == "zh" else "none"
    if language == "zh":
        return "、".join(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def day_words(day: date, language: Language, *, with_year: bool = False) -> str:
    """Return a day as text says it: 6月10日, "10 June"; with the year 2019年6月10日, "10 June 2019"."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if with_year else ''}"


def chapter_number(number: int, language: Language) -> str:
    """Return a chapter's number, from 1 to 19: 一、 (GB/T 9704-2012, 7.3.3), "I."."""
    if language == "zh":
        return f"{_chinese_ordinal(number)}、"
    tens, units = divmod(number, 10)
    return f"{'X' * tens}{('', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX')[units]}."


def section_number(number: int, language: Language) -> str:
    """Return a section's number within its chapter, from 1 to 19: （一） (GB/T 9704-2012, 7.3.3), "1."."""
    return f"（{_chinese_ordinal(number)}）" if language == "zh" else f"{number}."


def _chinese_ordinal(number: int) -> str:
    tens, units = divmod(number, 10)
    return "十" * tens + ("", *"一二三四五六七八九")[units]


def exact_number(number: Number, language: Language) -> str:
    """Return a number to the last unit, as a table shows it: 142318, "142,318"."""
    return english_number(number).replace(",", "") if language == "zh" else english_number(number)


def value_words(figure: Figure, language: Language) -> str:
    """Return the figure's value to the last unit; a dash where nothing was claimed."""
    return "—" if figure.value is None else exact_number(figure.value, language)


def bounds_words(figure: Figure, language: Language) -> str:
    """Return what the figure could be: "142318—158000", "142,318 to 158,000", "≥ 86" (no upper end), "> 86"; a dash without bounds."""
    bounds = figure.bounds
    if bounds is None:
        return "—"
    lower = exact_number(bounds.lower, language)
    if bounds.upper is None:
        return f"{'>' if bounds.lower_is_open else '≥'}\N{NO-BREAK SPACE}{lower}"
    if bounds.upper == bounds.lower:
        return lower
    return f"{lower}{'—' if language == 'zh' else ' to '}{exact_number(bounds.upper, language)}"


def figure_title(figure: Figure, language: Language, *, task_title: str, with_unit: bool) -> str:
    """Return what a figure counts: the indicator, then in brackets the task's title and the unit, if wanted."""
    indicator = load_indicators().get(figure.indicator)
    name = figure.indicator if indicator is None else indicator.name_zh if language == "zh" else indicator.name_en
    unit = unit_names([figure.scope.unit], language)[0] if with_unit else ""
    parts = [part for part in (task_title, unit) if part]
    if not parts:
        return name
    return f"{name}（{'，'.join(parts)}）" if language == "zh" else f"{name} ({', '.join(parts)})"


def list_title(name: str, own_title: str, task_titles: Mapping[str, str], language: Language) -> str:
    """Return what a list counts: a known list's name, "units taking part (task)" for a task's, else its own title."""
    is_zh = language == "zh"
    if name in LIST_TITLES:
        return LIST_TITLES[name][0 if is_zh else 1]
    task = name.removesuffix("-townships")
    if task not in task_titles:
        return own_title
    what = ("参加乡镇" if is_zh else "townships") if task != name else ("参加单位" if is_zh else "units")
    return f"{what}（{task_titles[task]}）" if is_zh else f"{what} taking part ({task_titles[task]})"
