import os
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TinyEncoder

from index import build, cache
from index.cache import cache_folder, index_of
from index.gazetteer import Gazetteer
from index.sources import read_bytes
from index.types import Source


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUANWEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each document that is indexed, in order."""
    found: list[str] = []
    built = build.build_index

    def counted(sources, *rest, **options):  # type: ignore[no-untyped-def]
        found.extend(source.name for source in sources)
        return built(sources, *rest, **options)

    monkeypatch.setattr(build, "build_index", counted)
    return found


def source(text: str = "夜校每周开课三晚。", name: str = "夜校.txt") -> Source:
    return read_bytes(name, f"夜校章程\n\n{text}\n".encode())


def test_the_cache_lies_where_the_user_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder() == folder
    monkeypatch.delenv("QUANWEN_CACHE")
    assert cache_folder().name == "quanwen"


def test_the_same_file_is_indexed_once(
    builds: list[str], encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    first = index_of([source()], encoder, gazetteer)
    again = index_of([source()], encoder, gazetteer)
    assert builds == ["夜校.txt"]
    assert list(again.passages) == list(first.passages)


def test_a_changed_file_is_indexed_again(
    builds: list[str], encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    index_of([source()], encoder, gazetteer)
    index = index_of([source("夜校改为每周四晚。")], encoder, gazetteer)
    assert [passage.text for passage in index.passages] == ["夜校改为每周四晚。"]
    assert builds == ["夜校.txt", "夜校.txt"]


def test_another_name_model_or_gazetteer_is_another_index(
    builds: list[str], encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    other = TinyEncoder()
    other.fingerprint = "tiny-2"
    index_of([source()], encoder, gazetteer)
    index_of([source(name="石狮.txt")], encoder, gazetteer)
    index_of([source()], other, gazetteer)
    index_of([source()], encoder, gazetteer.with_districts(["甲子县"]))
    elsewhere = {**gazetteer.parents, "洛江区": "福建省"}
    index_of([source()], encoder, replace(gazetteer, parents=elsewhere))
    assert len(builds) == 5


def test_a_damaged_cache_is_built_again(
    folder: Path, builds: list[str], encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    index_of([source()], encoder, gazetteer)
    (passages,) = folder.rglob("passages.jsonl")
    passages.write_text("", encoding="utf-8")
    index = index_of([source()], encoder, gazetteer)
    assert [passage.text for passage in index.passages] == ["夜校每周开课三晚。"]
    assert len(builds) == 2


def test_without_a_writable_cache_an_index_is_built_for_the_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("QUANWEN_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path))
    index = index_of([source()], encoder, gazetteer)
    assert [hit.ordinal for hit in index.search_words("夜校", 3)] == [0]
    assert [hit.ordinal for hit in index.search_vectors("夜校", 3)] == [0]
    assert not list(tmp_path.rglob("manifest.json"))


def test_nothing_half_built_stays_when_building_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    def crash(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "build_index", crash)
    with pytest.raises(KeyboardInterrupt):
        index_of([source()], encoder, gazetteer)
    assert list(folder.iterdir()) == []


def test_the_indexes_used_longest_ago_are_forgotten(
    folder: Path, monkeypatch: pytest.MonkeyPatch, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    monkeypatch.setattr(cache, "_KEPT", 2)
    kept: list[Path] = []
    for age, text in ((300, "第一份要修路。"), (200, "第二份要种树。"), (100, "第三份要办学。")):
        known = set(folder.glob("*"))
        index_of([source(text)], encoder, gazetteer)
        (new,) = set(folder.glob("*")) - known
        manifest = new / "manifest.json"
        at = manifest.stat().st_mtime - age
        os.utime(manifest, (at, at))
        kept.append(new)
    assert [place.exists() for place in kept] == [False, True, True]


def test_other_peoples_folders_beside_the_indexes_are_never_forgotten(
    folder: Path, monkeypatch: pytest.MonkeyPatch, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    monkeypatch.setattr(cache, "_KEPT", 1)
    project = folder / "project"
    project.mkdir(parents=True)
    (project / "manifest.json").write_text("{}", encoding="utf-8")
    os.utime(project / "manifest.json", (0, 0))
    index_of([source("第一份要修路。")], encoder, gazetteer)
    index_of([source("第二份要种树。")], encoder, gazetteer)
    assert (project / "manifest.json").exists()
