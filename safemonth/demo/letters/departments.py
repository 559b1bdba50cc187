"""The letters that departments and the county's other units send about their month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from safemonth.demo.county import short_name
from safemonth.demo.letters.papers import Letter, docx_bytes, fill, html_bytes, pdf_bytes, txt_bytes
from safemonth.demo.sent import Draft, moment
from safemonth.demo.truth import month_of


@dataclass(frozen=True)
class _Month:
    """A department's letter: `paragraphs` with places for its counts, `received` as (month, day, hour)."""

    unit: str
    title: str
    paragraphs: Sequence[str]
    dated: str
    received: tuple[int, int, int]
    ending: str
    write: Callable[[Letter], bytes]
    note: str


MONTHS = (
    _Month(
        "130633-safety",
        "易县安监局“安全生产月”活动工作总结",
        [
            "根据县安委会统一部署，我局作为活动牵头单位，认真履行综合监管职责，扎实推进“安全生产月”各项活动。现将我局"
            "6月1日至30日的工作（不含6月10日集中咨询，该项由县安委办统一报送）总结如下：",
            "（一）强化组织领导。先后召开安全生产调度会议{meetings:chinese}，逐项分解任务，明确责任科室。",
            "（二）强化宣传教育。在县城主要街道悬挂横幅{banners_hung}，张贴标语{slogans_posted}，深入企业、学校、社区发放"
            "宣传资料{leaflets_distributed}；举办企业负责人和安全管理人员培训班{training_sessions}，培训{people_trained}。",
            "（三）强化执法检查。以矿山、危险化学品、烟花爆竹为重点，检查企业{enterprises_inspected}，查出隐患"
            "{hazards_found}，督促整改{hazards_rectified}，下达责令限期整改指令书{orders_issued}。",
        ],
        "2019年7月2日",
        (7, 2, 18),
        "docx",
        docx_bytes,
        "The safety bureau's summary, headings as （一）, the consulting day left out in words.",
    ),
    _Month(
        "130633-land",
        "县国土局开展“安全生产月”活动情况",
        [
            "6月份以来，县国土局结合职责，认真开展“安全生产月”活动。在办公楼和各国土所张贴标语{slogans_posted}，向矿山企业"
            "和群众发放地质灾害防治宣传资料{leaflets_distributed}。",
            "举办矿山企业测量人员培训班{training_sessions:chinese}，培训{people_trained}。开展矿产资源执法巡查，检查矿山企业"
            "{enterprises_inspected}，查处违法开采行为{violations_found}。",
        ],
        "2019年6月28日",
        (6, 28, 11),
        "html",
        html_bytes,
        "A page of the bureau's site.",
    ),
    _Month(
        "130633-transport",
        "县交通局“安全生产月”活动总结",
        [
            "县交通局以“防风险、除隐患、遏事故”为主题，在全县交通运输系统开展“安全生产月”活动。",
            "除参加6月10日县城集中咨询活动外，全系统另悬挂横幅{banners_hung}，张贴标语{slogans_posted}，在客运站、公交站"
            "利用电子屏{electronic_screens}播放安全标语，发放宣传资料{leaflets_distributed}。",
            "对客货运企业驾驶员、押运员进行安全培训，培训{people_trained}。开展道路运输安全检查，检查企业"
            "{enterprises_inspected}，查出隐患{hazards_found}，整改{hazards_rectified}。",
        ],
        "2019年7月1日",
        (7, 1, 16),
        "docx",
        docx_bytes,
        "A summary that says in words that the consulting day is not in it.",
    ),
    _Month(
        "130633-environment",
        "县环保局安全生产月活动汇报",
        [
            "活动期间，我局悬挂横幅{banners_hung:chinese}，张贴标语{slogans_posted:chinese}，发放环境安全宣传资料"
            "{leaflets_distributed:chinese}。",
            "对涉危涉重企业开展环境安全隐患排查，检查企业{enterprises_inspected}，排查隐患{hazards_found}，整改"
            "{hazards_rectified}。",
        ],
        "2019年7月1日",
        (7, 1, 11),
        "txt",
        txt_bytes,
        "Plain text, publicity in Chinese numerals.",
    ),
    _Month(
        "130633-fire",
        "易县消防大队“安全生产月”消防宣传工作总结",
        [
            "在“安全生产月”活动中，大队充分发挥职能作用，全力做好消防安全宣传和火灾隐患排查整治工作。",
            "一、消防宣传形式多样。悬挂消防横幅{banners_hung}，张贴标语{slogans_posted}，深入乡村、学校、社区发放消防宣传"
            "资料{leaflets_distributed}，举办消防知识讲座{lectures}。",
            "二、应急演练扎实有效。指导社会单位开展灭火疏散演练{drills}，参演人员{people_in_drills}。",
            "三、执法检查从严从细。检查单位{enterprises_inspected}，发现火灾隐患{hazards_found}，督促整改"
            "{hazards_rectified}，下发责令改正通知书{orders_issued}。",
        ],
        "2019年7月3日",
        (7, 3, 9),
        "docx",
        docx_bytes,
        "The fire brigade's summary, figures with 余.",
    ),
    _Month(
        "130633-mine",
        "县矿管办“安全生产月”活动总结",
        [
            "县矿管办认真贯彻县安委会要求，紧紧抓住矿山安全这一重点，扎实开展“安全生产月”活动。",
            "在各矿区悬挂横幅{banners_hung}，张贴标语{slogans_posted}，发放宣传资料{leaflets_distributed}。举办矿山企业负责人"
            "和特种作业人员培训班{training_sessions}，培训{people_trained}。",
            "对全县矿山企业开展拉网式检查，检查矿山企业{enterprises_inspected}，排查隐患{hazards_found}，整改"
            "{hazards_rectified}，关闭非法矿点{closures}。",
        ],
        "2019年7月2日",
        (7, 2, 11),
        "pdf",
        pdf_bytes,
        "A PDF with its text in it.",
    ),
    _Month(
        "130633-forestry",
        "县林业局安全生产月活动小结",
        [
            "我局以森林防火和林区安全为重点，开展了“安全生产月”活动。悬挂横幅{banners_hung}，张贴标语{slogans_posted}，"
            "发放宣传资料{leaflets_distributed}。",
            "举办护林员安全培训，培训{people_trained}。6月25日组织森林火灾扑救应急演练{drills:chinese}，参演队员"
            "{people_in_drills}。",
        ],
        "2019年6月30日",
        (6, 30, 15),
        "txt",
        partial(txt_bytes, encoding="gb18030"),
        "Plain text in GB18030.",
    ),
    _Month(
        "130633-health",
        "县卫计局“安全生产月”活动情况报告",
        [
            "按照易安委〔2019〕5号文件要求，我局组织县直医疗单位和乡镇卫生院开展了“安全生产月”活动。",
            "除6月10日集中咨询外，悬挂横幅{banners_hung}，张贴标语{slogans_posted}，发放职业病防治宣传资料"
            "{leaflets_distributed}，举办健康安全讲座{lectures}，受教育群众{people_reached}。",
            "对医疗机构开展消防和用电安全检查，检查单位{enterprises_inspected}，查出隐患{hazards_found}，已全部整改"
            "{hazards_rectified}。",
        ],
        "2019年7月2日",
        (7, 2, 10),
        "docx",
        docx_bytes,
        "A report that cites the notice's number.",
    ),
)


def department_letters() -> list[Draft]:
    """Return every letter of a department about its month."""
    return [
        Draft(
            name=f"{short_name(month.unit)}总结.{month.ending}",
            channel="letter",
            sender=month.unit,
            received_at=moment(*month.received, 20),
            content=month.write(
                Letter(
                    title=month.title,
                    to="" if month.ending == "html" else "县安委办",
                    paragraphs=fill(month.paragraphs, month_of(month.unit)),
                    signed=short_name(month.unit),
                    dated=month.dated,
                )
            ),
            note=month.note,
            returns_for=(month.unit,),
        )
        for month in MONTHS
    ]
