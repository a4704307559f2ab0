"""By which names the service answers; who may change its documents is in test_api_uploading."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from index.store import Index
from qa.opening import Settings

REFUSED = (
    "这个服务不认主机名 {}；请用 127.0.0.1 或 localhost 打开，或用 quanwen serve --allow-host 名字 启动"
    " (unknown host name; start the service with --allow-host NAME to allow it)"
)
ADDRESSES = ("/", "/page/page.js", "/districts", "/docs", "/openapi.json", "/nowhere", "/healthz")


@pytest.mark.parametrize(
    ("names", "host", "name"),
    [
        ((), "127.0.0.1:8000", None),
        ((), "LOCALHOST", None),
        ((), "[::1]:8000", None),
        ((), "testserver", "testserver"),
        ((), "evil.example:8000", "evil.example"),  # a name that was made to point here
        ((), "127.0.0.1.evil.example", "127.0.0.1.evil.example"),
        ((), "127.0.0.1@evil.example", "evil.example"),
        ((), "10.0.0.8:8000", "10.0.0.8"),
        ((), f"{'a' * 300}.example", "a" * 80),
        ((), "[", "（空）"),
        ((), "", "（空）"),
        (("qa.example",), "QA.example:8000", None),
        (("QA.example",), "qa.example", None),
        (("qa.example",), "localhost:8000", None),
        (("qa.example",), "www.qa.example", "www.qa.example"),
        (("qa.example", "*"), "evil.example", None),
    ],
)
def test_a_service_answers_by_its_own_names_only(
    plans: Index, names: tuple[str, ...], host: str, name: str | None
) -> None:
    with TestClient(create_app(plans, Settings(hosts=names))) as client:
        responses = [client.get(address, headers={"Host": host}) for address in ADDRESSES]
        responses.append(client.post("/mcp", headers={"Host": host}))
    if name is None:
        assert {response.status_code for response in responses} == {200, 400, 404}
        return
    message = REFUSED.format(name)
    for response in responses:
        assert response.status_code == 421
        assert response.json() == {"error": {"code": "unknown_host", "message": message}}
        assert response.headers["x-content-type-options"] == "nosniff"


def test_clients_of_openai_are_told_in_their_own_form(plans: Index) -> None:
    with TestClient(create_app(plans, Settings(hosts=()))) as client:
        response = client.get("/v1/models")
    assert (response.status_code, response.json()["error"]) == (
        421,
        {
            "message": REFUSED.format("testserver"),
            "type": "invalid_request_error",
            "param": None,
            "code": "unknown_host",
        },
    )


def test_an_app_made_by_hand_answers_by_any_name(plans: Index) -> None:
    with TestClient(create_app(plans)) as client:
        assert client.get("/healthz", headers={"Host": "qa.example"}).status_code == 200


def test_a_monitor_may_ask_for_the_headers_of_the_health_alone(plans: Index) -> None:
    with TestClient(create_app(plans)) as client:
        for address in ("/healthz", "/readyz"):
            head = client.head(address)
            assert (head.status_code, head.content) == (200, b"")
    not_started = TestClient(create_app())
    assert not_started.head("/readyz").status_code == 503
