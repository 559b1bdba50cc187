"""`safemonth intake FILE…`: preview, questions, acceptance."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from safemonth.collect.readers.actions import derive, take_in, teach_heading
from safemonth.collect.readers.actions.accept import accept_sure
from safemonth.collect.readers.exchange import reading_as_json
from safemonth.collect.readers.files import channel_of, read_file
from safemonth.collect.readers.known import Known
from safemonth.collect.readers.models import ReadingRecord
from safemonth.collect.readers.proposals import Office, propose
from safemonth.collect.readers.queries import (
    known_to_readers,
    measures_proposed,
    office_of,
    proposals_of,
    unit_facts_and_names,
)
from safemonth.collect.readers.reading import Doubt
from safemonth.collect.submissions.queries import place_of
from safemonth.collect.submissions.rules import check_size
from safemonth.desk.console import OfficeCommand, database_is_there, need_database, now, terminal_user
from safemonth.desk.files import file_bytes
from safemonth.desk.gate import sentence_of
from safemonth.desk.management.commands.campaign import dates_of, open_month
from safemonth.lib.refusals import Refused
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import unit_called
from safemonth.plan.models import Campaign
from safemonth.plan.queries import campaign_called, task_called


class Command(OfficeCommand):
    """Take files in: what is sure is accepted, what is doubtful is shown and waits."""

    help = "Take in what units sent: spreadsheets, letters, web entries."
    needs_database = False  # A dry run reads files even where nothing is set up.

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--campaign", default="", help="its code; without it the latest")
        parser.add_argument("--unit", default="", help="who sent the files: a unit's code or name")
        parser.add_argument("--task", default="", help="the task that the files answer")
        parser.add_argument("--accept", choices=["sure", "all", "none"], default="sure")
        parser.add_argument("--teach", action="append", default=[], metavar="HEADING=MEANING")
        parser.add_argument("--dry-run", action="store_true", help="read and show; store nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def run(self, *, files: list[Path], **options: Any) -> None:
        """Read each file; a file that cannot be read is told and does not stop the others."""
        if options["dry_run"]:
            failed = self._dry_run(files, **options)
        else:
            need_database()
            failed = self._store(files, **options)
        if failed:
            sys.exit(2)

    # Dry run

    def _dry_run(self, files: list[Path], **options: Any) -> int:
        office, known = _what_is_known(options["campaign"], unit=options["unit"], task=options["task"])
        taught = dict(_taught(text) for text in options["teach"])
        known = Known(**{**known.__dict__, "headings": {**known.headings, **taught}})
        result: dict[str, list[Any]] = {"proposals": [], "questions": [], "skipped": [], "errors": [], "files": []}
        for path in files:
            try:
                data = file_bytes(path)
                check_size(data, file_name=path.name)
                channel = channel_of(data, file_name=path.name)
                reading = read_file(data, file_name=path.name, channel=channel, known=known)
            except Refused as refused:
                sentence = sentence_of(refused.sentence, refused.params)
                result["errors"].append({"file": path.name, "code": refused.code, "sentence": sentence})
                continue
            proposed = propose(reading, office)
            entry = reading_as_json(file_name=path.name, reading=reading, proposed=proposed, office=office, say=_say)
            for part in ("proposals", "questions", "skipped"):
                result[part] += entry.pop(part)
            result["files"].append(entry)
        if options["format"] == "json":
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1, default=str))
        else:
            self._show(result)
        return len(result["errors"])

    def _show(self, result: dict[str, list[Any]]) -> None:
        for entry in result["proposals"]:
            place = entry["source"].get("cell") or entry["source"].get("field") or f"{entry['source'].get('start')}"
            mark = "?" if entry["doubtful"] else "✓"
            self.stdout.write(
                f"{mark} {entry['file']} {place}: {entry['unit'] or entry['unit_text'] or '?'} | {entry['activity']} | "
                f"{entry['indicator'] or entry.get('heading') or '-'} = {entry['value']} {entry['qualifier'] or ''}"
            )
            for doubt in entry["doubtful"]:
                self.stdout.write(f"    {doubt['sentence']} [{doubt['code']}]")
        for question in result["questions"]:
            self.stdout.write(f"? {question['file']}: {question['sentence']} {', '.join(question['choices'])}")
        for error in result["errors"]:
            self.stderr.write(f"✗ {error['file']}: {error['sentence']} [{error['code']}]")

    # For good

    def _store(self, files: list[Path], **options: Any) -> int:
        by = terminal_user()
        campaign = _campaign(options["campaign"])
        sender = unit_called(options["unit"]) if options["unit"] else None
        if options["task"]:
            task_called(campaign, options["task"])
        for text in options["teach"]:
            heading, meaning = _taught(text)
            teach_heading(heading=heading, meaning=meaning, by=by, at=now())
        failed = 0
        results = []
        step = self.progress(len(files), "intake")
        for path in files:
            try:
                data = file_bytes(path)
                taken = take_in(
                    campaign=campaign,
                    data=data,
                    file_name=path.name,
                    channel=_channel(data, path.name),
                    sender=sender,
                    by=by,
                    at=now(),
                    task=options["task"],
                    accept=options["accept"],
                )
            except Refused as refused:
                failed += 1
                self.stderr.write(f"✗ {path.name}: {sentence_of(refused.sentence, refused.params)} [{refused.code}]")
                continue
            finally:
                step(path.name)
            if taken.refused:
                failed += 1
                sentence = sentence_of(taken.refused.sentence, taken.refused.params)
                self.stderr.write(f"✗ {path.name}: {sentence} [{taken.refused.code}]")
            reading = self._ask(taken.reading, by=by, accept=options["accept"]) if sys.stdin.isatty() else taken.reading
            results.append(
                {
                    "file": path.name,
                    "submission": taken.submission.pk,
                    "is_new": taken.is_new,
                    "accepted": taken.accepted,
                    "left_open": taken.left_open,
                    "waiting": self._waiting(reading, quiet=options["format"] == "json"),
                }
            )
            if options["format"] == "text":
                self.stdout.write(
                    f"{path.name}: {'+' if taken.is_new else '='} accepted {taken.accepted}, waiting {taken.left_open}"
                )
        if options["format"] == "json":
            self.stdout.write(json.dumps({"files": results}, ensure_ascii=False, indent=1))
        return failed

    def _ask(self, reading: ReadingRecord, *, by: str, accept: str) -> ReadingRecord:
        """Ask at the terminal what headings mean, and read the file again with the answers."""
        answered = False
        for question in reading.questions:
            self.stdout.write(sentence_of(question["sentence"], question["params"]))
            answer = input(f"  [{', '.join(question['choices'][:6])}, ignore, Enter] ").strip()
            if answer:
                teach_heading(heading=question["subject"], meaning=answer, by=by, at=now())
                answered = True
        if not answered:
            return reading
        reading = derive(submission=reading.submission, by=by, at=now())
        if accept != "none":
            accept_sure(reading=reading, by=by, at=now(), even_doubtful=accept == "all")
        return reading

    def _waiting(self, reading: ReadingRecord, *, quiet: bool) -> list[dict[str, Any]]:
        proposals = proposals_of(reading)
        values = measures_proposed(proposals)
        waiting = []
        for proposal in proposals:
            doubts = list(proposal.doubts) if proposal.state == "open" else []
            doubts += [
                doubt for value in values.get(proposal.pk, []) if value.state == "open" for doubt in value.doubts
            ]
            if not doubts:
                continue
            place = place_of(proposal.source)
            sentences = [sentence_of(doubt["sentence"], doubt["params"]) for doubt in doubts]
            waiting.append({"place": place, "unit": proposal.unit_text, "doubtful": sentences})
            if not quiet:
                for sentence in dict.fromkeys(sentences):
                    self.stdout.write(f"  ? {place} {proposal.unit_text}: {sentence}")
        for question in reading.questions:
            sentence = sentence_of(question["sentence"], question["params"])
            waiting.append({"place": question["place"], "question": sentence, "choices": question["choices"]})
            if not quiet:
                self.stdout.write(f"  ? {question['place']}: {sentence} ({', '.join(question['choices'][:4])})")
        return waiting


def _say(doubt: Doubt) -> str:
    return sentence_of(doubt.sentence, doubt.params)


def _taught(text: str) -> tuple[str, str]:
    heading, _, meaning = text.rpartition("=")
    return heading.strip(), meaning.strip()


def _channel(data: bytes, file_name: str) -> str:
    try:
        return channel_of(data, file_name=file_name)
    except Refused:
        return "sheet" if re.search(r"\.(xlsx?|xlsm|csv|tsv)$", file_name, re.IGNORECASE) else "letter"


def _campaign(code: str) -> Campaign:
    """The campaign; a month's code that is not open yet opens it, and so does the first intake of an office."""
    if code and re.fullmatch(r"\d{4}-\d\d", code) and not Campaign.objects.filter(code=code).exists():
        return _open(code)
    if not code and not Campaign.objects.exists():
        return _open(f"{now().year}-06")
    return campaign_called(code)


def _open(code: str) -> Campaign:
    starts_on, ends_on = dates_of(code, None, None)
    return open_month(code=code, starts_on=starts_on, ends_on=ends_on, ask="kind:township+kind:department")


def _what_is_known(code: str, *, unit: str, task: str) -> tuple[Office, Known]:
    """What a dry run knows: the database's knowledge where there is one, else only the month and the indicators."""
    if database_is_there() and Unit.objects.exists() and Campaign.objects.exists() and not _is_unopened(code):
        campaign = campaign_called(code)
        office = office_of(campaign, sender=unit_called(unit) if unit else None, task=task)
        return office, known_to_readers(campaign, office)
    starts_on, ends_on = dates_of(code or f"{now().year}-06", None, None)
    if database_is_there() and Unit.objects.exists():
        office = _office_without_month(unit)
        office = Office(**{**office.__dict__, "starts_on": starts_on, "ends_on": ends_on})
    else:
        office = Office(starts_on=starts_on, ends_on=ends_on)
    names = {form: codes[0] for form, codes in office.names.items()}
    return office, Known(unit_names=names, from_on=starts_on, to_on=ends_on)


def _is_unopened(code: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d", code)) and not Campaign.objects.filter(code=code).exists()


def _office_without_month(unit: str) -> Office:
    units, names, top = unit_facts_and_names()
    return Office(units=units, names=names, county=top, sender=unit_called(unit).code if unit else "")
