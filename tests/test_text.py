import pytest

from index.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("改革，要快。", "改革,要快."),
        ("２０２５年", "2025年"),
        ("ＡＩ＋漁業", "ai+渔业"),
        ("鯉城區、臺商投資區", "鲤城区,台商投资区"),
        ("“世遗典范城”「中央创新区」", '"世遗典范城""中央创新区"'),
        ("12—15亿元～", "12-15亿元~"),
        ("第三\u3000节\u00a0完", "第三 节 完"),
        ("半\ud800个", "半\ufffd个"),
    ],
)
def test_full_width_traditional_and_upper_case_forms_become_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["İstanbul 旅遊", "ﬁ 面積㎡", "乾隆後面", "𠮷野家頭", "e\u0301鯉"])
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_twice_changes_nothing_more() -> None:
    once = fold("鯉城區２０２５年，旅遊“收入”超１２０億元。")
    assert fold(once) == once
