from helpers import document_of_text


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


def test_every_question_of_a_hotline_is_of_the_district_that_it_names() -> None:
    document = document_of_text(
        "热线\n网友：洛江的夜校还办吗？\n答：办。\n网友：丰泽的桥几时通？\n答：十月。\n网友：全市修多少路？\n答：三百公里。"
    )
    assert [(a.district, len(a.paragraphs)) for a in document.articles] == [
        ("洛江区", 1),
        ("丰泽区", 1),
        ("泉州市", 1),
    ]


def test_who_is_presented_alone_speaks_below() -> None:
    document = document_of_text(
        "书记话今年\n编者按：请几位书记谈谈。\n洛江区委书记　林某\n办好夜校\n“夜校每周三晚。”林某说。\n（本报记者　张某）\n"
        "丰泽区委书记　许　某\n开好食堂\n许某说，一餐五元。"
    )
    told = {p.text: a.district for a in document.articles for p in a.paragraphs}
    assert told["“夜校每周三晚。”林某说。"] == "洛江区"
    assert told["许某说，一餐五元。"] == "丰泽区"


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


def test_the_one_guest_gives_all_answers() -> None:
    document = document_of_text(
        "面对面\n今天做客：洛江区区长 赖某某\n采访：本报记者 谢某\n\n问：夜校怎么办？\n答：今年办九所。\n问：学费呢？\n答：全免。"
    )
    told = {p.text[-7:]: a.district for a in document.articles for p in a.paragraphs}
    assert told["答：今年办九所。"[-7:]] == told["呢？\n答：全免。"[-7:]] == "洛江区"


def test_who_is_talked_with_below_anothers_article_answers_for_their_district() -> None:
    document = document_of_text(
        "丰泽：办夜校\n□ 本报记者 叶某\n丰泽区今年办夜校九所。\n\n对话洛江区区长林某某\n“学费全免”\n\n"
        "问：夜校办几所？\n答：今年办十二所。\n问：学费呢？\n答：全免。"
    )
    last = document.articles[-1]
    assert (last.district, last.headline) == ("洛江区", "对话洛江区区长林某某")
    assert "十二所" in last.text


def test_who_speaks_on_a_line_of_their_own_has_the_heading_and_the_words_below() -> None:
    document = document_of_text(
        "三个区谈打算\n\n晴 20℃ 0\n\n导语一句。\n\n市人大代表，洛江区委副书记、区长王某：\n\n■ 把夜校办起来\n\n"
        "今年要办夜校三所，每所两个班，秋天开学。\n\n丰泽区委书记 李某：\n\n■ 把路修好\n\n今年要修五条路，年底通车。"
    )
    own = {p.text: a.district for a in document.articles for p in a.paragraphs}
    assert own["今年要办夜校三所，每所两个班，秋天开学。"] == "洛江区"
    assert own["今年要修五条路，年底通车。"] == "丰泽区"
