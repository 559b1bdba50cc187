from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.collect.readers.prose.lexicon import Vocabulary


def read_english(text: str, vocabulary: Vocabulary) -> list[ProseFigure]:
    return []
