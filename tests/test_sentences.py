import pytest

from index.sentences import clause_spans, is_finished, sentence_spans, windows


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("要快。要好！行吗？", ["要快。", "要好！", "行吗？"]),
        ("他说：“要快。”二要好。", ["他说：“要快。”", "二要好。"]),
        ("改革要快.二要好.", ["改革要快.", "二要好."]),
        ("投资38.2亿元，第1.5条。", ["投资38.2亿元，第1.5条。"]),
        ("访问example.com查看。", ["访问example.com查看。"]),
        ("要快……还要好。", ["要快……", "还要好。"]),
        ("第一行\n第二行", ["第一行\n", "第二行"]),
        ("没有句号", ["没有句号"]),
    ],
)
def test_sentences_end_at_stops_with_their_closing_marks(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_clauses_end_at_commas_but_not_inside_a_number() -> None:
    text = "投资1,200万元,建3所学校；招老师：60名。"
    assert [text[s:e] for s, e in clause_spans(text)] == [
        "投资1,200万元,",
        "建3所学校；",
        "招老师：",
        "60名。",
    ]


@pytest.mark.parametrize(
    "text", ["一。二，三；四", "  。。。", "“快。”\n\n慢", "。", "a.b。c", "\n\n", "1.5万。2.5万"]
)
def test_the_pieces_side_by_side_are_the_whole_text(text: str) -> None:
    for spans in (sentence_spans(text), clause_spans(text)):
        assert "".join(text[start:end] for start, end in spans) == text


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("要快。", True),
        ("要快。”", True),
        ("各位代表：", True),
        ("（见附表）", True),
        ("中部功能区等", False),
        ("一是改革,", False),
        ("", False),
    ],
)
def test_a_finished_text_ends_as_a_sentence_does(text: str, finished: bool) -> None:
    assert is_finished(text) is finished


def test_windows_are_every_sentence_and_every_two_neighbours() -> None:
    text = "一要快。二要好。三要省。"
    assert [text[s:e] for s, e in windows(text)] == [
        "一要快。",
        "一要快。二要好。",
        "二要好。",
        "二要好。三要省。",
        "三要省。",
    ]
