import pytest
from helpers import document_of_text, fixture_document, texts

from index.repair import is_furniture, repaired, width
from index.sources import read_bytes
from index.types import Source

WHARF = (
    "今年全市要把渔港改造放在前面，先修东边的两座码头，再把冷库扩到三万吨，让渔民卖鱼不再排队等候。"
)
SCHOOL = "第二件事是办好夜校，让外来工友晚上也能学到手艺，每个镇至少办一所，一年培训五千人次。"


def lines_of(text: str) -> list[str]:
    return [block.text for block in repaired(Source("文件.txt", text))[1]]


# --- lines that print broke ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["石狮.txt", "断行空行.txt", "断行分段.txt"])
def test_text_that_is_broken_at_every_line_is_joined_again(name: str) -> None:
    first, second, *_ = texts(fixture_document(name))
    assert first.startswith(WHARF)
    assert first.endswith(("一成。", "一成以上。"))
    assert second == SCHOOL


def test_the_headline_and_the_byline_stay_out_of_the_joined_text() -> None:
    (article,) = fixture_document("石狮.txt").articles
    assert (article.headline, article.byline) == ("建设渔港的几点打算", "石狮市委理论学习中心组")


def test_lines_of_a_text_that_isnt_broken_stay_apart() -> None:
    text = "要修三条路。\n要建两所学校，一所在海边。\n要种十万棵树。"
    assert lines_of(text) == text.split("\n")


def test_a_list_of_short_lines_isnt_joined() -> None:
    text = "\n".join(["夜校名单", "祥芝镇", "鸿山镇", "宝盖镇", "蚶江镇", "永宁镇", "锦尚镇"])
    assert lines_of(text) == text.split("\n")


def test_a_list_of_even_lines_isnt_joined() -> None:
    text = "\n".join([
        "实事项目", "新建东海实验小学", "扩建第三中心小学", "改造津淮街人行道", "新增公交线路五条",
        "加装小区电梯百部", "新建口袋公园六座",
    ])  # fmt: skip
    assert lines_of(text) == text.split("\n")


def test_a_table_of_even_rows_isnt_joined() -> None:
    rows = [
        f"{town}办夜校\t1{i}.5\t2{i}.5"
        for i, town in enumerate(["祥芝", "鸿山", "宝盖", "蚶江", "永宁"])
    ]
    assert lines_of("\n".join(rows)) == rows


def test_verse_of_even_lines_with_stops_isnt_joined() -> None:
    text = "\n".join(f"第{i}条路要修到海边去，路边种树。" for i in "一二三四五六七八")
    assert lines_of(text) == text.split("\n")


def test_numbered_points_begin_their_own_line_in_broken_text() -> None:
    body = (
        "为了让渔民的孩子就近上学并且放学以后有地方去做\n"
        "功课，今年在三个镇各办一所学校，钱由县里和镇里\n"
        "各出一半，老师由县里统一招考，考上以后先到山里\n"
        "教三年书再自己挑学校。\n"
        "（一）修好校舍。修好十二间危房，九月以前全部完\n"
        "工，完工以后请家长来看一看，看过满意了才算数。\n"
    )
    first, second = lines_of(body)
    assert first.endswith("教三年书再自己挑学校。")
    assert second.startswith("（一）修好校舍。") and second.endswith("才算数。")


def test_a_name_in_brackets_and_what_follows_a_picture_begin_their_own_line_in_broken_text() -> (
    None
):
    text = (
        "【洛江】\n"
        "为了让渔民的孩子就近上学并且放学以后有地方去做\n"
        "功课，今年在三个镇各办一所学校，钱由县里和镇里。\n"
        "【丰泽】\n"
        "各出一半，老师由县里统一招考，考上以后先到山里\n"
        "教三年书再自己挑学校。修好危房，九月以前全部完\n"
        "工，图片新闻：完工以后请家长来看。 本报记者某摄\n"
        "看过满意了才算数，学校的操场放学以后也常请人拍摄\n"
        "向镇里的人开放，周末请老师傅来教做茶。\n"
    )
    lines = lines_of(text)
    assert [line[:4] for line in lines] == [
        "【洛江】",
        "为了让渔",
        "【丰泽】",
        "各出一半",
        "看过满意",
    ]


def test_joined_lines_keep_the_space_between_latin_words() -> None:
    text = "\n".join(
        [
            "夜校请来懂机器的老师傅讲怎样用 smart",
            "phone 记账，也讲怎样在网上卖鱼，学了",
            "就能用，用了就能省钱，省下的钱可以再",
            "去学别的手艺，学会三样手艺的人可以到",
            "渔港当师傅，每月多拿八百元。",
        ]
    )
    (line,) = lines_of(text)
    assert "smart\nphone" in line


def test_a_figure_cut_by_a_line_end_is_whole_again() -> None:
    text = "\n".join(
        [
            "今年全市要把渔港改造放在前面，总投资3",
            "8.2亿元，先修东边的两座码头，再把冷库扩",
            "到三万吨，让渔民卖鱼不再排队等候，码头修",
            "好以后渔业产值要增长一成以上，接待游客12",
            "00万人次，渔村里的民宿也跟着多起来，由原",
            "来的三十家增加到六十家。",
        ]
    )
    (line,) = lines_of(text)
    assert "总投资38.2亿元" in line and "游客1200万人次" in line


def test_lines_broken_by_their_number_of_characters_are_joined_too() -> None:
    paragraph = (
        "机器换人以后，AI、5G、VR三样都用上了，2024年节省800万元，2025年要节省1200万元。"
        "渔民的孩子学会了修机器，再也不用到外地去打工，村里的人多了起来，铺面也租出去了。"
    ) * 3
    text = "\n".join(paragraph[i : i + 30] for i in range(0, len(paragraph), 30))
    assert lines_of(text) == [paragraph]


# --- running heads and page numbers ----------------------------------------------------------------


def test_running_heads_and_page_numbers_are_dropped() -> None:
    document = fixture_document("带页眉.txt")
    assert document.title == "惠安办学的三件事"
    assert not any("汇编" in text or "—" in text for text in texts(document))


def test_a_paragraph_goes_on_over_a_page_with_a_running_head() -> None:
    first = texts(fixture_document("带页眉.txt"))[0]
    assert "路远的孩子可以住下来读书。" in first


def test_a_headline_that_later_pages_repeat_is_kept_once() -> None:
    text = "夜校办学报告\n夜校办了三年，学员过千。\n\f夜校办学报告\n今年要再办十所。\n\f夜校办学报告\n明年办到村。"
    assert lines_of(text) == [
        "夜校办学报告",
        "夜校办了三年，学员过千。",
        "今年要再办十所。",
        "明年办到村。",
    ]


def test_a_title_that_every_page_repeats_above_full_lines_is_kept_once() -> None:
    lines = [
        "山边的村子要修路，路修到每一户人家的门口，让背",
        "着茶叶下山的人少走半天，路边每隔一里摆一张石凳",
        "给走累了的老人歇脚，石凳旁边种上遮荫的大树，树",
        "下装一盏灯，夜里下山的人看得清脚下的路走得稳，",
        "石凳坏了有人修，灯不亮了有人换，路上落了石头第",
        "二天就有人来搬走，背茶下山的人走得比往年快多了。",
    ]
    pages = ["\n".join(["修路报告", *lines[:3]]), "\n".join(["修路报告", *lines[3:]])]
    assert lines_of("\n\f".join(pages)) == ["修路报告", "".join(lines)]


def test_full_lines_that_two_pages_begin_with_are_no_running_heads() -> None:
    lines = [
        "山边的村子要修路，路修到每一户人家的门口，让背",
        "着茶叶下山的人少走半天，路边每隔一里摆一张石凳",
        "给走累了的老人歇脚，石凳旁边种上遮荫的大树，树",
        "下装一盏灯，夜里下山的人看得清脚下的路走得稳。",
    ]
    pages = [[*lines, "— 1 —"], [*lines, "— 2 —"]]
    assert lines_of("\n\f".join("\n".join(page) for page in pages)) == ["".join(lines) * 2]


def test_a_newspapers_running_head_inside_a_sentence_is_dropped() -> None:
    text = "夜校办到家门口\n\n夜校要办到每个镇，让外来的工友下了班就能走到课\n某某晚报 2024年8月27日\n堂，学一门能吃饭的手艺。"
    assert document_of_text(text).paragraphs[0].text == (
        "夜校要办到每个镇，让外来的工友下了班就能走到课堂，学一门能吃饭的手艺。"
    )


def test_a_sentence_goes_on_from_one_page_of_a_newspaper_to_another() -> None:
    text = (
        "夜校办到家门口\n\n夜校要办到每个镇，让外来的工友下了班就能走到课\n（下转第4版）\n"
        "某某晚报 2024年8月27日 04版\n（上接第3版）\n堂，学一门能吃饭的手艺。"
    )
    assert texts(document_of_text(text)) == [
        "夜校要办到每个镇，让外来的工友下了班就能走到课堂，学一门能吃饭的手艺。"
    ]


# --- tables of a cell a line ---------------------------------------------------------------------

TABLE = ["夜校名单", "项目", "目标", "单位"]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (
            ["新增学位（个）", "9000", "县教育局", "新增停车位（个）", "300", "县住建局", "新建公园（个）", "12", "县住建局"],
            ["新增学位（个）\n9000", "县教育局", "新增停车位（个）\n300", "县住建局", "新建公园（个）\n12", "县住建局"],
        ),
        (
            ["茶叶产值（亿元）", "120", "98.5", "茶园（亩）", "12,000", "8000"],
            ["茶叶产值（亿元）\n120\n98.5", "茶园（亩）\n12,000\n8000"],
        ),
        (["修路", "3", "种树", "4", "办学", "7"], ["修路", "种树", "办学"]),
        (["修路", "12", "种树"], ["修路", "种树"]),
        (["路修到海边，", "3", "种上树。", "夜校，", "1", "办好。"], ["路修到海边，", "种上树。", "夜校，", "办好。"]),
        (["一、修路", "3", "种树", "二、办学", "1", "夜校"], ["一、修路", "种树", "二、办学", "夜校"]),
        (["修路", "5", "（一）种树", "3"], ["修路", "（一）种树"]),
    ],
)  # fmt: skip
def test_a_tables_figure_stays_with_its_cell_and_a_pages_number_is_dropped(
    lines: list[str], read: list[str]
) -> None:
    assert lines_of("\n".join([*TABLE, *lines])) == [*TABLE, *read]


def test_a_text_of_two_numbers_is_read() -> None:
    assert lines_of("3\n1") == []


def test_numbers_at_the_edges_of_pages_are_no_figures() -> None:
    text = "夜校名单\n祥芝镇\n鸿山镇\n9\n\f宝盖镇\n蚶江镇\n3\n\f永宁镇"
    assert lines_of(text) == ["夜校名单", "祥芝镇", "鸿山镇", "宝盖镇", "蚶江镇", "永宁镇"]


# --- the furniture of web pages ----------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "您的位置：首页 > 政务公开",
        "当前位置：首页",
        "首页 > 要闻 > 正文",
        "打印本页",
        "【打印本页】 【关闭窗口】",
        "分享到：微信 微博",
        "【字体：大 中 小】",
        "浏览次数：120",
        "责任编辑：某某",
        "上一篇：夜校",
        "来源：福建日报",
        "发布时间：2024-05-06",
        "各位代表：",
        "— 3 —",
        "第 3 页 共 9 页",
        "3/9",
        "|---|---|",
        "（来源：福建日报）",
        "编辑：王某",
        "12",
        "（下转第4版）",
        "▲上接第三版",
        "目  录",
        "一、2024年的事……………………1",
        "二、今年的事 ........ 12",
        "2025-01-14 08:00 来源：某某晚报 作者：林某",
        "某某网 | 2025年1月14日 | 来源：某某晚报",
        "├────┼────┤",
        "扫码关注我们",
        "扫一扫在手机打开当前页",
        "扫一扫：",
        "微信公众号",
        "微信公众号：某某发布",
        "浏览量 120",
        "阅读次数(35)",
        "下一条：码头",
        "相关新闻",
        "来源：某某网 2025年1月14日",
    ],
)
def test_furniture_is_told_from_text(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "打印机厂要招三十名工人。",
        "来源稳定的水才能养鱼。",
        "分享到更多成果的人越来越多。",
        "首页改版以后更好找。",
        "首先要修路",
        "。",
        "编辑部要搬到山里",
        "2024年",
        "一、来源",
        "阅读推广",
        "位置好的码头",
        "关闭小煤窑十二座",
        "收藏家的院子",
        "目录学家的院子",
        "三号码头：2025年3月1日开工 资金来源：市财政",
        "路修到山里……",
        "扫码支付覆盖全部菜场",
        "扫码乘车的线路增加到三十条",
        "扫一扫就能借的书柜摆到每个镇",
        "微信公众号粉丝突破50万",
        "微信公众号、短信都能报名",
        "来源：镇里出资1200万元",
        "阅读量超过3亿人次",
        "浏览量最高的展馆",
        "下一条地铁修到海边",
        "相关新闻发布会每月一场",
    ],
)
def test_text_is_told_from_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_web_page_keeps_its_headline_and_its_text() -> None:
    document = fixture_document("网页.txt")
    (article,) = document.articles
    assert article.headline == "晋江办起夜间书屋"
    assert texts(document) == [
        "今年以来，晋江把闲置的岗亭改成书屋，夜里也开门。",
        "现在全市有六十间书屋，每晚有两千人来看书。",
    ]


def test_a_refrain_at_the_end_that_isnt_the_opening_is_kept() -> None:
    text = "夜校要办到村。\n路要修到村。\n夜校要办好。"
    assert lines_of(text)[-1] == "夜校要办好。"


# --- offsets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["石狮.txt", "断行空行.txt", "断行分段.txt", "带页眉.txt", "网页.txt", "晚报专版.txt"]
)
def test_every_repair_is_visible_in_the_offsets(name: str) -> None:
    document = fixture_document(name)
    for paragraph in document.paragraphs:
        pieces = (document.text[start:end] for start, end in paragraph.spans)
        assert "".join(pieces) == paragraph.text


def test_markdowns_heading_marks_are_no_part_of_the_heading() -> None:
    source = read_bytes("a.md", "# 夜校\n\n每周三晚。\n".encode())
    assert [(block.text, block.level) for block in repaired(source)[1]] == [
        ("夜校", 1),
        ("每周三晚。", None),
    ]


def test_a_headings_own_mark_stays() -> None:
    page = "<html><body><h2>#3机组建设</h2><p>三号机组年底并网发电。</p></body></html>"
    assert repaired(read_bytes("a.html", page.encode()))[1][0].text == "#3机组建设"


def test_width_counts_latin_characters_a_half() -> None:
    assert width("夜校AB，") == 4.0


# --- a page's head and boxes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "瓯城晚报　2026年2月10日　星期二　04　要闻\n责任编辑：周某　版式：小安\n",
        "瓯 城 晚 报\nOUCHENG  WANBAO\n2026年2月10日　星期二　今日8版　第01版：要闻\n中共瓯城市委主管主办　瓯城晚报社出版\n",
        "6 县域新图景\n2026年2月10日 星期二\n国内统一连续出版物号 CN 34-0030　第11926期\n",
    ],
)
def test_a_newspaper_pages_head_is_no_text(head: str) -> None:
    document = document_of_text(f"{head}\n夜校办到家门口\n\n夜校开到山下，每周三晚。")
    assert document.title == "夜校办到家门口"
    assert texts(document) == ["夜校开到山下，每周三晚。"]
    assert document.date == "2026-02-10"


@pytest.mark.parametrize(
    "opening", ["2026年2月10日", "瓯城日报社2026年工作要点", "办公室会议\n2026年2月10日"]
)
def test_what_only_looks_like_a_pages_head_stays(opening: str) -> None:
    document = document_of_text(f"{opening}\n\n夜校开到山下，每周三晚。")
    assert (document.title or texts(document)[0]).startswith(opening.split("\n")[0])


def test_a_box_is_read_without_its_sides_and_a_list_of_contents_dropped() -> None:
    text = (
        "夜校办到家门口\n\n夜校开到山下。\n┌──今日导读──┐\n│夜校　　　5版│\n└──────┘\n"
        "┌──延伸阅读──┐\n│祠堂里的夜校开到│\n│了山下。　　　　│\n└──────┘\n"
    )
    assert texts(document_of_text(text)) == [
        "夜校开到山下。",
        "延伸阅读\n祠堂里的夜校开到了山下。",
    ]


def test_rows_of_a_table_are_not_joined_as_broken_lines() -> None:
    line = "夜校设在山下的祠堂里每周开课三晚还要教做茶修车"
    text = (
        f"夜校\n\n{line}\n{line}\n{line}\n{line}，请来老师。\n\n县　区　　　　　学位　　　路长　　　夜校\n"
        "洛江区　　　　　420个　　82公里　　9所\n丰泽区　　　　　210个　　64公里　　7所\n"
    )
    rows = [p.text for p in document_of_text(text).paragraphs if "个" in p.text]
    assert [row.split("\n")[-1][:3] for row in rows] == ["洛江区", "丰泽区"]


def test_items_in_a_box_are_not_joined_and_its_title_ends_with_it() -> None:
    text = (
        "夜校\n\n夜校开到山下。\n┌──目标──┐\n│夜校：办到九所，开到山下│\n│学校：建起三所，添人手。│\n└──────┘\n"
        "夜校明年还要再办九所，请来老师三十名。"
    )
    document = document_of_text(text)
    assert [p.text for p in document.paragraphs][-1] == "夜校明年还要再办九所，请来老师三十名。"
    assert document.paragraphs[-1].section is None
    assert not any("山下学校" in p.text for p in document.paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日 星期四 鲤城停水\n2026年3月6日 星期五 洛江停水\n请市民做好储水。",
        "2026年3月5日 第1版 夜校开课\n2026年3月6日 第2版 修路\n都要做好。",
        "时间：2026年3月5日 星期四\n地点：祠堂\n请来老师三十名。",
        "洛江区停课\n\n今天天气：洛江区有暴雨，中小学停课一天",
    ],
)
def test_lines_with_days_or_weather_are_kept(text: str) -> None:
    kept = "".join(line.replace(" ", "") for line in lines_of(text))
    assert kept == text.replace("\n", "").replace(" ", "")


def test_a_short_headline_above_a_pointer_is_kept_where_the_head_names_the_column() -> None:
    head = "泉州晚报 2026年2月10日 星期二 03{column}\n"
    rest = "丰泽修路\n（上接第1版）\n丰泽人的路三条，通到海边。"
    assert document_of_text(head.format(column=" 要闻") + rest).title == "丰泽修路"
    assert document_of_text(head.format(column="") + rest).title is None


def test_a_pointer_with_more_in_it_is_no_text() -> None:
    text = "夜校\n\n夜校开到山下，今年还要添（下转第3版，图见第4版）"
    assert lines_of(text)[-1] == "夜校开到山下，今年还要添"


NUMBERED_TABLE = (
    "附表\n序号\n项目名称\n建设内容\n总投资\n1\n祠堂夜校\n教室3间，住房9套\n900\n"
    "2\n海边公路\n路面9公里\n7400\n3\n茶场\n茶园40亩\n2300\n打印 收藏\n"
)


def test_rows_of_numbered_cells_one_below_the_other_are_put_together() -> None:
    lines = [block.text for block in repaired(Source("表.txt", NUMBERED_TABLE))[1]]
    assert lines[1] == "序号\n项目名称\n建设内容\n总投资"
    assert lines[2] == "1\n祠堂夜校\n教室3间，住房9套\n900"
    assert lines[4] == "3\n茶场\n茶园40亩\n2300"
    found = texts(document_of_text(NUMBERED_TABLE))
    assert "序号\n项目名称\n建设内容\n总投资\n\n2\n海边公路\n路面9公里\n7400" in found


@pytest.mark.parametrize(
    "text",
    [
        NUMBERED_TABLE.replace("路面9公里\n", ""),  # a cell is missing: not told which
        NUMBERED_TABLE.replace("\n3\n", "\n5\n"),
        "序号\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n",
    ],
)
def test_numbered_cells_that_fit_no_columns_stay_as_they_are(text: str) -> None:
    assert not any("祠堂夜校\n教室" in block.text for block in repaired(Source("表.txt", text))[1])


def test_who_signs_stands_under_a_headline_that_fills_its_line() -> None:
    document = document_of_text(
        "洛江区要把学校办到家门口去的九件\n"
        "□ 中共洛江区委理论学习中心组\n\n"
        "　　今年洛江区要把夜校办到村口，每\n周开课三晚，请来老师二十名，都是本\n地的能手，学员六百人，教室九间，还\n要种树。\n\n"
        "── ◆ ──\n\n"
        "丰泽区要把大树种到每一条街道上去\n"
        "□ 中共丰泽区委理论学习中心组\n\n"
        "　　今年丰泽区要种树九千棵，秋天完\n工，春天开工，请来师傅二十名，都是\n本地的能手，还要修路。\n",
        "晚报.txt",
    )
    assert [(a.district, a.headline) for a in document.articles] == [
        ("洛江区", "洛江区要把学校办到家门口去的九件"),
        ("丰泽区", "丰泽区要把大树种到每一条街道上去"),
    ]


@pytest.mark.parametrize(
    "contents",
    ["今日导读\n　　夜校办到山下\n　　（2—3版）\n　　食堂开门\n　（4版）",
     "〔本报今日看点〕\n　二版：夜校办到山下\n　三版：食堂开门"],
)  # fmt: skip
def test_a_list_of_what_stands_on_which_page_is_dropped(contents: str) -> None:
    assert lines_of(f"夜校开到山下。\n\n{contents}\n\n食堂年底开门。") == [
        "夜校开到山下。",
        "食堂年底开门。",
    ]


def test_a_heading_under_a_line_that_is_full_by_chance_stays_apart() -> None:
    broken = [
        "　　今年全市要把渔港改造放在前",
        "面，先修东边的两座码头，再把冷库",
        "扩到三万吨，让渔民卖鱼不再排队。",
        "教育：把夜校办到村口",
        "　　第二件事是办好夜校，让外来",
        "工友晚上也能学到手艺，每个镇至少",
        "办一所，一年培训五千人次，学费全",
        "免，书本由各个镇自己出。",
    ]
    assert lines_of("\n".join(broken))[1] == "教育：把夜校办到村口"


def test_a_byline_isnt_joined_to_a_full_line_above_it() -> None:
    broken = [
        "把夜校办起来",
        "——洛江区第五次代表大会闭幕侧记",
        "本报记者 林某 王某",
        "　　今年全市要把渔港改造放在前",
        "面，先修东边的两座码头，再把冷库",
        "扩到三万吨，让渔民卖鱼不再排队，",
        "让渔船有处停靠，让鱼市有冰可用，",
        "让游客吃到鲜货。",
    ]
    assert "本报记者 林某 王某" in lines_of("\n".join(broken))


_WIDE = (
    "　　今年全市要把渔港改造放在前\n面，先修东边的两座码头，再把冷\n库扩到三万吨。渔民卖鱼不再排\n"
    "队，渔船有处停靠，鱼市有冰可用，\n游客能吃到鲜货。码头上新添吊车\n四台，夜里也能卸鱼。\n"
)
_NARROW = "　　第二件事是办\n好夜校。外来的工\n友晚上也能学到手\n艺。每个镇至少办\n一所，一年培训五\n千人次，学费全免。\n"
_BRIEF = "■ 洛江区\n马甲镇夜校今晚开\n课，招学员六百人，\n学费全免。\n"


def test_columns_of_several_widths_are_joined_each_by_its_own() -> None:
    assert lines_of(f"{_WIDE}\n{_NARROW}\n{_BRIEF}") == [
        "今年全市要把渔港改造放在前面，先修东边的两座码头，再把冷库扩到三万吨。渔民卖鱼不再排队，渔船有处停靠，鱼市有冰可用，游客能吃到鲜货。码头上新添吊车四台，夜里也能卸鱼。",
        "第二件事是办好夜校。外来的工友晚上也能学到手艺。每个镇至少办一所，一年培训五千人次，学费全免。",
        "■ 洛江区",
        "马甲镇夜校今晚开课，招学员六百人，学费全免。",
    ]


@pytest.mark.parametrize("mark", ["▽", "★", "△"])
def test_a_marked_line_begins_anew_below_a_full_one(mark: str) -> None:
    full = f"{mark}洛江区今年办夜校，学费全免。"
    items = [full, full.replace("洛江", "丰泽"), full.replace("洛江", "惠安")]
    broken = "\n".join([_WIDE, *items])
    assert lines_of(broken)[-3:] == items


def test_a_caption_goes_on_with_nothing() -> None:
    captions = "上图：渔民在码头上卸鱼，冷库里\n存了三万吨。\n下图：夜校今晚开课了。\n"
    assert lines_of(f"{_WIDE}\n{_NARROW}\n{captions}")[-1] == "下图：夜校今晚开课了。"


@pytest.mark.parametrize(
    "head",
    ["闽北日报  2026年1月6日  02版  县域", "第二版　　　　2025年2月13日", "三明日报 要闻 1", "议事厅   2026年1月15日 07"],
)  # fmt: skip
def test_a_pages_head_between_columns_is_dropped(head: str) -> None:
    assert lines_of(f"夜校开到山下，学费\n{head}\n全免。") == ["夜校开到山下，学费", "全免。"]


@pytest.mark.parametrize(
    "line",
    ["洛江区人民政府   2026年1月19日", "2026年1月22日　区长　林某", "时间：2026年3月12日  10:00"],
)
def test_who_signs_and_when_is_no_pages_head(line: str) -> None:
    assert line in lines_of(f"夜校开到山下。\n{line}\n学费全免。")


def test_a_headline_between_a_full_last_line_and_a_byline_stays_apart() -> None:
    broken = _WIDE.replace("四台，夜里也能卸鱼。", "四台，夜里卸鱼的船不用等到天亮。")
    lines = lines_of(f"{broken}夜校办到村口的“第二笔账”\n        本报记者 林某\n{_WIDE}")
    assert "夜校办到村口的“第二笔账”" in lines


@pytest.mark.parametrize(
    "row",
    ["夜校开学  2026年3月1日  1", "河市镇  泉州晚报  30", "| 夜校开学 | 2026年3月1日  | 12   |", "洛江区教育局  2026年1月6日  3",
     "周三夜校  星期三  A2", "第二版  2026年1月6日\n第三版  2026年1月7日"]
)  # fmt: skip
def test_a_tables_row_or_a_signature_is_no_pages_head(row: str) -> None:
    rows = row.split("\n")
    assert lines_of(f"夜校开到山下。\n{row}\n学费全免。") == ["夜校开到山下。", *rows, "学费全免。"]


@pytest.mark.parametrize(
    ("line", "furniture"),
    [("新闻热线：0595-22123456", True), ("报名电话：0595-22123456", False), ("医保热线：12393", False)],
)  # fmt: skip
def test_only_a_papers_own_telephone_is_no_text(line: str, *, furniture: bool) -> None:
    assert is_furniture(line) is furniture


def test_a_long_line_is_told_from_a_pages_head_at_once() -> None:
    line = "福建日报 2026年1月6日 " + "建" * 60 + "，"
    assert line in lines_of(f"夜校开到山下。\n{line}\n学费全免。")


@pytest.mark.parametrize(
    "line", ["【今日导读】夜校开学，详见3版的报道。", "今日导读活动在图书馆第3版权局会议室举行。"]
)
def test_what_speaks_of_the_contents_is_kept(line: str) -> None:
    assert line in lines_of(f"夜校开到山下。\n{line}\n学费全免。")
