"""A made-up county for the summary's tests: figures with coverage and traces, and facts in both languages."""

from dataclasses import replace
from datetime import date

from safemonth.figures.figure import Bounds, Coverage, Figure, Number, Scope, TraceLine, UnitName
from safemonth.figures.words import words_of
from safemonth.lib.indicators import load_indicators
from safemonth.lib.measure_words import basis_of
from safemonth.lib.refusals import Refused
from safemonth.summary.facts import (
    BodyFact,
    Facts,
    Language,
    MeetingFact,
    NoticeFact,
    SeatFact,
    TaskFact,
    UnitList,
)

COUNTY = UnitName("130633", "易县", "Yi County")
SAFETY_BUREAU = UnitName("130633-safety", "县安监局", "County Safety Bureau")
UNITS = tuple(UnitName(f"1306331{n:02}", f"第{n}乡", f"Township {n}") for n in range(56))
DEPARTMENTS = tuple(UnitName(f"d{n:02}", f"第{n}局", f"Department {n}") for n in range(20))
TASKS = {
    "tv-speech": ("电视讲话", "Televised address", date(2019, 6, 1), "", ""),
    "consulting-day": ("安全生产咨询日", "Consulting day", date(2019, 6, 10), "朝阳路", "Chaoyang Road"),
    "vehicles": ("宣传车送法下乡", "Publicity vehicles", None, "", ""),
    "media": ("媒体宣传", "Media", None, "", ""),
    "carriers": ("公益短信", "Phone carriers", None, "", ""),
    "everyone": ("广泛宣传", "By many means", None, "", ""),
    "law-to-countryside": ("送法下乡", "Law to the countryside", date(2019, 6, 12), "富岗乡", "Fugang township"),
    "joint-inspections": ("联合检查", "Joint inspections", None, "", ""),
    "rectification": ("专项整治", "Special rectification", None, "", ""),
    "key-inspections": ("重点检查", "Inspections of key units", None, "", ""),
    "supervision": ("督促检查", "Supervision", None, "", ""),
    "appraisal": ("总结评比", "Appraisal", None, "", ""),
}
# (indicator, task, unit): value, number of units expected, number of those missing, source of the records
CLAIMS: dict[tuple[str, str, str], tuple[Number, int, int]] = {
    ("departments_taking_part", "consulting-day", ""): (20, 20, 0),
    ("consulting_sites", "consulting-day", ""): (5, 20, 0),
    ("banners_hung", "consulting-day", ""): (21, 20, 0),
    ("leaflets_distributed", "consulting-day", "130633-safety"): (5200, 0, 0),
    ("leaflets_distributed", "consulting-day", ""): (42300, 20, 0),
    ("people_consulted", "consulting-day", ""): (10860, 20, 0),
    ("publicity_vehicles", "vehicles", ""): (6, 4, 0),
    ("places_reached", "vehicles", ""): (472, 4, 0),
    ("sms_sent", "carriers", ""): (310000, 3, 0),
    ("banners_hung", "", ""): (86, 56, 5),
    ("slogans_posted", "", ""): (257, 56, 5),
    ("leaflets_distributed", "", ""): (142318, 56, 5),
    ("enterprises_inspected", "joint-inspections", ""): (38, 9, 0),
    ("hazards_found", "joint-inspections", ""): (127, 9, 0),
    ("hazards_rectified", "joint-inspections", ""): (119, 9, 0),
    ("meetings", "rectification", ""): (4, 9, 2),
    ("enterprises_inspected", "key-inspections", ""): (312, 49, 3),
    ("hazards_found", "key-inspections", ""): (655, 49, 3),
}


def make_figure(
    indicator: str,
    *,
    value: Number | None,
    expected: int = 0,
    missing: int = 0,
    task: str = "",
    unit: UnitName = COUNTY,
    basis: str = "",
    nil: int = 0,
) -> Figure:
    """Return a figure with words, bounds and a trace as the roll-up would give it."""
    known = load_indicators()[indicator]
    basis = basis or (basis_of(known.measure_words[0]) if known.measure_words else "things")
    received = UNITS[missing:expected]
    coverage = Coverage(
        expected=UNITS[:expected], received=received, nil=received[:nil], late=received[:1], missing=UNITS[:missing]
    )
    is_open = bool(value and value >= 1000)
    bounds = None
    if value is not None:
        upper = None if missing else value
        bounds = Bounds(lower=value, upper=upper, lower_is_open=is_open, method="sum_of_claims")
    scope = Scope(campaign="yixian-2019", unit=unit, task=task, basis=basis)
    trace = tuple(
        TraceLine(
            measure_id=at + 1,
            unit=reporter,
            value=(value or 0) if at == 0 else 0,
            qualifier="more_than" if is_open else "exact",
            basis=basis,
            activity_id=at + 1,
            activity_title="宣传活动",
            source=f"{reporter.name}活动统计表.xlsx，Sheet1!C{at + 4}",
            counted=at != 2,
            why_not="duplicate" if at == 2 else "",
        )
        for at, reporter in enumerate(received or UNITS[:1])
    )
    return Figure(
        id=f"{indicator}@{scope.key}",
        indicator=indicator,
        scope=scope,
        value=value,
        aggregation=known.aggregation,
        coverage=coverage,
        state="claimed",
        bounds=bounds,
        words=words_of(value=value, bounds=bounds, coverage=coverage),
        trace=trace if value is not None else (),
    )


class MadeUpFigures:
    """Answers from CLAIMS (or other claims); what is not in them was not reported by anybody."""

    def __init__(self, claims: dict[tuple[str, str, str], tuple[Number | None, int, int]] | None = None) -> None:
        self.claims = dict(CLAIMS) if claims is None else claims

    def figure(self, indicator: str, *, task: str = "", unit: str = "", basis: str = "") -> Figure:
        if indicator not in load_indicators():
            raise Refused("unknown_indicator", "There is no indicator “%(code)s”.", code=indicator)
        if task and task not in TASKS:
            raise Refused("unknown_task", "The plan has no task “%(code)s”.", code=task)
        if unit not in ("", SAFETY_BUREAU.code):
            raise Refused("unknown_unit", "There is no unit “%(unit)s”.", unit=unit)
        value, expected, missing = self.claims.get((indicator, task, unit), (None, 0, 0))
        of = SAFETY_BUREAU if unit else COUNTY
        return make_figure(indicator, value=value, expected=expected, missing=missing, task=task, unit=of, basis=basis)


def trace_url(figure: Figure) -> str:
    """Return an address of a figure's trace."""
    return f"https://office.example/figures/{figure.id}"


def make_facts(language: Language) -> Facts:
    """Return the founding case's facts in the language."""
    is_zh = language == "zh"

    def said(chinese: str, english: str) -> str:
        return chinese if is_zh else english

    def units(title: str, *names: UnitName, measure: str = "个", noun: str = "units") -> UnitList:
        return UnitList(title=title, units=names, source=said("活动登记", "register"), measure=measure, noun=noun)

    carriers = [
        UnitName(f"c{n}", name, english)
        for n, (name, english) in enumerate((("网通公司", "Netcom"), ("联通公司", "Unicom"), ("电信公司", "Telecom")))
    ]
    mines = [
        UnitName(f"t{n}", name, english)
        for n, (name, english) in enumerate(
            (
                ("坡仓乡", "Pocang"),
                ("梁格庄镇", "Lianggezhuang"),
                ("富岗乡", "Fugang"),
                ("桥家河乡", "Qiaojiahe"),
                ("甘河净乡", "Ganhejing"),
            )
        )
    ]
    vehicles = [
        SAFETY_BUREAU,
        *(
            UnitName(f"v{n}", name, english)
            for n, (name, english) in enumerate(
                (
                    ("县矿管办", "Mine Management Office"),
                    ("县消防大队", "Fire Brigade"),
                    ("县交警大队", "Traffic Police Brigade"),
                )
            )
        ),
    ]
    bodies = [
        UnitName(f"b{n}", name, english)
        for n, (name, english) in enumerate(
            (
                ("县安委会", "Work Safety Committee"),
                ("县委宣传部", "Publicity Department"),
                ("县总工会", "Federation of Trade Unions"),
                ("团县委", "Youth League Committee"),
                ("县司法局", "Judicial Bureau"),
            )
        )
    ]
    teams = [UnitName("s1", "第一督查组", "Team 1"), UnitName("s2", "第二督查组", "Team 2")]
    return {
        "campaign_code": "yixian-2019",
        "campaign": said("2019年“安全生产月”", "Work Safety Month 2019"),
        "county": said("易县", "Yi County"),
        "higher_level": said("保定市", "Baoding"),
        "year": 2019,
        "theme": said("防风险、除隐患、遏事故", "Guard against risks, remove hazards, prevent accidents"),
        "starts_on": date(2019, 6, 1),
        "ends_on": date(2019, 6, 30),
        "office": said("易县安全生产委员会办公室", "Office of the Yi County Work Safety Committee"),
        "lead_unit": SAFETY_BUREAU,
        "recipients": said("保定市安全生产委员会办公室", "Office of the Baoding Work Safety Committee"),
        "document_number": said("易安委办〔2019〕15号", "Yi An Wei Ban [2019] No. 15"),
        "issued_on": date(2019, 7, 5),
        "higher_plan": NoticeFact(
            said("保定市2019年“安全生产月”活动总体方案", "overall plan of Baoding for Work Safety Month 2019"),
            "",
            date(2019, 5, 6),
        ),
        "plan": NoticeFact(
            said("易县2019年“安全生产月”活动总体方案", "overall plan of Yi County for Work Safety Month 2019"),
            said("易安委〔2019〕5号", "Yi An Wei [2019] No. 5"),
            date(2019, 5, 18),
        ),
        "arrangement": NoticeFact(
            said("县安委会办公室关于落实“安全生产月”工作的安排", "work arrangements for the month"),
            "",
            date(2019, 5, 30),
        ),
        "meeting": MeetingFact(
            said("“安全生产月”活动动员会", "mobilisation meeting"),
            date(2019, 5, 30),
            said("政府会议室", "the government's conference room"),
        ),
        "bodies": {
            "leading-group": BodyFact(
                said("易县“安全生产月”活动领导小组", "leading group for Work Safety Month"),
                (
                    SeatFact("head", said("分管副县长", "deputy county head")),
                    SeatFact("deputy", said("县政府办公室副主任", "deputy director of the government office")),
                    SeatFact("deputy", said("县安监局局长", "director of the safety bureau")),
                    SeatFact("member", said("县委宣传部", "publicity department")),
                    SeatFact("member", said("县广播电视局", "radio and television bureau")),
                    SeatFact("member", said("县总工会", "trade union")),
                    SeatFact("member", said("团县委", "youth league")),
                ),
            ),
            "office": BodyFact(
                said("领导小组办公室", "office of the leading group"),
                (SeatFact("director", said("县安监局局长", "director of the safety bureau")),),
                located_at=said("县安监局", "County Safety Bureau"),
            ),
        },
        "tasks": {
            code: TaskFact(said(title, english), day, said(place, place_en), activities=1)
            for code, (title, english, day, place, place_en) in TASKS.items()
        },
        "lists": {
            "expected": units(said("应报单位", "Units expected to report"), *UNITS),
            "received": units(said("已报单位", "Units that reported"), *UNITS[5:]),
            "missing": units(said("未报单位", "Units that did not report"), *UNITS[:5]),
            "vehicles": units(said("出动宣传车的单位", "Units that sent vehicles"), *vehicles),
            "carriers": units(said("通信公司", "Phone carriers"), *carriers),
            "law-to-countryside": units(said("送法下乡参加单位", "Units at the countryside day"), *bodies),
            "law-to-countryside-townships": units(
                said("参加送法下乡的乡镇", "Townships at the countryside day"), *mines
            ),
            "supervision-bodies": units(said("抽调督查人员的单位", "Bodies that gave supervisors"), *bodies),
            "supervision-teams": units(said("督查组", "Supervision teams"), *teams),
        },
        "ledger_root": "9f3c1d0a77e2b45c" * 4,
        "ledger_size": 2841,
        "ledger_on": date(2019, 7, 5),
    }


def without(facts: Facts, *tasks: str) -> Facts:
    """Return the facts with the tasks' activities taken off the record."""
    kept = {code: replace(task, activities=0) if code in tasks else task for code, task in facts["tasks"].items()}
    return {**facts, "tasks": kept}
