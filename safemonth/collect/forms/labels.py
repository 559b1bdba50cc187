"""The words of a form in its languages: labels, choices and messages, from an XForm's translations. Plain Python."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from safemonth.collect.forms.xml import local_name

_ITEXT = re.compile(r"jr:itext\(\s*(?:'([^']*)'|\"([^\"]*)\"|([\w./-]+))\s*\)")
_CODE_AT_END = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*$")
# Names of the two languages of the office where a form writes no code after them.
_NAMED = {
    "chinese": "zh",
    "中文": "zh",
    "简体中文": "zh",
    "汉语": "zh",
    "english": "en",
    "英文": "en",
    "英语": "en",
    "default": "",
}


@dataclass(frozen=True)
class Labels:
    """An XForm's translations: text id to language to text; `media` are the files that labels show."""

    languages: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]
    media: tuple[str, ...] = ()

    def of(self, element: etree._Element, child: str) -> Mapping[str, str]:
        """The texts by language of the label (or hint) that stands right under a control; empty where there is none."""
        for each in element:
            if local_name(each) == child:
                reference = each.get("ref", "")
                found = self.of_text(reference) if reference else {}
                return found or _in_all(_words(each))
        return {}

    def of_text(self, text: str) -> Mapping[str, str]:
        """The texts by language of `jr:itext('id')`, or of plain words (under the empty language)."""
        found = _ITEXT.search(text)
        if found:
            return self.texts.get(found[1] or found[2] or found[3], {})
        return _in_all(text.strip())

    def of_choice(self, item: etree._Element, reference: str) -> Mapping[str, str]:
        """The texts by language of one item of a list, whose label an itemset names by `reference`."""
        is_translated = _ITEXT.search(reference)
        name = (is_translated[3] or "itextId") if is_translated else (reference or "label")
        for each in item:
            if local_name(each) == name:
                words = _words(each)
                return self.texts.get(words, {}) if is_translated else _in_all(words)
        return {}


def read_labels(model: etree._Element) -> Labels:
    """Return the translations of an XForm's model, the default language first; no `<itext>` gives none.

    A text that pyxform left out in one language (it writes `-`) is left out here too.
    """
    texts: dict[str, dict[str, str]] = {}
    media: list[str] = []
    languages: dict[str, bool] = {}
    for translation in model.iter():
        if local_name(translation) != "translation":
            continue
        language = language_code(translation.get("lang", ""))
        languages[language] = "true" in (translation.get("default") or "")
        for text in translation:
            for value in text:
                words = _words(value)
                form = value.get("form")
                if words.startswith("jr://"):
                    media.append(words)
                elif form is None and words != "-":
                    texts.setdefault(text.get("id", ""), {}).setdefault(language, words)
    order = sorted(languages, key=lambda language: not languages[language])
    return Labels(languages=tuple(order), texts=texts, media=tuple(media))


def language_code(name: str) -> str:
    """Return `zh` or `en` for a form's Chinese or English, another language's code or name, or empty for none.

    `简体中文 (zh)`, `Chinese`, `zh-CN` give `zh`; `English (en)` gives `en`; `Français (fr)` gives `fr`.
    """
    found = _CODE_AT_END.search(name)
    word = (found[1] if found else name).strip().lower()
    base = re.split(r"[-_]", word)[0]
    if base in ("zh", "cn", "en"):
        return "en" if base == "en" else "zh"
    return _NAMED.get(word, word)


def _words(element: etree._Element) -> str:
    """Return an element's words; another answer that is shown inside them becomes `${name}`."""
    parts = [element.text or ""]
    for child in element:
        if local_name(child) == "output":
            shown = (child.get("value") or child.get("ref") or "").strip()
            parts.append(f"${{{shown.rpartition('/')[2].rpartition(':')[2]}}}")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _in_all(words: str) -> Mapping[str, str]:
    return {"": words} if words else {}
