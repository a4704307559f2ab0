"""How the page and its files are served, and the questions that it starts with."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from threading import Event

import pytest
from anyio.to_thread import current_default_thread_limiter
from fastapi import Request
from fastapi.testclient import TestClient

import api.homepage
from api.app import create_app
from index.store import Index

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def client(plans: Index) -> Iterator[TestClient]:
    with TestClient(create_app(plans)) as client:
        yield client


@pytest.fixture(scope="module")
def files(client: TestClient) -> list[str]:
    """The files that the page names."""
    found = re.findall(r'(?:src|href)="(page/[^"]+)"', client.get("/").text)
    assert len(found) == 8
    return found


def test_the_page_is_html_and_its_files_are_what_they_are(
    client: TestClient, files: list[str]
) -> None:
    types = {name: client.get(f"/{name}").headers["content-type"] for name in ["", *files]}
    assert types.pop("") == "text/html; charset=utf-8"
    assert types.pop("page/page.css") == "text/css; charset=utf-8"
    assert set(types.values()) == {"text/javascript; charset=utf-8"}


def test_the_page_may_load_nothing_from_elsewhere_and_tells_no_one_where_it_was(
    client: TestClient, files: list[str]
) -> None:
    for name in ["", *files]:
        headers = client.get(f"/{name}").headers
        assert headers["content-security-policy"] == POLICY
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"


def test_the_page_has_no_script_or_style_of_its_own_and_names_no_other_site(
    client: TestClient, files: list[str]
) -> None:
    html = client.get("/").text
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", html) == []
    for name in ["", *files]:
        addresses = set(re.findall(r"https?://[\w.]+", client.get(f"/{name}").text))
        assert addresses <= {"http://www.w3.org"}  # the name of SVG, which nobody fetches


def test_what_has_not_changed_is_not_sent_again(client: TestClient, files: list[str]) -> None:
    for name in ["", *files]:
        first = client.get(f"/{name}")
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(f"/{name}", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_page_and_its_files_are_sent_compressed_where_the_browser_can(
    client: TestClient, files: list[str]
) -> None:
    for name in ["", *files]:
        packed = client.get(f"/{name}", headers={"Accept-Encoding": "gzip"})
        plain = client.get(f"/{name}", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content


def test_the_page_can_be_asked_for_its_headers_alone(client: TestClient) -> None:
    for name in ("/", "/page/page.js"):
        head = client.head(name)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == client.get(name).headers["etag"]


@pytest.mark.parametrize(
    "address", ["/page/", "/page/nothing.js", "/page/../app.py", "/page/%2e%2e/app.py"]
)
def test_there_is_nothing_else_under_page(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_the_page_is_only_there_to_be_read(client: TestClient) -> None:
    response = client.post("/", json={})
    assert (response.status_code, response.json()["error"]["message"]) == (
        405,
        "这里不能用 POST；请用 GET",
    )


def test_the_page_is_there_before_the_index_is_open() -> None:
    client = TestClient(create_app())  # not started
    assert client.get("/").status_code == 200
    assert client.get("/suggestions").json()["error"]["code"] == "not_ready"


def test_the_suggestions_are_found_once_for_an_index(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/suggestions").json()
    assert first["suggestions"]

    def never(index: Index) -> list[str]:
        raise AssertionError

    monkeypatch.setattr(api.homepage, "suggestions", never)
    assert client.get("/suggestions").json() == first


def test_pages_that_wait_for_the_suggestions_take_one_thread_in_all(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = Event(), Event()

    def slowly(index: Index) -> list[str]:
        begun.set()
        may_go_on.wait(10)
        return ["旅游收入是多少？"]

    monkeypatch.setattr(api.homepage, "suggestions", slowly)
    monkeypatch.setattr(api.homepage, "_known", {})
    request = Request({"type": "http", "app": create_app(plans)})

    async def open_many_pages() -> None:
        pages = [asyncio.create_task(api.homepage.suggest(plans, request)) for _ in range(50)]
        await asyncio.to_thread(begun.wait, 10)
        taken = current_default_thread_limiter().borrowed_tokens
        may_go_on.set()
        told = await asyncio.gather(*pages)
        assert [page.suggestions for page in told] == [["旅游收入是多少？"]] * 50
        assert taken == 1

    asyncio.run(open_many_pages())
