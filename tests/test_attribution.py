import pytest
from helpers import document_of_text


@pytest.mark.parametrize(
    ("name", "text", "district"),
    [
        ("石狮.txt", "洛江办夜校\n\n每周三晚。", "石狮市"),
        ("石狮.txt", "---\ndistrict: 洛江\n---\n夜校\n\n每周三晚。", "洛江区"),
        ("福建.txt", "---\ndistrict: 福建\n---\n洛江区办夜校\n\n每周三晚。", "福建省"),
        (
            "泉州市滨海新区.txt",
            "---\ndistrict: 泉州市滨海新区\n---\n夜校\n\n每周三晚。",
            "泉州市滨海新区",
        ),
        ("a.txt", "---\ndistrict: 洛江\n---\n夜校\n\n每周三晚。", "洛江区"),
        ("a.txt", "---\ntitle: 洛江夜校\n---\n夜校\n\n每周三晚。", "洛江区"),
        ("a.txt", "洛江办夜校\n\n中共泉州市丰泽区委理论学习中心组\n\n每周三晚。", "丰泽区"),
        ("a.txt", "洛江区办夜校\n\n泉州市人民政府\n\n每周三晚。", "洛江区"),
        ("a.txt", "洛江办夜校\n\n□本报丰泽记者 某某\n\n每周三晚。", "洛江区"),
        (
            "a.txt",
            "2025年福建省工作报告\n2025年1月6日在福州市举行的大会上\n今年修路。\n明年种树。",
            "福建省",
        ),
        ("a.txt", "办夜校\n\n中共泉州市丰泽区委理论学习中心组\n\n每周三晚。", "丰泽区"),
        ("a.txt", "办夜校\n\n□本报记者 某某 通讯员 某某\n\n每周三晚。", None),
        ("a.txt", "办夜校\n来源：福建日报\n每周三晚。\n每晚两课。", None),
        ("a.txt", "办夜校\n来源：晋江经济报\n每周三晚。\n每晚两课。", None),
        ("福建日报20240827.txt", "办夜校\n\n每周三晚。", None),
        ("石狮日报.txt", "洛江办夜校\n\n每周三晚。", "洛江区"),
        ("a.txt", "办夜校\n\n洛江区每周开课三晚。", None),
        ("a.txt", "鯉城區辦夜校\n\n每周三晚。", "鲤城区"),
        ("a.txt", "洛江和丰泽办夜校\n\n每周三晚。", None),
        ("a.txt", "办学通知\n惠安县教育局\n2025年3月5日\n今年要建学校。", "惠安县"),
    ],
)
def test_the_district_is_given_or_comes_from_the_name_then_the_byline_then_the_title(
    name: str, text: str, district: str | None
) -> None:
    assert [article.district for article in document_of_text(text, name).articles] == [district]


@pytest.mark.parametrize(
    ("name", "text", "district"),
    [
        ("福建.txt", "洛江区办夜校\n\n每周三晚。", "洛江区"),
        ("福建.txt", "办夜校\n\n中共泉州市洛江区委理论学习中心组\n\n每周三晚。", "洛江区"),
        ("福建.txt", "学晋江办夜校\n\n每周三晚。", "福建省"),
        ("福建.txt", "杭州市办夜校\n\n每周三晚。", "福建省"),
    ],
)
def test_the_name_of_a_file_yields_to_a_district_in_it_named_in_full(
    name: str, text: str, district: str
) -> None:
    assert document_of_text(text, name).districts == [district]


@pytest.mark.parametrize(
    ("name", "districts"),
    [
        ("宁波.txt", ["宁波市"]),
        ("杭州2025年工作要点.txt", ["杭州市"]),
        ("杭州工作报告.txt", ["杭州市"]),
        ("杭州湾.txt", []),
        ("大庆精神.txt", []),
        ("日照充足.txt", []),
        ("学杭州2025.txt", []),
        ("海南2025.txt", ["海南省"]),
    ],
)
def test_a_citys_short_name_counts_where_it_opens_a_name(name: str, districts: list[str]) -> None:
    assert document_of_text("夜校\n\n每周三晚。", name).districts == districts


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["洛江区：夜里开课", "每周三晚。", "丰泽区：白天开课", "每周两天。", "要准时。"],
            [("洛江区", 1), ("丰泽区", 2)],
        ),
        (
            ["【洛江区】每周开课三晚，都在镇里的学堂，谁都可以来。", "一起办。", "【丰泽区】每周两晚。"],
            [("洛江区", 1), ("泉州市", 1), ("丰泽区", 1)],
        ),
        (["一、洛江区：夜里开课", "每周三晚。", "二、丰泽区", "每周两天。"], [("洛江区", 1), ("丰泽区", 1)]),
        (["洛江区：", "三晚。", "二、丰泽区", "两天。", "三、经费", "没有。"], [("洛江区", 2), ("丰泽区", 1), ("泉州市", 1)]),
        (["**洛江区**", "每周三晚。", "**丰泽区**", "每周两天。"], [("洛江区", 1), ("丰泽区", 1)]),
        (["洛江区：夜里开课", "每周三晚。"], [("泉州市", 2)]),
        (["洛江区，夜里开课。", "丰泽区，白天开课。"], [("泉州市", 2)]),
        (["学洛江：夜里开课", "每周三晚。", "走进丰泽", "每周两天。"], [("泉州市", 3)]),
        (["地点：洛江区", "每周三晚。", "地点：丰泽区", "每周两天。"], [("泉州市", 4)]),
        (["杭州市：夜里开课", "每周三晚。", "宁波市：白天开课", "每周两天。"], [("泉州市", 4)]),
    ],
)  # fmt: skip
def test_lines_that_open_with_districts_give_each_its_own(
    lines: list[str], expected: list[tuple[str, int]]
) -> None:
    document = document_of_text("\n".join(["夜校", "办学的打算。", *lines]), "泉州市.txt")
    found = [(a.district, len(a.paragraphs)) for a in document.articles]
    (first, count), *others = found
    assert first == "泉州市"
    rest = [(first, count - 1), *others] if count > 1 else others
    assert rest == expected


def test_a_headline_that_opens_with_a_district_isnt_anothers() -> None:
    document = document_of_text(
        "洛江区：夜里开课\n每周三晚。\n丰泽区：白天开课\n每周两天。\n石狮市：不开课\n都放假。"
    )
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江区：夜里开课", "洛江区"),
        ("丰泽区：白天开课", "丰泽区"),
        ("石狮市：不开课", "石狮市"),
    ]
    assert [p.number for p in document.paragraphs] == [1, 2, 3]


def test_one_heading_beside_a_headline_that_names_another_divides_too() -> None:
    document = document_of_text("洛江区：夜里开课\n每周三晚。\n\n丰泽区：白天开课\n\n每周两天。")
    assert [(a.headline, a.district) for a in document.articles] == [
        ("洛江区：夜里开课", "洛江区"),
        ("丰泽区：白天开课", "丰泽区"),
    ]


def test_the_line_over_a_districts_part_of_a_plan_is_its_section() -> None:
    document = document_of_text(
        "夜校\n办学的打算。\n洛江区：夜里开课\n每周三晚。\n丰泽区：白天开课\n每周两天。",
        "泉州市.txt",
    )
    assert [(a.headline, p.section) for a in document.articles for p in a.paragraphs] == [
        ("夜校", None),
        ("夜校", "洛江区：夜里开课"),
        ("夜校", "丰泽区：白天开课"),
    ]


def test_headings_that_name_districts_give_each_its_own() -> None:
    document = document_of_text(
        "泉州市办夜校\n一、各区打算\n（一）洛江区\n每周开课三晚。\n（二）丰泽区\n1.开课\n每周开课两晚。\n"
        "二、经费\n由市里出。"
    )
    assert [
        (a.headline, a.district, [p.section for p in a.paragraphs]) for a in document.articles
    ] == [
        ("泉州市办夜校", "洛江区", ["一、各区打算 / （一）洛江区"]),
        ("泉州市办夜校", "丰泽区", ["一、各区打算 / （二）丰泽区 / 1.开课"]),
        ("泉州市办夜校", "泉州市", ["二、经费"]),
    ]


@pytest.mark.parametrize(
    ("name", "districts"),
    [("泉州.txt", ["洛江区", "丰泽区"]), ("石狮.txt", ["石狮市"])],
)
def test_a_heading_tells_more_than_the_name_of_a_file_only_inside_its_district(
    name: str, districts: list[str]
) -> None:
    text = "夜校\n洛江区\n每周开课三晚。\n丰泽区\n每周开课两晚。"
    assert document_of_text(text, name).districts == districts


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("泉州市洛江区", "洛江区"),
        ("洛江", "洛江区"),
        ("洛江区政府", "洛江区政府"),
        ("滨海新区", "滨海新区"),
    ],
)
def test_a_district_may_be_given_after_what_it_lies_in(name: str, given: str) -> None:
    (article,) = document_of_text(f"---\ndistrict: {name}\n---\n夜校\n每周三晚。").articles
    assert article.district == given


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("一片林海\n清晨，番禺区的护林员出发了。\n番禺今年种树九千亩。", "番禺区"),
        ("今年的清单\n编制单位：番禺区住房和城乡建设局\n今年修路12公里。", "番禺区"),
        ("朋友们好\n南京栖霞的朋友们，过年好。\n栖霞今年修路12公里。", "栖霞区"),
        ("一片林海\n清晨，番禺区的护林员出发了。\n今年种树九千亩。", None),
        ("一片林海\n洛江区种树，洛江区修路。", "洛江区"),
        ("【编者按】\n番禺区种树，番禺区修路。", None),
    ],
)
def test_an_article_is_of_the_county_that_it_speaks_of_from_the_first(
    text: str, district: str | None
) -> None:
    assert [a.district for a in document_of_text(text).articles] == [district]


def test_a_section_whose_heading_names_no_county_is_of_the_one_that_it_speaks_of() -> None:
    document = document_of_text(
        "# 区县动态汇编\n## 番禺区修路\n今年修路12公里。\n## 甜柚丰收\n天河区的甜柚丰收了。天河今年再建冷库两座。\n"
        "## 编后\n欢迎来稿。",
        "汇编.md",
    )
    assert [(a.district, p.section) for a in document.articles for p in a.paragraphs] == [
        ("番禺区", "番禺区修路"),
        ("天河区", "甜柚丰收"),
        (None, "编后"),
    ]


def test_who_answers_at_a_press_conference_speaks_for_their_district() -> None:
    document = document_of_text(
        "发布会实录\n主持人：请提问。\n晚报记者：夜校怎么办？\n洛江区区长 林某：每周开课三晚。\n还要添桌椅。\n"
        "电台记者（追问）：丰泽呢？\n丰泽区委常委、副区长 王某：每周两晚。\n林某：我们可以一起办。\n主持人：谢谢。"
    )
    assert [(a.district, [p.text[-6:] for p in a.paragraphs]) for a in document.articles] == [
        (None, ["人：请提问。"]),
        ("洛江区", ["周开课三晚。", "还要添桌椅。"]),
        ("丰泽区", ["：每周两晚。"]),
        ("洛江区", ["可以一起办。"]),
        (None, ["主持人：谢谢。"[-6:]]),
    ]


def test_a_report_that_begins_with_a_reporter_is_no_speech() -> None:
    document = document_of_text(
        "洛江区：办夜校\n记者从会上获悉：每周开课三晚。\n丰泽区：白天开课\n区长说：每周两天。"
    )
    assert [(a.district, len(a.paragraphs)) for a in document.articles] == [
        ("洛江区", 1),
        ("丰泽区", 1),
    ]


def test_briefs_are_each_of_the_district_that_opens_them() -> None:
    document = document_of_text(
        "区县短波\n▲洛江　夜校三月开课。\n▲丰泽　路修到海边。\n★晋江丨厂房搬进山里。\n【更正】昨天说错了开课的日子，特此更正。"
    )
    assert [a.district for a in document.articles] == ["洛江区", "丰泽区", "晋江市", None]


NIGHT_SCHOOL = "渔民要办夜校，夜校设在海边的祠堂里，每周开课三晚，教补网、修船和做账。"


@pytest.mark.parametrize(
    ("text", "district"),
    [
        (f"清晨起了风。在惠安县的海边，{NIGHT_SCHOOL * 6}", "惠安县"),
        (f"清晨起了风。在惠安县的海边，{NIGHT_SCHOOL}", None),
        (f"{NIGHT_SCHOOL * 2}惠安县也来人。全县还要修路，县里出钱。", "惠安县"),
        (f"{NIGHT_SCHOOL * 2}老师来自惠安县。", None),
    ],
)
def test_an_article_that_names_its_county_once_speaks_of_it_from_the_first_or_as_a_whole(
    text: str, district: str | None
) -> None:
    assert document_of_text(f"海风里的账本\n{text}").articles[0].district == district


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "春天到了，各地修路。\n惠安县今年修三条。\n永春县的路修到茶山，永春人出力。\n石狮市和晋江市合修一条。",
            [None, "惠安县", "永春县", None],
        ),
        ("惠安县修三条。年底通车。永春县的路修到茶山。\n都不收费。", ["惠安县", "永春县", None]),
        ("临朐今年治河。\n青州的任务是退田。\n两地都种树。", ["临朐县", "青州市", None]),
        ("山里修三条。惠安县修三条。都不收费。", [None]),
    ],
)
def test_where_nothing_names_an_articles_district_its_sentences_have_what_they_begin_with(
    text: str, parts: list[str | None]
) -> None:
    document = document_of_text(f"各地修路忙\n{text}")
    assert [a.district for a in document.articles] == parts
    for paragraph in document.paragraphs:
        assert paragraph.text == "".join(document.text[s:e] for s, e in paragraph.spans)


def test_an_editors_note_is_nobodys_whoever_it_speaks_of() -> None:
    document = document_of_text("【编者按】\n惠安县修三条。永春县修四条。")
    assert [a.district for a in document.articles] == [None]


def test_who_writes_to_a_hotline_is_answered_by_their_district() -> None:
    document = document_of_text(
        "热线回音\n网友“山里人”：洛江的夜校还办吗？\n区教育局回复：办，每周三晚。\n"
        "网友“海边人”：老人的药去哪拿？\n县卫健局回复：到村里拿。\n市民陈某：丰泽还修路吗？\n区交通局回复：修。"
    )
    assert [(a.district, len(a.paragraphs)) for a in document.articles] == [
        ("洛江区", 1),
        (None, 1),
        ("丰泽区", 1),
    ]


def test_a_table_whose_columns_are_of_districts_tells_each_its_own_cells() -> None:
    table = (
        "| 指标 | 惠安县 | 永春县 | 合计 |\n|---|---|---|---|\n"
        "| 新增学位（个） | 900 | 1200 | 2100 |\n| 修路（公里） | 12 | — | 12 |"
    )
    document = document_of_text(f"# 任务分解\n{table}", "任务.md")
    told = [(a.district, p.text.split("\n")) for a in document.articles for p in a.paragraphs]
    assert told == [
        ("惠安县", ["| 指标 | 惠安县", "| 新增学位（个） | 900"]),
        ("永春县", ["| 指标 | 永春县", "| 新增学位（个） | 1200"]),
        (None, ["| 指标 | 合计", "| 新增学位（个） | 2100"]),
        ("惠安县", ["| 指标 | 惠安县", "| 修路（公里） | 12"]),
        ("永春县", ["| 指标 | 永春县", "| 修路（公里） | —"]),
        (None, ["| 指标 | 合计", "| 修路（公里） | 12"]),
    ]
    for paragraph in document.paragraphs:
        assert paragraph.text == "".join(document.text[s:e] for s, e in paragraph.spans)


def test_the_district_of_a_row_may_stand_behind_its_number() -> None:
    table = "| 序号 | 县 | 路（公里） |\n|---|---|---|\n| 1 | 惠安县 | 12 |\n| 2 | 永春县 | 9 |"
    document = document_of_text(f"# 修路计划\n{table}", "计划.md")
    assert [a.district for a in document.articles] == ["惠安县", "永春县"]


def test_who_is_introduced_at_a_press_conference_speaks_for_their_district() -> None:
    document = document_of_text(
        "看各区怎么干\n——新闻发布会实录\n发布人：市发展改革委副主任　何某\n　　　　洛江区委常委、副区长　石某\n"
        "　　　　丰泽区人民政府副区长　任　某\n主持人：请提问。\n石某：夜校每周三晚。\n某报记者：丰泽呢？\n"
        "任某：每周两晚。\n何某：全市都办。"
    )
    assert [(a.district, a.paragraphs[0].text) for a in document.articles][1:] == [
        ("洛江区", "石某：夜校每周三晚。"),
        ("丰泽区", "某报记者：丰泽呢？\n任某：每周两晚。"),
        ("泉州市", "何某：全市都办。"),
    ]


def test_what_a_countys_paper_says_of_nowhere_else_is_of_that_county() -> None:
    document = document_of_text(
        "山里周报\n惠安县融媒体中心主办\n夜校开课了\n本报记者 林某\n我县的夜校每周三晚。\n"
        "洛江：修路忙\n本报记者 王某\n洛江区修路，洛江人出力。"
    )
    assert [a.district for a in document.articles][1:] == ["惠安县", "洛江区"]


@pytest.mark.parametrize(
    ("name", "text", "district"),
    [
        ("成县2026年实事清单.txt", "通告\n今年修路。", "成县"),
        ("康县-工作计划.txt", "通告\n今年修路。", "康县"),
        ("建成县级公园.txt", "通告\n今年修路。", None),
        ("寿光：把菜卖出去.txt", "菜\n今年卖菜。", "寿光市"),
        ("寿光的菜.txt", "菜\n寿光今年卖菜。寿光的菜好。寿光人种菜。", "寿光市"),
        ("寿光的菜.txt", "菜\n今年卖菜。", None),
        ("榕城周报.txt", "菜\n榕城今年卖菜。榕城的菜好。榕城人种菜。", None),
    ],
)
def test_a_document_may_be_called_after_a_county_by_a_short_name(
    name: str, text: str, district: str | None
) -> None:
    assert document_of_text(text, name).articles[0].district == district


def test_what_is_said_of_all_is_the_citys() -> None:
    document = document_of_text(
        "今年民生实事敲定\n洛江区今年修路30公里。全市将新增学位9000个。丰泽区种树500亩，市教育局出钱。"
    )
    assert [(a.district, a.paragraphs[0].text) for a in document.articles] == [
        ("洛江区", "洛江区今年修路30公里。"),
        ("泉州市", "全市将新增学位9000个。"),
        ("丰泽区", "丰泽区种树500亩，市教育局出钱。"),
    ]


def test_an_article_on_the_whole_city_isnt_of_the_one_county_that_it_names() -> None:
    text = "今年全市新增学位9000个，各县都要办好夜校，办在离家最近的祠堂里，开课三晚。" * 4
    document = document_of_text(f"全市教育大会召开\n{text}\n会前大家参观了位于洛江区的实验小学。")
    assert document.articles[0].district is None


def test_every_question_of_a_hotline_is_of_the_district_that_it_names() -> None:
    document = document_of_text(
        "热线\n网友：洛江的夜校还办吗？\n答：办。\n网友：丰泽的桥几时通？\n答：十月。\n网友：全市修多少路？\n答：三百公里。"
    )
    assert [(a.district, len(a.paragraphs)) for a in document.articles] == [
        ("洛江区", 1),
        ("丰泽区", 1),
        ("泉州市", 1),
    ]


def test_each_column_beside_the_districts_stands_alone() -> None:
    table = "| 指标 | 洛江区 | 丰泽区 | 合计 | 增长% |\n|---|---|---|---|---|\n| 学位 | 100 | 200 | 300 | 5 |"
    document = document_of_text(f"# 任务\n{table}", "任务.md")
    rows = [p.text.split("\n")[1] for p in document.paragraphs]
    assert rows == ["| 学位 | 100", "| 学位 | 200", "| 学位 | 300", "| 学位 | 5"]


def test_a_citys_own_articles_in_its_paper_are_the_citys() -> None:
    document = document_of_text(
        "市里开两会\n本报讯（记者　林某）今年全市修路300公里。\n\n洛江：办夜校\n本报讯（记者　林某）洛江区今年办夜校90场。\n\n"
        "丰泽：开食堂\n本报讯（记者　林某）丰泽区今年开食堂9家。\n\n别把小目标当小事\n□　本报评论员\n小目标连着大民生。"
    )
    assert [a.district for a in document.articles] == ["泉州市", "洛江区", "丰泽区", None]


def test_without_its_counties_or_its_name_a_paper_is_no_citys() -> None:
    text = "市里开两会\n本报讯（记者　林某）今年全市修路300公里。"
    assert document_of_text(text).articles[0].district is None


def test_who_is_presented_alone_speaks_below() -> None:
    document = document_of_text(
        "书记话今年\n编者按：请几位书记谈谈。\n洛江区委书记　林某\n办好夜校\n“夜校每周三晚。”林某说。\n（本报记者　张某）\n"
        "丰泽区委书记　许　某\n开好食堂\n许某说，一餐五元。"
    )
    told = {p.text: a.district for a in document.articles for p in a.paragraphs}
    assert told["“夜校每周三晚。”林某说。"] == "洛江区"
    assert told["许某说，一餐五元。"] == "丰泽区"


def test_a_citys_short_name_is_not_that_of_its_county() -> None:
    document = document_of_text("承德今年怎么干\n今年修路30公里。")
    assert document.articles[0].district is None
    assert document_of_text("承德县今年怎么干\n今年修路30公里。").articles[0].district == "承德县"


def test_a_row_is_of_the_district_that_has_a_cell_of_its_own() -> None:
    document = document_of_text(
        "项目清单\n清单如下。\n| 序号 | 县区 | 项目 | 投资（亿元） |\n| --- | --- | --- | --- |\n"
        "| 1 | 洛江区 | 洛江区夜校 | 2 |\n| 2 | 丰泽区 | 滨江路 | 9 |",
        "清单.md",
    )
    assert [a.district for a in document.articles][1:] == ["洛江区", "丰泽区"]


def test_a_reports_first_words_are_no_byline() -> None:
    document = document_of_text("学校动工\n本报讯（记者　林某）洛江区今年办三所学校，\n年底建成。")
    assert document.articles[0].byline is None


def test_a_countys_own_site_speaks_for_it() -> None:
    page = (
        "<html><head><title>我区办夜校_洛江区人民政府</title></head><body>"
        "<p>{}今年办夜校九所，每周开课三晚。</p><p>夜校招学员六百人。</p></body></html>"
    )
    assert document_of_text(page.format("我区"), "a.html").articles[0].district == "洛江区"
    assert document_of_text(page.format("国务院"), "a.html").articles[0].district is None
    signed = "药香满山\n\n我区今年种药草，办夜校九所。\n\n版权所有：洛江区人民政府"
    assert document_of_text(signed, "a.txt").articles[0].district == "洛江区"


def test_a_walk_through_several_has_sections_of_what_they_name_first() -> None:
    document = document_of_text(
        "# 三地办学忙\n\n## 第一站\n\n洛江区今年新建学校3所。洛江区教育局说，学位够了。\n\n"
        "## 第二站\n\n丰泽区今年改造食堂12个。丰泽区教育局说，饭菜热了。\n\n"
        "## 第三站\n\n过了江就是鲤城区。老城今年修古厝9座，办夜校两所。\n\n"
        "## 尾声\n\n教育部门今年还要建校30所。教师轮岗，首站在石狮市。\n",
        "a.md",
    )
    told = {p.section: a.district for a in document.articles for p in a.paragraphs}
    assert told == {"第一站": "洛江区", "第二站": "丰泽区", "第三站": "鲤城区", "尾声": None}


def test_a_list_of_each_countys_items_is_of_the_county_above_them() -> None:
    document = document_of_text(
        "各县区民生实事\n本报记者　某某　整理\n\n洛江区（10件）\n　　1.新建公厕36座。2.种树9棵。\n　　去年完成：公厕28座。\n\n"
        "丰泽区（8件）\n　　1.新建夜校6所。2.开班9个。\n\n记者手记\n　　整理清单，多数是修路看病。\n",
        "晚报.txt",
    )
    told = [(a.district, p.text[:6]) for a in document.articles for p in a.paragraphs]
    assert ("洛江区", "1.新建公厕") in told
    assert ("洛江区", "去年完成：公") in told
    assert ("丰泽区", "1.新建夜校") in told
    assert (None, "整理清单，多") in told


def test_a_number_of_one_character_is_of_the_county_named_beside_it() -> None:
    text = "青冈县人民政府办公室文件\n\n青政办发〔2026〕3号\n\n关于办夜校的通知\n\n今年办夜校九所。"
    assert document_of_text(text, "a.txt").articles[0].district == "青冈县"


def test_a_countys_table_may_be_headed_by_banners_and_counties() -> None:
    text = "| 旗县区 | 事项 | 数量 |\n| --- | --- | --- |\n| 敖汉旗 | 夜校 | 9 |\n| 宁城县 | 夜校 | 6 |"
    document = document_of_text(text, "a.md")
    assert {a.district for a in document.articles} == {"敖汉旗", "宁城县"}


def test_a_countys_site_speaks_for_it_beside_rows_of_its_towns() -> None:
    rows = "".join(
        f"<tr><td>{town}</td><td>{what}</td><td>{count}</td></tr>"
        for town, what, count in (
            ("乡镇", "路灯（盏）", "夜校（所）"),
            ("马甲镇", "90", "3"),
            ("河市镇", "60", "2"),
            ("罗溪镇", "30", "1"),
        )
    )
    page = (
        "<html><head><title>今年的清单_洛江区人民政府</title></head><body><p>我区今年办夜校九所，每周开课三晚。</p>"
        f"<table>{rows}</table></body></html>"
    )
    told = {a.district: a.text for a in document_of_text(page, "a.html").articles}
    assert "办夜校九所" in told["洛江区"]
    assert "60" in told["河市镇"]


def test_a_headline_that_opens_with_a_name_which_is_a_word_is_of_whom_the_text_names() -> None:
    document = document_of_text(
        "山里日报\n2026年7月18日\n\n平和：种柚子\n　　本报讯（记者 林某）平和县今年种柚子，平和人爱柚子。\n\n"
        "平和夜校开课\n　　本报讯（记者 林某）平和县坂仔镇的夜校昨晚开课。\n\n"
        "夜校名单\n　　本报讯（记者 林某）各地夜校的名单公布了。\n"
    )
    assert [(a.headline, a.district) for a in document.articles][-2:] == [
        ("平和夜校开课", "平和县"),
        ("夜校名单", None),
    ]


@pytest.mark.parametrize("mark", ["{} 1月5日，", "{}▷ ", "○{}区", "◎{}  "])
def test_briefs_in_a_column_are_each_of_the_district_that_they_open_with(mark: str) -> None:
    briefs = [
        f"{mark.format(name)}马甲镇的夜校昨晚开课，招学员六百人。"
        for name in ("洛江", "丰泽", "泉港")
    ]
    document = document_of_text(
        "\n".join(["鲤城：把路修好\n□本报记者 林某\n鲤城区修路。", *briefs])
    )
    assert [a.district for a in document.articles] == ["鲤城区", "洛江区", "丰泽区", "泉港区"]


def test_items_of_a_report_that_name_others_stay_the_reports() -> None:
    document = document_of_text(
        "洛江区政府工作报告\n　　洛江区今年办夜校九所。\n●晋江市对口支援项目今年完成投资九亿元，由洛江区统筹。\n"
        "●石狮市对口支援项目今年完成投资三亿元，由洛江区统筹。"
    )
    assert [a.district for a in document.articles] == ["洛江区"]


def test_a_hotlines_district_is_that_of_the_question_though_the_answer_names_another() -> None:
    document = document_of_text(
        "热线\n网友：洛江的夜校还办吗？\n答：办，丰泽区的学员也收。\n网友：丰泽的桥几时通？\n答：十月通到鲤城区。\n"
        "网友：晋江的路呢？\n答：年底。"
    )
    assert [a.district for a in document.articles] == ["洛江区", "丰泽区", "晋江市"]


def test_two_guests_of_an_interview_speak_each_for_their_own_district() -> None:
    document = document_of_text(
        "小区有大盘算\n——对话洛江区、丰泽区教育局负责人\n\n主持人：本报记者 沈某\n嘉  宾：洛江区教育局局长  邱立言\n"
        "        丰泽区教育局局长  叶振声\n主持人：请邱局长谈谈，夜校怎么办？\n邱立言：今年办夜校九所。\n"
        "主持人：叶局长，丰泽呢？\n叶振声：今年办六所。\n"
    )
    told = {p.text[-7:]: a.district for a in document.articles for p in a.paragraphs}
    assert told["今年办夜校九所。"[-7:]] == "洛江区"
    assert told["：今年办六所。"] == "丰泽区"


def test_a_party_schools_essay_under_anothers_is_of_its_own_district() -> None:
    document = document_of_text(
        "理论周刊\n在洛江写好文章\n中共洛江区委理论学习中心组\n洛江区今年修路。路要修到村口。\n\n因茶而兴 更要因改革而强\n"
        "——学习全会精神的思考\n中共丰泽区委党校  课题组（执笔：黄某）\n要把茶种好。茶农都要增收。\n\n"
        "水仙何以“香得久”\n鲤城区委党校  刘某某\n茶文化要传下去。\n"
    )
    assert [a.district for a in document.articles][-2:] == ["丰泽区", "鲤城区"]


@pytest.mark.parametrize(
    "briefs",
    [
        "○丰泽区来访团考察我区夜校十二所，听了三堂课。\n○惠安县来访团考察我区医院三所，看了两天。\n○晋江市来访团考察我区公园，走了一圈。",
        "永春 等地来考察夜校，听了三堂课。\n南安 等地来考察医院，看了两天。",
        "丰泽 至洛江的公交新增三条线路，票价一元。\n惠安 到泉港的快速路通车了，限速八十。",
        "同志们 现在我代表区政府报告工作，请各位审议。\n○丰泽区来的老师有十二位，都是名师。\n○惠安县来的医生有三位，都是专家。",
    ],
)  # fmt: skip
def test_what_is_told_of_others_stays_the_owners(briefs: str) -> None:
    document = document_of_text(f"洛江区2025年工作总结\n　　洛江区去年办夜校九所。\n{briefs}")
    assert [a.district for a in document.articles] == ["洛江区"]


@pytest.mark.parametrize("name", ["【{}区】", "0{n} {}"])
def test_a_name_alone_and_its_motto_below_head_what_follows(name: str) -> None:
    parts = [
        f"{name.format(place, n=n)}\n{motto}\n　　夜校今年添课九门，学费全免。"
        for n, (place, motto) in enumerate(
            [("洛江", "古城慢下来"), ("丰泽", "世界长寿乡 康养新名片")], start=1
        )
    ]
    document = document_of_text("\n\n".join(["各区施工图\n——今年怎么干", *parts]))
    assert [(a.district, a.paragraphs[-1].text) for a in document.articles][-2:] == [
        ("洛江区", "夜校今年添课九门，学费全免。"),
        ("丰泽区", "夜校今年添课九门，学费全免。"),
    ]


def test_rows_under_a_caption_are_of_the_district_in_their_first_cell() -> None:
    document = document_of_text(
        "晚报\n各区今年新增公办学位（个）\n丰泽区      3260     （去年 2890）\n洛江区      1580     （去年  900）"
    )
    assert [(a.district, a.paragraphs[0].section) for a in document.articles] == [
        ("丰泽区", "各区今年新增公办学位（个）"),
        ("洛江区", "各区今年新增公办学位（个）"),
    ]


def test_a_caption_ends_with_its_rows() -> None:
    document = document_of_text(
        "洛江区夜校\n各镇今年夜校新增学位（个）\n河市镇      3260      890\n马甲镇      1580      900\n"
        "夜校今年添课九门，学费全免，工友下了班也能来听课。"
    )
    last = document.articles[-1].paragraphs[-1]
    assert (last.text[:4], last.section) == ("夜校今年", None)


def test_a_brief_may_name_its_own_district_twice_but_no_other_one() -> None:
    document = document_of_text(
        "简讯\n洛江▷ 洛江区夜校今年添课九门，学费全免。\n丰泽▷ 丰泽区医院今年添床六十张。\n惠安▷ 和晋江市联办渔村学堂。"
    )
    told = {p.text[:4]: a.district for a in document.articles for p in a.paragraphs}
    assert told == {"洛江▷ ": "洛江区", "丰泽▷ ": "丰泽区", "惠安▷ ": None}


def test_a_row_of_two_districts_is_of_neither() -> None:
    document = document_of_text(
        "公交新线\n洛江区      学府路      一元\n丰泽区      东海街      两元\n惠安县      晋江市      三元"
    )
    told = {p.text[-8:]: a.district for a in document.articles for p in a.paragraphs}
    assert [*told.values()] == ["洛江区", "丰泽区", None]


def test_another_districts_piece_below_an_article_is_its_own() -> None:
    document = document_of_text(
        "石狮，向海要产业\n本报记者 林某\n石狮今年修码头。\n\n对话泉港：石化边上的家\n　　村民说，空气好了。\n\n"
        "洛江 · 一张老人地图\n　　谁家住几楼，图上都有。\n"
    )
    assert [a.district for a in document.articles] == ["石狮市", "泉港区", "洛江区"]


def test_the_one_guest_gives_all_answers() -> None:
    document = document_of_text(
        "面对面\n今天做客：洛江区区长 赖某某\n采访：本报记者 谢某\n\n问：夜校怎么办？\n答：今年办九所。\n问：学费呢？\n答：全免。"
    )
    told = {p.text[-7:]: a.district for a in document.articles for p in a.paragraphs}
    assert told["答：今年办九所。"[-7:]] == told["呢？\n答：全免。"[-7:]] == "洛江区"


def test_rows_of_counties_that_only_cells_name_are_the_counties() -> None:
    wide = "年产铝镁合金铸件三点五万吨并配套建设仓储用房与职工宿舍楼各一座"
    document = document_of_text(
        f"序号,县（市）,项目名称,内容,单位\n1,闻喜县,铸件,{wide},县工信局\n2,万荣县,铸件,{wide},县工信局\n",
        "运城市项目.csv",
    )
    assert [article.district for article in document.articles] == ["闻喜县", "万荣县"]


def test_who_is_talked_with_below_anothers_article_answers_for_their_district() -> None:
    document = document_of_text(
        "丰泽：办夜校\n□ 本报记者 叶某\n丰泽区今年办夜校九所。\n\n对话洛江区区长林某某\n“学费全免”\n\n"
        "问：夜校办几所？\n答：今年办十二所。\n问：学费呢？\n答：全免。"
    )
    last = document.articles[-1]
    assert (last.district, last.headline) == ("洛江区", "对话洛江区区长林某某")
    assert "十二所" in last.text


def test_a_pictures_caption_below_an_article_is_of_the_district_that_it_shows() -> None:
    document = document_of_text(
        "丰泽区：办夜校\n□ 本报记者 叶某\n丰泽区今年办夜校九所。\n▼1月6日，洛江区马甲镇，工友在夜校学电焊。\n"
        "该区今年计划添课九门。\n丰泽区的学费全免。",
        "泉州晚报20260101.txt",
    )
    told = {
        p.text[-5:]: (a.district, a.headline, a.byline)
        for a in document.articles
        for p in a.paragraphs
    }
    assert told["校学电焊。"] == told["添课九门。"] == ("洛江区", None, None)
    assert told["学费全免。"] == ("丰泽区", "丰泽区：办夜校", "□ 本报记者 叶某")


def test_what_stands_between_two_of_one_district_in_a_section_is_its_own() -> None:
    document = document_of_text(
        "沿江两区见闻\n\n洛江、丰泽，一东一西，都在江边。\n一、夜校\n洛江区今年办夜校九所。\n工友们下了班就来。\n洛江区还免学费。\n"
        "市教育局说，别处也办。\n洛江区明年再办三所。\n二、医院\n丰泽区今年添床六十张。\n丰泽区还请医生。"
    )
    told = {p.text[:4]: a.district for a in document.articles for p in a.paragraphs}
    assert (told["工友们下"], told["市教育局"]) == ("洛江区", "泉州市")


def test_who_wrote_a_brief_stands_with_it() -> None:
    document = document_of_text(
        "县县通\n洛江 洛江区今年办夜校九所，学费全免。\n（申　飞）\n丰泽 丰泽区今年添床六十张，请来医生。\n（韩　智）"
    )
    told = {p.text: a.district for a in document.articles for p in a.paragraphs}
    assert (told["（申　飞）"], told["（韩　智）"]) == ("洛江区", "丰泽区")


def test_what_stands_below_a_line_of_another_district_is_of_that_until_the_owner_is_named() -> None:
    document = document_of_text(
        "丰泽区：办夜校\n□ 本报记者 叶某\n丰泽区今年办夜校九所。\n洛江区今年要办的几件事\n"
        "● 添课九门\n● 学费全免\n□ 资料 丰泽区的几件事\n● 添床六十张",
        "泉州晚报20260101.txt",
    )
    told = {p.text[-4:]: a.district for a in document.articles for p in a.paragraphs}
    assert told["添课九门"] == told["学费全免"] == "洛江区"
    assert told["夜校九所。"[-4:]] == told["床六十张"] == "丰泽区"


@pytest.mark.parametrize(
    "lines",
    [
        "▲晋江市企业带来项目三个，投资十亿元。\n▲南安市企业带来项目六个。",
        "寿宁县的孩子用上新课桌\n■ 捐课桌三百张\n■ 派教师二十名\n一年来，共投入三千万元。",
        "洛江区夜校学员王某（右一）\n夜校在东海街道开课，学费全免。",
    ],
)
def test_others_that_an_article_speaks_of_get_nothing_of_it(lines: str) -> None:
    document = document_of_text(
        f"丰泽区：对口协作\n□ 本报记者 叶某\n丰泽区今年签约九个。\n{lines}\n丰泽区明年再签。",
        "泉州晚报20260101.txt",
    )
    assert [a.district for a in document.articles] == ["丰泽区"]


def test_what_names_another_district_between_two_of_one_is_the_others() -> None:
    document = document_of_text(
        "沿江两区见闻\n\n洛江、丰泽，一东一西，都在江边。\n一、夜校\n洛江区今年办夜校九所。\n"
        "隔江相望的丰泽区，夜校今年开到社区，共四所。\n洛江区明年再办三所。\n二、医院\n丰泽区今年添床六十张。\n丰泽区还请医生。"
    )
    told = {p.text[:4]: a.district for a in document.articles for p in a.paragraphs}
    assert told["隔江相望"] == "丰泽区"
