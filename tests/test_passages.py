import pytest

from index.passages import LONGEST, is_lead, passage_spans

LONG = "投资办厂，建好园区，招来三百名学徒，学满一年都能上岗。"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in passage_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "短。",
        LONG * 40,
        "，".join(["没有句号的一长串"] * 90),
        "字" * 1000,
        "一要快。" + LONG * 9 + "二要好。" + LONG * 3,
        "“" + LONG * 20 + "”",
        (LONG + "\n") * 30,
    ],
)
def test_the_passages_side_by_side_are_the_paragraph_and_none_is_too_long(text: str) -> None:
    passages = cut(text)
    assert "".join(passages) == text
    assert all(0 < len(passage) <= 450 for passage in passages)


def test_a_short_paragraph_is_one_passage() -> None:
    assert cut(LONG * 3) == [LONG * 3]


def test_passages_end_where_sentences_end() -> None:
    assert all(passage.endswith("。") for passage in cut(LONG * 40))
    assert all(len(passage) <= LONGEST for passage in cut(LONG * 40))


def test_a_lead_sentence_begins_the_passage_of_what_follows_it() -> None:
    text = LONG * 7 + "三要以改革惠民生。" + LONG * 7 + "推动产业转型再提质。" + LONG * 7
    assert [passage[:10] for passage in cut(text)] == [
        "投资办厂，建好园区，",
        "三要以改革惠民生。投",
        "推动产业转型再提质。",
    ]


def test_short_points_share_a_passage() -> None:
    text = "一要修路。修三条路。二要建学校。建两所学校。"
    assert cut(text) == [text]


def test_a_sentence_longer_than_a_passage_is_cut_at_its_clauses() -> None:
    clause = "在山脚整理出六百亩坡地，"
    passages = cut(clause * 60 + "完。")
    assert all(passage.endswith(("，", "。")) for passage in passages)


def test_no_passage_is_cut_inside_a_figure() -> None:
    first, second = cut("字" * 297 + "12.5亿元的码头。")
    assert (first, second) == ("字" * 297, "12.5亿元的码头。")


def test_a_clause_longer_than_a_passage_is_cut_between_the_things_it_lists() -> None:
    passages = cut("、".join(f"第{i}座码头投资{i}2.5亿元" for i in range(1, 40)))
    assert all(passage.endswith("、") for passage in passages[:-1])


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("三要以改革惠民生。", True),
        ("推动产业转型再提质。", True),
        ("（二）修好校舍。", True),
        ("首先，要把路修到每个村的村口。", True),
        ("投资12亿元,建园区。", False),
        ("今年在山脚整理出六百亩坡地，建两个园区。", False),
    ],
)
def test_a_lead_sentence_is_short_or_numbered(sentence: str, lead: bool) -> None:
    assert is_lead(sentence) is lead
