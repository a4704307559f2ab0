"""What `/metrics` tells a monitoring system."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts
from fastapi.testclient import TestClient

import api.asking
from api.app import create_app
from qa.opening import Settings

TEXTS = {"洛江.txt": "洛江区办学校\n\n洛江区今年新建两所小学。\n\n校舍九月交付。\n"}


def values(client: TestClient) -> dict[str, float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    rows = (line.rpartition(" ") for line in response.text.splitlines() if line[0] != "#")
    return {name: float(value) for name, _, value in rows}


def test_questions_refusals_and_what_is_there_are_counted(index_of_texts: IndexOfTexts) -> None:
    with TestClient(create_app(index_of_texts(TEXTS), Settings(uploads="on"))) as client:
        told = values(client)
        assert (told["quanwen_questions_total"], told["quanwen_documents"]) == (0, 1)
        assert told["quanwen_passages"] == 2
        for question in ("你好", "你好", "洛江区今年新建几所小学？"):
            client.post("/ask", json={"question": question})
        client.post("/ask", json={"question": ""})
        client.post("/documents", files=[("file", ("石狮.txt", "石狮的码头夜里也开。".encode()))])
        told = values(client)
    assert told["quanwen_questions_total"] == 3
    assert told['quanwen_refusals_total{reason="off_topic"}'] == 2
    assert (told["quanwen_documents"], told["quanwen_passages"]) == (2, 3)


def test_requests_are_timed_by_route_and_what_no_route_takes_is_one(
    index_of_texts: IndexOfTexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    app = create_app(index_of_texts(TEXTS))
    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/passages/甲")
        client.get("/passages/乙")
        client.get("/nowhere/1")
        client.request("PURGE", "/nowhere/2")
        client.request("PURGE", "/ask")
        client.get("/")
        client.head("/healthz")
        client.get("/page/page.js")
        client.get("/page/nothing.js")
        client.post("/mcp", json={})
        monkeypatch.setattr(api.asking, "ask", broken)
        client.post("/ask", json={"question": "学校"})
        told = values(client)
    counts = {
        name.partition("{")[2]: value
        for name, value in told.items()
        if name.startswith("quanwen_request_seconds_count")
    }
    assert counts == {
        'method="GET",route="/passages/{id:path}",status="404"}': 2,
        'method="",route="",status="404"}': 2,
        'method="POST",route="/ask",status="500"}': 1,
        'method="",route="/ask",status="405"}': 1,
        'method="GET",route="/",status="200"}': 1,
        'method="HEAD",route="/healthz",status="200"}': 1,
        'method="GET",route="/page/*",status="200"}': 1,
        'method="GET",route="/page/*",status="404"}': 1,
        'method="POST",route="/mcp",status="400"}': 1,
    }


def test_before_the_index_is_open_there_is_nothing_to_count() -> None:
    told = values(TestClient(create_app(settings=Settings())))  # not started
    assert (told["quanwen_documents"], told["quanwen_passages"]) == (0, 0)
