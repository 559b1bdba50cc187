"""How well the reader reads marked passages: precision, recall and F1, and each error."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.lib.refusals import Refused, gettext_noop

Key = tuple[Any, ...]


def load_passages(path: Path) -> list[dict[str, Any]]:
    """Return the marked passages of a file, as `passages_of` does."""
    return passages_of(path.read_bytes(), name=str(path))


def passages_of(data: bytes, *, name: str) -> list[dict[str, Any]]:
    """Return the marked passages of JSON Lines in UTF-8; blank lines are skipped.

    Raises Refused `not_a_corpus` for other bytes, and `corpus_line_wrong` with the line where one is not a passage
    with `text`, `lang` and `figures`.
    """
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError as error:
        raise Refused(
            "not_a_corpus",
            gettext_noop("“%(file)s” is not one JSON object a line: %(error)s"),
            file=name,
            error=str(error),
        ) from error
    passages = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            passage = json.loads(line)
            if not {"text", "lang", "figures"} <= passage.keys():
                raise KeyError("text, lang, figures")
        except (ValueError, KeyError, AttributeError) as error:
            raise Refused(
                "corpus_line_wrong",
                gettext_noop("Line %(line)s of %(path)s is no marked passage (%(error)s)."),
                line=number,
                path=name,
                error=str(error),
            ) from error
        passages.append(passage)
    return passages


def score(passages: Sequence[Mapping[str, Any]], read: Callable[[str], Iterable[ProseFigure]]) -> dict[str, Any]:
    """Return how well `read` reads the marked passages.

    `passages` are objects with id, lang, text and figures (indicator, value, qualifier). A figure counts as
    right once for each mark with the same key in the same passage (multisets). The result has, for each
    language and for `all`, `strict` (indicator, value, qualifier) and `value_qualifier`, each with marked,
    read, right, precision, recall and f1 (1 where there is nothing to find and nothing was read); and
    `errors`: id, kind (missed or wrong), indicator, value, qualifier.
    """
    counts: dict[tuple[str, str], list[int]] = {}
    errors: list[dict[str, Any]] = []
    for passage in passages:
        marks = [_key(mark["indicator"], mark["value"], mark["qualifier"]) for mark in passage["figures"]]
        found = [_key(figure.indicator, figure.value, figure.qualifier) for figure in read(passage["text"])]
        for name, width in (("strict", 0), ("value_qualifier", 1)):
            marked, got = Counter(key[width:] for key in marks), Counter(key[width:] for key in found)
            right = sum((marked & got).values())
            for lang in (passage["lang"], "all"):
                total = counts.setdefault((lang, name), [0, 0, 0])
                total[0], total[1], total[2] = total[0] + len(marks), total[1] + len(found), total[2] + right
        errors.extend(_errors(passage, Counter(marks), Counter(found)))
    result: dict[str, Any] = {}
    for (lang, name), (marked_count, read_count, right) in sorted(counts.items()):
        result.setdefault(lang, {})[name] = _rates(marked_count, read_count, right)
    result["passages"] = len(passages)
    result["errors"] = errors
    return result


def _key(indicator: str, value: Any, qualifier: str) -> Key:
    return (indicator, Decimal(str(value)), qualifier)


def _rates(marked: int, read: int, right: int) -> dict[str, float]:
    precision = right / read if read else 1.0
    recall = right / marked if marked else 1.0
    f1 = 2 * right / (marked + read) if marked + read else 1.0
    return {"marked": marked, "read": read, "right": right, "precision": precision, "recall": recall, "f1": f1}


def _errors(passage: Mapping[str, Any], marked: Counter[Key], found: Counter[Key]) -> list[dict[str, Any]]:
    listed = [("missed", key) for key in (marked - found).elements()] + [
        ("wrong", key) for key in (found - marked).elements()
    ]
    return [
        {"id": passage.get("id", ""), "kind": kind, "indicator": key[0], "value": str(key[1]), "qualifier": key[2]}
        for kind, key in listed
    ]
