"""What was filled in on phones in the demo's June, as data: the truth that the forms' answers are then written from.

Villages and days of the vehicles' stops lie within the tours of `data/deeds.csv`; what was given out at a stop is told
by its form alone, so it stands in no sheet. Positions are made up, near the township's seat.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from uuid import NAMESPACE_URL, uuid5

from safemonth.demo.truth import CHINA_TIME, Said, parse_said


@dataclass(frozen=True)
class FilledForm:
    """One form as it was filled in: `form` is its form_id, `by` the user name, `counts` indicator code -> what is so.

    `photos` are the numbers of its photos (`photos.py`), in the order of the form's questions; `position` is
    "latitude longitude" or empty. `oddity` is a word or `word:detail`: `again` (sent twice), `conflict:CODE=NUMBER` (sent
    again with another number), `typed:CODE=TEXT` (words where a number is asked), `reused:NUMBER` (the photo of that
    form, cropped), `last_year` (its photo was taken a year before); empty for most.
    """

    number: int
    form: str
    unit: str
    by: str
    title: str
    kind: str
    place: str
    on: date
    position: str
    sent_at: datetime
    counts: Mapping[str, Said]
    photos: tuple[int, ...]
    oddity: str

    @property
    def odd(self) -> tuple[str, str]:
        """The oddity's word and its detail, both empty for most."""
        word, _, detail = self.oddity.partition(":")
        return word, detail

    @property
    def instance_id(self) -> str:
        """The instanceID, the same on every run, as a phone gives it."""
        return f"uuid:{uuid5(NAMESPACE_URL, f'safemonth-demo/filled/{self.number}')}"


@cache
def filled_forms() -> tuple[FilledForm, ...]:
    """Return every form of `data/filled.csv` in its order."""
    with files("safemonth").joinpath("demo/data/filled.csv").open(encoding="utf-8") as lines:
        return tuple(
            FilledForm(
                number=int(row["number"]),
                form=row["form"],
                unit=row["unit"],
                by=row["by"],
                title=row["title"],
                kind=row["kind"],
                place=row["place"],
                on=date.fromisoformat(row["on"]),
                position=row["position"],
                sent_at=datetime.fromisoformat(row["sent"]).replace(tzinfo=CHINA_TIME),
                counts={
                    code: parse_said(said) for code, _, said in (pair.partition("=") for pair in row["counts"].split())
                },
                photos=tuple(int(number) for number in row["photos"].split()),
                oddity=row["oddity"],
            )
            for row in csv.DictReader(lines)
        )


def task_of(filled: FilledForm) -> str:
    """Return the code of the plan's task that a form's counts belong to; empty where none is."""
    return {
        "village_stop": "vehicles",
        "inspection": "key-inspections",
        "recheck": "key-inspections",
        "activity_report": "everyone",
        "supervision_visit": "supervision",
    }.get(filled.form, "")
