from safemonth.collect.readers.prose.lexicon import Vocabulary
from safemonth.collect.readers.prose.figure import ProseFigure
def read_english(text: str, vocabulary: Vocabulary) -> list[ProseFigure]:
    return []
