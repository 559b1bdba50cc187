"""What pages say about the questions of a form."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from safemonth.collect.forms.meanings import read_meaning
from safemonth.collect.forms.questions import Question
from safemonth.organisation.languages import is_english

register = template.Library()

FIELDS = {
    "unit": _("the unit that did it"),
    "title": _("title of the activity"),
    "kind": _("kind of activity"),
    "from_on": _("first day"),
    "to_on": _("last day"),
    "place": _("place"),
    "position": _("position on the map"),
    "participants": _("other units that took part"),
    "task": _("task that it answers"),
    "note": _("note"),
    "evidence": _("photo as evidence"),
    "nil": _("signed: nothing to report"),
    "period_from": _("first day of the return"),
    "period_to": _("last day of the return"),
    "signed_by": _("who signs"),
}
TYPES = {
    "text": _("text"),
    "integer": _("whole number"),
    "decimal": _("number"),
    "date": _("day"),
    "time": _("time of day"),
    "datetime": _("day and time"),
    "geopoint": _("position"),
    "geotrace": _("line on the map"),
    "geoshape": _("area on the map"),
    "select_one": _("one choice"),
    "select_multiple": _("several choices"),
    "rank": _("order of choices"),
    "image": _("photo"),
    "audio": _("recording"),
    "video": _("film"),
    "file": _("file"),
    "barcode": _("bar code"),
    "boolean": _("yes or no"),
    "acknowledge": _("tick"),
    "note": _("remark"),
    "calculate": _("calculated"),
    "metadata": _("filled in by the phone"),
    "hidden": _("hidden"),
}


@register.filter
def asked(question: Question) -> str:
    """Return a question as it is asked in the page's language."""
    return question.label("en" if is_english() else "zh")


@register.filter
def question_type(question: Question) -> str:
    """Return what sort of answer a question takes."""
    return str(TYPES.get(question.type, question.type))


@register.filter
def stands_for(question: Question, indicators: Mapping[str, Any]) -> str:
    """Return what a question's answer becomes: a field of the activity, or an indicator by its name."""
    meaning = read_meaning(question.meaning, indicators=indicators)
    if meaning is None:
        return question.meaning
    if meaning.field:
        return str(FIELDS[meaning.field])
    indicator = indicators[meaning.indicator]
    return str((is_english() and indicator.name_en) or indicator.name)


@register.filter
def in_language(texts: Mapping[str, str]) -> str:
    """Return the text of the page's language."""
    return texts.get("en" if is_english() else "zh", "")
