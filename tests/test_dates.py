import pytest
from helpers import document_of_text, fixture_document

from index.dates import date_in, is_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("泉州晚报2024年8月27日第3版", "2024-08-27"),
        ("2024-08-27", "2024-08-27"),
        ("2024/8/7", "2024-08-07"),
        ("2024.8.27", "2024-08-27"),
        ("２０２４年８月２７日", "2024-08-27"),
        ("晚报20240827", "2024-08-27"),
        ("2024年 8 月 27 日", "2024-08-27"),
        ("2025年3月", "2025-03"),
        ("2025年工作要点", "2025"),
        ("2025—2027年行动计划", "2025"),
        ("2024年13月", "2024"),
        ("投资2000万元", None),
        ("电话20240", None),
        ("夜校", None),
        ("2025年10件民生实事", "2025"),
        ("2025年1—6月", "2025"),
        ("二〇二五年一月十四日", "2025-01-14"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二O二五年工作要点", "2025"),
        ("二〇二五年五六月间", "2025"),
        ("2024年执行情况与2025年发展计划草案", "2025"),
        ("2024年总结和2025年工作安排", "2025"),
        ("2024年计划2030年建成", "2024"),
        ("2024年办的事，2025年接着办", "2024"),
        ("2024年夜校招生到2026年6月的安排", "2026-06"),
    ],
)
def test_a_date_is_found_as_far_as_it_is_written(text: str, date: str | None) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("文件.txt", "2025年的打算\n要建夜校。\n", "2025"),
        ("文件.txt", "办学通知\n惠安县教育局\n2025年3月5日\n要建夜校。\n", "2025-03-05"),
        ("文件.txt", "办学打算\n（2025年3月5日）\n要建夜校。\n", "2025-03-05"),
        ("晚报20240827第3版.txt", "夜校\n要建夜校。\n", "2024-08-27"),
        ("2024福建.txt", "夜校\n要建夜校。\n", "2024"),
        ("文件.txt", "夜校打算\n投资2000万元建夜校。\n", None),
        ("文件.txt", "夜校打算\n到2030年要办三十所。\n", None),
        ("文件.txt", "2025年10件民生实事\n要建夜校。\n", "2025"),
        ("文件.txt", "夜校打算\n要建夜校。\n惠安县教育局\n2025年3月5日\n", "2025-03-05"),
        ("文件.txt", "一、2024年回顾\n要建夜校。\n", None),
        ("文件.txt", "会议纪要\n时间：2025年4月16日上午10:00\n要建夜校。\n", "2025-04-16"),
        ("文件.md", "# 办学打算\n\n> 发布日期：2024年5月20日\n\n要建夜校。\n", "2024-05-20"),
        ("文件.txt", "办学打算\n要建夜校。\n完成时间：2026年6月\n", None),
        ("文件.txt", "办学打算\n要建夜校。\n时间：要早\n", None),
    ],
)
def test_a_documents_date_stands_in_its_header_or_name(
    name: str, text: str, date: str | None
) -> None:
    assert document_of_text(text, name).date == date


def test_front_matter_pages_and_datelines_date_a_document() -> None:
    assert fixture_document("旧编码.txt").date == "2024-03-01"
    assert fixture_document("瓷器学堂.html").date == "2024-05-06"
    assert fixture_document("网页.txt").date == "2024-05-06"
    assert fixture_document("工作报告.txt").date == "2025-01-06"


def test_a_line_that_is_a_date_in_chinese_numerals_is_a_date() -> None:
    assert is_date("（二〇二五年一月十四日）")
    assert not is_date("2025年10件")
