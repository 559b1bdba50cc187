"""English word forms: a lexicon names each word once, texts inflect it."""

import re

IRREGULAR_PLURALS = {
    **{"person": "persons", "child": "children", "schoolchild": "schoolchildren", "man": "men", "woman": "women"},
    **{
        "fisherman": "fishermen",
        "fireman": "firemen",
        "foreman": "foremen",
        "airman": "airmen",
        "tradesman": "tradesmen",
    },
    **{"tradesperson": "tradespeople", "foot": "feet", "life": "lives", "premises": "premises", "staff": "staff"},
    **{"personnel": "personnel", "people": "people", "crew": "crews", "youth": "youth", "bus": "buses", "gas": "gases"},
    **{"literature": "literature", "leaf": "leaves", "aircraft": "aircraft", "machinery": "machinery"},
}
_vowel_y = re.compile(r"[aeiou]y$")
_doubling = re.compile(r"^(?:[^aeiou]*[aeiou][^aeiouwxy]|.*(?:permit|refer|enrol|submit|commit|equip|ban))$")


def plural(phrase: str) -> str:
    """Return the plural of a noun phrase: of the word before " of ", else of its last word."""
    head, of, rest = phrase.partition(" of ")
    first, space, last = head.rpartition(" ")
    if last in IRREGULAR_PLURALS:
        made = IRREGULAR_PLURALS[last]
    elif last.endswith("y") and not _vowel_y.search(last):
        made = last[:-1] + "ies"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        made = last + ("" if last.endswith("s") and not last.endswith(("ss", "us")) else "es")
    else:
        made = last + "s"
    return f"{first}{space}{made}{of}{rest}"


def verb_forms(phrase: str) -> set[str]:
    """Return a verb phrase with its first word in the forms -, -s, -ed, -ing (irregular ones are listed themselves)."""
    verb, space, rest = phrase.partition(" ")
    forms = {verb}
    if len(verb) > 2:
        stem = verb[:-1] if verb.endswith("e") else verb
        double = verb + verb[-1] if _doubling.match(verb) else stem
        if verb.endswith("y") and not _vowel_y.search(verb):
            forms |= {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
        else:
            forms |= {
                verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "z")) else "s"),
                double + "ed",
                double + "ing",
            }
    return {form + space + rest for form in forms}


def all_forms(kind: str, phrase: str) -> set[str]:
    """Return every form of a lexicon phrase that a text may have."""
    return {phrase, plural(phrase)} if kind == "noun" else verb_forms(phrase) if kind == "verb" else {phrase}
