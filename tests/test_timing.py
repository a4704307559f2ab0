import pytest

from index.types import Passage, Span
from qa.timing import tells_of_other_years, told_in

RAN = "去年新建食堂9个。"
PLANS = "今年种树500亩，新修村道12公里。"


def tells_of_others(text: str, question: str, years: tuple[int, ...] = (), date: str = "") -> bool:
    passage = Passage("p", text, "a.txt", "d", 0, (), date=date or None)
    return tells_of_other_years(passage, text, question, question, years)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (RAN + PLANS, "今年新建几个食堂?"),
        (RAN + PLANS, "去年种树多少亩?"),
        ("到2030年，建成食堂50个。", "今年要建成多少个食堂?"),
    ],
)
def test_what_is_told_of_another_year_is_no_answer(text: str, question: str) -> None:
    assert tells_of_others(text, question)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (RAN + PLANS, "去年新建几个食堂?"),
        (RAN + PLANS, "新建几个食堂?"),
        ("食堂由去年的9个增加到14个。", "今年有几个食堂?"),
        ("食堂由9个增加到14个，到2030年有50个。", "去年有几个食堂?"),
        ("去年种树500亩；今年的目标是600亩。", "今年种树多少亩?"),
        ("去年新建食堂9个。力争再建14个食堂。", "今年建几个食堂?"),
        ("今年种树600亩，比去年的500亩多一些。", "去年种树多少亩?"),
        ("今年是“十五五”开局年，种树600亩。", "今年种树多少亩?"),
        ("食堂现有9个。", "今年有几个食堂?"),
        ("食堂去年新建9个，今年以来新建5个。", "今年新建几个食堂?"),
        ("明年新建食堂9个，后年建成食堂5个。", "后年建成几个食堂?"),
        ("去年和今年新建食堂9个。", "今年新建几个食堂?"),
        ("去年新建食堂9个，新的一年再建食堂5个。", "今年再建几个食堂?"),
    ],
)
def test_what_may_be_told_of_the_year_asked_about_is_left_alone(text: str, question: str) -> None:
    assert not tells_of_others(text, question)


def test_years_count_from_the_documents_own() -> None:
    assert tells_of_others(RAN + PLANS, "2025年种树多少亩?", (2025,), "2026-01-08")
    assert not tells_of_others(RAN + PLANS, "2026年种树多少亩?", (2026,), "2026-01-08")
    assert not tells_of_others(RAN + PLANS, "2025年种树多少亩?", (2025,))  # of whatever year
    both = "2023、2024年新建食堂9个、8个。"
    assert not tells_of_others(both, "2023年新建几个食堂?", (2023,), "2026-01-08")


def test_a_year_to_come_counts_to_the_semicolon() -> None:
    text = "2030年奔向480亿元;项目104个,总投资466亿元。"
    assert [*told_in(text, [Span(0, 13), Span(13, 20)], 2026)] == [4, None]
