"""How a figure may be said in English and Chinese, never overstated (docs/figures/words.md)."""

from decimal import Decimal
from fractions import Fraction

from safemonth.figures.figure import Bounds, Coverage, Number, Words

# Chinese number words that may stand beside Arabic digits (GB/T 15835-2011, 4.3.3), largest first.
LARGE_UNITS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
# Below this, counts are said to the unit; below 100 to the ten; from there on with two leading digits.
SAID_TO_THE_UNIT = 20


def words_of(*, value: Number | None, bounds: Bounds | None, coverage: Coverage) -> Words:
    """Return how a figure may be said, from the parts of the figure.

    Without bounds (nothing was counted) a value that is not None is said by its own size, as a lower bound.
    """
    if value is None or bounds is None:
        return say(value=value, lower=value or 0, upper=None, is_complete=False)
    return say(
        value=value,
        lower=bounds.lower,
        upper=bounds.upper,
        lower_is_open=bounds.lower_is_open,
        is_complete=coverage.is_complete,
    )


def say(
    *, value: Number | None, lower: Number, upper: Number | None, lower_is_open: bool = False, is_complete: bool
) -> Words:
    """Return words (number alone, no measure word) that are true for every total within the bounds.

    `value` None means that nothing was claimed. The total is known to be >= `lower` (> `lower` where
    `lower_is_open`) and <= `upper` (None: no upper end). `is_complete` is false while an expected unit is
    missing. Only a complete figure with `lower` = `upper` is said exactly; all others by their lower end, rounded
    down to the unit below 20, to the ten below 100, to two leading digits from 100 on, which loses less
    than 1/11 of the lower end there. Monotone in `lower`. ValueError for a negative `lower`.
    """
    if lower < 0:
        raise ValueError(f"a figure is not negative: {lower}")
    if value is None:
        return Words("not reported", "未报")
    if is_complete and lower == upper and not lower_is_open:
        return Words("none reported", "无") if lower == 0 else Words(english_number(lower), chinese_number(lower))
    said = round_down(lower)
    is_more = lower_is_open or said < lower
    if said == 0:
        return _words_of_nearly_nothing(value, upper, is_more=is_more)
    english, chinese = english_number(said), chinese_number(said)
    if not is_more:
        return Words(f"at least {english}", f"不少于{chinese}")
    # 余 follows a round number only; 超过 leaves the number itself out (Civil Code, article 1259).
    return Words(f"more than {english}", f"{chinese}余" if said % 10 == 0 else f"超过{chinese}")


def _words_of_nearly_nothing(value: Number, upper: Number | None, *, is_more: bool) -> Words:
    """Return the words where the lower end is 0 or rounds to it, and the figure is not known exactly."""
    if is_more:
        return Words("some", "若干")
    if value == 0 or upper is None:
        return Words("none reported so far", "暂无上报")
    return Words(f"at most {english_number(upper)}", f"不超过{chinese_number(upper)}")


def round_down(number: Number) -> int:
    """Return the largest sayable whole number <= `number` (>= 0): units below 20, tens below 100, then two digits."""
    whole = int(number)
    if whole < SAID_TO_THE_UNIT:
        return whole
    place = 10 if whole < 100 else 10 ** (len(str(whole)) - 2)
    return whole // place * place


def english_number(number: Number) -> str:
    """Return a number in Arabic digits with commas and without trailing noughts after the point: 142,318; 0.5."""
    return f"{_plain(number):,f}" if isinstance(_plain(number), Decimal) else f"{_plain(number):,}"


def chinese_number(number: Number) -> str:
    """Return a number as Chinese official texts write it: 9999, 4万, 14.25万, 1.2亿, 142318.

    万, 亿, 万亿 are used from 10,000 on where two decimals hold the whole number; else plain
    digits. Nothing is lost. GB/T 15835-2011, 4.1.1 and 4.3.3.
    """
    plain = _plain(number)
    if isinstance(plain, int):
        for size, sign in LARGE_UNITS:
            if plain >= size and plain % (size // 100) == 0:
                return f"{_plain(Decimal(plain) / size):f}{sign}" if plain % size else f"{plain // size}{sign}"
        return str(plain)
    return f"{plain:f}"


def _plain(number: Number) -> Number:
    """Return whole numbers as int and others without trailing noughts."""
    if number == int(number):
        return int(number)
    return number.normalize() if isinstance(number, Decimal) else number


def say_share(part: Number, whole: Number) -> Words:
    """Return a share as a percentage rounded down to one decimal, the same in both languages: "99.9%".

    "100%" is only said where `part` >= `whole`. A `whole` of 0 has no share: "not reported". ValueError
    for negative numbers.
    """
    if part < 0 or whole < 0:
        raise ValueError("a share is of numbers that are not negative")
    if whole == 0:
        return Words("not reported", "未报")
    tenths = int(Fraction(part) * 1000 / Fraction(whole))
    said = f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"
    return Words(said, said)


def may_say_all(coverage: Coverage) -> bool:
    """Whether "all", "each", "every" may be said of doing: all who were asked reported, and none of them nil.

    False where nobody in particular was asked.
    """
    return may_say_all_reported(coverage) and not coverage.nil


def may_say_all_reported(coverage: Coverage) -> bool:
    """Whether "all reported" may be said: somebody was asked, and each of them answered (nil is an answer)."""
    received = {unit.code for unit in coverage.received}
    return bool(coverage.expected) and all(unit.code in received for unit in coverage.expected)
