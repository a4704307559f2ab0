"""Documents that come and go: the outcome is that of building all of it anew."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import TinyEncoder
from helpers import FIXTURES, PLANS

from index import changes, store
from index.articles import document_id
from index.build import build_index
from index.changes import Change, change_index
from index.encoders import Vectors
from index.errors import BrokenIndexError, BusyIndexError, DocumentError, UnknownDocumentError
from index.gazetteer import Gazetteer
from index.sources import read_bytes, read_file
from index.store import Index, open_index, writing
from index.types import Source
from qa.answer import ask
from qa.types import Question

OWN = (
    ("甲子县.txt", "甲子县要修三条路，通到海边。"),
    (
        "晚报20260210_01版.txt",
        "洛江：夜校\n本报记者 林某\n洛江区今年办夜校，夜校每周开课（下转第3版）",
    ),
    ("晚报20260210_03版.txt", "（上接第1版）\n三晚，教做茶，教修车，老师傅来讲课。"),
    ("晚报20260217_03版.txt", "（上接第1版）\n丰泽区的老巷，今年修缮三条。"),
    (
        "馆.jsonl",
        '{"id": "馆/1", "text": "图书馆周一闭馆。"}\n'
        '{"id": "馆/2", "text": "甲子县的渡口九月通船。", "district": "甲子县", "title": "渡口"}',
    ),
)
SOURCES = [read_file(file) for file in sorted([*FIXTURES.iterdir(), *PLANS.iterdir()])]
SOURCES += [read_bytes(name, text.encode()) for name, text in OWN]
QUESTIONS = ("洛江区新增多少学位？", "夜校每周开课几晚", "甲子县的路修到哪里", "老巷")

Build = Callable[[Sequence[Source]], Path]


@pytest.fixture
def build(tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer) -> Build:
    """An index of these sources, in a folder of its own."""

    def build(sources: Sequence[Source]) -> Path:
        folder = tmp_path / f"built-{len(list(tmp_path.iterdir()))}"
        build_index(sources, folder, encoder, gazetteer)
        return folder

    return build


def named(name: str) -> Source:
    return next(source for source in SOURCES if source.name == name)


def contents(index: Index) -> dict[str, object]:
    """Return all that an index answers by."""
    found: dict[str, object] = {
        "documents": list(index.documents),
        "passages": list(index.passages),
        "words": index.segmenter.counts,
        "districts": index.gazetteer.districts,
        "terms": index.terms(),
        "vectors": {text: rows.tolist() for text, rows in index.vectors().items()},
    }
    for text in QUESTIONS:
        found[text] = (
            index.search_words(text, 9),
            index.search_headings(text, 9),
            index.search_vectors(text, 9),
            index.search_words(text, 9, ["洛江区"]),
            ask(Question(text), index).to_dict(),
        )
    return found


# --- the same as anew ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_any_row_of_changes_comes_to_what_building_anew_gives(
    build: Build, encoder: TinyEncoder, seed: int
) -> None:
    chance = random.Random(seed)
    there = chance.sample(SOURCES, 4)
    folder = build(there)
    for _ in range(6):
        absent = [source for source in SOURCES if source not in there]
        add = chance.sample(absent, min(len(absent), chance.randint(0, 3)))
        remove = chance.sample(there, min(len(there), chance.randint(0, 3)))
        change = change_index(folder, encoder, add, [document_id(source) for source in remove])
        there = [source for source in there if source not in remove] + add
        assert contents(change.index) == contents(open_index(build(there), encoder))


def test_a_changed_index_without_the_terms_of_before_comes_to_the_same(
    build: Build, encoder: TinyEncoder
) -> None:
    folder = build(SOURCES[:3])
    base = open_index(folder, encoder)
    for file in folder.rglob("terms.txt"):
        file.unlink()
    change = change_index(folder.parent / "new", encoder, [SOURCES[3]], base=base)
    assert contents(change.index) == contents(open_index(build(SOURCES[:4]), encoder))


def test_only_what_is_new_is_embedded(
    build: Build, encoder: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build([named("鲤城区.txt"), named("洛江区.txt")])
    embedded: list[str] = []

    def encode(self: TinyEncoder, texts: Sequence[str]) -> Vectors:
        embedded.extend(texts)
        return np.zeros((len(texts), self.dimensions), dtype=np.float32)

    monkeypatch.setattr(TinyEncoder, "encode", encode)
    new = read_bytes("石狮.txt", "石狮的码头\n\n码头夜里也开。".encode())
    change_index(folder, encoder, [new], [document_id(named("洛江区.txt"))])
    assert embedded == ["码头夜里也开。"]


# --- reprints --------------------------------------------------------------------------------------


def printings(index: Index) -> list[tuple[str, list[str]]]:
    """Return where each passage about 口袋公园 stands, and where else."""
    return [
        (passage.document, [place.document for place in passage.also_at])
        for passage in index.passages
        if "口袋公园" in passage.text
    ]


def test_a_reprint_joins_its_article_and_stays_when_the_first_printing_goes(
    build: Build, encoder: TinyEncoder
) -> None:
    page, reprint = named("晚报专版.txt"), named("转载.txt")
    folder = build([page])
    added = change_index(folder, encoder, [reprint])
    assert [document.name for document in added.added] == ["转载.txt"]
    ((first, others),) = printings(added.index)
    assert {first, *others} == {"晚报专版.txt", "转载.txt"}
    removed = change_index(folder, encoder, remove=[document_id(page)])
    assert printings(removed.index) == [("转载.txt", [])]
    found = removed.index.passages[removed.index.search_words("口袋公园", 1)[0].ordinal]
    assert found.document_id == document_id(reprint)


# --- given again, removed, not there -----------------------------------------------------------------


def state(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


def test_the_same_document_again_is_recognised_and_nothing_is_written(
    build: Build, encoder: TinyEncoder
) -> None:
    folder = build(SOURCES[:2])
    change_index(folder, encoder)
    before = state(folder)
    change = change_index(folder, encoder, [SOURCES[1], SOURCES[1]])
    assert [document.name for document in change.known] == [SOURCES[1].name]
    assert (change.added, change.removed) == ((), ())
    assert state(folder) == before


def test_the_last_document_may_go_and_what_is_left_refuses(
    build: Build, encoder: TinyEncoder
) -> None:
    folder = build([named("洛江区.txt")])
    change = change_index(folder, encoder, remove=[document_id(named("洛江区.txt"))])
    assert (list(change.index.documents), list(change.index.passages)) == ([], [])
    for text in (*QUESTIONS, "各区有什么打算？", "那洛江呢？", "你好"):
        answer = ask(Question(text, history=("鲤城区的老屋怎么修？",)), change.index)
        assert (answer.answered, answer.reason) == (False, "no_evidence")
        assert answer.message == "这里还没有文件，什么也答不了；请先加入文件。"
        assert answer.passages == ()
    again = change_index(folder, encoder, [named("洛江区.txt")])
    assert contents(again.index) == contents(open_index(build([named("洛江区.txt")]), encoder))


def test_an_id_that_is_not_there_is_told_and_nothing_changes(
    build: Build, encoder: TinyEncoder
) -> None:
    folder = build(SOURCES[:2])
    with pytest.raises(UnknownDocumentError) as error:
        change_index(folder, encoder, [SOURCES[2]], [document_id(SOURCES[0]), "甲", "乙"])
    assert str(error.value) == (
        "索引里没有 id 为 甲、乙 的文件；请用 quanwen info --index 文件夹 看有哪些 id"
    )
    assert len(open_index(folder, encoder).documents) == 2


def test_a_line_whose_id_is_taken_is_refused_and_nothing_changes(
    build: Build, encoder: TinyEncoder
) -> None:
    folder = build([named("馆.jsonl")])
    other = read_bytes("另一馆.jsonl", '{"id": "馆/2", "text": "渡口停船。"}'.encode())
    with pytest.raises(DocumentError) as error:
        change_index(folder, encoder, [other])
    assert str(error.value) == "文件 馆.jsonl 和 另一馆.jsonl 都有 id “馆/2”；id 要各不相同"
    assert [document.name for document in open_index(folder, encoder).documents] == ["馆.jsonl"]
    change = change_index(folder, encoder, [other], [document_id(named("馆.jsonl"))])
    assert [passage.text for passage in change.index.passages] == ["渡口停船。"]


def test_a_folder_without_an_index_stays_as_it_is(tmp_path: Path, encoder: TinyEncoder) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BrokenIndexError, match="里没有索引"):
            change_index(folder, encoder, SOURCES[:1])
    assert list(tmp_path.iterdir()) == []


# --- readers, writers, crashes -----------------------------------------------------------------------


def test_a_reader_keeps_what_it_opened_while_the_index_changes(
    build: Build, encoder: TinyEncoder
) -> None:
    folder = build(SOURCES[:3])
    reader = open_index(folder, encoder)
    before = contents(reader)
    change_index(folder, encoder, SOURCES[3:5], [document_id(SOURCES[0])])
    for key in (*QUESTIONS, "passages", "vectors"):
        assert contents(reader)[key] == before[key]


def test_a_change_that_crashes_leaves_the_old_index_whole(
    build: Build, encoder: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(SOURCES[:2])
    before = contents(open_index(folder, encoder))

    def crash(file: Path, text: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(store, "_replace", crash)
        change_index(folder, encoder, [SOURCES[2]])
    assert contents(open_index(folder, encoder)) == before
    change_index(folder, encoder, [SOURCES[2]])
    assert len(list((folder / "segments").iterdir())) == 1


HOLD = """
import sys
from pathlib import Path
from index.store import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_of_the_first(
    build: Build, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    folder = build(SOURCES[:2])
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None and first.stdin is not None
        assert first.stdout.readline() == f"held{os.linesep}".encode()
        message = f"索引 {folder} 正由另一个程序改动；请等它改完再试"
        for write in (
            lambda: change_index(folder, encoder, [SOURCES[2]]),
            lambda: build_index([SOURCES[2]], folder, encoder, gazetteer),
        ):
            with pytest.raises(BusyIndexError) as error:
                write()
            assert str(error.value) == message
        assert len(open_index(folder, encoder).documents) == 2
        first.stdin.close()
    assert len(change_index(folder, encoder, [SOURCES[2]]).index.documents) == 3


def test_a_writer_that_was_killed_holds_nothing(build: Build, encoder: TinyEncoder) -> None:
    folder = build(SOURCES[:2])
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        first.kill()
    assert len(change_index(folder, encoder, [SOURCES[2]]).index.documents) == 3


def test_a_reader_that_is_overtaken_by_a_writer_opens_what_is_new(
    build: Build, encoder: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(SOURCES[:2])
    old = store.read_manifest(folder)
    change_index(folder, encoder, [SOURCES[2]])
    manifests = [old, store.read_manifest(folder)]
    monkeypatch.setattr(store, "read_manifest", lambda folder: manifests.pop(0))
    assert len(open_index(folder, encoder).documents) == 3
    assert manifests == []


def test_what_is_changed_elsewhere_leaves_its_base_alone(
    build: Build, tmp_path: Path, encoder: TinyEncoder
) -> None:
    folder = build(SOURCES[:2])
    before = state(folder)
    base = open_index(folder, encoder)
    change: Change = change_index(tmp_path / "own", encoder, [SOURCES[2]], base=base)
    assert len(change.index.documents) == 3
    assert state(folder) == before
    with writing(folder):
        again = change_index(tmp_path / "own", encoder, [SOURCES[3]], base=change.index)
    assert len(again.index.documents) == 4


def test_the_dictionary_is_loaded_only_where_something_is_new(
    build: Build, encoder: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(SOURCES[:3])

    def loaded(gazetteer: Gazetteer) -> None:
        raise AssertionError

    monkeypatch.setattr(changes, "full_segmenter", loaded)
    change_index(folder, encoder, [SOURCES[1]], [document_id(SOURCES[0])])
    assert len(open_index(folder, encoder).documents) == 2
