"""The notes behind the numbers of a web page: per figure what it counts, who reported, what it could be, its records."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from safemonth.figures.figure import Figure, TraceLine, UnitName
from safemonth.summary.facts import Language
from safemonth.summary.figure_words import bounds_words, exact_number, unit_names, value_words
from safemonth.summary.word_html import LANGUAGE_TAGS, note_id

# Labels of the notes: (Chinese, English). The page stands alone, so it carries both.
LABELS = {
    "heading": ("数字的出处", "Where the numbers come from"),
    "said": ("文中表述", "As said"),
    "sum": ("汇总数", "Sum of reports"),
    "bounds": ("可能范围", "Could be"),
    "coverage": ("报送情况", "Who reported"),
    "missing": ("未报", "Missing"),
    "late": ("迟报", "Late"),
    "nil": ("零报告", "Nothing to report"),
    "nobody_asked": ("没有指定应报单位", "Nobody in particular was asked"),
    "records": ("记录", "Records"),
    "unit": ("单位", "Unit"),
    "value": ("数值", "Number"),
    "source": ("出处", "Source"),
    "counted": ("是否计入", "Counted"),
    "yes": ("计入", "yes"),
    "back": ("回到正文", "Back to the text"),
    "no_records": ("没有记录", "No records"),
}
# Why a record was not counted: codes of `figures.counting`.
WHY_NOT = {
    "part_of": ("已含在所属的总数内", "part of a total that is counted"),
    "duplicate": ("与另一条为同一活动", "the same event as another record"),
    "running_total": ("已被后来的累计数取代", "replaced by a later running total"),
    "overlap": ("与另一条的时段重叠", "its period overlaps that of another record"),
    "earlier": ("有更新的记录", "a later record stands"),
    "undated": ("没有日期", "without a date"),
    "out_of_scope": ("不在统计范围内", "outside the scope"),
}
QUALIFIERS = {"exact": ("", ""), "more_than": ("＞", "> "), "nearly": ("近", "nearly "), "about": ("约", "about ")}


def figure_notes(figures: Sequence[Figure], titles: Sequence[dict[str, str]], languages: Sequence[Language]) -> Markup:
    """Return the notes' section for the figures in order, labelled in the page's languages.

    `titles` gives each figure's name by id for each of `languages`. Every note has the id that the numbers in the text
    go to, and lists every record of the figure, also those not counted, with the reason.
    """
    notes = [_note(number, figure, titles, languages) for number, figure in enumerate(figures, start=1)]
    return Markup(
        '<section class="notes" id="notes" aria-labelledby="notes-heading">\n<h2 id="notes-heading">{}</h2>\n{}\n</section>'
    ).format(_label("heading", languages), Markup("\n").join(notes))


def _label(name: str, languages: Sequence[Language]) -> Markup:
    return _both(*LABELS[name], languages)


def _both(chinese: str, english: str, languages: Sequence[Language]) -> Markup:
    """Return a label in the page's languages, each marked with its language where there are two."""
    texts: dict[Language, str] = {"zh": chinese, "en": english}
    if chinese == english:
        return escape(chinese)
    wanted = [Markup('<span lang="{}">{}</span>').format(LANGUAGE_TAGS[at], texts[at]) for at in languages if texts[at]]
    return Markup(" ").join(wanted)


def _note(number: int, figure: Figure, titles: Sequence[dict[str, str]], languages: Sequence[Language]) -> Markup:
    names: dict[Language, str] = {at: of.get(figure.id, "") for at, of in zip(languages, titles, strict=True)}
    title = _both(names.get("zh", ""), names.get("en", ""), languages)
    rows = [
        ("said", _both(figure.words.zh, figure.words.en, languages)),
        ("sum", escape(value_words(figure, languages[0]))),
        ("bounds", escape(bounds_words(figure, languages[0]))),
    ]
    if not figure.indicator.startswith(("list:", "supported:")):  # a list of the register was asked of nobody
        rows.append(("coverage", _coverage(figure, languages)))
    facts = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(_label(name, languages), value) for name, value in rows
    )
    back = Markup(" ").join(
        Markup('<a class="back" href="#said-{}-{}" hreflang="{}">{}</a>').format(
            at, note_id(figure.id), LANGUAGE_TAGS[at], _label("back", [at])
        )
        for at, of in zip(languages, titles, strict=True)
        if figure.id in of
    )
    return Markup(
        '<article class="note-on-figure" id="{}" tabindex="-1">\n<h3><span class="number">{}</span> {}</h3>\n<dl>{}</dl>\n{}\n<p class="backs">{}</p>\n</article>'
    ).format(note_id(figure.id), number, title, facts, _records(figure.trace, languages), back)


def _coverage(figure: Figure, languages: Sequence[Language]) -> Markup:
    coverage = figure.coverage
    if not coverage.expected:
        return _label("nobody_asked", languages)
    expected, received = len(coverage.expected), len(coverage.received)
    parts = [_both(f"应报{expected}个，已报{received}个", f"{received} of {expected}", languages)]
    for name, units in (("missing", coverage.missing), ("late", coverage.late), ("nil", coverage.nil)):
        if units:
            parts.append(Markup("{}: {}").format(_label(name, languages), _names(units, languages)))
    return Markup("<br>").join(parts)


def _names(units: Sequence[UnitName], languages: Sequence[Language]) -> str:
    if list(languages) == ["en"]:
        return ", ".join(unit_names(units, "en"))
    return "、".join(unit_names(units, "zh"))


# A note lists as many records as a person reads; all of them stand in figures.json and on the figure's page.
MOST_RECORDS = 300


def _records(trace: Sequence[TraceLine], languages: Sequence[Language]) -> Markup:
    if not trace:
        return Markup('<p class="no-records">{}</p>').format(_label("no_records", languages))
    first: Language = languages[0]
    rows = []
    for line in trace[:MOST_RECORDS]:
        chinese, english = WHY_NOT.get(line.why_not, (line.why_not, line.why_not))
        fate = _label("yes", languages) if line.counted else _both(chinese, english, languages)
        qualifier = QUALIFIERS.get(line.qualifier, ("", ""))[0 if first == "zh" else 1]
        source = escape(line.source)
        if line.activity_title:
            source = Markup("{}<br><span class='of'>{}</span>").format(source, line.activity_title)
        rows.append(
            Markup("<tr{}><td>{}</td><td class='value'>{}{}</td><td>{}</td><td>{}</td></tr>").format(
                Markup("" if line.counted else ' class="not-counted"'),
                unit_names([line.unit], first)[0],
                qualifier,
                exact_number(line.value, first),
                source,
                fate,
            )
        )
    if len(trace) > MOST_RECORDS:
        more = len(trace) - MOST_RECORDS
        rest = _both(
            f"另有{more}条，见网站和figures.json", f"and {more:,} more, on the site and in figures.json", languages
        )
        rows.append(Markup("<tr><td colspan='4'>{}</td></tr>").format(rest))
    head = Markup("").join(
        Markup("<th scope='col'{}>{}</th>").format(
            Markup(" class='value'" if name == "value" else ""), _label(name, languages)
        )
        for name in ("unit", "value", "source", "counted")
    )
    return Markup(
        '<div class="records" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table></div>'
    ).format("记录" if first == "zh" else "Records", head, Markup("\n").join(rows))
