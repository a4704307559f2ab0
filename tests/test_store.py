import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TinyEncoder
from helpers import FIXTURES

from index import store
from index.build import build_index
from index.errors import BrokenIndexError, ModelError
from index.gazetteer import Gazetteer
from index.sources import read_bytes, read_file
from index.store import FORMAT, Index, open_index, read_manifest
from index.types import Source

REBUILD = "请用 quanwen index 文件… --out 文件夹 重建"
FILES = [
    "dictionary.txt",
    "documents.jsonl",
    "gazetteer.csv",
    "owners.npy",
    "passages.jsonl",
    "windows.faiss",
    "words/meta.json",
]


def night_school(text: str = "夜校每周开课三晚。") -> Source:
    return read_bytes("洛江.txt", f"夜校章程\n\n{text}\n".encode())


@pytest.fixture
def folder(tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer) -> Path:
    """A folder with an index of two documents."""
    folder = tmp_path / "index"
    build_index([read_file(FIXTURES / "晚报专版.txt"), night_school()], folder, encoder, gazetteer)
    return folder


def everything_below(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }


def segment_of(folder: Path) -> Path:
    (segment,) = (folder / "segments").iterdir()
    return segment


# --- what is saved is what is opened ---------------------------------------------------------------


def test_what_is_saved_is_what_is_opened(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    source = read_file(FIXTURES / "晚报专版.txt")
    passages = build_index([source], tmp_path / "index", encoder, gazetteer)
    index = open_index(tmp_path / "index", encoder)
    assert list(index.passages) == passages
    (document,) = index.documents
    assert (document.name, document.text) == ("晚报专版.txt", source.text)
    assert not index.digest


def test_an_open_index_is_searched_by_words_and_by_vectors(
    folder: Path, encoder: TinyEncoder
) -> None:
    index = open_index(folder, encoder)
    for hits in (
        index.search_words("夜校每周开课三晚", 3),
        index.search_vectors("夜校每周开课三晚。", 3),
    ):
        assert index.passages[hits[0].ordinal].text == "夜校每周开课三晚。"
    assert index.search_vectors("夜校每周开课三晚。", 3)[0].score == pytest.approx(1, abs=1e-5)


def test_a_district_restricts_both_searches(folder: Path, encoder: TinyEncoder) -> None:
    index = open_index(folder, encoder)
    for hits in (
        index.search_words("老巷夜校", 9, ["鲤城区"]),
        index.search_vectors("老巷夜校", 9, ["鲤城区"]),
    ):
        assert {index.passages[hit.ordinal].district for hit in hits} == {"鲤城区"}
    assert index.search_vectors("夜校", 9, ["泉港区"]) == []


def test_the_words_of_another_form_of_print_are_found(folder: Path, encoder: TinyEncoder) -> None:
    index = open_index(folder, encoder)
    (hit, *_) = index.search_words("總投資１５億元", 3)
    assert "总投资15亿元" in index.passages[hit.ordinal].text


def test_a_passages_whole_paragraph_can_be_had(folder: Path, encoder: TinyEncoder) -> None:
    index = open_index(folder, encoder)
    for passage in index.passages:
        assert passage.text in index.paragraph(passage).text
    assert index.document("none") is None


def test_an_index_can_be_opened_with_the_eyes(folder: Path) -> None:
    segment = segment_of(folder)
    rows = (segment / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    assert "夜校每周开课三晚。" in rows[-1]
    assert json.loads(rows[-1])["district"] == "洛江区"
    assert not list(folder.rglob("*.pkl"))
    assert set(FILES) <= {file.relative_to(segment).as_posix() for file in segment.rglob("*")}


# --- reading leaves no trace -----------------------------------------------------------------------


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    places = [folder, *(place for place in folder.rglob("*"))]
    for place in places:
        writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
        place.chmod(place.stat().st_mode & ~writable)
    yield folder
    for place in places:
        place.chmod(place.stat().st_mode | stat.S_IWUSR)


def test_nothing_is_written_when_an_index_is_opened_and_searched(
    read_only: Path, encoder: TinyEncoder
) -> None:
    before = everything_below(read_only)
    index = open_index(read_only, encoder)
    assert index.search_words("夜校", 3) and index.search_vectors("夜校", 3)
    assert everything_below(read_only) == before


# --- damage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, encoder: TinyEncoder, name: str) -> None:
    (segment_of(folder) / name).unlink()
    with pytest.raises(BrokenIndexError) as error:
        open_index(folder, encoder)
    assert str(error.value) == f"索引 {folder} 缺文件 {name}；{REBUILD}"


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named(folder: Path, encoder: TinyEncoder, name: str) -> None:
    file = segment_of(folder) / name
    contents = bytearray(file.read_bytes())
    contents[len(contents) // 2] ^= 1
    file.write_bytes(contents)
    with pytest.raises(BrokenIndexError) as error:
        open_index(folder, encoder)
    assert str(error.value) == f"索引 {folder} 的文件 {name} 已损坏；{REBUILD}"


def manifest_with(**changes: object) -> str:
    return json.dumps(
        {"format": FORMAT, "encoder": {"name": "x"}, "segments": [{}], "digest": False} | changes
    )


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("", "索引清单 {folder}/manifest.json 读不了；" + REBUILD),
        ("{", "索引清单 {folder}/manifest.json 读不了；" + REBUILD),
        ("[]", f"索引 {{folder}} 的版本是 None，本程序读 {FORMAT}；" + REBUILD),
        ("{}", f"索引 {{folder}} 的版本是 None，本程序读 {FORMAT}；" + REBUILD),
        (manifest_with(format=99), f"索引 {{folder}} 的版本是 99，本程序读 {FORMAT}；" + REBUILD),
        (manifest_with(encoder=None), "索引清单 {folder}/manifest.json 不完整；" + REBUILD),
        (manifest_with(segments=[]), "索引清单 {folder}/manifest.json 不完整；" + REBUILD),
        (manifest_with(), "索引 {folder} 已损坏（'fingerprint'）；" + REBUILD),
        (
            manifest_with(encoder={"name": "tiny", "fingerprint": "tiny-1"}),
            "索引 {folder} 已损坏（'name'）；" + REBUILD,
        ),
    ],
)
def test_a_bad_manifest_is_refused_with_a_message(
    folder: Path, encoder: TinyEncoder, manifest: str, message: str
) -> None:
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(BrokenIndexError) as error:
        open_index(folder, encoder)
    assert str(error.value) == message.format(folder=folder)


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BrokenIndexError) as error:
            read_manifest(folder)
        assert str(error.value) == f"{folder} 里没有索引；{REBUILD}"


def test_an_index_of_another_model_is_refused(folder: Path, encoder: TinyEncoder) -> None:
    other = TinyEncoder()
    other.fingerprint = "tiny-2"
    with pytest.raises(ModelError) as error:
        open_index(folder, other)
    assert str(error.value) == (
        f"索引 {folder} 是用另一个模型（tiny）建的；请用 quanwen index 重建"
    )


# --- writing ---------------------------------------------------------------------------------------


def texts(index: Index) -> list[str]:
    return [passage.text for passage in index.passages]


def test_an_index_is_replaced_whole(
    folder: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    old = segment_of(folder)
    build_index([night_school("夜校改为每周四晚。")], folder, encoder, gazetteer)
    assert texts(open_index(folder, encoder)) == ["夜校改为每周四晚。"]
    assert segment_of(folder) != old


def test_a_reader_keeps_the_index_that_it_opened(
    folder: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    index = open_index(folder, encoder)
    build_index([night_school("夜校改为每周四晚。")], folder, encoder, gazetteer)
    (hit, *_) = index.search_words("夜校每周开课三晚", 3)
    assert index.passages[hit.ordinal].text == "夜校每周开课三晚。"


def test_a_crash_before_the_manifest_leaves_the_old_index_whole(
    folder: Path, encoder: TinyEncoder, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(open_index(folder, encoder))

    def crash(file: Path, text: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(store, "_replace", crash)
        build_index([night_school("夜校停课。")], folder, encoder, gazetteer)
    assert texts(open_index(folder, encoder)) == before
    build_index([night_school("夜校复课。")], folder, encoder, gazetteer)
    assert texts(open_index(folder, encoder)) == ["夜校复课。"]
    segment_of(folder)  # what the crash left behind is gone


def test_a_crash_of_a_first_build_doesnt_stand_in_the_way_of_the_next(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(file: Path, text: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(store, "_replace", crash)
        build_index([night_school()], tmp_path / "new", encoder, gazetteer)
    build_index([night_school()], tmp_path / "new", encoder, gazetteer)
    assert texts(open_index(tmp_path / "new", encoder)) == ["夜校每周开课三晚。"]


def test_a_full_disk_leaves_the_old_index_and_nothing_half_written(
    folder: Path, encoder: TinyEncoder, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_below(folder)

    def full(file: Path, rows: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write_lines", full)
    with pytest.raises(BrokenIndexError) as error:
        build_index([night_school()], folder, encoder, gazetteer)
    assert str(error.value) == (
        f"索引 {folder} 写不了：No space left on device；请检查权限和磁盘空间"
    )
    assert everything_below(folder) == before
    assert segment_of(folder)


def test_a_folder_that_holds_other_things_is_left_alone(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    (tmp_path / "日记.txt").write_text("别动", encoding="utf-8")
    cases = {
        tmp_path: f"文件夹 {tmp_path} 里有别的东西；请移走它们，或换一个空的或新的文件夹",
        tmp_path / "日记.txt": f"{tmp_path / '日记.txt'} 是一个文件；请用 --out 给出一个文件夹",
    }
    for place, message in cases.items():
        with pytest.raises(BrokenIndexError) as error:
            build_index([night_school()], place, encoder, gazetteer)
        assert str(error.value) == message
    assert [file.name for file in tmp_path.iterdir()] == ["日记.txt"]


@pytest.mark.parametrize(
    "files",
    [["segments/mydata/a"], ["manifest.json"], ["manifest.json", "segments/v1/1.ts"]],
)
def test_what_only_looks_like_an_index_is_left_alone(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer, files: list[str]
) -> None:
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenIndexError, match="里有别的东西"):
        build_index([night_school()], tmp_path, encoder, gazetteer)
    found = (file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file())
    assert sorted(file.as_posix() for file in found) == files


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_place_is_refused(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(BrokenIndexError, match="写不了：Permission denied；请检查权限和磁盘空间"):
        build_index([night_school()], tmp_path / "new", encoder, gazetteer)


def test_a_passage_is_the_same_after_json(folder: Path, encoder: TinyEncoder) -> None:
    for passage in open_index(folder, encoder).passages:
        again = type(passage).from_dict(json.loads(json.dumps(passage.to_dict())))
        assert again == passage
        assert replace(again, id="other") != passage
