"""A filled form as a person reads it: question, answer, and what does not fit; two of them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safemonth.collect.forms.answers import Answer, answers_of, check_answers
from safemonth.collect.forms.models import Instance, Rival
from safemonth.collect.forms.queries import design_of_version, version_of_answers
from safemonth.collect.inspection.checklists.lists import choices_of, names_chosen
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.models import Unit


@dataclass(frozen=True)
class AnsweredRow:
    """One answer as shown: the question, the turns of the repeats it stands in, the text, and doubts as stored."""

    answer: Answer
    turn: str
    shown: Mapping[str, str]
    doubts: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Contrast:
    """One answer of two versions, each by language; empty where a version has none. `differs`: they do not say the same."""

    answer: Answer
    turn: str
    standing: Mapping[str, str]
    other: Mapping[str, str]
    differs: bool


def answer_table(instance: Instance) -> list[AnsweredRow]:
    """Return the answers of a filled form that say something, in the form's order, and those that do not fit."""
    xml = bytes_kept(instance.submission.sha256)
    design = design_of_version(instance.form_version)
    doubts: dict[tuple[str, tuple[int, ...]], list[dict[str, Any]]] = {}
    checked = check_answers(xml, design, choices=choices_of(instance.form_version), now=instance.received_at)
    for doubt in checked:
        stored = {"code": doubt.code, "sentence": doubt.sentence, "params": dict(doubt.params)}
        doubts.setdefault((doubt.path, doubt.turn), []).append(stored)
    answers = [answer for answer in answers_of(xml, design) if answer.question.type not in ("note", "metadata")]
    units = _unit_names(answers)
    return [
        AnsweredRow(answer, _turn(answer), _shown(answer, units), tuple(doubts.get((answer.path, answer.turn), ())))
        for answer in answers
        if answer.text.strip() or (answer.path, answer.turn) in doubts
    ]


def side_by_side(instance: Instance, rival: Rival) -> list[Contrast]:
    """Return the answers of what stands and of a rival beside each other, in the form's order."""
    standing = _answers(bytes_kept(instance.submission.sha256))
    other = _answers(bytes_kept(rival.submission.sha256))
    units = _unit_names([*standing.values(), *other.values()])
    contrasts = []
    for place, answer in {**standing, **other}.items():
        sides = [side.get(place) for side in (standing, other)]
        said = [side.text.strip() if side else "" for side in sides]
        if answer.question.type in ("note", "metadata") or not any(said):
            continue
        shown = [_shown(side, units) if side else {} for side in sides]
        contrasts.append(Contrast(answer, _turn(answer), shown[0], shown[1], differs=said[0] != said[1]))
    return contrasts


def _answers(xml: bytes) -> dict[tuple[str, tuple[int, ...]], Answer]:
    design = design_of_version(version_of_answers(xml))
    return {(answer.path, answer.turn): answer for answer in answers_of(xml, design)}


def _turn(answer: Answer) -> str:
    return ".".join(map(str, answer.turn))


def _unit_names(answers: list[Answer]) -> dict[str, tuple[str, str]]:
    """What was chosen from the office's lists, by its value: the name in Chinese and in English."""
    codes = {answer.text.strip() for answer in answers if answer.question.choices_file == "units.csv"}
    rows = Unit.objects.filter(code__in=codes).values_list("code", "name", "name_en") if codes else ()
    chosen = [(answer.question.choices_file, answer.text.strip()) for answer in answers if answer.question.choices_file]
    return {code: (name, name_en or name) for code, name, name_en in rows} | names_chosen(chosen)


def _shown(answer: Answer, units: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """The answer by language: a choice by its label, a unit by its name, the rest as written."""
    text = answer.text.strip()
    if answer.question.choices_file and text in units:
        return {"zh": units[text][0], "en": units[text][1]}
    labels = answer.question.choice_labels
    names = text.split() if answer.question.type in ("select_multiple", "rank") else [text]
    if not any(name in labels for name in names):
        return {"zh": text, "en": text}
    return {
        language: ", ".join(_label(labels.get(name, {}), language) or name for name in names)
        for language in ("zh", "en")
    }


def _label(labels: Mapping[str, str], language: str) -> str:
    return labels.get(language) or next(iter(labels.values()), "")
