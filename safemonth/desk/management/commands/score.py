"""`safemonth score CORPUS.jsonl`: how well the prose reader reads marked passages. Needs no database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.prose.score import passages_of, score
from safemonth.desk.console import OfficeCommand
from safemonth.desk.files import file_bytes


class Command(OfficeCommand):
    """Print precision, recall and F1 for each language, strictly and for value and qualifier alone."""

    help = "Score the prose reader on marked passages (one JSON object a line)."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("corpus", type=Path)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--errors", action="store_true", help="list what was missed and what was too much")

    def run(self, *, corpus: Path, **options: Any) -> None:
        """Print the scores."""
        passages = passages_of(file_bytes(corpus), name=corpus.name)
        result = score(passages, read_figures)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, default=str))
            return
        for language in [key for key in result if key not in ("errors", "passages")]:
            for way in ("strict", "value_qualifier"):
                row = result[language][way]
                self.stdout.write(
                    f"{language:8} {way:16} precision {row['precision']:.4f} recall {row['recall']:.4f} F1 {row['f1']:.4f}"
                )
        if options["errors"]:
            for missed in result.get("errors", []):
                self.stdout.write(f"  {missed}")
