"""The letters about joint events: the host's own, and those of others who report the same event as theirs."""

from safemonth.demo.letters.papers import Letter, docx_bytes, fill, html_bytes, txt_bytes
from safemonth.demo.sent import Draft, moment
from safemonth.demo.truth import Deed, deeds_of

OFFICE = "县安委办"


def event_letters() -> list[Draft]:
    """Return every letter about one event: law to the countryside, joint inspection, supervision, media, doubles."""
    return [
        _law_to_countryside(),
        _fugang_reports_it_too(),
        _joint_inspection(),
        _mine_office_reports_it_too(),
        *_doubles_of_consulting_day(),
        *_supervision_teams(),
        _newspaper(),
        _netcom(),
    ]


def _deed(unit: str, task: str) -> Deed:
    return deeds_of(unit, task=task)[0]


def _law_to_countryside() -> Draft:
    letter = Letter(
        title="关于在富岗乡开展送法下乡暨安全检查活动的情况",
        to="",
        paragraphs=fill(
            [
                "6月12日，县安委办组织县公安局、矿管办、供电公司、气象局、环保局等部门，在富岗乡开展安全生产法律法规送法下乡"
                "暨安全检查活动。坡仓、良岗、富岗、桥家河、甘河净五个乡镇的矿山企业负责人、主管乡镇领导和安监人员共"
                "{people_taking_part}参加了活动。",
                "活动采取现场检查、现场讲解、现场剖析、现场送书、多方座谈等形式，现场检查矿山企业{enterprises_inspected}，"
                "指出隐患{hazards_found}，向乡镇和企业赠送安全生产法律法规读本{handbooks_distributed}，发放宣传资料"
                "{leaflets_distributed}。通过活动，各乡镇、各企业充分认识到了安全生产的重要性和严肃性。",
            ],
            _deed("130633-office", "law-to-countryside").counts,
        ),
        signed="县安委办",
        dated="2019年6月13日",
    )
    return Draft(
        name="送法下乡活动情况.docx",
        channel="letter",
        sender="130633-office",
        received_at=moment(6, 13, 16, 0),
        content=docx_bytes(letter),
        note="The host's letter: five townships at the countryside day.",
        task="law-to-countryside",
    )


def _fugang_reports_it_too() -> Draft:
    counts = _deed("130633-office", "law-to-countryside").counts
    letter = Letter(
        title="富岗乡承办全县送法下乡活动的情况",
        to=OFFICE,
        paragraphs=fill(
            [
                "6月12日，我乡承办了全县安全生产送法下乡暨安全检查活动。坡仓、良岗、桥家河、甘河净等乡镇的矿山企业负责人和"
                "安监人员共{people_taking_part}来我乡参加活动。现场发放宣传资料{leaflets_distributed}，赠送法律法规读本"
                "{handbooks_distributed}。",
            ],
            {code: counts[code] for code in ("people_taking_part", "leaflets_distributed", "handbooks_distributed")},
        ),
        signed="富岗乡人民政府",
        dated="2019年6月14日",
    )
    return Draft(
        name="富岗乡承办送法下乡活动.docx",
        channel="letter",
        sender="130633212",
        received_at=moment(6, 14, 9, 0),
        content=docx_bytes(letter),
        note="The township reports the county's event of 12 June as its own.",
        expect=("hold:duplicate",),
        task="law-to-countryside",
    )


def _joint_inspection() -> Draft:
    letter = Letter(
        title="关于开展“打非治违”联合检查的情况",
        to="",
        paragraphs=fill(
            [
                "6月3日至7日，县安委办组织安监、公安、国土、矿管、交警等部门，以打击非法开采、非法生产、非法经营、非法运输危险"
                "物品和违章指挥、违章作业为主要内容，在全县开展联合检查。",
                "共成立检查组{inspection_teams}，抽调检查人员{inspectors_deployed}，检查企业{enterprises_inspected}，"
                "查出各类隐患{hazards_found}，已整改{hazards_rectified}，下达整改指令书{orders_issued}。",
            ],
            _deed("130633-office", "joint-inspections").counts,
        ),
        signed="县安委办",
        dated="2019年6月9日",
    )
    return Draft(
        name="联合检查情况.docx",
        channel="letter",
        sender="130633-office",
        received_at=moment(6, 9, 17, 0),
        content=docx_bytes(letter),
        note="The host's letter on the joint inspection of early June.",
        task="joint-inspections",
    )


def _mine_office_reports_it_too() -> Draft:
    counts = _deed("130633-office", "joint-inspections").counts
    letter = Letter(
        title="县矿管办参加“打非治违”联合检查的情况",
        to=OFFICE,
        paragraphs=fill(
            [
                "6月3日至7日，我办参加了全县“打非治违”联合检查，与安监、公安、国土等部门一起，共检查企业"
                "{enterprises_inspected}，查出隐患{hazards_found}，整改{hazards_rectified}。",
            ],
            {code: counts[code] for code in ("enterprises_inspected", "hazards_found", "hazards_rectified")},
        ),
        signed="县矿管办",
        dated="2019年6月10日",
    )
    return Draft(
        name="矿管办联合检查.txt",
        channel="letter",
        sender="130633-mine",
        received_at=moment(6, 10, 16, 0),
        content=txt_bytes(letter),
        note="The mine office reports the county's joint inspection as its own.",
        expect=("hold:duplicate",),
        task="joint-inspections",
    )


def _doubles_of_consulting_day() -> list[Draft]:
    """Three departments report their own booth, which the host's sheet has already."""

    def letter(unit: str, name: str, *, opening: str, dated: str) -> Letter:
        return Letter(
            title=f"{name}参加安全生产宣传咨询日活动的情况",
            to=OFFICE,
            paragraphs=fill(
                [
                    opening,
                    "现场悬挂横幅{banners_hung}，摆放展板{display_boards}，出动工作人员{staff_deployed}，发放宣传资料"
                    "{leaflets_distributed}，接受群众咨询{people_consulted}。",
                ],
                _deed(unit, "consulting-day").counts,
            ),
            signed=name,
            dated=dated,
        )

    police = letter(
        "130633-police",
        "县公安局",
        opening="6月10日上午，县公安局在朝阳路口参加了全县安全生产宣传咨询日活动，重点宣传民爆物品和道路交通安全知识。",
        dated="2019年6月11日",
    )
    traffic = letter(
        "130633-traffic",
        "县交警大队",
        opening="6月10日，我大队民警走上街头，在友谊路口开展安全生产咨询日宣传活动，为过往群众讲解交通安全法规。",
        dated="2019年6月10日",
    )
    education = letter(
        "130633-education",
        "县文教局",
        opening="2019年6月10日，县文教局在朝阳路口设立咨询台，参加安全生产宣传咨询日活动，向学生家长宣传校园安全知识。",
        dated="2019年6月12日",
    )
    note = "The department reports its booth of the consulting day, which stands in the host's sheet."
    return [
        Draft(
            name=name,
            channel="letter",
            sender=unit,
            received_at=received_at,
            content=content,
            note=note,
            expect=("hold:duplicate",),
            task="consulting-day",
        )
        for name, unit, received_at, content in (
            ("公安局咨询日.docx", "130633-police", moment(6, 11, 15, 0), docx_bytes(police)),
            ("交警大队咨询日.txt", "130633-traffic", moment(6, 11, 16, 0), txt_bytes(traffic)),
            ("文教局咨询日.html", "130633-education", moment(6, 12, 10, 0), html_bytes(education)),
        )
    ]


def _supervision_teams() -> list[Draft]:
    drafts = []
    what = ("各乡镇", "县直各单位")
    for number, deed in enumerate(deeds_of("130633-office", task="supervision")):
        team = f"第{'一二'[number]}督查组"
        letter = Letter(
            title=f"“安全生产月”活动{team}督导检查情况",
            to=OFFICE,
            paragraphs=fill(
                [
                    f"6月13日至28日，由县安委办、县委宣传部、县总工会、团县委、县司法局抽调人员组成的{team}，对{what[number]}"
                    "“安全生产月”活动开展情况进行了督导检查。督查组先后开展集中督查{inspections}，深入"
                    "{places_reached}单位，采取听汇报、查资料、看现场的方式，逐一核实活动开展情况。",
                    "总的看，多数单位组织有力、措施得当，但也有个别单位应付了事，督查组当场提出了批评和整改要求。",
                ],
                deed.counts,
            ),
            signed=f"“安全生产月”活动{team}",
            dated="2019年6月29日",
        )
        drafts.append(
            Draft(
                name=f"{team}情况.{'docx' if number == 0 else 'txt'}",
                channel="letter",
                sender="130633-office",
                received_at=moment(6, 29, 9 + number, 0),
                content=docx_bytes(letter) if number == 0 else txt_bytes(letter),
                note="A supervision team's own report.",
                task="supervision",
            )
        )
    return drafts


def _newspaper() -> Draft:
    letter = Letter(
        title="易县报社开展“安全生产月”宣传报道的情况",
        to=OFFICE,
        paragraphs=fill(
            [
                "6月1日至30日，《易县报》开辟“安全生产月”专版，集中宣传安全生产法律法规，刊发了分管副县长的署名文章，并从正反"
                "两方面做好宣传报道，共刊发稿件{media_reports}。",
            ],
            _deed("130633-newspaper", "media").counts,
        ),
        signed="易县报社",
        dated="2019年7月1日",
    )
    return Draft(
        name="易县报宣传情况.docx",
        channel="letter",
        sender="130633-newspaper",
        received_at=moment(7, 1, 9, 40),
        content=docx_bytes(letter),
        note="The newspaper's special edition, signed article and reports.",
        task="media",
    )


def _netcom() -> Draft:
    letter = Letter(
        title="网通公司易县分公司发送安全生产公益短信的情况",
        to=OFFICE,
        paragraphs=fill(
            ["6月10日至16日，我公司免费向全县手机和小灵通用户发送安全生产标语短信{sms_sent}，实现了用户全覆盖。"],
            _deed("130633-netcom", "carriers").counts,
        ),
        signed="网通公司易县分公司",
        dated="2019年6月18日",
    )
    return Draft(
        name="网通公司短信.docx",
        channel="letter",
        sender="130633-netcom",
        received_at=moment(6, 18, 10, 0),
        content=docx_bytes(letter),
        note="A carrier's letter.",
        task="carriers",
    )
