import pytest
from helpers import document_of_text


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


def test_briefs_are_each_of_the_district_that_opens_them() -> None:
    document = document_of_text(
        "区县短波\n▲洛江　夜校三月开课。\n▲丰泽　路修到海边。\n★晋江丨厂房搬进山里。\n【更正】昨天说错了开课的日子，特此更正。"
    )
    assert [a.district for a in document.articles] == ["洛江区", "丰泽区", "晋江市", None]


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


def test_what_is_said_of_all_is_the_citys() -> None:
    document = document_of_text(
        "今年民生实事敲定\n洛江区今年修路30公里。全市将新增学位9000个。丰泽区种树500亩，市教育局出钱。"
    )
    assert [(a.district, a.paragraphs[0].text) for a in document.articles] == [
        ("洛江区", "洛江区今年修路30公里。"),
        ("泉州市", "全市将新增学位9000个。"),
        ("丰泽区", "丰泽区种树500亩，市教育局出钱。"),
    ]


def test_each_column_beside_the_districts_stands_alone() -> None:
    table = "| 指标 | 洛江区 | 丰泽区 | 合计 | 增长% |\n|---|---|---|---|---|\n| 学位 | 100 | 200 | 300 | 5 |"
    document = document_of_text(f"# 任务\n{table}", "任务.md")
    rows = [p.text.split("\n")[1] for p in document.paragraphs]
    assert rows == ["| 学位 | 100", "| 学位 | 200", "| 学位 | 300", "| 学位 | 5"]


def test_a_row_is_of_the_district_that_has_a_cell_of_its_own() -> None:
    document = document_of_text(
        "项目清单\n清单如下。\n| 序号 | 县区 | 项目 | 投资（亿元） |\n| --- | --- | --- | --- |\n"
        "| 1 | 洛江区 | 洛江区夜校 | 2 |\n| 2 | 丰泽区 | 滨江路 | 9 |",
        "清单.md",
    )
    assert [a.district for a in document.articles][1:] == ["洛江区", "丰泽区"]


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


def test_a_countys_table_may_be_headed_by_banners_and_counties() -> None:
    text = "| 旗县区 | 事项 | 数量 |\n| --- | --- | --- |\n| 敖汉旗 | 夜校 | 9 |\n| 宁城县 | 夜校 | 6 |"
    document = document_of_text(text, "a.md")
    assert {a.district for a in document.articles} == {"敖汉旗", "宁城县"}


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


def test_rows_of_counties_that_only_cells_name_are_the_counties() -> None:
    wide = "年产铝镁合金铸件三点五万吨并配套建设仓储用房与职工宿舍楼各一座"
    document = document_of_text(
        f"序号,县（市）,项目名称,内容,单位\n1,闻喜县,铸件,{wide},县工信局\n2,万荣县,铸件,{wide},县工信局\n",
        "运城市项目.csv",
    )
    assert [article.district for article in document.articles] == ["闻喜县", "万荣县"]


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
