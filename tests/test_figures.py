"""Whether a question asks for a figure or a date, and what a text holds of them."""

from __future__ import annotations

import pytest

from qa.figures import asks_for, cannot_tell, figures_in, holds


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("新增多少学位？", "figure"),
        ("新增幾個學位？", "figure"),
        ("投资是多少？", "figure"),
        ("有几乎没有水的水库吗", None),
        ("骑行道什么时候修通？", "date"),
        ("图书馆周几闭馆？", "date"),
        ("哪年修通？", "date"),
        ("什么时间修通？", "date"),
        ("哪个月修通？", "date"),
        ("啥时修通？", "date"),
        ("啥时期的老屋？", None),
        ("哪年龄段的人免费？", None),
        ("有哪几座公园？", None),
        ("近几年修了什么？", None),
        ("另外几座公园呢？", None),
        ("过去几年修了多少路？", "figure"),
        ("怎么治理水库？", None),
        ("前几年怎么修路的？", None),
        ("提前几天通知？", "figure"),
        ("目前几座桥？", "figure"),
        ("怎么提高绿化率？", None),
        ("如何扩大有效投资？", None),
        ("有哪些投资？", None),
        ("怎么让绿化率达到多少？", "figure"),
        ("修桥的投资是？", "figure"),
        ("女生占比呢？", "figure"),
        ("等车的时间是多少？", "figure"),
        ("等车的时间是几分钟？", "figure"),
        ("观景台能停多长时间？", "figure"),
        ("开学时间是？", "date"),
        ("提了几点要求？", "figure"),
        ("早市几点开门？", "date"),
        ("工期是多久？", "figure"),
        ("桥多久能建成？", "date"),
    ],
)
def test_a_question_asks_for_a_figure_or_a_date_or_neither(
    question: str, expected: str | None
) -> None:
    assert asks_for(question) == expected


@pytest.mark.parametrize(
    ("text", "figure", "date"),
    [
        ("新增学位5400个", True, False),
        ("八十岁以上的老人一餐只收五元", True, False),
        ("2025年的打算", False, True),
        ("9月1日开学", False, True),
        ("图书馆周一闭馆", False, True),
        ("年底前通车", False, True),
        ("争取年内成交", False, True),
        ("二季度竣工", False, True),
        ("国庆前全线贯通", False, True),
        ("“五一”前开园", False, True),
        ("秋季学期开学", False, True),
        ("年产量大，年中国人多", False, False),
        ("农家客栈统一挂牌", False, False),
    ],
)
def test_a_text_holds_figures_and_dates(text: str, figure: bool, date: bool) -> None:
    assert (holds("figure", text), holds("date", text)) == (figure, date)


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("有多少人？", "接待1200万人次", True),
        ("有多少人？", "投资120亿元", False),
        ("有多少家企业？", "企业总数达到160家", True),
        ("有多少家企业？", "增长12%", False),
        ("花多少钱？", "投资38.2亿元", True),
        ("花多少钱？", "建21个项目", False),
        ("新修几块冰场？", "修冰场二十四个", True),
        ("补几块？", "每人补五元", True),
        ("有几张床位？", "设床位三百张", True),
        ("老人几岁免费？", "60周岁以上免费", True),
        ("修多少公里？", "完成10公里", True),
        ("有多少？", "建21个项目", True),
        ("占多少？", "推行“1+2+N”模式", False),
        ("有多少？", "实施“5610”行动", False),
        ("2025年增长多少？", "增长5%左右", True),
        ("果园翻了几番？", "面积翻番", True),
        ("果园翻了几番？", "面积翻一番", True),
        ("占多少？", "过半的摊位", True),
        ("有多少家店？", "十几家店", True),
        ("有多少所学校？", "二十多所", True),
        ("排第几？", "全市第一", True),
        ("有多少所学校？", "第一小学", False),
    ],
)
def test_a_figure_must_count_what_is_asked_for(question: str, text: str, held: bool) -> None:
    assert holds("figure", text, question) is held


@pytest.mark.parametrize(
    ("question", "text", "none"),
    [
        ("水库总投资多少？", "水库施工，工期七个月。", True),
        ("水库总投资多少？", "水库投资3亿，工期七个月。", False),
        ("水库总投资多少？", "水库灌田，年产值3亿元。", True),
        ("水库总投资多少？", "水库去年开工，今年完成投资3亿元。", True),
        ("水库总投资多少？", "水库投资3亿元，今年完成投资1亿元。", False),
        ("门票多少钱？", "全年免费。", False),
        ("一度电便宜多少钱？", "电价下降3分/千瓦时。", False),
        ("水库几月完工？ 花多少钱？", "水库七月完工。", True),
        ("水库总投资多少？", "水库\t41000\t续建", False),
        ("医院什么时候建成？", "建三甲医院两家。", True),
        ("医院什么时候建成？", "医院今年建成。", False),
        ("医院哪年动工？", "还没有动工的打算。", False),
        ("图书馆什么时候开放？", "每天8:30开放。", False),
        ("水库什么时候完工？", "主汛期前完工。", False),
        ("庙会什么时候办？", "正月十五办。", False),
        ("水库什么时候完工？谢谢！", "水库很大。", True),
        ("怎么筹集教育资金？", "引导社会资本办学。", False),
        ("水库总投资多少？", "今年启动总投资3亿元的水库。", False),
        ("水库总投资多少？", "水库花费3亿元。", False),
        ("医院有多少张床位？", "建三甲医院。", False),
        ("水库的钱由谁出？", "水库总投资3亿元。", True),
        ("水库是谁掏钱修的？", "水库今年开工。", True),
        ("修水库的资金从哪来？", "水库今年开工。", True),
        ("区财政出多少钱？", "水库总投资3亿元。", True),
        ("水库的钱由谁出？", "由市财政承担。", False),
        ("电梯的费用由谁承担？", "费用由住户按楼层分摊。", False),
        ("午餐的经费由谁承担？", "经费列入年度预算。", False),
        ("水库的钱由谁出？", "水库\t41000\t续建", False),
        ("补贴资金由哪个部门发放？", "由区民政局发放。", False),
        ("资金哪年到位？", "资金6月到位。", False),
        ("企业出多少人参加？", "每家派3人。", False),
    ],
)
def test_a_text_without_money_or_a_date_tells_neither(
    question: str, text: str, *, none: bool
) -> None:
    assert cannot_tell(question, text) is none


def test_a_figure_of_the_question_itself_answers_nothing() -> None:
    assert not holds("figure", "建15个教育项目", "15个教育项目投资多少？")
    assert holds("figure", "投资9.5亿元建15个教育项目", "15个教育项目投资多少？")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("投资38.2亿元", [(3_820_000_000, "元", "38.2亿元")]),
        ("投资9.5亿元", [(950_000_000, "元", "9.5亿元")]),
        ("新增学位5,400个", [(5400, "个", "5,400个")]),
        ("２亿元", [(200_000_000, "元", "２亿元")]),
        ("三百栋老屋，五十家厂", [(50, "家", "五十家")]),
        ("接待九百万人次", [(9_000_000, "人次", "九百万人次")]),
        ("租金贴补三成", [(30, "%", "三成")]),
        ("增长6.5%", [(6.5, "%", "6.5%")]),
        ("一千二百个", [(1200, "个", "一千二百个")]),
        ("1亿2000万元", [(120_000_000, "元", "1亿2000万元")]),
        ("一万二千人", [(12_000, "人", "一万二千人")]),
        ("三万五千亩", [(35_000, "亩", "三万五千亩")]),
        ("5千万元", [(50_000_000, "元", "5千万元")]),
        ("120多亿元", [(12_000_000_000, "元", "120多亿元")]),
        ("1000多家，百余个", [(1000, "家", "1000多家"), (100, "个", "百余个")]),
        ("二十五点六亿元", [(2_560_000_000, "元", "二十五点六亿元")]),
        ("1 200万人次", [(12_000_000, "人次", "1 200万人次")]),
        ("120 亿元", [(12_000_000_000, "元", "120 亿元")]),
        ("百分之十二点五", [(12.5, "%", "百分之十二点五")]),
        ("六成五", [(65, "%", "六成五")]),
        ("90亿斤", [(9_000_000_000, "斤", "90亿斤")]),
        ("3亿美元", [(300_000_000, "美元", "3亿美元")]),
        ("24小时", [(24, "小时", "24小时")]),
        ("3—5件", [(3, "件", "3—5件"), (5, "件", "3—5件")]),
        ("5至6%", [(5, "%", "5至6%"), (6, "%", "5至6%")]),
        ("1.5万—2万套", [(15_000, "套", "1.5万—2万套"), (20_000, "套", "1.5万—2万套")]),
        ("3至5万人", [(30_000, "人", "3至5万人"), (50_000, "人", "3至5万人")]),
        ("5000至1万元", [(5000, "元", "5000至1万元"), (10_000, "元", "5000至1万元")]),
        ("两所。5个", [(2, "所", "两所"), (5, "个", "5个")]),
        ("目前三个，重点3个", [(3, "个", "三个"), (3, "个", "3个")]),
        ("第11位，第十五个，前三名", []),
        ("两三个，七八百人，数千人，十几家", []),
        ("“四名”街区，“百店千户”", []),
        ("一批老师", []),
        ("没有数字", []),
    ],
)
def test_amounts_come_as_numbers(text: str, amounts: list[tuple[float, str, str]]) -> None:
    found = [(figure.value, figure.unit, figure.text) for figure in figures_in(text)]
    assert found == amounts


@pytest.mark.parametrize("row", ["一十万", "1 234", "3至", "1多亿", "三点"])
def test_a_long_row_of_numerals_is_read_through(row: str) -> None:
    assert list(figures_in(row * 60 + "。")) == []
