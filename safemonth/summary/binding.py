"""Marks in the filled Word file become links; coverage notes are put in; claims of "all" are checked."""

from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.lib.word_xml import XML_SPACE, Element, R, W, paragraphs_of, runs_of, text_of, w
from safemonth.summary.claims import sentence_ends, word_for_all
from safemonth.summary.facts import Language
from safemonth.summary.figure_words import coverage_note
from safemonth.summary.marks import Kind, has_marks, pieces_of
from safemonth.summary.tags import Tags

# Character style of a figure's words in the outlines (a clerk may change how it looks there).
FIGURE_STYLE = "Figure"


@dataclass
class Said:
    """A stretch of a paragraph in its own run: typed text within one sentence, or a figure's words."""

    kind: Kind
    text: str
    number: int
    sentence: int
    run: Element


def bind_figures(document: WordDocument, tags: Tags) -> list[int]:
    """Turn every mark of the document into a link to the figure's trace; return the figures' numbers in text order.

    Each figure of which a report is missing gets its coverage note; of equal notes that follow each other in
    one sentence only the last stays, worded for all. Raises Refused for a sentence that claims "all" beside
    such a figure, for a figure within a link, and where a figure that was asked for is not in the text.
    """
    order: list[int] = []
    for paragraph in list(paragraphs_of(document)):
        if not has_marks(text_of(paragraph)):
            continue
        said = _split(paragraph, tags.language)
        _refuse_claims_of_all(said, tags)
        _put_notes(said, tags)
        for piece in said:
            if piece.kind != "typed":
                _link(document, piece.run, _url_of(tags, piece.number))
                order.append(piece.number)
    lost = set(range(len(tags.used))) - set(order)
    if lost:
        raise Refused(
            "figure_asked_for_and_not_said",
            gettext_noop(
                "The outline asks for “%(title)s” in a condition or a loop and never says it. Ask with has(…) "
                "in conditions, and write figure(…) where the number is to stand."
            ),
            title=tags.titles[tags.used[min(lost)].id],
        )
    return list(dict.fromkeys(order))


def _split(paragraph: Element, language: Language) -> list[Said]:
    """Split a paragraph's runs so that each holds one piece of one sentence; formatting is kept."""
    said: list[Said] = []
    sentence = 0
    for run in runs_of(paragraph):
        texts = [child for child in run if child.tag == f"{W}t"]
        if any(has_marks(text.text or "") for text in texts) and next(run.iterancestors()).tag == f"{W}hyperlink":
            raise Refused(
                "figure_within_a_link",
                gettext_noop("In “%(text)s” a figure stands inside a link. Remove the link: the figure has its own."),
                text="".join(piece.text for piece in pieces_of(text_of(paragraph)))[:120],
            )
        for child in [child for child in run if child.tag != f"{W}rPr"]:
            if child.tag != f"{W}t":
                run.addprevious(_run_like(run, child))
                continue
            for piece in pieces_of(child.text or ""):
                parts = [piece.text]
                if piece.kind == "typed":
                    ends = [0, *sentence_ends(piece.text, language), len(piece.text)]
                    parts = [piece.text[start:end] for start, end in pairwise(ends)]
                for place, part in enumerate(parts):
                    if part or piece.kind != "typed":
                        new = _run_like(run, _text(part))
                        run.addprevious(new)
                        said.append(Said(piece.kind, part, piece.number, sentence, new))
                    sentence += place < len(parts) - 1
        next(run.iterancestors()).remove(run)
    return said


def _run_like(run: Element, child: Element) -> Element:
    """Return a new run with the formatting of `run` and the one child."""
    new = w("r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    new.append(child)
    return new


def _text(text: str) -> Element:
    element = w("t")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def _refuse_claims_of_all(said: list[Said], tags: Tags) -> None:
    """Refuse a sentence in which the clerk typed "all" beside a figure of which reports are missing."""
    missing = {s.sentence for s in said if s.kind == "figure" and not tags.used[s.number].coverage.is_complete}
    for number in sorted(missing):
        typed = "\n".join(s.text for s in said if s.sentence == number and s.kind == "typed")
        claim = word_for_all(typed, tags.language)
        if claim:
            raise Refused(
                "all_claimed_where_reports_are_missing",
                gettext_noop(
                    "The outline says “%(claim)s” in “%(text)s”, but not all who were asked have reported. Write "
                    "every(…) there, which says “all” only when it is so, or take the word out."
                ),
                claim=claim,
                text="".join(s.text for s in said if s.sentence == number).strip()[:160],
            )


def _put_notes(said: list[Said], tags: Tags) -> None:
    """Put the coverage note after each figure that needs one, once for equal notes in a row within a sentence."""
    counts = [piece for piece in said if piece.kind == "figure"]
    several = False
    for at, piece in enumerate(counts):
        coverage = tags.used[piece.number].coverage
        after = counts[at + 1] if at + 1 < len(counts) else None
        if after and after.sentence == piece.sentence:
            following = tags.used[after.number].coverage
            if (coverage.expected, coverage.missing) == (following.expected, following.missing):
                several = True
                continue
        note = coverage_note(coverage, tags.language, of_several=several)
        several = False
        if note:
            text = piece.run.find(f"{W}t")
            assert text is not None  # `_split` gave each piece a run with a text
            text.text = f"{piece.text}{'' if tags.language == 'zh' else ' '}{note}"


def _link(document: WordDocument, run: Element, url: str) -> None:
    """Wrap a run in a link to the address, in the style of figures."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = w("rPr")
        run.insert(0, properties)
    for old in properties.findall(f"{W}rStyle"):
        properties.remove(old)
    properties.insert(0, w("rStyle", val=FIGURE_STYLE))
    link = w("hyperlink", history="1")
    link.set(f"{R}id", document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.addprevious(link)
    link.append(run)


def _url_of(tags: Tags, number: int) -> str:
    wanted = tags.used[number].id
    return next(url for url, figure_id in tags.urls.items() if figure_id == wanted)
