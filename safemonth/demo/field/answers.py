"""Filled forms as phones send them: XML of the project's own forms."""

from collections.abc import Callable, Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from safemonth.demo.field.filled import FilledForm, filled_forms

# One answer, or the answers of one turn of a repeat.
Answer = tuple[str, "str | Sequence[Answer]"]

# What the inspection found: what, in which spot, whether put right on the spot.
HAZARDS = (
    ("消防通道堆放纸箱", "一号库东侧", True),
    ("灭火器压力不足", "值班室门口", True),
    ("静电释放装置接地线松动", "二号库入口", False),
)
# What the safety bureau found at a quarry; it is the inspection of which the demo makes one of each paper.
AT_THE_QUARRY = (
    ("皮带机尾轮无防护罩", "破碎车间", False),
    ("边坡浮石未清理，未设警示标志", "二号采面", False),
    ("爆破作业警戒距离不足", "一号采面", False),
)
FOUND = {37: AT_THE_QUARRY}
DEADLINE = "2019-06-28"
# When an inspection and a recheck began and ended; who inspected.
HOURS = ("14:30", "16:50")
INSPECTORS = "治安大队民警（执法证冀F0117），治安大队辅警（冀F0118）"
BUREAU_INSPECTORS = "执法大队副大队长，执法大队执法员"
# What the supervisors compared: what, as reported, as seen.
CLAIMS = (("横幅", 1, 1), ("标语", 5, 5))


def answers_xml(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> bytes:
    """Return a form's answers; `counts` is indicator code -> what was typed, `photos` the files' names in order."""
    written = _ANSWERS[filled.form](filled, counts, photos)
    meta: Answer = ("meta", [("instanceID", filled.instance_id)])
    version = 2 if filled.form in ("inspection", "recheck") else 1
    return f'<data id="{filled.form}" version="{version}">{_xml([*written, meta])}</data>'.encode()


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
    hazards: list[Answer] = [
        (
            "hazard",
            [
                ("hazard_key", hazard_key(filled, number)),
                ("what", what),
                ("grade", "ordinary"),
                ("spot", spot),
                ("photo", photo),
                ("on_the_spot", "yes" if is_righted else "no"),
                ("deadline", "" if is_righted else DEADLINE),
                ("responsible", "矿长" if filled.number in FOUND else "仓库主任"),
            ],
        )
        for number, ((what, spot, is_righted), photo) in enumerate(
            zip(FOUND.get(filled.number, HAZARDS), photos, strict=True)
        )
    ]
    return [
        ("unit", filled.unit),
        ("where", "other"),
        ("inspected", filled.place),
        *_who_and_when(filled, counts.get("inspectors_deployed", "2")),
        ("found", "yes"),
        *hazards,
        *_ended_and_signed(filled),
    ]


def _recheck(filled: FilledForm, counts: Mapping[str, str], photos: Sequence[str]) -> list[Answer]:
    inspected = next(each for each in filled_forms() if each.form == "inspection" and each.place == filled.place)
    still_open = [number for number, (_, _, is_righted) in enumerate(HAZARDS) if not is_righted]
    items: list[Answer] = [
        (
            "item",
            [("hazard", hazard_key(inspected, number)), ("reported", "no"), ("result", "done"), ("photo", photo)],
        )
        for number, photo in zip(still_open, photos, strict=True)
    ]
    return [("unit", filled.unit), *_who_and_when(filled, "2"), *items, *_ended_and_signed(filled)]


def hazard_key(filled: FilledForm, number: int) -> str:
    """Return the key that the inspector's phone gave the hazard at this place of HAZARDS."""
    return str(uuid5(NAMESPACE_URL, f"safemonth-demo/hazard/{filled.number}/{number}"))


def _who_and_when(filled: FilledForm, inspectors: str) -> list[Answer]:
    answers: list[Answer] = [
        ("from_on", filled.on.isoformat()),
        ("started_at", HOURS[0] if filled.form == "inspection" else "10:20"),
        ("inspectors_deployed", inspectors),
        ("inspectors_who", BUREAU_INSPECTORS if filled.number in FOUND else INSPECTORS),
        ("certificates", "yes"),
    ]
    return [*answers, ("position", f"{filled.position} 0 12")] if filled.position else answers


def _ended_and_signed(filled: FilledForm) -> list[Answer]:
    return [
        ("ended_at", HOURS[1] if filled.form == "inspection" else "11:05"),
        ("sign_inspector", f"sign-{filled.number}-1.png"),
        ("signed_how", "signed"),
        ("sign_workplace", f"sign-{filled.number}-2.png"),
        ("key", str(uuid5(NAMESPACE_URL, f"safemonth-demo/visit/{filled.number}"))),
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
