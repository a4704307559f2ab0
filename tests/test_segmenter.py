from pathlib import Path

import pytest

from index.gazetteer import Gazetteer
from index.segmenter import Segmenter, full_segmenter


@pytest.fixture(scope="session")
def segmenter(gazetteer: Gazetteer) -> Segmenter:
    return full_segmenter(gazetteer)


def test_district_names_are_words(segmenter: Segmenter) -> None:
    assert segmenter.cut("泉港区和泉州台商投资区") == ["泉港区", "和", "泉州台商投资区"]


@pytest.mark.parametrize("text", ["", "洛江区建38.2亿元项目", "abc 夜校\n123", "𠮷野家"])
def test_the_words_joined_are_the_text(segmenter: Segmenter, text: str) -> None:
    assert "".join(segmenter.cut(text)) == text


def test_terms_are_characters_pairs_words_and_figures(segmenter: Segmenter) -> None:
    assert segmenter.terms("建夜校") == ["建", "建夜", "夜", "夜校", "校", "夜校"]
    assert segmenter.terms("GDP增5.5%") == ["gdp", "增", "5.5"]
    assert segmenter.terms("，。 ") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("旅遊收入１２０億元", "旅游收入120亿元"),
        ("“世遗典范城”，建设", "「世遗典范城」,建设"),
        ("ＡＩ遊古城", "ai游古城"),
    ],
)
def test_forms_of_print_have_the_same_terms(segmenter: Segmenter, one: str, other: str) -> None:
    assert segmenter.terms(one) == segmenter.terms(other)


def test_the_kept_part_of_the_dictionary_cuts_the_documents_as_the_whole_does(
    segmenter: Segmenter, gazetteer: Gazetteer
) -> None:
    texts = ["持续深化公立医院改革，建设紧密型医联体。", "湖南安全生产经验"]
    small = segmenter.needed_for(texts, gazetteer)
    assert len(small.counts) < len(segmenter.counts) / 2
    for text in texts:
        assert small.terms(text) == segmenter.terms(text)


@pytest.mark.parametrize(
    "question",
    ["湖南安全吗", "学习晋江经验", "洛江和石狮的夜校", "福建舰", "福建有什么打算", "江西安排多少钱"],
)  # fmt: skip
def test_the_kept_part_finds_the_same_districts_in_any_question(
    segmenter: Segmenter, gazetteer: Gazetteer, question: str
) -> None:
    small = segmenter.needed_for(["夜校"], gazetteer)
    assert gazetteer.mentions(question, small.cut) == gazetteer.mentions(question, segmenter.cut)


def test_what_is_saved_is_what_is_loaded(
    segmenter: Segmenter, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    small = segmenter.needed_for(["渔港夜校"], gazetteer)
    small.save(tmp_path / "dictionary.txt")
    again = Segmenter.load(tmp_path / "dictionary.txt")
    assert (again.counts, again.total) == (small.counts, small.total)
    assert again.cut("渔港夜校") == small.cut("渔港夜校")


def test_joined_segmenters_are_the_one_that_both_texts_need(
    segmenter: Segmenter, gazetteer: Gazetteer
) -> None:
    one, other = (segmenter.needed_for([text], gazetteer) for text in ("渔港夜校", "种茶育苗"))
    both = segmenter.needed_for(["渔港夜校", "种茶育苗"], gazetteer)
    assert one.joined(other).counts == both.counts
    assert one.joined(other).total == both.total
