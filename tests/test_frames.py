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


def test_a_heading_of_markdown_is_kept_where_it_repeats_a_label() -> None:
    text = f"索引号：M1 名称：洛江区修路计划\n\n# 洛江区修路计划\n\n{TEXT}"
    (article,) = document_of_text(text, "页.md").articles
    assert (article.headline, [p.text for p in article.paragraphs]) == ("洛江区修路计划", [TEXT])


def test_a_county_whose_name_is_short_is_found_inside_a_title() -> None:
    (article,) = document_of_text(f"县长在洋县第十九届人民政府全体会议上的讲话\n\n{TEXT}").articles
    assert article.district == "洋县"
