"""The sentences of a Chinese text: what is counted in each, what is only planned, and running totals."""

from dataclasses import replace

from safemonth.collect.readers.prose import chinese_bounds as bounds
from safemonth.collect.readers.prose.chinese_tokens import Token
from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.lib.quantities import Quantity, find_chinese_quantities

INSPECTING = frozenset("inspect find rectify punish close seize stop case penalise order_fix supervise fine".split())
INSPECTED = frozenset("hazard major_hazard violation site seizable inspector order team illegal_building case".split())
PUBLICISING = frozenset("give print hang post consult teach publicise play".split())
PUBLICISED = frozenset("leaflet handbook item slogan banner poster board event lecture publicity_vehicle film".split())
COUNTED_BEFORE = (
    "人次",
    "人数",
    "场次",
    "户数",
    "家次",
    "次数",
    "份数",
    "件数",
    "数量",
    "车次",
    "辆次",
    "条数",
    "起数",
    "篇数",
)


def counted(text: str, plain: str) -> list[Quantity]:
    """Return the quantities that can be figures by their own form."""
    quoted = bounds.quoted_spans(plain)
    kept: list[Quantity] = []
    floor, turn = 0, 0
    for quantity in find_chinese_quantities(text):
        while turn < len(quoted) and quoted[turn][1] <= quantity.start:
            turn += 1
        is_named = turn < len(quoted) and quoted[turn][0] < quantity.start and quantity.end < quoted[turn][1]
        if not is_named and not bounds.is_excluded(plain, quantity, floor):
            kept.append(with_word_before(text, plain, quantity))
        floor = quantity.end
    return kept


def with_word_before(text: str, plain: str, quantity: Quantity) -> Quantity:
    """Return the quantity with the measure word that stands before it, where none stands behind: 参与人次1934余万."""
    if quantity.unit_word:
        return quantity
    before = plain[max(0, quantity.start - 6) : quantity.start].rstrip("约近超达为共计:的已")
    for word in COUNTED_BEFORE:
        if before.endswith(word):
            return replace(quantity, unit_word=word.replace("数量", "个").replace("数", "").replace("户", "户") or word)
    return quantity


def sentences_of(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens sentence by sentence, without empty ones."""
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        sentences[-1].append(token)
        if token.kind == "sentence":
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def own_plan(plain: str, sentence: list[Token], plan: int | None) -> int | None:
    """Return the plan's start if it is in the sentence, not in the tail of the one before."""
    if plan is None or plan >= sentence[0].start:
        return plan
    return (
        plan
        if not any(sign in plain[plan : sentence[0].start] for sign in "。!?\n")
        else bounds.plan_start(plain, sentence[0].start, sentence[-1].end)
    )


def context_of(tokens: list[Token]) -> set[str]:
    """Return {"inspection"} or {"publicity"}, whichever has more words, with "online" where it applies."""
    inspecting = publicising = 0
    contexts: set[str] = set()
    for token in tokens:
        word = token.word
        inspecting += (word.verb in INSPECTING) + (word.noun in INSPECTED)
        publicising += (word.verb in PUBLICISING) + (word.noun in PUBLICISED)
        if word.verb == "online":
            contexts.add("online")
    if inspecting or publicising:
        contexts.add("inspection" if inspecting > publicising else "publicity")
    return contexts


def with_repeats(figures: list[ProseFigure], plain: str) -> list[ProseFigure]:
    """Mark the running totals that say again, for a longer period, what was said before."""
    marked: list[ProseFigure] = []
    for position, figure in enumerate(figures):
        sentence_start = max(plain.rfind(sign, 0, figure.start) for sign in "。;\n") + 1
        lead = plain[sentence_start : figure.start]
        is_total = (
            any(cue in lead for cue in ("今年以来", "年初以来", "行动以来", "活动以来", "开展以来", "启动以来"))
            and "累计" in lead
        )
        earlier = any(
            other.indicator == figure.indicator
            and not other.role
            and other.end <= sentence_start
            and other.value < figure.value
            for other in figures[max(position - 30, 0) : position]
        )
        marked.append(replace(figure, role="repeat") if is_total and earlier and not figure.role else figure)
    return marked
