"""A form as the rest of the office needs it: its questions, what they ask, and what they stand for. Plain Python.

Read from the XForm, so that it serves forms that pyxform made and forms made elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree

from safemonth.collect.forms.meanings import KIND_OF_PURPOSE, STARTS_ACTIVITY
from safemonth.collect.forms.questions import FormNote, Question, Section
from safemonth.collect.forms.xform import XFormReader, first_of, plain_text, primary_instance
from safemonth.collect.forms.xml import open_xml
from safemonth.lib.refusals import Refused, gettext_noop

__all__ = ["FormDesign", "FormNote", "Question", "Section", "design_of"]

# A county has some ten forms, each with a few versions in use.
KEPT_DESIGNS = 64
_XFORMS = "http://www.w3.org/2002/xforms"


@dataclass(frozen=True)
class FormDesign:
    """One version of a form.

    `xform` is the XForm as devices get it. `media` are the names of files that the form asks for beside it.
    `languages` are `zh`, `en`, other codes, or empty, the default first. `kind` is an activity's kind where the form
    names none, or empty. `meanings` maps paths to words. `warnings` are for the clerk.
    """

    form_id: str
    version: str
    title: str
    titles: Mapping[str, str]
    xform: bytes
    questions: tuple[Question, ...]
    sections: tuple[Section, ...]
    media: tuple[str, ...]
    languages: tuple[str, ...]
    purpose: str
    kind: str
    meanings: Mapping[str, str]
    warnings: tuple[FormNote, ...] = ()

    @cached_property
    def by_path(self) -> Mapping[str, Question]:
        """The questions by path."""
        return {question.path: question for question in self.questions}

    @cached_property
    def section_by_path(self) -> Mapping[str, Section]:
        """The groups and repeats by path."""
        return {section.path: section for section in self.sections}

    @cached_property
    def repeats(self) -> tuple[str, ...]:
        """The paths of all repeats, outer before inner."""
        return tuple(section.path for section in self.sections if section.is_repeat)

    @cached_property
    def activity_repeats(self) -> tuple[str, ...]:
        """The repeats of which each turn is one activity, outer before inner."""
        return self.starting_repeats(self.meanings)

    def starting_repeats(self, meanings: Mapping[str, str]) -> tuple[str, ...]:
        """The repeats of which each turn is one activity under these meanings: those with a title, unit, kind or first day."""
        found = {self.by_path[path].repeat for path, word in meanings.items() if word in STARTS_ACTIVITY}
        return tuple(path for path in self.repeats if path in found)

    def repeats_around(self, path: str) -> tuple[str, ...]:
        """The repeats that hold a path, outer before inner; a repeat holds itself."""
        return tuple(repeat for repeat in self.repeats if path == repeat or path.startswith(f"{repeat}/"))


def design_of(xform: bytes, *, meanings: Mapping[str, str], purpose: str, kind: str) -> FormDesign:
    """Return the design that an XForm holds, with the meanings, purpose and kind that were stored beside it.

    `kind` may be empty; then it follows from the purpose. The last KEPT_DESIGNS are kept, since every filled form asks
    for its own again (20 ms for the largest shipped one). Raises Refused `form_not_readable` where the bytes are
    no XForm (XML with a model, a primary instance and an id).
    """
    return _design_of(xform, tuple(sorted(meanings.items())), purpose, kind)


@lru_cache(maxsize=KEPT_DESIGNS)
def _design_of(xform: bytes, pairs: tuple[tuple[str, str], ...], purpose: str, kind: str) -> FormDesign:
    meanings = dict(pairs)
    root = open_xml(xform, code="form_not_readable")
    model = first_of(root, "model")
    primary = primary_instance(model) if model is not None else None
    if model is None or primary is None:
        raise Refused("form_not_readable", gettext_noop("This is not a form: it has no model or no instance."))
    # A form without an id is known by its namespace (OpenRosa 1.0, "Form Identification").
    namespace = etree.QName(primary).namespace or ""
    form_id = (primary.get("id") or (namespace if namespace != _XFORMS else "")).strip()
    if not form_id:
        raise Refused("form_not_readable", gettext_noop("This form has no id."))
    reader = XFormReader(root, model, primary, meanings)
    heading = first_of(root, "title")
    title = (plain_text(heading) if heading is not None else "") or form_id
    languages = reader.labels.languages or ("",)
    return FormDesign(
        form_id=form_id,
        version=(primary.get("version") or "").strip(),
        title=title,
        titles={languages[0]: title},
        xform=xform,
        questions=tuple(reader.questions()),
        sections=tuple(reader.sections()),
        media=reader.media(),
        languages=languages,
        purpose=purpose,
        kind=kind or KIND_OF_PURPOSE.get(purpose, ""),
        meanings=meanings,
    )
