import pytest
from helpers import document_of_text

NIGHT_SCHOOL = "渔民要办夜校，夜校设在海边的祠堂里，每周开课三晚，教补网、修船和做账。"


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


def test_an_editors_note_is_nobodys_whoever_it_speaks_of() -> None:
    document = document_of_text("【编者按】\n惠安县修三条。永春县修四条。")
    assert [a.district for a in document.articles] == [None]


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


def test_an_article_on_the_whole_city_isnt_of_the_one_county_that_it_names() -> None:
    text = "今年全市新增学位9000个，各县都要办好夜校，办在离家最近的祠堂里，开课三晚。" * 4
    document = document_of_text(f"全市教育大会召开\n{text}\n会前大家参观了位于洛江区的实验小学。")
    assert document.articles[0].district is None


def test_a_citys_own_articles_in_its_paper_are_the_citys() -> None:
    document = document_of_text(
        "市里开两会\n本报讯（记者　林某）今年全市修路300公里。\n\n洛江：办夜校\n本报讯（记者　林某）洛江区今年办夜校90场。\n\n"
        "丰泽：开食堂\n本报讯（记者　林某）丰泽区今年开食堂9家。\n\n别把小目标当小事\n□　本报评论员\n小目标连着大民生。"
    )
    assert [a.district for a in document.articles] == ["泉州市", "洛江区", "丰泽区", None]


def test_without_its_counties_or_its_name_a_paper_is_no_citys() -> None:
    text = "市里开两会\n本报讯（记者　林某）今年全市修路300公里。"
    assert document_of_text(text).articles[0].district is None


def test_a_citys_short_name_is_not_that_of_its_county() -> None:
    document = document_of_text("承德今年怎么干\n今年修路30公里。")
    assert document.articles[0].district is None
    assert document_of_text("承德县今年怎么干\n今年修路30公里。").articles[0].district == "承德县"


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


def test_a_number_of_one_character_is_of_the_county_named_beside_it() -> None:
    text = "青冈县人民政府办公室文件\n\n青政办发〔2026〕3号\n\n关于办夜校的通知\n\n今年办夜校九所。"
    assert document_of_text(text, "a.txt").articles[0].district == "青冈县"


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
