"""Make the shipped Word outlines from their texts, in place."""

from pathlib import Path

from safemonth.summary.facts import Language
from safemonth.summary.outlines import built_outline

LANGUAGES: tuple[Language, ...] = ("zh", "en")

for language in LANGUAGES:
    path = Path(__file__).with_name(f"summary.{language}.docx")
    path.write_bytes(built_outline(language))
    print(path)
