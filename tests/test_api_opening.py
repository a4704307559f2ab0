"""Readiness: the index on its way, open, or not to be opened; and what names it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from conftest import IndexOfTexts
from fastapi.testclient import TestClient
from helpers import until

import api.app
from api.app import create_app
from api.errors import NotReadyError
from api.opening import Opening
from index.errors import BrokenIndexError
from index.store import Index
from qa.opening import ENVIRONMENT, Settings

ON_ITS_WAY = {"error": {"code": "not_ready", "message": "索引还没有打开；请稍后再试"}}


@pytest.fixture(scope="module")
def index(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts({"鲤城.txt": "鲤城区的南音\n夜里的南音演出每周六在西街举行。"})


def opening_with(
    monkeypatch: pytest.MonkeyPatch, open_settings: Callable[[Settings], Index]
) -> None:
    """Make the service open what `open_settings` returns."""
    monkeypatch.setattr(api.app, "open_settings", lambda settings, *_: open_settings(settings))


def test_the_service_is_alive_but_not_ready_while_the_index_is_opened(
    monkeypatch: pytest.MonkeyPatch, index: Index
) -> None:
    may_go_on = Event()

    def open_settings(settings: Settings) -> Index:
        may_go_on.wait(5)
        return index

    opening_with(monkeypatch, open_settings)
    with TestClient(create_app()) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/docs").status_code == 200
        for response in (client.get("/readyz"), client.post("/ask", json={"question": "南音"})):
            assert (response.status_code, response.json()) == (503, ON_ITS_WAY)
        may_go_on.set()
        until(lambda: client.get("/readyz").status_code == 200)
        assert client.post("/ask", json={"question": "南音"}).status_code == 200


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (BrokenIndexError("缺文件 words"), "索引打不开：缺文件 words"),
        (RuntimeError("secret"), "索引打不开，原因在服务的日志里；请修好后重新启动"),
    ],
)
def test_a_failed_opening_is_told_by_readyz_and_by_every_route_that_needs_the_index(
    monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def open_settings(settings: Settings) -> Index:
        raise error

    opening_with(monkeypatch, open_settings)
    expected = {"error": {"code": "not_ready", "message": message}}
    with TestClient(create_app()) as client:
        until(lambda: client.get("/readyz").json() == expected)
        assert client.get("/documents").json() == expected
        assert client.get("/documents").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_a_failed_opening_is_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    def open_it() -> Index:
        raise BrokenIndexError("缺文件 words")

    with caplog.at_level(logging.ERROR, logger="quanwen"):
        opening = Opening(open_it)
        opening.start()
        until(lambda: bool(caplog.records))
    assert [record.getMessage() for record in caplog.records] == ["索引打不开：缺文件 words"]
    assert caplog.records[0].exc_info is None
    with pytest.raises(NotReadyError, match="索引打不开：缺文件 words"):
        _ = opening.index


def test_an_index_that_is_given_is_not_opened_again(
    monkeypatch: pytest.MonkeyPatch, index: Index
) -> None:
    def open_settings(settings: Settings) -> Index:
        raise AssertionError

    opening_with(monkeypatch, open_settings)
    with TestClient(create_app(index)) as client:
        assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize(
    ("environment", "given", "opened"),
    [
        (None, None, Settings()),
        (Settings(index=Path("/a")).to_text(), None, Settings(index=Path("/a"))),
        (Settings(index=Path("/a")).to_text(), Settings((Path("/b"),)), Settings((Path("/b"),))),
    ],
)
def test_settings_are_those_given_or_those_of_the_environment_or_the_digest(
    monkeypatch: pytest.MonkeyPatch,
    index: Index,
    environment: str | None,
    given: Settings | None,
    opened: Settings,
) -> None:
    seen: list[Settings] = []

    def open_settings(settings: Settings) -> Index:
        seen.append(settings)
        return index

    opening_with(monkeypatch, open_settings)
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    if environment is not None:
        monkeypatch.setenv(ENVIRONMENT, environment)
    with TestClient(create_app(settings=given)) as client:
        until(lambda: client.get("/readyz").status_code == 200)
    assert seen == [opened]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"documents": 1, "index": 2}'])
def test_an_environment_that_makes_no_sense_is_told_by_readyz(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv(ENVIRONMENT, text)
    message = f"索引打不开：环境变量 {ENVIRONMENT} 读不懂；请用 quanwen serve 启动，或去掉它"
    with TestClient(create_app()) as client:
        until(lambda: client.get("/readyz").json()["error"]["message"] == message)
