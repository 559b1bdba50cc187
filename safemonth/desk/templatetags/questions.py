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
    "key": _("identity of the visit"),
    "visit": _("the visit that was drawn"),
    "workplace": _("the workplace inspected"),
    "started_at": _("from when"),
    "ended_at": _("until when"),
    "finished_at": _("when the form was finished"),
    "inspectors": _("who inspected"),
    "certificates_shown": _("certificates shown"),
    "signed_how": _("signed, refused or absent"),
    "sign.inspector": _("signature of the inspectors"),
    "sign.workplace": _("signature of the workplace"),
    "item": _("item of the checklist"),
    "hazard.key": _("hazard: identity"),
    "hazard.text": _("hazard: what it is"),
    "hazard.grade": _("hazard: grade"),
    "hazard.spot": _("hazard: in which spot"),
    "hazard.basis": _("hazard: legal basis"),
    "hazard.photo": _("hazard: photo"),
    "hazard.deadline": _("hazard: deadline"),
    "hazard.measure": _("hazard: what is to be done"),
    "hazard.responsible": _("hazard: who is responsible"),
    "hazard.on_the_spot": _("hazard: put right on the spot"),
    "recheck.hazard": _("recheck: which hazard"),
    "recheck.answers": _("recheck: what it answers"),
    "recheck.reported": _("recheck: whether it was reported as done"),
    "recheck.result": _("recheck: result"),
    "recheck.reason": _("recheck: what is still wrong"),
    "recheck.deadline": _("recheck: new deadline"),
    "recheck.photo": _("recheck: photo"),
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
        return " · ".join(filter(None, (str(FIELDS[meaning.field]), meaning.law)))
    indicator = indicators[meaning.indicator]
    return str((is_english() and indicator.name_en) or indicator.name)


@register.filter
def in_language(texts: Mapping[str, str]) -> str:
    """Return the text of the page's language."""
    return texts.get("en" if is_english() else "zh", "")
