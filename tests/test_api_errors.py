"""Bad input: what is refused, with which code, and exactly what the user is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import IndexOfTexts
from fastapi.testclient import TestClient
from helpers import answer_to_post

import api.asking
from api.app import create_app
from index.store import Index

JSON = {"Content-Type": "application/json"}
TOO_LARGE = "请求体最多 64 KiB；请缩短问题或减少 history"
MALFORMED = "请求体不是 UTF-8 编码的 JSON；请检查引号、括号和编码"
NO_OBJECT = '请求体要是 JSON 对象，如 {"question": "…"}，并带请求头 Content-Type: application/json'


@pytest.fixture(scope="module")
def index(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts(
        {
            "洛江.txt": "---\ndistrict: 洛江区\n---\n办好学校\n全区今年新建两所小学。",
            "鲤城.txt": "---\ndistrict: 鲤城区\n---\n留住古城\n沿街的老屋由住户自己修。",
        }
    )


@pytest.fixture(scope="module")
def client(index: Index) -> Iterator[TestClient]:
    with TestClient(create_app(index), raise_server_exceptions=False) as client:
        yield client


def error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


# --- questions -----------------------------------------------------------------------------------

Q = "老屋怎么修？"
BAD_QUESTIONS = [
    ({}, "invalid_request", "缺少 question；请加上"),
    ({"question": None}, "invalid_request", "question 要是文字"),
    ({"question": 5}, "invalid_request", "question 要是文字"),
    ({"question": ["a"]}, "invalid_request", "question 要是文字"),
    ({"question": {"question": "a"}}, "invalid_request", "question 要是文字"),
    ({"question": ""}, "bad_question", "问题是空的；请写出要问的话"),
    ({"question": " \u3000\n\t"}, "bad_question", "问题是空的；请写出要问的话"),
    ({"question": "字" * 2001}, "bad_question", "问题有 2001 字，最多 2000 字；请缩短"),
    ({"question": Q, "history": "a"}, "invalid_request", "history 要是列表"),
    ({"question": Q, "history": [Q, 1]}, "invalid_request", "history[1] 要是文字"),
    ({"question": Q, "history": [[Q]]}, "invalid_request", "history[0] 要是文字"),
    (
        {"question": Q, "history": [Q] * 51},
        "bad_question",
        "前面的问题最多 50 个；请只留最近的",
    ),
    (
        {"question": Q, "history": ["字" * 2001]},
        "bad_question",
        "前面的问题有 2001 字，最多 2000 字；请缩短",
    ),
    ({"question": Q, "districts": "洛江区"}, "invalid_request", "districts 要是列表"),
    ({"question": Q, "districts": [1]}, "invalid_request", "districts[0] 要是文字"),
    (
        {"question": Q, "districts": ["字" * 51]},
        "invalid_request",
        "districts[0] 太长；最多 50 字",
    ),
    (
        {"question": Q, "districts": ["洛江", "亚特兰蒂斯区"]},
        "unknown_district",
        "不认识地区“亚特兰蒂斯区”；文件里有：洛江区、鲤城区",
    ),
    ({"question": Q, "top_k": 0}, "bad_question", "top_k 是 0；请用 1 到 20 的数"),
    ({"question": Q, "top_k": 21}, "bad_question", "top_k 是 21；请用 1 到 20 的数"),
    ({"question": Q, "top_k": "5"}, "invalid_request", "top_k 要是整数"),
    ({"question": Q, "top_k": 2.5}, "invalid_request", "top_k 要是整数"),
    ({"question": Q, "top_k": True}, "invalid_request", "top_k 要是整数"),
    ({"question": Q, "top_k": None}, "invalid_request", "top_k 要是整数"),
    ([], "invalid_request", NO_OBJECT),
    ("老屋怎么修？", "invalid_request", NO_OBJECT),
    (5, "invalid_request", NO_OBJECT),
    (None, "invalid_request", NO_OBJECT),
]


@pytest.mark.parametrize(("body", "code", "message"), BAD_QUESTIONS)
def test_a_bad_question_is_told_what_to_change(
    client: TestClient, body: Any, code: str, message: str
) -> None:
    response = client.post("/ask", content=json.dumps(body), headers=JSON)
    assert (response.status_code, response.json()) == (422, error(code, message))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_top_k_that_is_no_number_is_refused(client: TestClient, number: str) -> None:
    content = f'{{"question": "老屋", "top_k": {number}}}'.encode()
    response = client.post("/ask", content=content, headers=JSON)
    assert (response.status_code, response.json()) == (
        422,
        error("invalid_request", "top_k 要是整数"),
    )


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (r'{"question": "老屋\ud800"}', "question"),
        (r'{"question": "\udc00老屋"}', "question"),
        (r'{"question": "老屋", "history": ["\ud83d"]}', "history[0]"),
        (r'{"question": "老屋", "districts": ["\ud83d"]}', "districts[0]"),
    ],
)
def test_half_a_surrogate_pair_is_refused(client: TestClient, body: str, where: str) -> None:
    response = client.post("/ask", content=body.encode(), headers=JSON)
    assert (response.status_code, response.json()) == (
        422,
        error("invalid_request", f"{where} 里有半个字符（单独的代理码）；请去掉"),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"question=a",
        b'{"question": "a"} x',
        b'{"question": "\xff\xfe"}',
        '{"question": "老屋"}'.encode("gb18030"),
        b"[" * 60_000,
        b'{"question": ' * 4_000,
        b'{"question": "a", "top_k": ' + b"9" * 5_000 + b"}",
    ],
    ids=["cut", "form", "rest", "bytes", "gb18030", "nested lists", "nested objects", "digits"],
)
def test_a_body_that_is_no_json_is_refused(client: TestClient, content: bytes) -> None:
    response = client.post("/ask", content=content, headers=JSON)
    assert (response.status_code, response.json()) == (400, error("malformed_json", MALFORMED))


@pytest.mark.parametrize(
    "headers", [{}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-yaml"}]
)
def test_a_body_that_does_not_call_itself_json_is_refused(
    client: TestClient, headers: dict[str, str]
) -> None:
    response = client.post("/ask", content=b'{"question": "a"}', headers=headers)
    assert (response.status_code, response.json()) == (422, error("invalid_request", NO_OBJECT))


def test_a_missing_body_is_refused(client: TestClient) -> None:
    response = client.post("/ask")
    assert (response.status_code, response.json()) == (422, error("invalid_request", NO_OBJECT))


@pytest.mark.parametrize(
    "question",
    [
        "\0",
        "老屋\0怎么修\x07\x1b[31m？",
        "\u202e老屋\u200b\ufeff",
        "\ufffe\uffff",
        "😊",
        "？？！！",
        '") OR terms:* NOT (',
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "{question}%s%n",
        "老" * 2000,
        "洛江区、鲤城区" * 280,
        "a" * 2000,
        "１２３" * 600,
        "e\u0301\u0302" * 600,
    ],
)
def test_a_hostile_question_is_answered_or_refused_and_breaks_nothing(
    client: TestClient, question: str
) -> None:
    for history in ([], [question] * 3):
        response = client.post("/ask", json={"question": question, "history": history})
        assert response.status_code == 200
    assert client.get("/search", params={"q": question}).status_code == 200


# --- searches ------------------------------------------------------------------------------------

UNKNOWN = "不认识地区“Q”；文件里有：洛江区、鲤城区"
NOT_UTF8 = "问题里有不成字的编码；请用 UTF-8 重新输入"


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("", "invalid_request", "缺少 q；请加上"),
        ("q=", "bad_question", "问题是空的；请写出要问的话"),
        ("q=%20", "bad_question", "问题是空的；请写出要问的话"),
        (f"q={'a' * 2001}", "bad_question", "问题有 2001 字，最多 2000 字；请缩短"),
        ("q=a&k=0", "invalid_request", "k 不能小于 1"),
        ("q=a&k=101", "invalid_request", "k 不能大于 100"),
        ("q=a&k=ten", "invalid_request", "k 要是整数"),
        ("q=a&k=1.5", "invalid_request", "k 要是整数"),
        ("q=a&k=", "invalid_request", "k 要是整数"),
        (f"q=a&k={'9' * 5000}", "invalid_request", "k 要是整数"),
        (f"q=a&district={'x' * 51}", "invalid_request", "district[0] 太长；最多 50 字"),
        ("q=a&district=Q", "unknown_district", UNKNOWN),
        ("q=a&district=洛江&district=Q", "unknown_district", UNKNOWN),
        ("q=a&district=%ED%A0%80", "bad_question", NOT_UTF8),
        ("q=a&district=%C2%E5%BD%AD", "bad_question", NOT_UTF8),
        ("q=%C2%C3%D3%CE", "bad_question", NOT_UTF8),
    ],
)
def test_a_bad_search_is_told_what_to_change(
    client: TestClient, query: str, code: str, message: str
) -> None:
    response = client.get(f"/search?{query}")
    assert (response.status_code, response.json()) == (422, error(code, message))


# --- addresses and methods -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/nowhere", "没有 /nowhere 这个地址；能用的见 /docs"),
        ("/ask/", "没有 /ask/ 这个地址；能用的见 /docs"),
        ("/" + "x" * 100, f"没有 /{'x' * 79} 这个地址；能用的见 /docs"),
        ("/documents/nothing/text", "没有这个 id 的文件；GET /documents 列出全部文件"),
        ("/documents/%00/text", "没有这个 id 的文件；GET /documents 列出全部文件"),
        ("/passages/nothing", "没有这个 id 的段落；id 在 /ask 和 /search 的结果里"),
        ("/passages/..%2f..%2fetc", "没有这个 id 的段落；id 在 /ask 和 /search 的结果里"),
        ("/passages/%ED%A0%80", "没有这个 id 的段落；id 在 /ask 和 /search 的结果里"),
    ],
)
def test_what_is_not_there_is_404(client: TestClient, path: str, message: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()) == (404, error("not_found", message))


@pytest.mark.parametrize(
    ("method", "path", "allowed", "use"),
    [
        ("GET", "/ask", "POST", "请用 POST"),
        ("DELETE", "/search", "GET", "请用 GET"),
        ("POST", "/healthz", "GET, HEAD", "请用 GET"),
        ("PUT", "/documents", "GET, POST", "请用 GET、POST"),
        ("PUT", "/documents/洛江.txt", "DELETE", "能用的见 /docs"),
        ("GET", "/documents/3f2a9c01b7de", "DELETE", "能用的见 /docs"),
        ("POST", "/documents/3f2a9c01b7de/text", "GET", "请用 GET"),
        ("POST", "/", "GET, HEAD", "请用 GET"),
        ("DELETE", "/page/page.js", "GET, HEAD", "请用 GET"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones_but_not_how_to_remove(
    client: TestClient, method: str, path: str, allowed: str, use: str
) -> None:
    response = client.request(method, path)
    assert response.json() == error("method_not_allowed", f"这里不能用 {method}；{use}")
    assert (response.status_code, response.headers["allow"]) == (405, allowed)


# --- large bodies --------------------------------------------------------------------------------


def test_a_body_of_64_kib_is_read_and_one_byte_more_is_not(client: TestClient) -> None:
    body = b'{"question": "a"}'
    fits = client.post("/ask", content=body.ljust(64 * 1024), headers=JSON)
    assert fits.status_code == 200
    response = client.post("/ask", content=body.ljust(64 * 1024 + 1), headers=JSON)
    assert (response.status_code, response.json()) == (413, error("body_too_large", TOO_LARGE))


def test_a_body_in_chunks_without_its_length_is_measured_too(index: Index) -> None:
    """The limit stops the reading: of a body without end, only what fits is taken."""
    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1000
        return {"type": "http.request", "body": b" " * 1000, "more_body": True}

    headers = {"content-type": "application/json", "transfer-encoding": "chunked"}
    told = answer_to_post(create_app(index), "/ask", headers, receive)
    assert told == (413, error("body_too_large", TOO_LARGE))
    assert taken == 66_000


# --- our own faults ------------------------------------------------------------------------------


def test_an_unexpected_error_tells_nothing_of_its_insides(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(api.asking, "ask", broken)
    response = client.post("/ask", json={"question": "老屋怎么修？"})
    assert (response.status_code, response.json()) == (
        500,
        error("internal", "服务出错了，不是您的问题；请稍后再试，或把问题报告给维护者"),
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-type"] == "application/json; charset=utf-8"
