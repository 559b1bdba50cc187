"""Chinese prose cut into what the grammar works on: words of the lexicon, quantities, signs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from safemonth.collect.readers.prose.lexicon import Vocabulary, Word
from safemonth.lib.quantities import Quantity

SENTENCE_ENDS = "。!?\n"
PART_ENDS = ";"
CLAUSE_ENDS = ",:"
SEPARATORS = ("以及", "、", "和", "及", "与", "并", "或", "暨", "同")


@dataclass(frozen=True)
class Token:
    """A word, a quantity, or a sign of a text, with its code points [start, end).

    `kind` is word, quantity, sentence (。), part (；), clause (，：) or separator (、和及).
    """

    kind: str
    start: int
    end: int
    word: Word = field(default_factory=lambda: Word(""))
    quantity: Quantity | None = None


def tokenise(plain: str, quantities: Iterable[Quantity], vocabulary: Vocabulary) -> list[Token]:
    """Return the tokens of a half-width text in order; signs that no rule knows are left out.

    At each place the longest word wins. A word with a Chinese numeral in it (一封信, 三违) wins over a
    Chinese quantity that begins inside it; an Arabic number ends the word before it. Runs in time linear
    in the text (the longest word is short).
    """
    tokens: list[Token] = []
    queue = list(quantities)
    at, turn = 0, 0
    while at < len(plain):
        while turn < len(queue) and queue[turn].start < at:
            turn += 1
        quantity = queue[turn] if turn < len(queue) else None
        if quantity is not None and quantity.start == at and not _is_written_chinese(plain, quantity):
            tokens.append(Token("quantity", quantity.start, quantity.end, quantity=quantity))
            at, turn = quantity.end, turn + 1
            continue
        limit = len(plain)
        if quantity is not None and not _is_written_chinese(plain, quantity):
            limit = quantity.start
        word = longest_word(plain, at, limit, vocabulary)
        if (
            quantity is not None
            and quantity.start == at
            and (word is None or at + len(word.text) <= quantity.number_start + 1)
        ):
            tokens.append(Token("quantity", quantity.start, quantity.end, quantity=quantity))
            at, turn = quantity.end, turn + 1
        elif word is not None:
            tokens.append(Token("word", at, at + len(word.text), word=word))
            at += len(word.text)
        else:
            sign = _sign(plain, at)
            if sign is not None:
                tokens.append(sign)
            at = sign.end if sign is not None else at + 1
    return tokens


def longest_word(plain: str, at: int, limit: int, vocabulary: Vocabulary) -> Word | None:
    """Return the longest word of the vocabulary that begins at `at` and ends by `limit`, or None."""
    for length in range(min(vocabulary.longest, limit - at), 0, -1):
        word = vocabulary.words.get(plain[at : at + length].lower())
        if word is None:
            continue
        if length == 1 and (
            _inside_other_word(plain, at) or (word.verb and not _has_object(plain, at + 1, vocabulary))
        ):
            continue
        return word
    return None


# One-sign verbs and nouns that are mostly a part of other words.
_OTHER_WORDS = re.compile(
    r"发[展生现挥动布言达育改电票起射热酵掘家运]|[开出沙爆启先突激]发|立[即足刻法场体]|[成建独确设公树]立|"
    r"会[议员长同上后场见商]|[社协委大工机全党总]会|[经学]会|写[作字]|贴[近心]|[补津]贴|车[站间辆主流次祸位道]|"
    r"[火汽客货校列电]车|课[题程]|到[位底达期来处]|[达做直得遇遭收接受感看见落报周]到|进[行一步展度出口程修而]|"
    r"[推先促引改跟奋]进|在[线于册校]|[存现正潜实所]在|于[是]|[由对关位鉴等属至大小优低高用基利处善便]于|播[种]|"
    r"[传广直]播|送[货达检]|[报运输移]送|办[公理法事好]|[政府国县市区安委承督查]办|[安派指反]派|派[出所]|"
    r"设[备施计区想]|[建陈开]设|摆脱|立[案功]|查[看]?[阅询清]|[调审]查|点[评]|笔[试者记]|书[记面写]|[证]书|笔录|"
    r"拉动|挂[号钩靠]|刷新|写真|案[例]|[方档预图答]案|设[在于]|[小]组|[展]示|罚[则]|[处]罚|制[度约止造]|"
    r"[控限机体法强编研]制|印[证象]|[脚影]印|装[修饰]|[包安改假服武组]装|签[约]|抽[象]|更新"
)


def _has_object(plain: str, at: int, vocabulary: Vocabulary) -> bool:
    """Say whether what stands at `at` can be what a one-sign verb is done to: a word, a number, 各类, 了."""
    following = plain[at : at + 1]
    if following.isdecimal() or (following and following in "一二两三四五六七八九十百千万几近约超各了有起上出满写好给"):
        return True
    return any(plain[at : at + length] in vocabulary.words for length in range(2, 7))


def _inside_other_word(plain: str, at: int) -> bool:
    """Say whether the one sign at `at` is a part of another common word."""
    return _OTHER_WORDS.fullmatch(plain[at : at + 2]) is not None or (
        at > 0 and _OTHER_WORDS.fullmatch(plain[at - 1 : at + 1]) is not None
    )


def _is_written_chinese(plain: str, quantity: Quantity) -> bool:
    return not plain[quantity.number_start].isascii()


def _sign(plain: str, at: int) -> Token | None:
    sign = plain[at]
    if sign in SENTENCE_ENDS:
        return Token("sentence", at, at + 1)
    if sign in PART_ENDS:
        return Token("part", at, at + 1)
    if sign in CLAUSE_ENDS:
        return Token("clause", at, at + 1)
    for separator in SEPARATORS:
        if plain.startswith(separator, at):
            return Token("separator", at, at + len(separator))
    return None
