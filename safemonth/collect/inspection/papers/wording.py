"""The standing sentences of enforcement papers, in Chinese as they bind and in English for reading. Plain Python.

Sources: the standard enforcement papers (安全生产执法文书式样, Ministry of Emergency Management); Administrative Reconsideration
Law (2023) art. 20: review within 60 days; Administrative Litigation Law (2017) art. 46: suit within six months, art. 56:
a suit does not stop a decision; Work Safety Law (2021) art. 67 and 68: certificates shown, both sides sign.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from safemonth.collect.inspection.papers.kinds import RECORD, REFERRAL

HEAD: Final = {"zh": "安全生产行政执法文书", "en": "Work safety: administrative enforcement paper"}
_gap = "\u3000"


@dataclass(frozen=True)
class Words:
    """The standing words of one language; places in braces are filled in."""

    reading: str
    no_number: str
    blank: str
    comma: str
    gap: str
    stop: str
    dash: str
    day: str
    no_day: str
    minute: str
    no_minute: str
    page: str
    inspected: str
    address: str
    head: str
    post: str
    phone: str
    place: str
    time: str
    from_to: str
    we_are: str
    shown: str
    not_shown: str
    findings: str
    to: str
    by_record: str
    decision_found: str
    decision_basis: str
    order_found: str
    order_by: str
    order_basis: str
    liability: str
    remedy: str
    this_decision: str
    this_order: str
    recheck_of: str
    done: str
    not_done: str
    still: str
    opinion: str
    papers_made: str
    referral_case: str
    referral_reason: str
    materials: str
    office_address: str
    contact: str
    item: str
    breaks: str
    at_spot: str
    corrects: str
    officers_sign: str
    certificate: str
    workplace_signs: str
    workplace_receives: str
    receiver_signs: str
    date_blank: str
    seal: str
    refused: str
    absent: str
    copies: str
    copies_referral: str
    copies_record: str


ZH: Final = Words(
    reading="",
    no_number="（草稿，未编号）",
    blank="＿＿＿＿",
    comma="、",
    gap="",
    stop="。",
    dash="——",
    day="{0.year}年{0.month}月{0.day}日",
    no_day=f"{_gap * 2}年{_gap}月{_gap}日",
    minute="{0.year}年{0.month}月{0.day}日{0.hour}时{0.minute:02d}分",
    no_minute=f"{_gap * 2}年{_gap}月{_gap}日{_gap}时{_gap}分",
    page="共{pages}页　第{page}页",
    inspected="被检查单位：",
    address="地址：",
    head="法定代表人（负责人）：",
    post="职务：",
    phone="联系电话：",
    place="检查场所：",
    time="检查时间：",
    from_to="{0}至{1}",
    we_are="我们是{agency}行政执法人员{officers}，证件号码为{certificates}，{shown}现依法对你单位进行现场检查，请予以配合。",
    shown="这是我们的证件（已出示证件）。",
    not_shown="这是我们的证件（出示证件：□是　□否）。",
    findings="检查情况：",
    to="{0}：",
    by_record="（见《{title}》{number}）",
    decision_found="本机关于{day}对你单位进行现场检查时{record}，发现你单位存在下列违法违规行为和事故隐患：",
    decision_basis="以上存在的问题无法保证安全生产，依据{basis}的规定，现作出如下现场处理决定：",
    order_found="经查，本机关于{day}对你单位进行检查时{record}，发现你单位存在下列问题：",
    order_by="现责令你单位对上述第{items}项问题于{day}前整改完毕，达到有关法律、法规、规章和标准规定的要求。",
    order_basis="以上责令依据{basis}的规定作出。",
    liability="整改期间，你单位应当采取措施，确保安全生产。逾期不整改或者整改不合格的，依法予以处理；由此造成事故的，"
    "依法追究有关人员的责任。",
    remedy="如果不服{paper}，可以自收到本文书之日起60日内向{review}申请行政复议，或者在6个月内依法向{court}提起行政诉讼。"
    "复议、诉讼期间，{paper}不停止执行，法律另有规定的除外。",
    this_decision="本决定",
    this_order="本指令",
    recheck_of="本机关于{day}作出了《{title}》（文书编号：{number}），并于{recheck_day}对你单位整改情况进行了复查，逐项意见如下：",
    done="已整改完毕",
    not_done="未整改完毕",
    still="未整改原因或者仍存在的问题：{reason}；责令于{day}前整改完毕。",
    opinion="复查意见：{0}",
    papers_made="（已制作《{title}》{number}）",
    referral_case="{workplace}{case}一案，本机关在监督检查中发现{record}，基本情况如下：",
    referral_reason="{reason}。依据{basis}的规定，现将该案移送你单位依法处理，并请将处理结果函告本机关。",
    materials="附有关材料：",
    office_address="本机关地址：",
    contact="联系人：",
    item="{number}．{text}",
    breaks="，不符合{0}的规定",
    at_spot="{spot}：{text}",
    corrects="本文书系对本机关{day}《{title}》（{number}）的更正，该文书同时废止。",
    officers_sign="执法人员（签名）：",
    certificate="证号：{0}",
    workplace_signs="被检查单位现场负责人（签名）：",
    workplace_receives="被检查单位负责人（签名）：",
    receiver_signs="受移送单位接收人（签名）：",
    date_blank=f"{_gap * 2}年{_gap}月{_gap}日",
    seal="（印章）",
    refused="被检查单位现场负责人拒绝签名，原因：{0}",
    absent="被检查单位现场无人签名，原因：{0}",
    copies="本文书一式两份：一份由{0}备案，一份交被检查单位。",
    copies_referral="本文书一式两份：一份由{0}备案，一份交受移送单位。",
    copies_record="本记录一式两份：一份由{0}备案，一份交被检查单位。",
)

EN: Final = Words(
    reading="For reading only. The Chinese text is the paper.",
    no_number="(draft, not numbered)",
    blank="______",
    comma=", ",
    gap=" ",
    stop=".",
    dash=": ",
    day="{0.day} {0:%B} {0.year}",
    no_day="__ ______ ____",
    minute="{0.day} {0:%B} {0.year}, {0:%H:%M}",
    no_minute="__ ______ ____, __:__",
    page="Page {page} of {pages}",
    inspected="Unit inspected:",
    address="Address:",
    head="Legal representative (person in charge):",
    post="Post:",
    phone="Phone:",
    place="Place inspected:",
    time="Time:",
    from_to="{0} to {1}",
    we_are="We are enforcement officers of {agency}: {officers}; certificates no. {certificates}. {shown} We now inspect your unit "
    "on site by law; please co-operate.",
    shown="These are our certificates (shown).",
    not_shown="These are our certificates (shown: □ yes □ no).",
    findings="What was found:",
    to="To {0}:",
    by_record=" ({title} {number})",
    decision_found="On {day} this agency inspected your unit on site{record} and found the following violations and hazards:",
    decision_basis="With these, work safety cannot be ensured. By {basis}, it is decided on site:",
    order_found="On {day} this agency inspected your unit{record} and found the following problems:",
    order_by="You are ordered to put right problem(s) {items} by {day}, to what laws, regulations and standards require.",
    order_basis="This is ordered by {basis}.",
    liability="Meanwhile you must take measures that keep work safe. Who does not put things right in time, or not well, is dealt "
    "with by law; where an accident comes of it, those responsible are held liable by law.",
    remedy="Against {paper} you may ask {review} for administrative review within 60 days of receipt, or bring suit before {court} "
    "within 6 months. Meanwhile {paper} stays in force, unless the law says otherwise.",
    this_decision="this decision",
    this_order="this order",
    recheck_of="On {day} this agency issued the {title} (no. {number}). On {recheck_day} it rechecked what you had put right. "
    "Item by item:",
    done="put right",
    not_done="not put right",
    still="Why, or what is still wrong: {reason}. To be put right by {day}.",
    opinion="Opinion: {0}",
    papers_made=" ({title} {number} was issued)",
    referral_case="In the case of {workplace}, {case}, this agency found on inspection{record}:",
    referral_reason="{reason}. By {basis}, the case is referred to you to be dealt with by law. Please let this agency know the outcome.",
    materials="Materials that go with it:",
    office_address="Address of this agency:",
    contact="Contact:",
    item="{number}. {text}",
    breaks=", against {0}",
    at_spot="{spot}: {text}",
    corrects="This paper corrects the {title} of {day} ({number}), which no longer holds.",
    officers_sign="Officers (signed):",
    certificate="Certificate no. {0}",
    workplace_signs="In charge on site (signed):",
    workplace_receives="In charge of the unit (signed):",
    receiver_signs="Received by (signed):",
    date_blank="__ ______ ____",
    seal=" (seal)",
    refused="The unit's side refused to sign: {0}",
    absent="Nobody of the unit was there to sign: {0}",
    copies="Made twice: one kept by {0}, one for the unit inspected.",
    copies_referral="Made twice: one kept by {0}, one for the unit that receives the case.",
    copies_record="Made twice: one kept by {0}, one for the unit inspected.",
)


def words_of(language: str) -> Words:
    """Return the words of a language: zh or en."""
    return {"zh": ZH, "en": EN}[language]


def day_text(text: str, words: Words) -> str:
    """Return an ISO day as the language writes it; a blank day where it is none."""
    try:
        return words.day.format(date.fromisoformat(text))
    except ValueError:
        return words.no_day


def minute_text(text: str, words: Words) -> str:
    """Return an ISO moment to the minute, in the zone that it is written in; a blank where it is none."""
    try:
        return words.minute.format(datetime.fromisoformat(text))
    except ValueError:
        return words.no_minute


def hands(kind: str, agency: str, words: Words) -> str:
    """Return the note on who keeps the copies."""
    text = {REFERRAL: words.copies_referral, RECORD: words.copies_record}.get(kind, words.copies)
    return text.format(agency)
