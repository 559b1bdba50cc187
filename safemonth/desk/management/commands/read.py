"""`safemonth read FILE…`: what prose says, one JSON line a file. Needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from safemonth.collect.readers.letters import extract_text
from safemonth.collect.readers.prose.figure import figure_as_json
from safemonth.collect.readers.prose.lexicon import load_lexicon
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.desk.console import OfficeCommand
from safemonth.desk.files import file_bytes
from safemonth.desk.gate import sentence_of
from safemonth.lib.refusals import Refused


class Command(OfficeCommand):
    """Read letters and passages."""

    help = "Read the figures of letters (.docx, .txt, .html, .pdf): one JSON line a file."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--format", choices=["jsonl", "text"], default="jsonl")
        parser.add_argument("--lexicon", type=Path, default=None, help="more words, as docs/reading-prose.md says")

    def run(self, *, files: list[Path], lexicon: Path | None, **options: Any) -> None:
        """Print a line for each file; a file that cannot be read is told and does not stop the others."""
        own = settings.DATA / "lexicon.csv"
        words = load_lexicon(lexicon or (own if own.exists() else None))
        failed = False
        for path in files:
            try:
                text = extract_text(file_bytes(path), file_name=path.name).text
            except Refused as refused:
                failed = True
                self.stderr.write(f"✗ {path.name}: {sentence_of(refused.sentence, refused.params)} [{refused.code}]")
                continue
            figures = [figure_as_json(figure) for figure in read_figures(text, lexicon=words)]
            if options["format"] == "jsonl":
                self.stdout.write(json.dumps({"file": path.name, "figures": figures}, ensure_ascii=False))
            else:
                self.stdout.write(path.name)
                for figure in figures:
                    self.stdout.write(
                        f"  {figure['indicator']:28} {figure['value']:>12} {figure['qualifier']:10} {figure['surface']}"
                    )
        if failed:
            sys.exit(2)
