"""The summary as one web page that needs no server: text in one or both languages, then the notes behind its numbers."""

import re
from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

from safemonth.figures.figure import Figure
from safemonth.summary.facts import Language, Rendered
from safemonth.summary.figure_notes import LABELS, figure_notes
from safemonth.summary.word_html import LANGUAGE_TAGS, web_text

_link_of_figure = re.compile(r'(<a class="figure"[^>]*? )href="#([^"]*)"( data-figure="[^"]*") data-trace="([^"]*)"')
LANGUAGE_NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}


def render_html(summaries: Sequence[Rendered]) -> str:
    """Return a complete HTML page of one summary, or of the same one in two languages.

    No script and no address outside the page: style sheet inside, a number goes to its note (`#figure-…`), the note back.
    The first summary's language is the page's. ValueError for none.
    """
    if not summaries:
        raise ValueError("a page needs a summary")
    texts = [web_text(summary) for summary in summaries]
    languages = [text.language for text in texts]
    figures: dict[str, Figure] = {}
    for summary in summaries:
        for figure in summary.used:
            figures.setdefault(figure.id, figure)
    order = dict.fromkeys(figure_id for text in texts for figure_id in text.mentioned)
    notes = figure_notes([figures[figure_id] for figure_id in order], [s.titles for s in summaries], languages)
    links = [
        Markup('<a href="#text-{}" lang="{}" hreflang="{}">{}</a>').format(
            at, LANGUAGE_TAGS[at], LANGUAGE_TAGS[at], LANGUAGE_NAMES[at]
        )
        for at in languages
    ]
    notes_name = " ".join(LABELS["heading"][0 if at == "zh" else 1] for at in languages)
    links.append(Markup('<a href="#notes">{}</a>').format(notes_name))
    sections = Markup("\n").join(
        Markup('<article class="text" id="text-{}" lang="{}">\n{}\n</article>').format(
            text.language, LANGUAGE_TAGS[text.language], text.html
        )
        for text in texts
    )
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n'
            '<style>\n{}\n</style>\n</head>\n<body>\n<nav class="jump" aria-label="{}">{}</nav>\n<main>\n{}\n{}\n</main>\n'
            "</body>\n</html>\n"
        ).format(
            LANGUAGE_TAGS[languages[0]],
            " / ".join(text.title for text in texts),
            Markup(style_sheet("page")),
            "本页内容" if languages[0] == "zh" else "On this page",
            Markup(" ").join(links),
            sections,
            notes,
        )
    )


def body_of(page: str, language: Language) -> Markup:
    """Return the text of one language out of a page made by `render_html`, for a page of the office's site.

    There a number goes to its own page of records (the address in `data-trace`) instead of to a note. ValueError
    where the page has no text in the language.
    """
    found = re.search(rf'<article class="text" id="text-{language}"[^>]*>\n(.*?)\n</article>', page, re.DOTALL)
    if found is None:
        raise ValueError(f"the page has no text in {language}")
    # The page is our own and its text was escaped when it was made.
    return Markup(_link_of_figure.sub(r'\1href="\4"\3', found[1]))


def style_sheet(name: str) -> str:
    """Return one of the style sheets beside this module (page, english)."""
    return files("safemonth.summary").joinpath(f"print/{name}.css").read_text(encoding="utf-8")
