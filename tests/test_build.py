from pathlib import Path

import numpy as np
import pytest
from conftest import TinyEncoder
from helpers import FIXTURES, document_of_text, fixture_document, is_true_to

from index.build import build_index, embed, passages_of
from index.errors import DocumentError
from index.gazetteer import Gazetteer
from index.rows import spoken
from index.sentences import windows
from index.sources import read_bytes, read_file
from index.store import open_index
from index.types import Document, Passage

NAMES = sorted(file.name for file in FIXTURES.iterdir() if file.is_file())


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document.id: document for document in map(fixture_document, NAMES)}


@pytest.fixture(scope="module")
def passages(documents: dict[str, Document]) -> list[Passage]:
    return passages_of(list(documents.values()))


def test_no_two_passages_have_one_id(passages: list[Passage]) -> None:
    assert len({passage.id for passage in passages}) == len(passages)


def test_every_span_is_true_to_the_documents_text(
    documents: dict[str, Document], passages: list[Passage]
) -> None:
    for passage in passages:
        assert is_true_to(passage, documents[passage.document_id])


def test_no_passage_is_too_long_or_empty(passages: list[Passage]) -> None:
    assert all(0 < len(passage.text.strip()) <= 450 for passage in passages)


def test_no_passage_stands_twice(passages: list[Passage]) -> None:
    texts = [(passage.district, passage.text) for passage in passages]
    # Four small files of the fixtures hold the same two sentences about no district.
    texts = [text for text in texts if text[0] is not None]
    assert len(set(texts)) == len(texts)


def test_every_passage_knows_its_address(passages: list[Passage]) -> None:
    (passage,) = [p for p in passages if "三年里建十二" in p.text]
    assert passage.location == (
        f"洛江区 · 山边办厂 海边修路 让洛江更好住 · 二、住得舒心 · {passage.document} 第{passage.paragraph}段"
    )
    assert passage.date is None
    (tea,) = [p for p in passages if "育苗" in p.text and p.district == "永春县"]
    assert (tea.date, tea.url, tea.section) == ("2024-03-01", "https://example.org/tea", "二、育苗")


def test_what_is_printed_again_is_told_with_its_places(
    documents: dict[str, Document], passages: list[Passage]
) -> None:
    of_district = [passage for passage in passages if passage.district == "洛江区"]
    assert all(len(passage.also_at) == 2 for passage in of_district)
    (passage,) = [p for p in of_district if "总投资15亿元" in p.text]
    for place in passage.also_at:
        text = documents[place.document_id].text
        assert "".join(text[start:end] for start, end in place.spans) == passage.text
    assert not any(p.also_at for p in passages if p.district != "洛江区")


def test_only_the_last_passage_of_a_cut_article_is_truncated(passages: list[Passage]) -> None:
    (passage,) = [p for p in passages if p.truncated]
    assert passage.text.endswith("老街坊是老城的魂，要")


def test_the_same_file_given_twice_has_the_same_passages_once() -> None:
    once = passages_of([fixture_document("晚报专版.txt")])
    twice = passages_of([fixture_document("晚报专版.txt"), fixture_document("晚报专版.txt")])
    assert twice == once


def test_lines_of_jsonl_are_never_merged_or_cut() -> None:
    long = "夜校每周开课三晚，每晚两个钟头。" * 60
    rows = f'{{"id": "x", "text": "{long}"}}\n{{"id": "y", "text": "{long}"}}'
    one, other = passages_of([document_of_text(rows, "条目.jsonl")])
    assert (one.id, other.id) == ("x", "y")
    assert one.text == other.text == long
    assert one.also_at == ()


def test_a_digests_passages_say_that_they_are_one() -> None:
    assert all(p.digest for p in passages_of([fixture_document("无地区.txt")], digest=True))


def test_every_window_has_a_row_and_an_owner(passages: list[Passage], encoder: TinyEncoder) -> None:
    told: list[tuple[str, int, int]] = []
    vectors, owners = embed(passages, encoder, lambda *step: told.append(step))
    assert vectors.shape == (len(owners), encoder.dimensions)
    assert owners == sorted(owners)
    assert set(owners) == set(range(len(passages)))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(owners)), abs=1e-5)
    texts = {passage.text for passage in passages}  # what stands twice is embedded once
    once = sum(len(windows(spoken(text))) for text in texts)
    assert told == [("嵌入", once, once)]


def test_nothing_to_embed_is_no_rows(encoder: TinyEncoder) -> None:
    vectors, owners = embed([], encoder)
    assert (vectors.shape, owners) == ((0, encoder.dimensions), [])


def test_every_fixture_is_read_into_one_index(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer, passages: list[Passage]
) -> None:
    sources = [read_file(FIXTURES / name) for name in NAMES]
    assert build_index(sources, tmp_path / "index", encoder, gazetteer) == passages
    index = open_index(tmp_path / "index", encoder)
    assert [document.name for document in index.documents] == NAMES
    assert set(index.by_district) == {
        "鲤城区", "洛江区", "丰泽区", "石狮市", "惠安县", "晋江市", "安溪县", "泉港区", "永春县", "德化县",
    }  # fmt: skip


def test_two_files_that_share_an_id_are_refused(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    one = read_bytes("甲.jsonl", '{"id": "x", "text": "夜校"}'.encode())
    other = read_bytes("乙.jsonl", '{"id": "x", "text": "码头"}'.encode())
    with pytest.raises(DocumentError) as error:
        build_index([one, other], tmp_path / "index", encoder, gazetteer)
    assert str(error.value) == "文件 甲.jsonl 和 乙.jsonl 都有 id “x”；id 要各不相同"
    assert not (tmp_path / "index").exists()
