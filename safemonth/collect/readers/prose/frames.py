"""How a frame is chosen: from a number's noun, its verbs, its measure word and what is around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safemonth.collect.readers.prose.lexicon import Frame, Vocabulary, Word


@dataclass(frozen=True)
class Surroundings:
    """What stands around one number.

    `nouns` are candidates, the likeliest first; `verbs` likewise, nearest first; `carried_nouns` and
    `carried_verbs` come from clauses before. `contexts` are the contexts that hold (publicity, inspection,
    online, after:INDICATOR).
    """

    nouns: Sequence[Word] = ()
    verbs: Sequence[Word] = ()
    carried_nouns: Sequence[Word] = ()
    carried_verbs: Sequence[Word] = ()
    contexts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choice:
    """The frame that fits, the word that decided, and whether only carried words or none decided."""

    frame: Frame
    heading: str
    is_guess: bool = False


def choose_frame(around: Surroundings, unit_word: str, vocabulary: Vocabulary, *, counts_people: bool) -> Choice | None:
    """Return the frame of a number, or None where none fits.

    Own noun first, then own verb, then a noun of an earlier clause, then an earlier verb, then rows that
    ask for neither. People are decided by the table's order over all verbs together (出动60人开展检查);
    things by the nearest verb that any row knows.
    """
    for noun in around.nouns:
        choice = _of_noun(noun.noun, noun.text, around, unit_word, vocabulary, counts_people=counts_people)
        if choice is not None:
            return choice
    own = _of_noun("*", "", around, unit_word, vocabulary, counts_people=counts_people, rest=False)
    if own is not None:
        return own
    carried = Surroundings(verbs=around.verbs, carried_verbs=around.carried_verbs, contexts=around.contexts)
    for noun in around.carried_nouns:
        choice = _of_noun(noun.noun, noun.text, carried, unit_word, vocabulary, counts_people=counts_people)
        if choice is not None:
            return Choice(choice.frame, choice.heading, is_guess=False)
    everything = Surroundings(verbs=(*around.verbs, *around.carried_verbs), contexts=around.contexts)
    return _of_noun("*", "", everything, unit_word, vocabulary, counts_people=counts_people)


def _of_noun(
    noun_class: str,
    heading: str,
    around: Surroundings,
    unit_word: str,
    vocabulary: Vocabulary,
    *,
    counts_people: bool,
    rest: bool = True,
) -> Choice | None:
    # people: the rows for any noun stand in the same table, in its order
    table = vocabulary.people_frames if counts_people else vocabulary.frames_by_noun.get(noun_class, ())
    rows = [
        frame
        for frame in table
        if vocabulary.allows(frame.measure, unit_word)
        and (not frame.context or frame.context in around.contexts)
        and frame.noun in (noun_class, "*")
    ]
    own = list(around.verbs)
    if not own and not (counts_people and noun_class in ("staff", "inspector")):
        own = list(around.carried_verbs)
    if counts_people:
        by_class = {verb.verb: verb for verb in reversed(own)}
        for frame in rows:
            if frame.verb in by_class:
                return Choice(frame, heading or by_class[frame.verb].text)
            if frame.verb == "*" and rest:
                return Choice(frame, heading, is_guess=not heading and not frame.context)
        return None
    for verb in own:
        for frame in rows:
            if frame.verb == verb.verb:
                return Choice(frame, heading or verb.text)
    if rest:
        for frame in rows:
            if frame.verb == "*":
                return Choice(frame, heading)
    return None


def strongest_first(verbs: Iterable[Word]) -> list[Word]:
    """Return the verbs in their order, the weak ones (组织, 参加) after all others."""
    listed = list(verbs)
    return [verb for verb in listed if not verb.is_weak] + [verb for verb in listed if verb.is_weak]
