"""The grammar of Chinese reports: which numbers are figures, and of what."""

import re
from dataclasses import dataclass, replace

from safemonth.collect.readers.prose import chinese_bounds as bounds
from safemonth.collect.readers.prose.chinese_sentences import context_of, counted, own_plan, sentences_of, with_repeats
from safemonth.collect.readers.prose.chinese_tokens import Token, tokenise
from safemonth.collect.readers.prose.figure import ProseFigure, doubts_of
from safemonth.collect.readers.prose.frames import Choice, Surroundings, choose_frame, strongest_first
from safemonth.collect.readers.prose.lexicon import Frame, Vocabulary, Word
from safemonth.lib.measure_words import basis_of
from safemonth.lib.quantities import Quantity, half_width

PAPER = frozenset(("leaflet", "handbook", "item", "slogan", "banner", "poster", "board"))
DISPOSALS = ("全部", "均", "一律", "悉数", "已全", "依法予以", "全都")
# These say that the noun behind the number is of another phrase: 300份给群众, 20人在广场
BREAKS = "在于给向对到至让使并了由为从后里内与和及、,由按经因把将就使被"
ONE_MEASURES = frozenset(
    "辆 台 场 期 起 家 处 份 部 堂 台次 辆次 场次 支 艘 块 幅 条 次 个 名 人 次 套 间 座 户 本 张 件".split()
)
ONE_BEFORE_NOUN = frozenset("辆 台 场 期 起 家 处 堂 部".split())
ARTICLE_BEFORE = "新进下这那每同另又某唯任第之上统万逐是的有像如同哪"


@dataclass(frozen=True)
class Clause:
    """The stretch of a sentence in which a number finds its words.

    `left` stands between the clause's (or the number before's) beginning and the number, nearest last;
    `right` between the number and the clause's end or the next number. `earlier` is what the sentence said
    before, nearest last, and `later` what it says up to the next number.
    """

    left: list[Token]
    right: list[Token]
    earlier: list[Token]
    later: list[Token]
    is_followed: bool


# "6月12日，…" and not "6月9日前，…", which is a time limit.
_own_day = re.compile(r"\s*(?:20\d\d年)?\d{1,2}月\d{1,2}日(?!前|之前|以前|起|至|—|-|～)")


def _opening(plain: str, at: int) -> int:
    """Return where the sentence that holds a place opens, looking back 40 signs at most (a date is no token)."""
    first = max(at - 40, 0)
    return max(max(plain.rfind(sign, first, at) for sign in "。;!?\n") + 1, first)


def read_chinese(text: str, vocabulary: Vocabulary) -> list[ProseFigure]:
    """Return the figures of a Chinese text in order; [] where it reports no result.

    Spans count in `text`. The time is linear in the text: every sentence is looked at a fixed number of
    times and no word reaches over a sentence's end.
    """
    plain = half_width(text)
    quantities = counted(text, plain)
    tokens = tokenise(plain, quantities, vocabulary)
    sentences = sentences_of(tokens)
    passage = context_of([token for sentence in sentences for token in sentence])
    figures: list[ProseFigure] = []
    is_done = bounds.says_something_is_done(plain)
    planned_on = False
    for sentence in sentences:
        plan = bounds.plan_start(plain, sentence[0].start - 12 if sentence[0].start > 12 else 0, sentence[-1].end)
        plan = own_plan(plain, sentence, plan)
        if planned_on and plan is None and _own_day.match(plain, _opening(plain, sentence[0].start)):
            planned_on = False  # A day of its own and no word of planning: what was done is told again.
        if planned_on:
            plan = (
                sentence[0].start
                if not bounds.says_something_is_done(plain[sentence[0].start : sentence[-1].end])
                else plan
            )
        planned_on = (
            planned_on
            or (plan is not None and not is_done)
            or (plan is not None and plain.startswith(("下一步", "下步", "接下来", "今后"), plan))
        )
        contexts = context_of(sentence) or passage or {"publicity"}
        figures.extend(_read_sentence(text, plain, sentence, plan, contexts, vocabulary, len(figures)))
    return with_repeats(figures, plain)


def _read_sentence(
    text: str,
    plain: str,
    sentence: list[Token],
    plan: int | None,
    contexts: set[str],
    vocabulary: Vocabulary,
    offset: int,
) -> list[ProseFigure]:
    figures: list[ProseFigure] = []
    previous: ProseFigure | None = None
    for at, token in enumerate(sentence):
        quantity = token.quantity
        if quantity is None or (plan is not None and quantity.start >= plan):
            continue
        clause = _clause(sentence, at)
        held = {*contexts, f"after:{previous.indicator}"} if previous else contexts
        around = _surroundings(plain, quantity, clause, frozenset(held), vocabulary)
        whole = _whole_of(plain, sentence, quantity, figures)
        figure = _figure(text, plain, quantity, around, clause, vocabulary, previous if whole is not None else None)
        if figure is None:
            continue
        if whole is not None:
            figure = replace(figure, role="part", part_of=offset + whole)
        figures.append(figure)
        previous = figure
    return figures


def _clause(sentence: list[Token], at: int) -> Clause:
    """Return what stands around the quantity at index `at` of a sentence (at most 60 tokens each way)."""
    begin = at
    while begin > max(0, at - 60) and sentence[begin - 1].kind not in ("clause", "part", "sentence", "quantity"):
        begin -= 1
    end = at + 1
    while end < min(len(sentence), at + 60) and sentence[end].kind not in ("clause", "part", "sentence", "quantity"):
        end += 1
    far = end
    while far < min(len(sentence), at + 60) and sentence[far].kind not in ("part", "sentence", "quantity"):
        far += 1
    return Clause(
        left=sentence[begin:at],
        right=sentence[at + 1 : end],
        earlier=sentence[max(0, begin - 60) : begin],
        later=sentence[end:far],
        is_followed=end < len(sentence) and sentence[end].kind == "quantity",
    )


def _surroundings(
    plain: str, quantity: Quantity, clause: Clause, contexts: frozenset[str], vocabulary: Vocabulary
) -> Surroundings:
    """Return the words that may say what a quantity counts."""
    behind = _nouns_behind(plain, quantity, clause)
    before = _nouns_before(plain, quantity, clause, vocabulary)
    nouns = (
        before + behind if behind and clause.is_followed and before and _only_nouns(clause.right) else behind + before
    )
    left = [token.word for token in reversed(clause.left) if token.word.verb]
    right = [token.word for token in clause.right if token.word.verb]
    if clause.is_followed and before and not behind:
        right = []  # 检查企业20家发现隐患30处: 发现 is of the next number
    verbs = strongest_first([*left, *right])
    disposal = _disposal(plain, clause)
    if disposal is not None:
        verbs.insert(0, disposal)
    return Surroundings(
        nouns=nouns,
        verbs=verbs,
        carried_nouns=[token.word for token in reversed(clause.earlier) if token.word.noun],
        carried_verbs=strongest_first(token.word for token in reversed(clause.earlier) if token.word.verb)[:4],
        contexts=contexts,
    )


def _only_nouns(tokens: list[Token]) -> bool:
    return bool(tokens) and all(token.word.noun and not token.word.verb for token in tokens)


def _nouns_behind(plain: str, quantity: Quantity, clause: Clause) -> list[Word]:
    """Return the head of the noun phrase that follows: 4个检查组, 5家非法灌装水泥企业; [] where none follows."""
    end = quantity.end
    head: list[Word] = []
    for token in clause.right:
        gap = plain[end : token.start]
        if any(sign in BREAKS for sign in gap) or len(gap) > 8:
            break
        if token.kind != "word" or (token.word.verb and not token.word.noun) or token.word.is_stop:
            if token.word.is_stop and not gap.strip("的"):
                return [token.word]
            if token.word.verb and not token.word.is_weak and not head and _is_attribute(plain, token, clause):
                end = token.end
                continue
            break
        if head and token.word.verb and token.word.noun and gap == "":
            break  # 20名志愿者宣讲: the verb follows
        head = [token.word]
        end = token.end
    return head


def _is_attribute(plain: str, verb: Token, clause: Clause) -> bool:
    """Say whether a verb only describes the noun behind it: 3个查处的窝点, 20名参与的群众."""
    return plain[verb.end : verb.end + 1] == "的" and any(
        token.start > verb.end and token.word.noun for token in clause.right
    )


def _nouns_before(plain: str, quantity: Quantity, clause: Clause, vocabulary: Vocabulary) -> list[Word]:
    """Return the nouns before a quantity, the likeliest first.

    A list that shares one number gives its first noun first (宣传单、手册和环保袋共计1000份); nouns that
    stand together give the last (企业隐患30处), except printed things, where the first says what it is.
    """
    items: list[list[Word]] = [[]]
    is_past_verb = False
    for token in reversed(clause.left):
        if token.kind == "separator":
            items.append([])
            is_past_verb = False
        elif token.word.is_stop or token.word.noun:
            if is_past_verb and any(items):
                break  # 在车站、港口挂横幅20条: the places are not what is counted
            items[-1].append(token.word)
        elif is_past_verb and any(items):
            break
        else:
            is_past_verb = True
    tail = _ending(plain, quantity, clause, vocabulary)
    heads = [_head(words) for words in items if words]
    if tail is not None and not heads:
        heads = [tail]
    elif tail is not None and not _touches(plain, quantity, clause):
        heads.insert(0, tail)
    return list(reversed(heads)) if len(heads) > 1 else heads


def _head(words: list[Word]) -> Word:
    """Return the head of nouns that stand together (given nearest first)."""
    if all(word.noun in PAPER for word in words):
        return words[-1]
    return words[0]


def _touches(plain: str, quantity: Quantity, clause: Clause) -> bool:
    """Say whether a lexicon word ends where the number (after 共, 累计, 等) begins."""
    stem = _stem_end(plain, quantity)
    return any(token.word.noun and token.end >= stem for token in clause.left)


def _stem_end(plain: str, quantity: Quantity) -> int:
    end = quantity.start
    for _ in range(3):
        for word in (
            "累计",
            "合计",
            "总计",
            "共计",
            "各种",
            "各类",
            "等",
            "共",
            "各",
            "达",
            "计",
            "约",
            " ",
            "数",
            "总数",
            "”",
            '"',
            ")",
            "近",
        ):
            if plain.endswith(word, max(0, end - 4), end):
                end -= len(word)
                break
        else:
            break
    return end


def _ending(plain: str, quantity: Quantity, clause: Clause, vocabulary: Vocabulary) -> Word | None:
    """Return a class for an unknown noun from the sign that ends it just before the number."""
    end = _stem_end(plain, quantity)
    begin = clause.left[-1].end if clause.left else max(0, end - 4)
    for length in (3, 2, 1):
        sign = plain[max(0, end - length) : end]
        if end - length >= begin - (1 if not clause.left else 0) and sign in vocabulary.endings and end - begin >= 1:
            return Word(plain[max(begin, end - 6) : end], noun=vocabulary.endings[sign])
    return None


def _disposal(plain: str, clause: Clause) -> Word | None:
    """Return what was done with all of them: 对五家企业联合执法, 全部取缔."""
    if not any(sign in plain[(clause.left[0].start if clause.left else 0) - 2 :][:40] for sign in "对把将"):
        return None
    for token in (*clause.right, *clause.later):
        if token.word.verb in ("close", "stop") and plain[max(0, token.start - 4) : token.start].endswith(DISPOSALS):
            return token.word
    return None


def _whole_of(plain: str, sentence: list[Token], quantity: Quantity, figures: list[ProseFigure]) -> int | None:
    """Return the index in `figures` of the figure that 其中 makes this one a part of, or None."""
    begin = sentence[0].start
    marker = plain.rfind("其中", begin, quantity.start)
    if marker < 0 or ";" in plain[marker : quantity.start]:
        return None
    before = [index for index, figure in enumerate(figures) if figure.end <= marker]
    return before[-1] if before else None


def _figure(
    text: str,
    plain: str,
    quantity: Quantity,
    around: Surroundings,
    clause: Clause,
    vocabulary: Vocabulary,
    whole: ProseFigure | None,
) -> ProseFigure | None:
    unit = bounds.half(quantity.unit_word)
    if around.nouns and around.nouns[0].is_stop:
        return None
    if not unit:
        # 7部门, 20企业: a number without measure word counts only a noun that touches it
        if not (around.nouns and plain.startswith(around.nouns[0].text, quantity.end)):
            return None
        unit = "家" if around.nouns[0].noun in ("department", "enterprise") else "个"
    is_written = not plain[quantity.number_start].isascii()
    counts_people = vocabulary.allows("@people", unit)
    choice = choose_frame(around, unit, vocabulary, counts_people=counts_people)
    if is_written and not _is_written_count(plain, quantity, around, choice, unit):
        return None
    if choice is not None and not choice.frame.indicator:
        return None
    if (
        whole is not None
        and whole.unit_word == quantity.unit_word
        and (
            choice is None
            or choice.frame.noun == "*"
            or choice.is_guess
            or not vocabulary.allows(choice.frame.measure, unit)
        )
    ):
        choice = Choice(replace(_OTHER, indicator=whole.indicator), whole.heading)
    if choice is None:
        if unit == "元" or (unit in bounds.PHYSICAL) or is_written or not _reports(around, clause):
            return None
        choice = Choice(_OTHER, "", is_guess=True)
    if unit in bounds.PHYSICAL and choice.frame.indicator not in ("property_seized", "other_count"):
        return None
    indicator = "other_count" if choice.frame.indicator == "leaflets_printed" else choice.frame.indicator
    return ProseFigure(
        indicator=indicator,
        value=quantity.value,
        qualifier=quantity.qualifier,
        unit_word=quantity.unit_word,
        start=quantity.start,
        end=quantity.end,
        surface=text[quantity.start : quantity.end],
        basis=basis_of(unit),
        heading=choice.heading,
        doubts=doubts_of(
            indicator=indicator,
            surface=quantity.surface,
            is_vague=quantity.is_vague,
            is_range=quantity.is_range,
            is_guess=choice.is_guess,
            is_ambiguous=choice.frame.noun == "*" and choice.frame.verb == "*",
        ),
    )


def _is_written_count(plain: str, quantity: Quantity, around: Surroundings, choice: Choice | None, unit: str) -> bool:
    """Say whether a number in Chinese signs is a count and not an article or a set phrase (一个, 三个必须)."""
    if choice is None or not choice.heading:
        return False
    if quantity.value != 1 or quantity.qualifier != "exact":
        return True
    if unit not in ONE_MEASURES or plain[max(0, quantity.start - 1) : quantity.start] in tuple(ARTICLE_BEFORE):
        return False
    is_noun_before = not plain[quantity.end : quantity.end + 1].strip(",。;、!?)")
    return is_noun_before or unit in ONE_BEFORE_NOUN


def _reports(around: Surroundings, clause: Clause) -> bool:
    """Say whether some verb of the sentence makes an unknown thing a result of the activity."""
    return bool(around.verbs or around.carried_verbs or around.nouns)


_OTHER = Frame("*", "*", "*", "", "other_count")
