import pytest
from helpers import document_of_text, texts

from index.frames import frame_of

TEXT = "今年修三条路，全长12公里，年底通车。"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("首页 > 政务公开 > 计划\n洛江区修路计划\n发布日期:2026-01-14 16:08 浏览次数: 字体:[ ]\n分享:\n", "洛江区修路计划"),
        ("当前位置:首页\n> 政务公开 > 计划\n洛江区修路计划\n", "洛江区修路计划"),
        ("洛江区人民政府\n首页 >> 公开信息\n洛江区修路计划\n", "洛江区修路计划"),
        ("洛江区修路计划\n首页 > 部门公开 > 规划\nA+ A-\n", "洛江区修路计划"),
        (
            "• 索 引 号：LJ1\n• 发布机构：洛江区交通局\n洛江区修路计划\n时间：2026-01-15 15:40\n洛江区修路计划\n",
            "洛江区修路计划",
        ),
        (
            "县交通局\n您现在的位置: 网站首页> 交通\n名称: 关于修路的答复函 文号:\n关于修路\n的答复函\n",
            "关于修路的答复函",
        ),
        ("来源：某某网\n2026-01-14 15:28:11\n原标题：洛江：今年这样修！\n来源：某某网\n", "洛江：今年这样修！"),
        ("即时新闻\n洛江区今年修路\n来源：洛江发布    2026年01月14日    版次：A06    作者：王某\n", "洛江区今年修路"),
        ("洛江区交通局\n洛江区交通局2026年修路计划\n2026-01-14 来源: 局办公室\n打印\n", "洛江区交通局2026年修路计划"),
        ("洛政办字〔2026〕3号\n洛江区人民政府办公室关于\n印发修路方案的\n通知\n", "洛江区人民政府办公室关于印发修路方案的通知"),
        ("丰泽区\n区长林某做客直播间\n来源：某某日报  发布时间：2026-01-14 09:12:00\n", "丰泽区区长林某做客直播间"),
        ("第一版：要闻\n2026年01月14日\n区政府常务会议召开\n林某主持\n■王某\n", "区政府常务会议召开 林某主持"),
    ],
)  # fmt: skip
def test_a_web_page_saved_as_text_keeps_its_title_and_its_text(head: str, title: str) -> None:
    document = document_of_text(f"{head}\n{TEXT}")
    assert [article.headline for article in document.articles] == [title]
    assert texts(document) == [TEXT]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"发布日期：2026-01-19 成文日期：2026-01-14\n修路计划\n{TEXT}", "2026-01-14"),
        (f"• 时间：2026-01-14\n• 点击：153\n修路计划\n{TEXT}", "2026-01-14"),
        (f"修路\n{TEXT}\n上一篇　下一篇　　2026年01月14日 星期三", "2026-01-14"),
        (f"县长的讲话\n{TEXT}\n（根据录音整理，2026年1月14日）", "2026-01-14"),
        (f"我有话说\n路什么时候修好？\n回复时间：2026-01-14 09:00\n{TEXT}", "2026-01-14"),
        (f"洛江区2026年修路计划\n{TEXT}\n2026年1月14日", "2026-01-14"),
        (f"修路\n{TEXT}\n相关新闻：\n- 2026-01-14 洛江：春耕开始", None),
    ],
)
def test_a_pages_labels_tell_the_day(text: str, date: str | None) -> None:
    assert document_of_text(text).date == date


@pytest.mark.parametrize(
    "foot",
    [
        "相关新闻：\n- 2026-03-11 洛江：春耕备耕\n- 2026-03-05 丰泽夜校开学",
        "上一篇：泉港修桥\n下一篇：丰泽办学",
        "收藏本站| 设为首页| 网站地图 | 联系我们\n主办单位：洛江区人民政府办公室\n政府网站标识码3500000000",
        "责任编辑：王某\n最新泉州新闻 频道推荐\n泉港下周降温\n更多>>",
    ],
)
def test_links_to_other_pages_below_a_text_are_no_text(foot: str) -> None:
    assert texts(document_of_text(f"洛江修路\n{TEXT}\n{foot}")) == [TEXT]


@pytest.mark.parametrize(
    "lines",
    [
        ["洛江区实事清单", "名称：夜校", "责任部门：区教育局", "总投资：300万元"],
        ["夜校开学", "时间：2026年1月19日 地点：洛江区", "每周开课三晚。"],
        ["洛江区重点项目", "项目位置：洛江区/丰泽区", "来源：财政资金2亿元"],
        ["修路办学", TEXT, "更多项目清单：", "夜校 | 300万元", "食堂 | 200万元"],
        ["修路办学", TEXT, "主办单位：洛江区文旅局"],
        ["分享 三个经验", "修路办学", TEXT],
    ],
)
def test_what_a_text_says_of_its_own_matters_is_no_frame(lines: list[str]) -> None:
    assert frame_of(lines).dropped == frozenset()


def test_who_has_issued_a_page_or_has_the_site_tells_its_district() -> None:
    issued = f"索引号：M1 发文机构：泉州市洛江区交通局\n修路计划\n{TEXT}"
    stands = f"您的位置：洛江网 -> 快讯 -> 列表\n家门口修路\n我区{TEXT}"
    for text in (issued, stands):
        assert [a.district for a in document_of_text(text).articles] == ["洛江区"]


@pytest.mark.parametrize(("unit", "district"), [("县", "龙江县"), ("省", None), ("区", None)])
def test_a_site_named_like_a_county_is_its_own_only_where_it_says_so(
    unit: str, district: str | None
) -> None:
    text = f"您的位置：龙江网 -> 快讯 -> 列表\n家门口修路\n我{unit}{TEXT}"
    assert [a.district for a in document_of_text(text).articles] == [district]


def test_a_heading_of_markdown_is_kept_where_it_repeats_a_label() -> None:
    text = f"索引号：M1 名称：洛江区修路计划\n\n# 洛江区修路计划\n\n{TEXT}"
    (article,) = document_of_text(text, "页.md").articles
    assert (article.headline, [p.text for p in article.paragraphs]) == ("洛江区修路计划", [TEXT])


def test_a_county_whose_name_is_short_is_found_inside_a_title() -> None:
    (article,) = document_of_text(f"县长在洋县第十九届人民政府全体会议上的讲话\n\n{TEXT}").articles
    assert article.district == "洋县"


# What a page's lines look like, but is the text's own.
@pytest.mark.parametrize(
    "text",
    [
        "洛江区2026年实事\n发布日期：2026-01-05\n马甲公路改造\n责任单位：区交通局\n河市公路改造\n责任单位：区交通局\n万安夜校\n责任单位：区教育局",
        "洛江区夜校名录\n发布日期：2026-03-01\n名称：马甲夜校\n地点：马甲\n名称：河市夜校\n地点：河市",
        "名称：马甲公路改造工程\n建设内容：新建公路9公里\n责任单位：区交通局\n发布时间：2026年3月",
        "关于召开夜校工作会议的通知\n时间：2026年3月5日 9:00\n地点：区政府\n主题词：教育 会议",
        "洛江区实事清单\n马甲夜校\n类别：教育\n时间：2026年6月\n实施日期：2026年3月\n河市食堂\n类别：养老",
        "洛江区办法\n政策解读：本办法所称夜校，是指晚间开课的学校，学费全免。\n分享：马甲夜校请老艺人上课，学员增加三百人。",
        "在线访谈\n访谈主题：夜校\n访谈嘉宾：洛江区教育局局长 林某\n林某：夜校有三所。",
        "修路办学\n今年修三条路。\n责任编辑：王某\n附件：实事清单\n修路9公里\n办夜校3所\n种树500亩",
        "修路办学\n今年修三条路。\n关闭 煤矿3座\n扫一扫就医全覆盖",
        "修路办学\n今年修三条路。\n【打印】\n洛江区人民政府\n2026年1月5日",
        "洛江区文化节日程\n2026-03-05 09:00\n开幕式\n2026-03-05 14:00\n夜校成果展示",
        "怎样报名\n网上报名 -> 资格审核 -> 缴费 -> 入学\n每年九月开学。",
        "洛江区重点项目\n马甲公路\n地点：马甲\n新建公路九公里",
        "洛江区2026年课程\n周一 | 周二 | 周三 | 周四 | 周五\n书法 | 国画 | 英语 | 舞蹈 | 合唱",
        "洛江区夜校\n夜校 | 2026-09-01\n食堂 | 2026-10-01",
        "洛江区要点\n公开事项二百项\n政务公开\n公开事项三百项\n正文",
    ],
)  # fmt: skip
def test_no_line_of_a_texts_own_is_lost(text: str) -> None:
    document = document_of_text(text)
    kept = "".join(
        f"{a.headline or ''}{a.byline or ''}{p.section or ''}{p.text}"
        for a in document.articles
        for p in a.paragraphs
    )
    lost = [line for line in text.split("\n") if line not in kept]
    assert [
        line
        for line in lost
        if "责任编辑" not in line and "打印" not in line and "发布" not in line
    ] == []


def test_a_table_keeps_its_header_though_that_has_a_pages_labels() -> None:
    rows = "夜校,教育,900,2026-01-05\n食堂,养老,300,2026-02-05\n公路,交通,500,2026-03-05"
    document = document_of_text(f"名称,类别,投资,发布日期\n{rows}", "洛江区.csv")
    assert len(document.paragraphs) == 3
    assert all("类别" in paragraph.text for paragraph in document.paragraphs)
    table = "| 文件名称 | 文号 | 发布日期 |\n|---|---|---|\n| 夜校办法 | 一号 | 2026-01-05 |\n| 食堂办法 | 二号 | 2026-02-05 |"
    assert all("文件名称" in p.text for p in document_of_text(table, "洛江区.md").paragraphs)


def test_bars_take_no_time() -> None:
    line = "项目    |    地点    |    单位    |    时限    |    电话    |    备注    |    2026年"
    assert frame_of([line] * 40).dropped == frozenset()


def test_who_issues_a_circular_above_its_title_is_kept() -> None:
    text = f"洛江区教育局\n关于印发夜校方案的通知\n发布日期：2026-01-05\n{TEXT}"
    (article,) = document_of_text(text).articles
    assert (article.headline, article.district) == ("洛江区教育局关于印发夜校方案的通知", "洛江区")


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("关于洛江区2026年民生实事项目的公示", "修路9公里"),
        ("关于夜校的几点说明", "报名条件"),
        ("洛江区", "政务服务"),
    ],
)
def test_a_title_takes_no_line_of_the_text(title: str, below: str) -> None:
    document = document_of_text(f"{title}\n{below}\n办夜校3所\n{TEXT}")
    assert document.articles[0].headline == title


def test_a_numbered_report_keeps_who_gives_it() -> None:
    text = f"洛政〔2026〕1号\n政府工作报告\n——2026年1月6日在洛江区第七届人民代表大会第二次会议上\n洛江区区长　林某\n{TEXT}"
    (article,) = document_of_text(text).articles
    assert article.headline == "政府工作报告"
    assert "林某" in (article.byline or "")


def test_any_label_is_the_pages_between_known_ones_and_the_title_that_one_of_them_tells() -> None:
    labels = [
        "文号：洛教函〔2026〕4号",
        "是否有效：是",
        "名称：洛江区夜校提案的答复",
        "办理类别：B",
    ]
    frame = frame_of([*labels, "洛江区夜校提案", "的答复", TEXT])
    assert (frame.printed, frame.dropped) == (range(4, 6), {0, 1, 2, 3})


def test_a_day_may_be_labelled_with_a_year_of_two_digits() -> None:
    frame = frame_of(["发布日期：26-01-14 09:17:40 点击次数：87 来源：", "洛江区修路", TEXT])
    assert frame.date == "2026-01-14"


@pytest.mark.parametrize(
    ("third", "sections"),
    [
        ("建一座园", ["修一条路", "添一批学位", "建一座园"]),
        ("建一座园，今年开放。", [None, None, None]),  # 01, 02, 03 number no headings
    ],
)
def test_what_is_pasted_from_a_public_account_has_its_day_and_numbered_headings(
    third: str, sections: list[str | None]
) -> None:
    names = ["修一条路", "添一批学位", third]
    parts = [f"0{n}\n{name}\n改建{n}处，12公里，今年完工" for n, name in enumerate(names, 1)]
    text = "\n\n".join(["洛江2026年三件实事", "洛江发布 2026年03月06日 18:32 福建", *parts])
    document = document_of_text(text)
    told = [p.section for a in document.articles for p in a.paragraphs if "12公里" in p.text]
    assert (document.date, told) == ("2026-03-06", sections)
