"""The page at `/docs` and the schema that it is drawn from."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.docs import example, page
from qa.opening import Settings

ROUTES = [
    ("POST", "/ask"),
    ("GET", "/search"),
    ("GET", "/suggestions"),
    ("GET", "/districts"),
    ("GET", "/documents"),
    ("POST", "/documents"),
    ("DELETE", "/documents/{id}"),
    ("GET", "/documents/progress"),
    ("GET", "/documents/{id}/text"),
    ("GET", "/passages/{id}"),
    ("POST", "/v1/chat/completions"),
    ("GET", "/v1/models"),
    ("GET", "/v1/models/{model}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
]


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(settings=Settings()))  # not started: no index is needed


def test_the_page_shows_every_route(client: TestClient) -> None:
    html = client.get("/docs").text
    for method, path in ROUTES:
        assert f"<code>{method} {path}</code>" in html


def test_the_page_fetches_nothing_and_runs_no_script(client: TestClient) -> None:
    response = client.get("/docs")
    assert response.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'"
    )
    assert re.findall(r"<(?:script|link|img|iframe)|@import|url\(|\bsrc=", response.text) == []
    links = re.findall(r'href="([^"]*)"', response.text)
    assert {link for link in links if not link.startswith("#")} == {"openapi.json"}


def test_every_link_within_the_page_leads_somewhere(client: TestClient) -> None:
    html = client.get("/docs").text
    anchors = set(re.findall(r' id="([^"]*)"', html))
    assert set(re.findall(r'href="#([^"]*)"', html)) <= anchors


def test_the_page_gives_a_call_that_can_be_pasted_into_a_shell(client: TestClient) -> None:
    html = client.get("/docs").text
    assert "curl -G --data-urlencode &#x27;q=新建学校&#x27;" in html
    assert "curl -F file=@洛江.txt http://testserver/documents" in html.replace("&#x27;", "")
    assert "curl -X DELETE http://testserver/documents/3f2a9c01b7de" in html


def test_pages_that_load_scripts_from_elsewhere_are_off(client: TestClient) -> None:
    assert client.get("/redoc").status_code == 404
    assert client.get("/docs/oauth2-redirect").status_code == 404


def test_the_schema_describes_errors_in_our_shape_only(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        shape = "OpenAIErrorBody" if path.startswith("/v1/") else "ErrorBody"
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    reference = response["content"]["application/json"]["schema"]["$ref"]
                    assert reference == f"#/components/schemas/{shape}"


def test_the_schema_tells_the_limits(client: TestClient) -> None:
    fields = client.get("/openapi.json").json()["components"]["schemas"]["QuestionBody"]
    limits = fields["properties"]
    assert limits["question"]["maxLength"] == 2000
    assert limits["history"]["maxItems"] == 50
    assert (limits["top_k"]["minimum"], limits["top_k"]["maximum"]) == (1, 20)
    assert fields["required"] == ["question"]


def test_every_field_is_described_in_chinese(client: TestClient) -> None:
    for name, shape in client.get("/openapi.json").json()["components"]["schemas"].items():
        for field, values in shape["properties"].items():
            assert re.search("[\u4e00-\u9fff]", values["description"]), f"{name}.{field}"


def test_an_example_is_put_together_from_the_examples_of_the_fields() -> None:
    shapes = {
        "Row": {"properties": {"name": {"examples": ["甲"]}, "kind": {"enum": ["fact", "way"]}}}
    }
    rows = {"items": {"$ref": "#/components/schemas/Row"}}
    assert example(rows, shapes) == [{"name": "甲", "kind": "fact"}]


def test_what_may_be_null_or_is_always_the_same_has_an_example_too() -> None:
    shapes = {"Row": {"properties": {"name": {"const": "甲"}}}}
    nullable = {"anyOf": [{"$ref": "#/components/schemas/Row"}, {"type": "null"}]}
    assert example(nullable, shapes) == {"name": "甲"}


def test_what_the_schema_says_is_escaped() -> None:
    openapi = {
        "info": {"title": "<b>", "description": "a & b"},
        "paths": {},
        "components": {"schemas": {}},
    }
    html = page(openapi, "http://localhost")
    assert "&lt;b&gt;" in html
    assert "a &amp; b" in html
