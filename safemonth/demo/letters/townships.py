"""The letters that townships send about their month."""

from safemonth.demo.letters.papers import Letter, docx_bytes, fill, html_bytes, pdf_bytes, txt_bytes
from safemonth.demo.saying import say, say_number, word_of
from safemonth.demo.sent import Draft, moment
from safemonth.demo.truth import month_of

OFFICE = "县安委办"


def township_letters() -> list[Draft]:
    """Return every letter of a township about its month, one function a unit."""
    return [
        _lianggezhuang(),
        _tanghu(),
        _lianggang(),
        _correction_of_xishanbei(),
        _gaomo(),
        _liujing(),
        _weidu(),
        _dule(),
        _qiyu(),
        _pocang(),
    ]


def _lianggezhuang() -> Draft:
    letter = Letter(
        title="梁格庄镇关于开展“安全生产月”活动情况的总结",
        number="梁政〔2019〕31号",
        to=OFFICE,
        paragraphs=fill(
            [
                "按照《易县2019年“安全生产月”活动总体方案》（易安委〔2019〕5号）要求，我镇党委、政府高度重视，及时召开"
                "会议进行安排部署，成立了由镇长任组长、主管副镇长任副组长的活动领导小组，确保活动扎实有序开展。现将情况总结如下：",
                "一、营造氛围，广泛宣传。活动期间，全镇共悬挂横幅{banners_hung}，张贴标语{slogans_posted}，出黑板报"
                "{publicity_columns}，发放安全生产宣传资料{leaflets_distributed}，受教育群众达{people_reached}。",
                "二、突出重点，抓好培训。结合旅游景区和农家院经营特点，举办消防安全知识讲座{lectures}，培训从业人员"
                "{people_trained}。",
                "三、深入排查，消除隐患。由主管副镇长带队，对辖区企业和农家院进行拉网式检查，共检查{enterprises_inspected}"
                "企业，查出隐患{hazards_found}，已整改{hazards_rectified}，其余隐患已责令限期整改。",
                "下一步，我镇将继续巩固“安全生产月”活动成果，计划7月份再组织两次安全检查，确保全镇安全生产形势持续稳定。",
            ],
            month_of("130633101"),
        ),
        signed="梁格庄镇人民政府",
        dated="2019年7月1日",
    )
    return Draft(
        name="梁格庄镇总结.docx",
        channel="letter",
        sender="130633101",
        received_at=moment(7, 1, 15, 0),
        content=docx_bytes(letter),
        note="A summary letter in Word, in the official tone, with a plan for July that is not a figure.",
        returns_for=("130633101",),
    )


def _tanghu() -> Draft:
    letter = Letter(
        title="塘湖镇“安全生产月”活动开展情况",
        to=OFFICE,
        paragraphs=fill(
            [
                "六月份以来，塘湖镇围绕“防风险、除隐患、遏事故”这一主题，精心组织，周密安排，“安全生产月”活动取得了明显成效。",
                "宣传发动到位。在镇区主要街道悬挂横幅{banners_hung}，刷写标语{slogans_posted}，各村利用黑板报宣传安全"
                "常识{publicity_columns}，出动宣传车{publicity_vehicles:chinese}在集市巡回播放，累计发放宣传资料"
                "{leaflets_distributed}，受教育群众{people_reached}。",
                "检查整治到位。镇安监站会同派出所、电管所，检查企业{enterprises_inspected}，发现各类隐患{hazards_found}，"
                "当场整改{hazards_rectified}。",
                "联系电话：0312-8870015。",
            ],
            month_of("130633104"),
        ),
        signed="塘湖镇人民政府",
        dated="二〇一九年七月二日",
    )
    return Draft(
        name="塘湖镇情况汇报.txt",
        channel="letter",
        sender="130633104",
        received_at=moment(7, 2, 9, 25),
        content=txt_bytes(letter, encoding="gb18030"),
        note="Plain text in GB18030; figures with 余; a telephone number; the date in Chinese numerals.",
        returns_for=("130633104",),
    )


def _lianggang() -> Draft:
    letter = Letter(
        title="良岗镇关于“安全生产月”活动的汇报",
        to=OFFICE,
        paragraphs=fill(
            [
                "我镇矿山企业较多，安全监管任务繁重。“安全生产月”活动开展以来，镇政府与各村、各企业层层签订责任状，把活动落到了实处。",
                "活动中，镇村两级悬挂横幅{banners_hung:chinese}，书写标语{slogans_posted:chinese}，设黑板报"
                "{publicity_columns:chinese}，向矿工和群众发放宣传资料{leaflets_distributed}；举办矿山企业负责人安全培训班"
                "{training_sessions:chinese}，{people_trained:chinese}参加了培训。",
                "6月17日至21日，镇安监站对辖区矿山、尾矿库逐一检查，共检查企业{enterprises_inspected}，排查隐患"
                "{hazards_found}，完成整改{hazards_rectified}，整改率85.7%。",
            ],
            month_of("130633106"),
        ),
        signed="良岗镇人民政府",
        dated="2019年6月30日",
    )
    return Draft(
        name="良岗镇汇报.docx",
        channel="letter",
        sender="130633106",
        received_at=moment(6, 30, 10, 30),
        content=docx_bytes(letter),
        note="Counts in Chinese numerals, a percentage that is no figure.",
        returns_for=("130633106",),
    )


def _correction_of_xishanbei() -> Draft:
    counts = month_of("130633109")
    leaflets = counts["leaflets_distributed"]
    letter = Letter(
        title="西山北镇关于更正“安全生产月”活动统计数字的说明",
        to=OFFICE,
        paragraphs=[
            "我镇6月29日报送的《西山北镇安全生产月活动情况表》中，宣传资料一项因填写失误有误，现更正如下：",
            f"活动期间，全镇发放宣传资料{say('leaflets_distributed', leaflets)}，其他数字不变。",
            "由此造成的工作不便，敬请谅解。",
        ],
        signed="西山北镇人民政府",
        dated="2019年7月2日",
    )
    return Draft(
        name="西山北镇更正说明.docx",
        channel="letter",
        sender="130633109",
        received_at=moment(7, 2, 14, 0),
        content=docx_bytes(letter),
        note="A correction: 2,600 leaflets, not the 5,600 of the sheet sent before.",
        expect=("correction:西山北镇活动情况表.xlsx",),
    )


def _gaomo() -> Draft:
    letter = Letter(
        title="高陌镇扎实开展“安全生产月”活动",
        to="",
        paragraphs=fill(
            [
                "今年6月是第18个全国“安全生产月”。高陌镇坚持早部署、早行动，多种形式开展安全生产宣传教育活动。",
                "该镇在主要路口和企业门前悬挂横幅{banners_hung}、张贴标语{slogans_posted}，利用{electronic_screens}"
                "电子屏滚动播放安全生产标语，向群众发放宣传单{leaflets_distributed}。",
                "组织企业负责人和安全员举办安全知识讲座{lectures}，培训{people_trained}。",
                "同时，对辖区建材、化工等重点行业开展安全检查，检查企业{enterprises_inspected}，查出隐患{hazards_found}，"
                "整改{hazards_rectified}。",
            ],
            month_of("130633110"),
        ),
        signed="高陌镇人民政府",
        dated="2019年6月28日",
    )
    return Draft(
        name="高陌镇活动报道.html",
        channel="letter",
        sender="130633110",
        received_at=moment(6, 28, 16, 10),
        content=html_bytes(letter),
        note="A page of the township's site, in the third person, with a menu and a script around it.",
        returns_for=("130633110",),
    )


def _liujing() -> Draft:
    letter = Letter(
        title="流井乡“安全生产月”活动总结",
        to=OFFICE,
        paragraphs=fill(
            [
                "我乡于6月1日启动“安全生产月”活动，由乡长负总责，主管副乡长具体抓，各村党支部书记为本村第一责任人。",
                "全乡悬挂横幅{banners_hung}，张贴标语{slogans_posted}，出宣传栏{publicity_columns}，发放宣传资料"
                "{leaflets_distributed}，在集市设点接受群众咨询{people_consulted}。",
                "对辖区企业和学校开展安全检查，检查单位{enterprises_inspected}，查出隐患{hazards_found}，已整改"
                "{hazards_rectified}。",
            ],
            month_of("130633202"),
        ),
        signed="流井乡人民政府",
        dated="2019年7月1日",
    )
    return Draft(
        name="流井乡总结.pdf",
        channel="letter",
        sender="130633202",
        received_at=moment(7, 1, 17, 0),
        content=pdf_bytes(letter),
        note="A PDF with its text in it.",
        returns_for=("130633202",),
    )


def _weidu() -> Draft:
    counts = month_of("130633209")
    names = {
        "banners_hung": "悬挂横幅",
        "slogans_posted": "张贴标语",
        "leaflets_distributed": "发放宣传资料",
        "publicity_columns": "黑板报",
        "people_reached": "受教育群众",
        "enterprises_inspected": "检查企业",
        "hazards_found": "查出隐患",
        "hazards_rectified": "整改隐患",
    }
    letter = Letter(
        title="尉都乡关于报送“安全生产月”活动情况的函",
        to=OFFICE,
        paragraphs=["现将我乡6月份“安全生产月”活动开展情况报上，请审阅。具体数字见下表。"],
        table=[
            ["项目", "单位", "数量"],
            *([names[code], word_of(code, said), say_number(said)] for code, said in counts.items()),
        ],
        signed="尉都乡人民政府",
        dated="2019年7月2日",
    )
    return Draft(
        name="尉都乡来函.docx",
        channel="letter",
        sender="130633209",
        received_at=moment(7, 2, 8, 40),
        content=docx_bytes(letter),
        note="A letter whose figures stand in a table of the Word document.",
        returns_for=("130633209",),
    )


def _dule() -> Draft:
    letter = Letter(
        title="独乐乡安全生产月活动小结",
        to=OFFICE,
        paragraphs=fill(
            [
                "我乡“安全生产月”活动自6月1日开始，至6月30日结束。活动中，悬挂横幅{banners_hung}，张贴标语{slogans_posted}，"
                "出黑板报{publicity_columns}，发放各类宣传资料{leaflets_distributed}，受教育群众{people_reached}。",
                "存在的问题：山区村庄分散，个别村活动开展不够平衡，今后我们将加以改进。",
            ],
            month_of("130633210"),
        ),
        signed="独乐乡人民政府",
        dated="2019年7月1日",
    )
    return Draft(
        name="独乐乡小结.txt",
        channel="letter",
        sender="130633210",
        received_at=moment(7, 1, 10, 45),
        content=txt_bytes(letter),
        note="Plain text in UTF-8; 约 and 近.",
        returns_for=("130633210",),
    )


def _qiyu() -> Draft:
    letter = Letter(
        title="七峪乡关于“安全生产月”活动情况的报告",
        to=OFFICE,
        paragraphs=[
            "因我乡6月份集中力量开展防火抢险和道路抢修，未组织开展“安全生产月”宣传活动，无数字上报。特此说明。",
        ],
        signed="七峪乡人民政府",
        dated="2019年7月2日",
    )
    return Draft(
        name="七峪乡报告.txt",
        channel="letter",
        sender="130633211",
        received_at=moment(7, 2, 17, 20),
        content=txt_bytes(letter),
        note="A nil return in words.",
        expect=("nil",),
        returns_for=("130633211",),
    )


def _pocang() -> Draft:
    letter = Letter(
        title="坡仓乡关于开展“安全生产月”活动的情况汇报",
        to=OFFICE,
        paragraphs=fill(
            [
                "我乡认真落实县动员会精神，5月31日召开乡村干部会议，对“安全生产月”活动作了安排。",
                "一是抓宣传。悬挂横幅{banners_hung}，张贴标语{slogans_posted}，办黑板报{publicity_columns}，印发宣传材料"
                "{leaflets_distributed}，受教育干部群众{people_reached}。",
                "二是抓检查。对矿山和烟花爆竹经营点进行检查，检查企业{enterprises_inspected}，发现隐患{hazards_found}，"
                "整改到位{hazards_rectified}。",
                "6月12日县里在富岗乡组织的送法下乡活动，我乡派人参加，由县安委办统一报送，本材料不再重复统计。",
            ],
            month_of("130633213"),
        ),
        signed="坡仓乡人民政府",
        dated="2019年6月29日",
    )
    return Draft(
        name="坡仓乡汇报.docx",
        channel="letter",
        sender="130633213",
        received_at=moment(6, 29, 16, 30),
        content=docx_bytes(letter),
        note="A summary letter that names the joint day of 12 June without claiming its figures.",
        returns_for=("130633213",),
    )
