"""A folder that is followed: what comes, changes and goes there, and what can't be read."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient
from helpers import until

import api.holdings
import api.watching
from api.app import create_app
from api.holdings import Holdings
from api.opening import Opening
from api.watching import Watcher
from index.build import build_index
from index.changes import Change
from index.store import Index, open_index
from qa.opening import Settings

QUAY = "石狮市的码头\n\n石狮市的码头夜里也开，每晚{}班船。\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is followed; there is one document in it."""
    monkeypatch.setenv("QUANWEN_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "洛江.txt").write_text("洛江区办学校\n\n洛江区新建两所小学。\n", encoding="utf-8")
    return folder


@pytest.fixture
def holdings(tmp_path: Path, encoder, gazetteer) -> Iterator[Holdings]:  # type: ignore[no-untyped-def]
    """What a service holds: nothing as yet."""
    build_index([], tmp_path / "empty", encoder, gazetteer)
    holdings = Holdings(Opening(lambda: index, index := open_index(tmp_path / "empty", encoder)))
    yield holdings
    asyncio.run(holdings.close())


def names(index: Index) -> list[str]:
    return sorted(document.name for document in index.documents)


def look(watcher: Watcher, holdings: Holdings) -> list[str]:
    asyncio.run(watcher.bring_in(holdings))
    return names(holdings.index)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


# --- one look after the other ------------------------------------------------------------------------


def test_what_comes_changes_and_goes_is_brought_in(folder: Path, holdings: Holdings) -> None:
    watcher = Watcher(folder)
    assert look(watcher, holdings) == ["洛江.txt"]
    write(folder / "下级" / "石狮.txt", QUAY.format("两"))
    assert look(watcher, holdings) == ["洛江.txt", "石狮.txt"]
    write(folder / "下级" / "石狮.txt", QUAY.format("三"))
    (folder / "洛江.txt").unlink()
    assert look(watcher, holdings) == ["石狮.txt"]
    assert [passage.text for passage in holdings.index.passages] == [
        "石狮市的码头夜里也开，每晚三班船。"
    ]
    shutil.move(folder / "下级" / "石狮.txt", folder / "石狮.txt")
    assert look(watcher, holdings) == ["石狮.txt"]
    (folder / "石狮.txt").unlink()
    assert look(watcher, holdings) == []


def test_nothing_is_built_where_nothing_has_changed(folder: Path, holdings: Holdings) -> None:
    watcher = Watcher(folder)
    look(watcher, holdings)
    before = holdings.index
    (folder / "洛江.txt").touch()
    look(watcher, holdings)
    assert holdings.index is before


def test_the_same_document_twice_stays_until_both_have_gone(
    folder: Path, holdings: Holdings
) -> None:
    write(folder / "副本" / "洛江.txt", (folder / "洛江.txt").read_text(encoding="utf-8"))
    watcher = Watcher(folder)
    assert look(watcher, holdings) == ["洛江.txt"]
    (folder / "洛江.txt").unlink()
    assert look(watcher, holdings) == ["洛江.txt"]
    (folder / "副本" / "洛江.txt").unlink()
    assert look(watcher, holdings) == []


def test_what_cant_be_read_is_logged_once_and_passed_over(
    folder: Path, holdings: Holdings, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "图.png").write_bytes(b"\x89PNG")
    (folder / ".隐藏.txt").write_text("隐藏", encoding="utf-8")
    watcher = Watcher(folder)
    for _ in range(2):
        assert look(watcher, holdings) == ["洛江.txt"]
    assert [record.getMessage() for record in caplog.records] == [
        f"跳过 {folder / '坏.pdf'}：文件 坏.pdf 不是完好的 PDF；请重新下载或另存再试"
    ]


def test_a_file_that_can_no_longer_be_read_answers_as_it_was_last_read(
    folder: Path, holdings: Holdings, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = Watcher(folder)
    look(watcher, holdings)
    (folder / "洛江.txt").write_bytes(b"\0\0\0")
    assert look(watcher, holdings) == ["洛江.txt"]
    assert caplog.records[-1].getMessage().endswith("再试，仍用上次读到的")
    (folder / "洛江.txt").unlink()
    assert look(watcher, holdings) == []


def test_a_document_that_is_refused_keeps_no_other_out(
    folder: Path, holdings: Holdings, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = Watcher(folder)
    look(watcher, holdings)
    write(folder / "甲.jsonl", '{"id": "1", "text": "图书馆周一闭馆。"}')
    write(folder / "乙.jsonl", '{"id": "1", "text": "渡口九月通船。"}')
    write(folder / "石狮.txt", QUAY.format("两"))
    (folder / "洛江.txt").unlink()
    assert look(watcher, holdings) == ["乙.jsonl", "石狮.txt"]
    assert [record.getMessage() for record in caplog.records] == [
        "跳过 甲.jsonl：文件 乙.jsonl 和 甲.jsonl 都有 id “1”；id 要各不相同"
    ]


def test_a_document_that_was_refused_comes_in_once_what_kept_it_out_has_gone(
    folder: Path, holdings: Holdings, caplog: pytest.LogCaptureFixture
) -> None:
    write(folder / "甲.jsonl", '{"id": "1", "text": "图书馆周一闭馆。"}')
    watcher = Watcher(folder)
    look(watcher, holdings)
    write(folder / "乙.jsonl", '{"id": "1", "text": "渡口九月通船。"}')
    for _ in range(2):
        assert look(watcher, holdings) == ["洛江.txt", "甲.jsonl"]
    assert len(caplog.records) == 1
    (folder / "甲.jsonl").unlink()
    look(watcher, holdings)
    assert look(watcher, holdings) == ["乙.jsonl", "洛江.txt"]
    (folder / "乙.jsonl").unlink()
    assert look(watcher, holdings) == ["洛江.txt"]
    assert len(caplog.records) == 1


def test_a_new_version_that_was_refused_replaces_the_old_one_later(
    folder: Path, holdings: Holdings
) -> None:
    write(folder / "甲.jsonl", '{"id": "1", "text": "图书馆周一闭馆。"}')
    write(folder / "乙.jsonl", '{"id": "2", "text": "渡口九月通船。"}')
    watcher = Watcher(folder)
    look(watcher, holdings)
    write(folder / "甲.jsonl", '{"id": "2", "text": "图书馆周二也闭馆。"}')
    look(watcher, holdings)
    write(folder / "乙.jsonl", '{"id": "3", "text": "渡口十月通船。"}')
    for _ in range(2):
        look(watcher, holdings)
    said = [passage.text for passage in holdings.index.passages if passage.id in ("1", "2", "3")]
    assert sorted(said) == ["图书馆周二也闭馆。", "渡口十月通船。"]


def test_a_new_version_that_is_refused_leaves_the_old_one_and_keeps_no_other_out(
    folder: Path, holdings: Holdings, caplog: pytest.LogCaptureFixture
) -> None:
    write(folder / "甲.jsonl", '{"id": "1", "text": "图书馆周一闭馆。"}')
    write(folder / "乙.jsonl", '{"id": "2", "text": "渡口九月通船。"}')
    write(folder / "丙.txt", QUAY.format("两"))
    watcher = Watcher(folder)
    look(watcher, holdings)
    write(folder / "甲.jsonl", '{"id": "2", "text": "图书馆周二也闭馆。"}')
    write(folder / "丙.txt", QUAY.format("三"))
    (folder / "洛江.txt").unlink()
    for _ in range(2):
        assert look(watcher, holdings) == ["丙.txt", "乙.jsonl", "甲.jsonl"]
    assert sorted(passage.text for passage in holdings.index.passages) == [
        "图书馆周一闭馆。",
        "渡口九月通船。",
        "石狮市的码头夜里也开，每晚三班船。",
    ]
    assert [record.getMessage() for record in caplog.records] == [
        "跳过 甲.jsonl：文件 乙.jsonl 和 甲.jsonl 都有 id “2”；id 要各不相同，仍用上次读到的"
    ]
    write(folder / "甲.jsonl", '{"id": "3", "text": "图书馆天天开门。"}')
    look(watcher, holdings)
    assert "图书馆周一闭馆。" not in [passage.text for passage in holdings.index.passages]
    (folder / "甲.jsonl").unlink()
    assert look(watcher, holdings) == ["丙.txt", "乙.jsonl"]


def test_a_document_that_was_removed_by_hand_stays_away(folder: Path, holdings: Holdings) -> None:
    watcher = Watcher(folder)
    look(watcher, holdings)
    asyncio.run(holdings.change(remove=[holdings.index.documents[0].id]))
    assert look(watcher, holdings) == []
    (folder / "洛江.txt").unlink()
    assert look(watcher, holdings) == []


def test_what_could_not_be_brought_in_is_brought_in_later(
    folder: Path, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher(folder)
    with monkeypatch.context() as patch:
        patch.setattr(holdings, "_change", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look(watcher, holdings)
    assert look(watcher, holdings) == ["洛江.txt"]


# --- a service that follows --------------------------------------------------------------------------


def listed(client: TestClient) -> list[str]:
    return sorted(row["name"] for row in client.get("/documents").json().get("documents", ["?"]))


def test_a_service_follows_its_folder(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.watching, "_LOOK_EVERY", 200)
    write(tmp_path / "给定.txt", "鲤城区修老屋\n\n鲤城区沿街的老屋由住户自己修。\n")
    settings = Settings(documents=(tmp_path / "给定.txt",), watch=folder)
    with TestClient(create_app(settings=settings)) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        assert listed(client) == ["洛江.txt", "给定.txt"]
        write(folder / "石狮.txt", QUAY.format("两"))
        until(lambda: listed(client) == ["洛江.txt", "石狮.txt", "给定.txt"])
        (folder / "洛江.txt").unlink()
        until(lambda: listed(client) == ["石狮.txt", "给定.txt"])
        folder.rename(tmp_path / "moved")
        until(lambda: bool(caplog.records))
        assert caplog.records[-1].getMessage() == f"文件夹 {folder} 不见了；它的文件先照旧用着"
        assert listed(client) == ["石狮.txt", "给定.txt"]
        folder.mkdir()
        write(folder / "鱼市.txt", "石狮市的鱼市\n\n石狮市的鱼市清早开秤。\n")
        until(lambda: listed(client) == ["给定.txt", "鱼市.txt"])
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_the_end_of_the_service_waits_for_the_change_under_way(
    folder: Path, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = Event(), Event()
    change_index = api.holdings.change_index
    written: list[Path] = []

    def slowly(own: Path, *given: Any, **named: Any) -> Change:
        begun.set()
        may_go_on.wait(10)
        change = change_index(own, *given, **named)
        written.append(own)
        return change

    monkeypatch.setattr(api.holdings, "change_index", slowly)

    async def stop_in_the_middle() -> None:
        following = asyncio.create_task(Watcher(folder).bring_in(holdings))
        await asyncio.to_thread(begun.wait, 10)
        following.cancel()
        with pytest.raises(asyncio.CancelledError):
            await following
        closing = asyncio.create_task(holdings.close())
        await asyncio.sleep(0)
        may_go_on.set()
        await closing
        assert [own.parent.exists() for own in written] == [False]

    asyncio.run(stop_in_the_middle())
    assert names(holdings.index) == ["洛江.txt"]


def test_an_empty_folder_is_followed_and_is_no_reason_for_the_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.watching, "_LOOK_EVERY", 200)
    (folder / "洛江.txt").unlink()
    with TestClient(create_app(settings=Settings(watch=folder))) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        assert listed(client) == []
        assert client.post("/ask", json={"question": "码头"}).json()["answered"] is False
        write(folder / "石狮.txt", QUAY.format("两"))
        until(lambda: listed(client) == ["石狮.txt"])
        (folder / "石狮.txt").unlink()
        until(lambda: listed(client) == [])
