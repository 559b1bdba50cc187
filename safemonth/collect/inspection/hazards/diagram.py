"""The table of states drawn as SVG: the same picture for the same table and names. Plain Python.

Where a move may be made from every state of a frame, it is drawn once, from the frame; else from each state. Moves that
stay where they are stand in a list below. The places are set by hand; what is joined to what comes from the table.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from safemonth.collect.inspection.hazards.states import BEFORE, KNOWN, MOVES, STATE, STATES, UNDONE, Move

_WIDTH: Final = 1040
_BOX: Final = (128, 40)
# Middle of each state's box.
_AT: Final[Mapping[str, tuple[int, int]]] = {
    "awaited": (88, 120),
    "found": (300, 120),
    "ordered": (300, 240),
    "extended": (300, 390),
    "in_hand": (500, 300),
    "failed": (680, 390),
    "escalated": (680, 120),
    "reported_done": (860, 240),
    "closed": (860, 120),
    "joined": (500, 545),
}
# Frame -> its states, left, top, right, bottom.
_FRAMES: Final = (
    (UNDONE, (205, 70, 770, 440)),
    (KNOWN, (190, 50, 945, 460)),
)
_INK, _QUIET, _BRAND, _PAPER = "#1d2a33", "#55636d", "#0b5d51", "#ffffff"


def svg_of(state_names: Mapping[str, str], move_names: Mapping[str, str]) -> str:
    """Return the diagram with these names of states and moves (code -> name), as SVG without scripts or styles."""
    notes = [move for move in MOVES if not move.to_state]
    height = 600 + 22 * len(notes)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{escape(' · '.join(state_names[state.code] for state in STATES))}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="{_QUIET}"/></marker></defs>',
    ]
    parts += [_frame(*corners) for _states, corners in _FRAMES]
    drawn = list(_drawn(move_names))
    parts += [line for line, _ in drawn]
    parts += [_state(code, state_names[code]) for code in _AT]
    parts += [label for _, label in drawn]
    for number, move in enumerate(notes):
        where = " / ".join(state_names[code] for code in move.from_states)
        parts.append(
            f'<text x="24" y="{610 + 22 * number}" fill="{_INK}"><tspan font-weight="bold">'
            f'{escape(move_names[move.code])}</tspan><tspan fill="{_QUIET}" dx="8">{escape(where)}</tspan></text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _drawn(names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Each arrow with its label: moves that lead from and to the same places share one."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in MOVES:
        if move.to_state:
            for start in _starts(move):
                arrows.setdefault((start, move.to_state), []).append(names[move.code])
    for (start, end), labels in arrows.items():
        if start != end:
            yield _arrow(start, end, " / ".join(labels))


def _starts(move: Move) -> list[str]:
    """The largest frame, as `frame:0`, where the move may be made from all its states, and the states that are left."""
    for number, (states, _) in sorted(enumerate(_FRAMES), key=lambda frame: -len(frame[1][0])):
        if set(states) <= set(move.from_states):
            return [f"frame:{number}", *(code for code in move.from_states if code not in states)]
    return list(move.from_states)


def _frame(left: int, top: int, right: int, bottom: int) -> str:
    return (
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" rx="14" fill="none" '
        f'stroke="{_QUIET}" stroke-dasharray="5 4"/>'
    )


def _state(code: str, name: str) -> str:
    (x, y), (width, height) = _AT[code], _BOX
    is_open = STATE[code].is_open
    fill = "#e6f0ee" if is_open else _BRAND
    lines = _wrapped(name)
    text = "".join(
        f'<text x="{x}" y="{y + 5 + 15 * number - 15 * (len(lines) - 1) / 2:g}" text-anchor="middle" '
        f'fill="{_INK if is_open else _PAPER}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{x - width // 2}" y="{y - height // 2}" width="{width}" height="{height}" rx="8" '
        f'fill="{fill}" stroke="{_BRAND}"/>{text}'
    )


# Arrows that would run through a box go round it: start and end of the arrow, and the corner of the curve.
_ROUND: Final[Mapping[tuple[str, str], tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]] = {
    ("frame:0", "ordered"): ((205, 240), (236, 240), (215, 240)),
    ("frame:0", "escalated"): ((680, 70), (680, 100), (680, 85)),
    ("frame:0", "reported_done"): ((770, 240), (796, 240), (780, 240)),
    ("frame:1", "joined"): ((500, 460), (500, 525), (500, 490)),
    ("closed", "joined"): ((924, 125), (564, 545), (1060, 560)),
    ("closed", "found"): ((840, 100), (320, 100), (580, -40)),
    ("joined", BEFORE): ((436, 545), (300, 460), (310, 545)),
    ("escalated", "extended"): ((616, 132), (364, 380), (420, 190)),
    ("failed", "extended"): ((616, 395), (364, 395), (490, 425)),
    ("reported_done", "failed"): ((860, 260), (744, 390), (860, 380)),
}


def _arrow(start: str, end: str, label: str) -> tuple[str, str]:
    if (start, end) in _ROUND:
        (x1, y1), (x2, y2), (cx, cy) = _ROUND[start, end]
    else:
        (x1, y1), (x2, y2) = _edge(start, _AT[end]), _edge(end, _centre(start))
        cx, cy = (x1 + x2) // 2, (y1 + y2) // 2
    line = (
        f'<path d="M{x1} {y1} Q{cx} {cy} {x2} {y2}" fill="none" stroke="{_QUIET}" stroke-width="1.4" '
        'marker-end="url(#tip)"/>'
    )
    # The middle of a quadratic curve.
    mx, my = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    dx, dy = _ASIDE.get((start, end), (0, 0))
    mx, my = mx + dx, my + dy
    width = _width(label)
    return line, (
        f'<rect x="{mx - width / 2 - 3:g}" y="{my - 10:g}" width="{width + 6:g}" height="19" fill="{_PAPER}" '
        f'fill-opacity="0.92"/><text x="{mx:g}" y="{my + 4:g}" text-anchor="middle" fill="{_BRAND}" '
        f'font-size="12">{escape(label)}</text>'
    )


# Labels of arrows too short to carry them stand beside.
_ASIDE: Final[Mapping[tuple[str, str], tuple[int, int]]] = {
    ("frame:0", "ordered"): (-50, -18),
    ("frame:0", "escalated"): (-120, -26),
    ("frame:0", "reported_done"): (20, -40),
}


def _centre(code: str) -> tuple[int, int]:
    if code in _AT:
        return _AT[code]
    left, top, right, bottom = _FRAMES[int(code.removeprefix("frame:"))][1]
    return (left + right) // 2, (top + bottom) // 2


def _edge(code: str, towards: tuple[int, int]) -> tuple[int, int]:
    """Where a line from the middle of a box (or frame) to a point leaves it."""
    x, y = _centre(code)
    if code in _AT:
        half_width, half_height = _BOX[0] / 2, _BOX[1] / 2
    else:
        left, top, right, bottom = _FRAMES[int(code.removeprefix("frame:"))][1]
        half_width, half_height = (right - left) / 2, (bottom - top) / 2
    dx, dy = towards[0] - x, towards[1] - y
    if not dx and not dy:
        return x, y
    scale = min(half_width / abs(dx) if dx else 9e9, half_height / abs(dy) if dy else 9e9)
    return round(x + dx * scale), round(y + dy * scale)


def _wrapped(name: str) -> list[str]:
    """A name in one line, or in two where it is too long for its box."""
    if _width(name) <= _BOX[0] - 10 or " " not in name:
        return [name]
    words = name.split()
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))))
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def _width(text: str) -> float:
    return sum(12.5 if unicodedata.east_asian_width(sign) in "WF" else 6.3 for sign in text)
