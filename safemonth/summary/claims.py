"""Sentences of a summary: where they end, and whether they claim "all" where reports are missing."""

import re

from safemonth.summary.facts import Language

# A full stop ends an English sentence only before a space or at the end (not in 99.9, not in "No.5").
_ends = {"zh": re.compile(r"[。！？]"), "en": re.compile(r"[.!?](?=[\s”\")]|$)")}
_all = {
    "zh": re.compile(
        r"所有|全部|全体|每一?[个家名位支场处]|每一|均已|全覆盖|无一例外"
        r"|各(?:个|有关|相关|级)?(?:乡|镇|街道|村|社区|部门|单位|企业|学校|医院|成员单位|商[场店]|宾馆|饭店)"
    ),
    "en": re.compile(
        r"\b(?:all|each|every|everyone|everybody|everywhere|entire|whole|without exception)\b", re.IGNORECASE
    ),
}


def sentence_ends(text: str, language: Language) -> list[int]:
    """Return the offsets just after each sentence end in the text."""
    return [found.end() for found in _ends[language].finditer(text)]


def word_for_all(text: str, language: Language) -> str:
    """Return the first word of the text that claims "all" (所有, 各乡镇, all, every), "" where there is none."""
    found = _all[language].search(text)
    return found[0] if found else ""
