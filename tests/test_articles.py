import pytest
from helpers import document_of_text, fixture_document, sections, texts

# --- articles and bylines --------------------------------------------------------------------------


def test_a_newspaper_page_is_a_series_of_articles_each_with_its_district() -> None:
    document = fixture_document("晚报专版.txt")
    assert [(article.headline, article.district) for article in document.articles] == [
        ("各区谈打算（一）", None),
        ("让老城活起来 让新业长起来", "鲤城区"),
        ("山边办厂 海边修路 让洛江更好住", "洛江区"),
        ("让空楼亮起灯来", "丰泽区"),
        ("山边办厂 海边修路 让洛江更好住", "洛江区"),
    ]
    assert [article.byline for article in document.articles] == [
        None,
        "中共泉州市鲤城区委理论学习中心组",
        "中共泉州市洛江区委理论学习中心组",
        "中共泉州市丰泽区理论学习中心组",
        "中共泉州市洛江区理论学习中心组",
    ]
    assert document.title == "各区谈打算（一）"


def test_paragraphs_are_numbered_through_the_document() -> None:
    numbers = [paragraph.number for paragraph in fixture_document("晚报专版.txt").paragraphs]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_work_report_has_the_district_of_its_title_not_of_its_source() -> None:
    document = fixture_document("工作报告.txt")
    assert document.districts == ["安溪县"]
    assert document.title == "2025年安溪县政府工作报告"
    assert sections(document) == [
        "一、去年的事",
        "一、去年的事 / （一）茶叶卖得好",
        "二、今年的事",
        "名词解释",
    ]


def test_a_document_without_any_district_works_plainly() -> None:
    document = fixture_document("无地区.txt")
    assert document.districts == []
    assert [article.headline for article in document.articles] == ["夜校章程"]
    assert len(document.paragraphs) == 2


@pytest.mark.parametrize(
    ("text", "headline", "byline", "district"),
    [
        (
            "让老城活起来\n让新业长起来\n中共泉州市鲤城区委理论学习中心组\n老城要修。\n新业要办。",
            "让老城活起来 让新业长起来",
            "中共泉州市鲤城区委理论学习中心组",
            "鲤城区",
        ),
        (
            "老城新事\n——鲤城区修缮三条老巷纪实\n本报记者 林某\n老城要修。\n新业要办。",
            "老城新事——鲤城区修缮三条老巷纪实",
            "本报记者 林某",
            "鲤城区",
        ),
        (
            "办起夜间书屋\n中共晋江市委宣传部\n夜里也开门。\n热水也供应。",
            "办起夜间书屋",
            "中共晋江市委宣传部",
            "晋江市",
        ),
        (
            "惠安办夜校\n8月27日，惠安县召开办学大会，定下十所夜校。\n今年都要开课。",
            "惠安办夜校",
            None,
            "惠安县",
        ),
        ("夜校办得怎么样？\n我们去看了看。\n坐满了人。", "夜校办得怎么样？", None, None),
        ("今年修三条路。\n明年再修。", None, None, None),
    ],
)
def test_an_article_has_its_whole_headline_and_its_byline(
    text: str, headline: str | None, byline: str | None, district: str | None
) -> None:
    (article,) = document_of_text(text).articles
    assert (article.headline, article.byline, article.district) == (headline, byline, district)
    assert len(article.paragraphs) == 2


def test_a_second_articles_headline_of_two_lines_isnt_left_in_the_first() -> None:
    document = document_of_text(
        "让老城活起来\n\n中共泉州市鲤城区委理论学习中心组\n\n老城要修，新业也要办，要\n\n"
        "让空楼\n亮起灯来\n\n丰泽区委书记 林某某\n\n空楼要住人。\n"
    )
    assert [(a.headline, a.district) for a in document.articles] == [
        ("让老城活起来", "鲤城区"),
        ("让空楼 亮起灯来", "丰泽区"),
    ]
    assert texts(document) == ["老城要修，新业也要办，要", "空楼要住人。"]


def test_a_page_whose_headline_has_a_byline_of_its_own_is_divided_all_the_same() -> None:
    document = document_of_text(
        "各区谈打算\n本报记者 林某\n让老城活起来\n中共泉州市鲤城区委理论学习中心组\n老城要修。"
    )
    assert [article.district for article in document.articles] == ["鲤城区"]
    assert document.articles[0].headline == "让老城活起来"


def test_a_line_in_brackets_is_a_heading() -> None:
    document = document_of_text(
        "夜校\n【上年回顾】\n去年开课三期，来了九百人。\n【今年打算】\n一、多开课\n今年开课五期，每期三百人，地点不变。"
    )
    assert sections(document) == ["【上年回顾】", "【今年打算】 / 一、多开课"]


def test_a_media_centre_and_the_editors_note_begin_articles() -> None:
    document = document_of_text(
        "老城不老\n中共泉州市鲤城区委\n老城要修。\n海路通了\n洛江区融媒体中心\n海路修好了。\n【编后】两区都在干。\n欢迎来稿。"
    )
    assert [(a.headline, a.district, len(a.paragraphs)) for a in document.articles] == [
        ("老城不老", "鲤城区", 1),
        ("海路通了", "洛江区", 1),
        (None, None, 2),
    ]


def test_a_ready_made_record_keeps_its_text_and_its_district_in_full() -> None:
    document = fixture_document("条目.jsonl")
    assert [(a.headline, a.district) for a in document.articles] == [
        ("码头", "泉港区"),
        (None, None),
    ]
    assert texts(document) == ["泉港今年修两座码头。", "夜校每周开课三晚。"]


@pytest.mark.parametrize(
    "opening",
    [
        "●记者 王某\n丰泽的空楼亮了灯。",
        "○王某\n丰泽的空楼亮了灯。",
        "新华社记者 王某\n丰泽的空楼亮了灯。",
        "（记者 王某）丰泽的空楼亮了灯。",
        "中共丰泽区委宣传部供稿\n丰泽的空楼亮了灯。",
        "中共丰泽区委宣传部\n丰泽的空楼亮了灯。",
        "本报讯 丰泽的空楼亮了灯。",
        "丰泽区教育局局长 王某\n丰泽的空楼亮了灯。",
        "丰泽区区长王某某\n丰泽的空楼亮了灯。",
        "本报泉州3月5日电（记者 王某）丰泽的空楼亮了灯。",
        "新华社福州3月5日电 丰泽的空楼亮了灯。",
        "泉州网3月5日讯（记者 王某）丰泽的空楼亮了灯。",
        "记者王某报道：丰泽的空楼亮了灯。",
    ],
)
def test_a_short_report_begins_under_its_headline(opening: str) -> None:
    document = document_of_text(
        f"洛江修海路\n本报记者 林某\n海路修好了。\n丰泽改空楼\n{opening}\n楼里住进八十户。"
    )
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江修海路", "洛江区"),
        ("丰泽改空楼", "丰泽区"),
    ]
    assert texts(document)[-1] == "楼里住进八十户。"


def test_a_date_under_a_reports_headline_isnt_its_headline() -> None:
    document = document_of_text(
        "洛江修海路\n\n本报记者 林某\n\n海路修好了。\n\n"
        "丰泽改空楼\n\n2025年3月5日\n\n本报讯（记者 王某）楼里亮了灯。"
    )
    assert [article.headline for article in document.articles] == ["洛江修海路", "丰泽改空楼"]


@pytest.mark.parametrize(
    "lines",
    [
        ["修好海边的路", "市交通委员会", "办好夜校", "市教育委员会", "年底前完成。"],
        ["修好海边的路", "石狮市交通委员会", "办好夜校", "石狮市教育委员会", "年底前完成。"],
        ["修好海边的路", "石狮市交通委员会", "办好夜校", "石狮市教育委员会"],
        ["改善医疗", "引进副主任医师", "办好区长热线", "年底前完成。"],
        ["请照办。", "特此通知", "石狮市人民政府", "2025年1月3日", "附件：名单"],
        ["请照办。", "特此通知", "石狮市人民政府"],
        ["请照办。", "图为夜校。王某 摄", "本报讯 夜校开课了。"],
    ],
)
def test_who_does_or_signs_begins_no_article(lines: list[str]) -> None:
    document = document_of_text("\n".join(["石狮市的打算", "今年有两件事。", *lines]))
    assert [article.headline for article in document.articles] == ["石狮市的打算"]
    assert texts(document) == ["今年有两件事。", *lines]


def test_bullets_are_text_and_no_bylines() -> None:
    items = ["■ 修路", "■ 新建夜校三所", "■ 种树"]
    document = document_of_text("\n".join(["南安办的事", *items, "年底前办完。"]))
    assert texts(document) == [*items, "年底前办完。"]
    assert sections(document) == [None] * 4


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("工作报告\n区长  林 某\n今年修三条路。\n明年再修。", "区长  林 某"),
        ("办学通知\n晋政办〔2024〕15号\n今年建学校。\n明年再建。", "晋政办〔2024〕15号"),
        (
            "工作报告\n二〇二五年一月七日在洛江区人民代表大会上\n今年修三条路。\n明年再修。",
            "二〇二五年一月七日在洛江区人民代表大会上",
        ),
    ],
)
def test_what_stands_under_a_title_is_its_byline(text: str, byline: str) -> None:
    document = document_of_text(text)
    assert document.articles[0].byline == byline
    assert sections(document) == [None, None]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2024-08-27 09:03   洛江融媒   分享到：微信", "2024-08-27"),
        ("晚报客户端　2024年8月27日　记者　林某", "2024-08-27"),
        ("*来源：洛江发布　编辑：林某　2024-08-27*", "2024-08-27"),
        ("（2024年8月27日区第七届人民代表大会第四次会议通过）", "2024-08-27"),
        ("答复单位：区教育局    答复时间：2024-08-27", "2024-08-27"),
        ("夜校报名：2024年8月27日（星期二） 08:30起", None),
        ("一、活动时间：2024年8月27日（星期二）晚上", None),
        ("申请人：林某    时间：2024-08-27", None),
        ("夜校宣传活动将于2024年8月27日在广场举行", None),
        ("| 夜校 | 2024年8月27日 |", None),
        ("来信人：林某    来信时间：2024-08-27", None),
    ],
)
def test_a_line_of_the_header_tells_the_day(line: str, date: str | None) -> None:
    text = f"夜校开课了\n\n这里的人都来学做茶。\n{line}\n夜校每周开课三晚，都在镇里的学堂，谁都可以来。"
    assert document_of_text(text).date == date


def test_a_notice_has_the_district_and_the_day_of_its_signature() -> None:
    document = document_of_text(
        "改道通知\n\n三路车改道行驶。\n\n晋江市交通运输局\n二〇二五年一月十四日\n"
    )
    assert (document.districts, document.date) == (["晋江市"], "2025-01-14")


# --- headings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("题目\n\n一、修路。今年修三条路，一条通海边。", ["一、修路"]),
        ("题目\n\n一、修路\n\n今年修三条路，一条通海边。", ["一、修路"]),
        ("题目\n\n一、修路\n（一）山路\n修三条。\n（二）海路\n修两条。", ["一、修路 / （一）山路", "一、修路 / （二）海路"]),
        ("题目\n\n第一章 总则\n第一节 目的\n为了修路。\n第二章 办法\n分三步走。", ["第一章 总则 / 第一节 目的", "第二章 办法"]),
        ("题目\n\n今年修三条路。\n\n今年建两所学校。", [None, None]),
        ("题目\n\n一、今年修三条路，\n二、今年建两所学校，\n三、今年种树。", [None, None, None]),
        ("题目\n\n1.“夜校”：晚上开的学校。由镇里办。", [None]),
        ("题目\n\n各镇：\n今年修三条路。", [None, None]),
        ("题目\n\n（一）修路\n1. 山路\n修三条。\n二、办学\n建两所。", ["（一）修路 / 1. 山路", "二、办学"]),
        ("题目\n\n1.修路\n修三条。\n（一）办法\n分三步走。", ["1.修路", "（一）办法"]),
        ("题目\n\n1.修路。修三条。\n2.种树，种花，种草。", ["1.修路", None]),
        ("题目\n\n工作目标\n三年修完。\n工作办法\n分三步走。", ["工作目标", "工作办法"]),
        ("题目\n\n2025年3月5日\n今年修三条路。\n明年再修。", [None, None]),
    ],
)  # fmt: skip
def test_headings_open_a_paragraph_or_stand_alone(text: str, expected: list[str | None]) -> None:
    assert sections(document_of_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("题目\n\n1. 新建夜校3所\n2. 修路50公里\n年底前办完。", [None, None, None]),
        ("题目\n\n一、办学\n（1）新建夜校\n（2）扩建学堂\n二、修路\n修三条。", ["一、办学", "一、办学", "二、修路"]),
        ("题目\n\n1.新建夜校3所\n由镇里办。", [None, None]),
        ("题目\n\n镇 人数\n祥芝 120\n年底前招满。", [None, None, None]),
        ("题目\n\n修海边的路\n修山里的路\n年底前修完。", [None, None, None]),
        ("题目\n\n（一）新建夜校。\n（二）修好海边的路。\n（三）在山里多种树，也种花。", [None, None, None]),
        ("题目\n\n一、修路。\n（一）修好山里的路，也修海边的。", ["一、修路"]),
        ("题目\n\n1.种树。\n（二）办学\n建两所。", [None, "（二）办学"]),
        ("题目\n\n一、想法\n先修路后办学\n二、办法\n分三步走。", ["一、想法", "二、办法"]),
        ("题目\n\n1.修路。\n2.种树。\n办学方面\n3.建两所学校。", [None, None, "办学方面"]),
        ("题目\n\n修路的事\n第三条 路要修到山里。\n第四条 也修到海边。", ["修路的事", "修路的事"]),
    ],
)  # fmt: skip
def test_items_of_a_list_and_rows_of_a_table_are_no_headings(
    text: str, expected: list[str | None]
) -> None:
    assert sections(document_of_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("题目\n\n（一）推进12个项目\n年底前完工。", ["（一）推进12个项目"]),
        ("题目\n\n12件实事\n1.修路。修三条。", ["12件实事 / 1.修路"]),
        ("题目\n\n第一部分 2024年的事\n修了三条路。", ["第一部分 2024年的事"]),
        ("题目\n\n1.2025年目标\n修三条路。", ["1.2025年目标"]),
        ("题目\n\n1 夜校 30\n2 学堂 45\n办法\n分三步走。", [None, None, "办法"]),
        ("题目\n\n新建19个码头\n" + "码头修在海边，" * 9 + "年底完工。", ["新建19个码头"]),
    ],
)
def test_a_heading_may_hold_a_figure_or_stand_below_a_table(
    text: str, expected: list[str | None]
) -> None:
    assert sections(document_of_text(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("题目\n\n一、修路\n修三条。\n附件：名词解释\n1.夜校：晚上的学校。由镇里办。", ["一、修路", "附件：名词解释"]),
        ("题目\n\n修三条。\n附件1：名单\n甲，乙。", [None, "附件1：名单"]),
        ("题目\n\n修三条。\n附件：名单\n惠安县教育局\n2025年3月5日", [None] * 4),
        ("题目\n\n修三条。\n附件：名单.doc\n请下载。", [None] * 3),
        ("题目\n\n修三条。\n附件：路修好以后，要种树\n请照办。", [None] * 2),
    ],
)  # fmt: skip
def test_an_appendix_with_its_name_is_a_heading(text: str, expected: list[str | None]) -> None:
    assert sections(document_of_text(text)) == expected


def test_a_heading_that_opens_a_paragraph_stays_in_its_text() -> None:
    document = document_of_text("题目\n\n一、修路。今年修三条路，一条通海边。")
    assert texts(document) == ["一、修路。今年修三条路，一条通海边。"]


def test_markdown_headings_make_articles_and_sections() -> None:
    text = "# 洛江夜校\n\n## 开课\n\n每周三晚。\n\n# 丰泽夜校\n\n## 开课\n\n每周两晚。\n"
    document = document_of_text(text, "夜校.md")
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江夜校", "洛江区"),
        ("丰泽夜校", "丰泽区"),
    ]
    assert sections(document) == ["开课", "开课"]


def test_a_numbered_heading_is_a_section_and_no_headline() -> None:
    text = "---\ntitle: 洛江区打算\n---\n## 一、去年\n\n修了路。\n\n## 二、今年\n\n办夜校。\n"
    document = document_of_text(text, "a.md")
    assert [(a.headline, a.district) for a in document.articles] == [("洛江区打算", "洛江区")]
    assert sections(document) == ["一、去年", "二、今年"]


def test_a_heading_alone_is_a_document_without_paragraphs() -> None:
    assert document_of_text("# 洛江夜校", "a.md").paragraphs == []


def test_a_line_that_is_bold_may_be_a_heading() -> None:
    text = "# 题目\n\n**一、修路**\n\n修三条。\n\n**二、办学**\n\n**建两所**，都在村里。\n"
    document = document_of_text(text, "a.md")
    assert sections(document) == ["一、修路", "二、办学"]
    assert texts(document) == ["修三条。", "**建两所**，都在村里。"]


def test_a_headline_printed_again_without_its_year_is_no_section() -> None:
    document = document_of_text(
        "2025年安溪县政府工作报告\n政府工作报告\n"
        "2025年1月6日在安溪县第十八届人民代表大会第四次会议上\n今年修三条路。\n明年再修。"
    )
    assert sections(document) == [None, None]
    assert document.date == "2025-01-06"


def test_a_page_without_a_headline_in_its_text_has_its_title() -> None:
    page = (
        "<html><head><title>洛江夜校-某某网</title></head><body><p>每周开课三晚。</p></body></html>"
    )
    (article,) = document_of_text(page, "a.html").articles
    assert (article.headline, article.district) == ("洛江夜校", "洛江区")


# --- page breaks -----------------------------------------------------------------------------------


def test_a_paragraph_cut_by_a_page_break_inside_a_word_is_joined() -> None:
    text = next(text for text in texts(fixture_document("晚报专版.txt")) if "一、修好老巷" in text)
    assert "迁走堵在巷口的变压器,腾出空地" in text


def test_words_repeated_across_the_break_are_dropped_once() -> None:
    text = next(text for text in texts(fixture_document("晚报专版.txt")) if "二、请回手艺" in text)
    assert "让老手艺长出新本领。二要常办集市。" in text


def test_an_article_that_stops_in_mid_sentence_is_marked_truncated() -> None:
    document = fixture_document("晚报专版.txt")
    cut_short = [paragraph for paragraph in document.paragraphs if paragraph.truncated]
    assert [paragraph.text for paragraph in cut_short] == [
        "三、留住住户。住在巷里的老街坊是老城的魂，要"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "题目\n\n修三条路，建两所学校。\n\n某某\n\n2025年3月5日",
        "题目\n\n修三条路，建两所学校。\n\n（完）",
        "题目\n\n- 修路\n- 建学校\n- 种树",
        "题目\n\n修三条路，建两所学校。\n\n图为夜校。林某 摄",
    ],
)
def test_signatures_dates_and_list_items_arent_truncated(text: str) -> None:
    assert not any(paragraph.truncated for paragraph in document_of_text(text).paragraphs)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("学校要建在海边，让渔民的孩子", "走路就能上学。", 1),
        ("学校要建在海边，", "让渔民的孩子走路就能上学。", 1),
        ("学校要建在海边。", "让渔民的孩子走路就能上学。", 2),
        ("学校要建在海边，让渔民的孩子", "一、再修一条通到校门口的路。", 2),
    ],
)
def test_only_what_stops_in_mid_sentence_goes_on(before: str, after: str, joined: int) -> None:
    document = document_of_text(f"题目\n\n{before}\n\n{after}")
    assert len(document.paragraphs) == joined


@pytest.mark.parametrize(
    "rows",
    [
        ["1 石材园标准厂房和配套设施 县发改局，黄塘镇 12000", "2 惠安一中 县教育局，螺城镇 3500"],
        ["指标\t2024年，实际\t2025年", "夜校\t三十所，都在镇里\t四十五所"],
        ["- 建夜校，每周开课三晚", "- 修道路，全长12公里", "- 种树"],
        ["第一，认清形势，坚定信心", "第二，突出重点，真抓实干"],
        ["新建夜校6所，学位1800个", "改造小区12个，惠及5000户（含村里）", "修路3条，通到海边"],
        ["夜校,人数,时间", "祥芝,120,2025年9月", "永宁,350,2026年6月"],
    ],
)
def test_rows_of_a_table_and_items_of_a_list_dont_run_together(rows: list[str]) -> None:
    document = document_of_text("\n".join(["惠安项目", "", *rows, "", "由县里办好。"]))
    assert texts(document) == [*rows, "由县里办好。"]
    assert not any(paragraph.truncated for paragraph in document.paragraphs)


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (["夜校  人数  镇", "一  1,200  祥芝", "二  3,500  永宁"], [1, 2]),
        (
            [
                "| 县 | 夜校 | 人数 |",
                "|---|---|---|",
                "| 惠安 | 海边 | 120 |",
                "| 永春 | 山里 | 约90人 |",
            ],
            [2, 3],
        ),
        (["地区　　增长目标　　人数", "惠安　　7%左右　　6800人", "永春　　8%以上　　—"], [1, 2]),
    ],
)
def test_each_row_of_a_table_has_its_header(table: list[str], rows: list[int]) -> None:
    document = document_of_text("\n".join(["夜校一览", "", *table, "", "由县里办好。"]))
    read = [f"{table[0]}\n{table[row]}" for row in rows]
    assert texts(document) == [*read, "由县里办好。"]
    for paragraph in document.paragraphs:
        assert paragraph.text == "".join(document.text[s:e] for s, e in paragraph.spans)


def test_rows_of_a_table_are_each_of_the_district_in_their_first_cell() -> None:
    table = "| 地区 | 项目 | 投资（亿元） |\n|---|---|---|\n| 惠安县 | 石雕园 | 3.5 |\n| 永春县 | 茶山 | 1.2 |"
    document = document_of_text(f"# 项目清单\n{table}", "清单.md")
    assert [(a.district, a.paragraphs[0].text.split("\n")[1]) for a in document.articles] == [
        ("惠安县", "| 惠安县 | 石雕园 | 3.5 |"),
        ("永春县", "| 永春县 | 茶山 | 1.2 |"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["今年要建学校，扩建夜校，改造老", "小区。要让渔民", "都来上课。"],
        ["今年办夜校。所有的工友", "和渔民", "的孩子都来上课"],
        ["学校要建在海边，让渔民的孩子", "走路就能上学。"],
    ],
)
def test_a_sentence_broken_at_its_lines_isnt_a_list(lines: list[str]) -> None:
    assert texts(document_of_text("\n".join(["题目", "", *lines]))) == ["".join(lines)]


def test_items_of_a_web_page_dont_run_together() -> None:
    items = ["建好海边的夜校，让渔民的孩子和外来的工友都能上课", "修好山里的路，每个村通车"]
    page = "<h1>惠安的事</h1><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    document = document_of_text(page + "<p>由县里办好。</p>", "a.html")
    assert texts(document) == [*items, "由县里办好。"]


def test_a_sentence_with_spaces_around_its_figures_goes_on_over_a_page() -> None:
    document = document_of_text(
        "题目\n\n2025 年计划办夜校 150 所，投资 560 万元，增长 8\n\f.5%。\n"
    )
    assert texts(document) == ["2025 年计划办夜校 150 所，投资 560 万元，增长 8.5%。"]


def test_the_same_file_again_is_the_same_document() -> None:
    one, again = fixture_document("种茶.md"), fixture_document("种茶.md")
    assert one == again
    assert one.id != document_of_text(one.text, "另一个.md").id


def test_what_is_saved_of_a_document_is_what_is_loaded() -> None:
    document = fixture_document("晚报专版.txt")
    assert type(document).from_dict(document.to_dict()) == document


# --- from one page to another ------------------------------------------------------------------

PAGES = [
    "洛江：把夜校办起来",
    "本报记者 林某",
    "洛江区今年要办夜校。夜校设在山下的祠堂，每周开课三晚，教做茶、修车，还要在",
    "（下转第4版）",
    "丰泽：把路修到海边",
    "本报记者 陈某",
    "丰泽区今年修路。路修到海边。",
]
RESUMED = ["镇上添一处分校，请老师傅来讲课。", "分校九月开学。"]


@pytest.mark.parametrize(
    "resumed",
    [
        ["（上接第1版）", *RESUMED],
        ["▲上接一版", "洛江：把夜校办起来", *RESUMED],
        ["洛江：把夜校办起来", "（上接第1版）", *RESUMED],
        ["洛江：把夜校办起来", "本报记者 林某", "（上接第1版）", *RESUMED],
        ["（上接第1版）" + RESUMED[0], *RESUMED[1:]],
    ],
)
def test_an_article_goes_on_where_the_paper_says_so(resumed: list[str]) -> None:
    document = document_of_text("\n".join([*PAGES, *resumed]))
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江：把夜校办起来", "洛江区"),
        ("丰泽：把路修到海边", "丰泽区"),
    ]
    own, other = ([p.text for p in article.paragraphs] for article in document.articles)
    assert own[0].endswith("还要在镇上添一处分校，请老师傅来讲课。")
    assert own[1:] == ["分校九月开学。"]
    assert other == ["丰泽区今年修路。路修到海边。"]


def test_of_several_articles_left_off_the_one_with_the_headline_goes_on() -> None:
    pages = [*PAGES, "晋江：把厂搬进山", "本报记者 王某", "晋江市今年搬厂，先搬（下转第4版）"]
    document = document_of_text(
        "\n".join([*pages, "（上接第1版）", "洛江：把夜校办起来", *RESUMED])
    )
    assert [(a.district, len(a.paragraphs)) for a in document.articles] == [
        ("洛江区", 2),
        ("丰泽区", 1),
        ("晋江市", 1),
    ]
    unknown = document_of_text("\n".join([*pages, "（上接第1版）", *RESUMED]))
    assert [(a.district, len(a.paragraphs)) for a in unknown.articles][1:] == [
        ("丰泽区", 1),
        ("晋江市", 1),
        (None, 2),
    ]


def test_what_began_in_another_paper_is_no_part_of_the_article_before() -> None:
    document = document_of_text("\n".join([*PAGES[4:], "（上接第1版）", *RESUMED]))
    assert [a.district for a in document.articles] == ["丰泽区", None]
    under = document_of_text("\n".join(["洛江：把夜校办起来", "（上接1版）", *RESUMED]))
    assert [(a.headline, a.district) for a in under.articles] == [("洛江：把夜校办起来", "洛江区")]


@pytest.mark.parametrize("rule", ["━━━━━━", "－－－－", "··········", "* * *"])
def test_rules_part_the_articles_of_several_districts(rule: str) -> None:
    above = "洛江：把夜校办起来\n洛江区今年要办夜校。夜校设在祠堂。"
    below = "惠安石雕卖到海外\n惠安县今年要卖石雕，惠安还要办展。\n石雕明年再卖。"
    document = document_of_text(f"{above}\n{rule}\n{below}")
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江：把夜校办起来", "洛江区"),
        ("惠安石雕卖到海外", "惠安县"),
    ]


def test_rules_in_what_is_of_one_district_part_nothing() -> None:
    text = "洛江：把夜校办起来\n洛江区今年要办夜校。夜校设在祠堂。\n-----\n还要修路\n路修到山上，山上种树。"
    (article,) = document_of_text(text).articles
    assert (article.district, len(article.paragraphs)) == ("洛江区", 2)


def test_who_supplies_an_article_may_stand_under_it() -> None:
    document = document_of_text(
        "把夜校办起来\n夜校设在山下的祠堂，每周开课三晚。\n（洛江区人民政府办公室供稿）\n"
        "把路修到海边\n本报记者 陈某\n丰泽区今年修路，丰泽还要种树。"
    )
    assert [(a.district, a.byline) for a in document.articles] == [
        ("洛江区", "（洛江区人民政府办公室供稿）"),
        ("丰泽区", "本报记者 陈某"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "洛江区今年修路（下转第4版）\n丰泽种树今年多。\n（上接第1版）\n广告\n",
        "# 甲\n今年修路（下转第4版）\n\n（上接第1版）\n# 甲\n\n# 乙\n今年种树。",
        "----\n====\n",
        "（下转第4版）\n（上接第1版）",
        "甲\n| 乙 |\n|---|",
    ],
)
def test_pointers_and_rules_with_nothing_beside_them_do_no_harm(text: str) -> None:
    for name in ("版面.txt", "版面.md"):
        document = document_of_text(text, name)
        for paragraph in document.paragraphs:
            assert paragraph.text == "".join(document.text[s:e] for s, e in paragraph.spans)


def test_what_follows_a_pointer_in_its_line_is_text() -> None:
    document = document_of_text(
        "洛江办夜校\n本报记者 王某\n洛江区今年办夜校，（下转第3版）\n丰泽种树\n本报记者 李某\n丰泽区种树，丰泽人出力。\n"
        "洛江办夜校\n（上接第1版）再建学校12所\n鲤城修桥\n本报记者 张某\n鲤城区修桥，鲤城人出力。"
    )
    assert [(a.district, a.paragraphs[-1].text) for a in document.articles] == [
        ("洛江区", "洛江区今年办夜校，再建学校12所"),
        ("丰泽区", "丰泽区种树，丰泽人出力。"),
        ("鲤城区", "鲤城区修桥，鲤城人出力。"),
    ]


def test_an_article_with_a_headline_of_its_own_resumes_no_other() -> None:
    document = document_of_text(
        "\n".join([*PAGES, "种树造林绿满山城", "（上接第2版）", "丰泽区还种树，丰泽人出力。"])
    )
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江：把夜校办起来", "洛江区"),
        ("丰泽：把路修到海边", "丰泽区"),
        ("种树造林绿满山城", "丰泽区"),
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        # A year is no figure; a row of a place is no header; a header has a rule under it.
        (["| 指标 | 2025年目标 |", "|---|---|", "| 收入 | 与增长同步 |", "| 学位 | 900个 |"], ["| 指标 | 2025年目标 |"] * 2),
        (["洛江区\t办夜校\t教育局", "丰泽区\t900\t林业局"], []),
        (["| 洛江区 | 办夜校 |", "| 丰泽区 | 900 |"], []),
        (["| 县 | 任务 | 数 |", "|---|---|---|", "| 甲 | 修路 | |", "| 乙 | | 3 |"], ["| 县 | 任务 | 数 |"] * 2),
        (["镇  人数", "甲  90", "", "村  路", "乙  3"], ["镇  人数", "村  路"]),
    ],
)  # fmt: skip
def test_what_is_a_tables_header(table: list[str], rows: list[str]) -> None:
    document = document_of_text("\n".join(["夜校一览", "", *table, "", "由县里办好。"]))
    assert [p.text.split("\n")[0] for p in document.paragraphs if "\n" in p.text] == rows


def test_rules_between_sections_leave_a_citys_plan_whole() -> None:
    text = (
        "泉州市2025年工作计划\n\n泉州市今年修路300公里。\n\n----------\n教育事业\n全市新增学位9000个，另建学校三所。\n"
        "----------\n城市建设\n洛江区今年建桥3座，洛江区还要种树。"
    )
    (article,) = document_of_text(text).articles
    assert article.district == "泉州市"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "▲滨江路\n总投资：9亿元　　工期：两年\n进度目标：年底贯通。\n\n▲惠女桥\n总投资：2亿元\n进度目标：五月开工。",
            ["▲滨江路\n总投资：9亿元　　工期：两年\n进度目标：年底贯通。", "▲惠女桥\n总投资：2亿元\n进度目标：五月开工。"],
        ),
        (
            "一、老年食堂。新开15个。\n　　责任单位：区民政局\n二、夜校。每周三晚。\n　　责任单位：区教育局",
            ["一、老年食堂。新开15个。\n责任单位：区民政局", "二、夜校。每周三晚。\n责任单位：区教育局"],
        ),
        ("食堂都开门。\n地点：祠堂\n夜校每周三晚。", ["食堂都开门。", "地点：祠堂", "夜校每周三晚。"]),
        ("记者：食堂呢？\n局长：年底开门。", ["记者：食堂呢？\n局长：年底开门。"]),
    ],
)  # fmt: skip
def test_what_is_told_of_an_item_below_its_name_belongs_to_it(
    lines: str, expected: list[str]
) -> None:
    document = document_of_text(f"洛江区今年的项目\n近日公布。\n\n{lines}")
    assert texts(document)[1:] == expected
    assert all(
        "".join(document.text[s:e] for s, e in p.spans) == p.text for p in document.paragraphs
    )
    assert not any(paragraph.truncated for paragraph in document.paragraphs)


def test_a_heading_above_a_single_goal_stays_one() -> None:
    document = document_of_text(
        "报告\n今年怎么干。\n三、今年工作\n主要预期目标：新增学位900个，修路30公里。"
    )
    assert sections(document)[-1] == "三、今年工作"


def test_a_table_goes_on_below_the_names_of_its_parts() -> None:
    header, first, second = (
        "序号　指标　2025年　2030年",
        "1　产值（亿元）　200　300",
        "2　学位（个）　400　900",
    )
    document = document_of_text(
        f"洛江区指标\n一览如下。\n\n{header}\n\n一、经济\n{first}\n二、民生\n{second}"
    )
    assert texts(document)[1:] == [f"{header}\n{first}", f"{header}\n{second}"]
    assert sections(document)[1:] == ["一、经济", "二、民生"]


def test_cells_below_each_other_are_rows_of_a_table() -> None:
    header, *rows = ("指标\n单位\n2030年", "学位\n个\n900", "公路\n公里\n—", "床位\n张\n30")
    table = "\n\n".join([header, *rows])
    document = document_of_text(f"洛江区指标\n一览如下。\n\n{table}\n\n以上为准。")
    assert texts(document)[1:-1] == [f"{header}\n\n{row}" for row in rows]


def test_columns_of_several_widths_are_rejoined() -> None:
    said = (
        "洛江区今年在河市镇新建三条通往学校的路，并且在年底之前把路灯全部装好，方便孩子们上学放学，也方便老人出门。",
        "丰泽区今年在东海街道新建两座长者食堂，一餐只收五元，凡是满六十岁的老人都可以来，家人可以替他们订餐。",
    )
    columns = [
        "\n".join(text[start : start + width] for start in range(0, len(text), width))
        for text, width in zip(said, (14, 17), strict=True)
    ]
    document = document_of_text("各区在做什么\n\n" + "\n\n".join(columns))
    assert tuple(texts(document)) == said


# --- heads of newspapers' articles --------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        ("●洛江\n夜校办到家门口", "●洛江 夜校办到家门口"),
        ("洛江区：\n夜校办到家门口", "洛江区： 夜校办到家门口"),
        ("═══\n洛江区两会闭幕\n报告提出今年目标：\n夜校办到家门口\n═══", "洛江区两会闭幕 报告提出今年目标： 夜校办到家门口"),
    ],
)  # fmt: skip
def test_a_headline_may_have_several_lines(above: str, headline: str) -> None:
    text = f"丰泽修路\n本报记者 王某\n丰泽区今年修路，丰泽人出力。\n{above}\n本报记者 林某\n今年办夜校，每周三晚。"
    document = document_of_text(text)
    assert [(a.headline, a.district) for a in document.articles] == [
        ("丰泽修路", "丰泽区"),
        (headline, "洛江区"),
    ]


def test_delegates_of_several_counties_speak_for_their_own() -> None:
    text = (
        "两会声音\n市人大代表、丰泽区东海街道教师王某：建议多修路，路灯也要亮。\n"
        "市政协委员、洛江区马甲镇医生林某：希望办夜校，教做茶。\n市人大代表、鲤城区某校校长陈某：学校要扩建。"
    )
    found = [(a.district, a.text[-4:]) for a in document_of_text(text).articles if a.paragraphs]
    assert found[-3:] == [("丰泽区", "也要亮。"), ("洛江区", "教做茶。"), ("鲤城区", "要扩建。")]


# --- items with a name above --------------------------------------------------------------------

ITEMS = [
    ("1．农村公路（149票）", "新改建12公里，改造危桥两座。责任单位：县交通局。"),
    ("2．夜校（140票）", "开在祠堂里，每周三晚，教做茶。"),
    ("3．渔港（98票）", "修码头两座，九月通船。"),
]


def test_what_is_told_below_an_items_name_is_one_paragraph_with_it() -> None:
    text = "\n\n".join(f"{name}\n{body}" for name, body in ITEMS)
    document = document_of_text(f"洛江区实事\n\n今年办三件事。\n\n{text}")
    assert texts(document)[1:] == [f"{name}\n{body}" for name, body in ITEMS]
    assert document.paragraphs[2].section == "2．夜校（140票）"


@pytest.mark.parametrize(
    "items",
    [
        ITEMS[:2],
        [(name, f"{body}\n\n再说一段，说完为止。") for name, body in ITEMS],
        [(name, body * 9) for name, body in ITEMS],
    ],
)
def test_sections_stay_headings(items: list[tuple[str, str]]) -> None:
    text = "\n\n".join(f"{name}\n{body}" for name, body in items)
    document = document_of_text(f"洛江区实事\n\n今年办几件事。\n\n{text}")
    assert all("\n" not in paragraph for paragraph in texts(document))


def test_rows_of_a_table_among_briefs_are_each_of_their_district() -> None:
    text = (
        "县区简讯\n本报记者 林某\n【洛江区】夜校开课，每周三晚，教做茶。\n【丰泽区】码头修好了，九月通船。\n"
        "实事任务\n县区  学位  路长\n洛江区  420个  82公里\n丰泽区  210个  64公里"
    )
    rows = [(a.district, p.text) for a in document_of_text(text).articles for p in a.paragraphs]
    assert [district for district, row in rows if "个" in row] == ["洛江区", "丰泽区"]


LONG = "今年要修渠三十里，再种茶山五千亩，还要请来老师傅三十名，教大家做茶，也教修渠的手艺，让年轻人愿意留下来。"


@pytest.mark.parametrize(
    ("line", "follows", "is_one"),
    [
        ("向海要粮，向田要粮", f"洛江区有耕地三万亩，{LONG}", True),
        ("向海要粮，向田要粮", "今年修渠三十里。", False),
        ("人口二十万，面积四百里", f"全区有小学三十所，{LONG}", False),
        ("天气渐冷，注意保暖", f"学校将于下周一开学，{LONG}", False),
    ],
)
def test_two_clauses_of_one_form_above_a_long_paragraph_are_a_heading(
    line: str, follows: str, is_one: bool
) -> None:
    document = document_of_text(f"洛江区\n\n今年办几件事。\n\n{line}\n\n{follows}")
    assert (document.paragraphs[-1].section == line) == is_one


def test_a_list_of_places_is_no_kicker() -> None:
    text = (
        "鲤城修路\n本报记者 王某\n鲤城区今年修路。参会的还有：\n●丰泽\n●洛江\n"
        "石狮办起夜校来\n本报记者 林某\n今年办夜校，每周三晚。"
    )
    assert [(a.headline, a.district) for a in document_of_text(text).articles][-1] == (
        "石狮办起夜校来",
        "石狮市",
    )


def test_two_articles_that_go_on_on_one_page_are_each_their_own() -> None:
    document = document_of_text(
        "2　要闻　　晚报　2026年1月5日\n\n夜校再添课\n（上接第1版）\n　　夜校今年添课九门，学费全免。\n\n"
        "渔港换新颜\n（上接第1版）\n　　码头今年修完，渔民卖鱼不再排队。\n"
    )
    assert [(a.headline, a.resumes) for a in document.articles] == [
        ("夜校再添课", "1"),
        ("渔港换新颜", "1"),
    ]


def test_notices_on_a_page_are_articles_of_their_own() -> None:
    document = document_of_text(
        "晚报　04　公告\n2026年7月21日\n\n更　正\n　　本报昨日一文“九所”应为“六所”，特此更正。\n\n"
        "停水通知\n　　部分区域23日停水，请提前储水。某某水务集团　　7月20日\n\n"
        "洛江区老街改造房屋征收公告（摘登）\n　　洛江区决定对老街412户房屋实施征收，8月1日起签约。\n\n"
        "丰泽区招聘教师公告\n　　丰泽区公开招聘教师86名，7月25日起报名。\n"
    )
    assert [(a.headline, a.district) for a in document.articles][1:] == [
        ("停水通知", None),
        ("洛江区老街改造房屋征收公告（摘登）", "洛江区"),
        ("丰泽区招聘教师公告", "丰泽区"),
    ]
    assert not any(paragraph.truncated for paragraph in document.paragraphs)


def test_a_theme_and_what_is_done_about_it_above_a_paragraph_is_its_heading() -> None:
    told = "今年新办夜校9所，招学员600人，每周开课三晚，书本由区里出，教师从各校里请，"
    told += "路远的学员由校车接送，学费全免，期末发证书。"
    document = document_of_text(
        f"洛江区今年的打算\n教育：把夜校办到村口\n{told}\n责任单位：洛江区教育局\n{told}"
    )
    assert sections(document) == ["教育：把夜校办到村口"] * 3


def test_a_label_above_a_byline_is_a_headline() -> None:
    document = document_of_text(
        "服务群众：把夜校办到村口\n本报记者 王某\n洛江区今年办夜校。\n方便市民：让公交开进山里\n本报记者 李某\n丰泽区今年开公交。"
    )
    assert [a.headline for a in document.articles] == [
        "服务群众：把夜校办到村口",
        "方便市民：让公交开进山里",
    ]


def test_offices_in_minutes_write_nothing() -> None:
    document = document_of_text(
        "泉州市委常委会会议纪要\n出席：王某\n列席单位\n市委政研室\n市委党校\n会议指出，夜校要办好。"
    )
    assert [a.district for a in document.articles] == ["泉州市"]


@pytest.mark.parametrize(
    "writer",
    ["洛江区人民政府区长  丘 敏 行", "■ 洛江区委书记  傅某某", "——洛江区见闻   本报记者 林某"],
)
def test_who_writes_may_be_spaced_marked_or_behind_a_subtitle(writer: str) -> None:
    document = document_of_text(
        f"丰泽种树\n本报记者 王某\n丰泽区今年种树。\n\n夜校办起来\n{writer}\n　　夜校今年添课九门。\n"
    )
    assert [a.district for a in document.articles] == ["丰泽区", "洛江区"]


_ARTICLE = (
    "惠安：办渔村学堂\n□ 本报记者 叶某\n惠安县今年办学堂三所，学费全免。\n\n"
    "丰泽：办夜校\n□ 本报记者 叶某\n丰泽区今年办夜校九所，学费全免。\n\n"
)


@pytest.mark.parametrize("notice", ["公　告", "通 告", "关于洛江区某路部分路段施工的通告"])
def test_a_notice_below_an_article_stands_for_itself(notice: str) -> None:
    below = f"{notice}\n因水管改造，自2026年1月25日起，洛江区某路半幅封闭，请绕行。"
    assert document_of_text(_ARTICLE + below).articles[-1].headline == notice


def test_what_goes_on_from_another_page_below_a_photograph_stands_for_itself() -> None:
    below = "工友学电焊。\n通讯员　肖　某　摄\n\n（上接01版）\n洛江区今年办夜校十二所。\n洛江区还请老师。"
    document = document_of_text(_ARTICLE + below)
    assert [a.district for a in document.articles] == ["惠安县", "丰泽区", "洛江区"]


def test_a_columns_essay_stands_for_itself() -> None:
    below = "【晚风笔谈】\n湖边上想到的\n⊙　徐某某\n冬天的湖是安静的，没有人来。"
    assert document_of_text(_ARTICLE + below).articles[-1].byline == "⊙　徐某某"


def test_whom_a_headline_says_is_talked_with_stays_below_it() -> None:
    document = document_of_text(
        "让学生吃好\n访洛江区教育局局长王某某\n□ 本报记者 叶某\n\n问：食堂改造几个？\n答：今年改造九个。"
    )
    assert [a.headline for a in document.articles] == ["让学生吃好 访洛江区教育局局长王某某"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("统计公报\n\n2025年，全区新增学位900个，比上年增长一成，新建学校三所。", "2025"),
        ("规划纲要\n\n2025年，全区新增学位900个。到2030年再增一千个。", None),
        ("修路办学\n\n2025年，全区新增学位900个。2026年再增一千个。", None),
        ("修路办学\n\n上世纪90年代建的学校，如今是2000年代的样子。", None),
    ],
)
def test_the_one_year_that_a_text_opens_with_is_its_own(text: str, date: str | None) -> None:
    assert document_of_text(text).date == date


def test_a_heading_may_have_two_clauses_behind_a_name() -> None:
    told = (
        "今年洛江要办夜校三所，每所两个班，秋天开学，教师由区里统一招聘，第一批招三百人，年底前再开两所，"
        "让住得远的村里人晚上也能来上课。"
    )
    document = document_of_text(
        f"三个区谈打算\n\n讨论从早上开始。\n\n洛江：办好夜校，留住人\n\n{told}"
    )
    assert sections(document)[-1] == "洛江：办好夜校，留住人"
    assert texts(document)[-1] == told
