"""Filled forms as phones send them: XML of the project's own forms."""

from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

from safemonth.demo.field.filled import FilledForm

# One answer, or the answers of one turn of a repeat.
Answer = tuple[str, "str | Sequence[Answer]"]

# What the inspection found: what, in which spot, whether put right on the spot.
HAZARDS = (
    ("消防通道堆放纸箱", "一号库东侧", True),
    ("灭火器压力不足", "值班室门口", True),
    ("静电释放装置接地线松动", "二号库入口", False),
)
DEADLINE = "2019-06-28"
ORDER = "易公治安责改〔2019〕17号"
# What the supervisors compared: what, as reported, as seen.
CLAIMS = (("横幅", 1, 1), ("标语", 5, 5))


def answers_xml(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> bytes:
    """Return a form's answers; `counts` is indicator code -> what was typed, `photos` the files' names in order."""
    written = _ANSWERS[filled.form](filled, counts, photos)
    meta: Answer = ("meta", [("instanceID", filled.instance_id)])
    return f'<data id="{filled.form}" version="1">{_xml([*written, meta])}</data>'.encode()


def _xml(answers: Sequence[Answer]) -> str:
    return "".join(
        f"<{name}>{escape(said) if isinstance(said, str) else _xml(said)}</{name}>" for name, said in answers
    )


def _where_and_when(filled: FilledForm, place: str) -> list[Answer]:
    answers: list[Answer] = [("unit", filled.unit), (place, filled.place), ("from_on", filled.on.isoformat())]
    return [*answers, ("position", f"{filled.position} 0 12")] if filled.position else answers


def _activity_report(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    return [
        *_where_and_when(filled, "place"),
        ("kind", filled.kind),
        ("title", filled.title),
        ("counted", " ".join(counts)),
        *counts.items(),
        *((f"photo_{position}", name) for position, name in enumerate(photos, start=1)),
    ]


def _village_stop(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    return [
        *_where_and_when(filled, "village"),
        *(("photo", name) for name in photos),
        *counts.items(),
        ("title", f"宣传车进村：{filled.place}"),
    ]


def _inspection(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    hazards: list[Answer] = []
    for (what, spot, is_righted), photo in zip(HAZARDS, photos, strict=True):
        hazards.append(
            (
                "hazard",
                [
                    ("what", what),
                    ("grade", "ordinary"),
                    ("spot", spot),
                    ("photo", photo),
                    ("on_the_spot", "yes" if is_righted else "no"),
                    ("deadline", "" if is_righted else DEADLINE),
                    ("major_one", "0"),
                    ("righted_one", str(int(is_righted))),
                    ("righted_major_one", "0"),
                ],
            )
        )
    return [
        *_where_and_when(filled, "inspected"),
        ("found", "yes"),
        *hazards,
        ("ordered", "yes"),
        ("order_number", ORDER),
        ("title", f"安全检查：{filled.place}"),
        *counts.items(),
        ("major_hazards_found", "0"),
        ("major_hazards_rectified", "0"),
    ]


def _recheck(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    still_open = [what for what, _, is_righted in HAZARDS if not is_righted]
    items: list[Answer] = [
        (
            "item",
            [
                ("what", what),
                ("grade", "ordinary"),
                ("result", "done"),
                ("photo", photo),
                ("done_one", "1"),
                ("done_major_one", "0"),
            ],
        )
        for what, photo in zip(still_open, photos, strict=True)
    ]
    return [
        *_where_and_when(filled, "inspected"),
        ("order_number", ORDER),
        *items,
        ("title", f"复查：{filled.place}"),
        *counts.items(),
        ("major_hazards_rectified", "0"),
    ]


def _supervision_visit(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    claims: list[Answer] = []
    for position, (what, claimed, seen) in enumerate(CLAIMS):
        said: list[Answer] = [("what", what), ("claimed", str(claimed)), ("seen", str(seen))]
        claims.append(("claim", [*said, *(("photo", name) for name in photos[position : position + 1])]))
    return [
        *_where_and_when(filled, "visited"),
        *claims,
        ("verdict", "real"),
        ("title", f"督查：{filled.place}"),
        *counts.items(),
    ]


def _nil_return(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    return [
        ("unit", filled.unit),
        ("period_from", filled.on.replace(day=1).isoformat()),
        ("period_to", filled.on.isoformat()),
        ("nil", "yes"),
        ("signed_by", "村安全员"),
    ]


_ANSWERS: Mapping[str, Callable[[FilledForm, Mapping[str, str], Sequence[str]], list[Answer]]] = {
    "activity_report": _activity_report,
    "village_stop": _village_stop,
    "inspection": _inspection,
    "recheck": _recheck,
    "supervision_visit": _supervision_visit,
    "return": _nil_return,
}
