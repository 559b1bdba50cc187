"""Writes what Yi County's units sent in June 2019 into a folder: sheets, letters and web entries of many shapes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from safemonth.demo.letters.departments import department_letters
from safemonth.demo.letters.events import event_letters
from safemonth.demo.letters.townships import township_letters
from safemonth.demo.sent import Channel, Draft, in_order_of_arrival
from safemonth.demo.sheets.departments import department_sheets
from safemonth.demo.sheets.events import event_sheets
from safemonth.demo.sheets.flawed import flawed_sheets
from safemonth.demo.sheets.townships import township_sheets
from safemonth.demo.web import web_entries


@dataclass(frozen=True)
class SentFile:
    """A file in the folder; the other fields are those of its `Draft` (sent.py)."""

    path: Path
    channel: Channel
    sender: str
    received_at: datetime
    note: str
    expect: tuple[str, ...]
    returns_for: tuple[str, ...]
    task: str


def all_drafts() -> list[Draft]:
    """Return everything that was sent, in the order of arrival; the same on every run."""
    return in_order_of_arrival(
        [
            *township_sheets(),
            *flawed_sheets(),
            *department_sheets(),
            *event_sheets(),
            *township_letters(),
            *department_letters(),
            *event_letters(),
            *web_entries(),
        ]
    )


def write_files(folder: Path) -> list[SentFile]:
    """Write every file into `folder` (made where it is missing) and return them in the order of arrival."""
    folder.mkdir(parents=True, exist_ok=True)
    sent = []
    for draft in all_drafts():
        path = folder / draft.name
        path.write_bytes(draft.content)
        sent.append(
            SentFile(
                path=path,
                channel=draft.channel,
                sender=draft.sender,
                received_at=draft.received_at,
                note=draft.note,
                expect=draft.expect,
                returns_for=draft.returns_for,
                task=draft.task,
            )
        )
    return sent
