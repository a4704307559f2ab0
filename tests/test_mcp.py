"""The MCP server by the SDK's own client: in memory, over HTTP, and over stdio as people start it."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from helpers import PLANS
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import TextContent
from serving import running

import api.asking
from api.app import create_app
from api.errors import NotReadyError
from api.mcp import create_server
from index.store import Index
from qa.cli import run
from qa.opening import Settings

QUESTION = "洛江区新增多少学位？"
PROGRAM = [sys.executable, "-c", "from qa.cli import main; main()"]


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    """Return what `use` makes of a client of `server`: the server itself, or where it is."""

    async def whole() -> Any:
        async with Client(server) as client:
            return await use(client)

    return asyncio.run(whole())


def called(server: Any, tool: str, **arguments: Any) -> Any:
    """Return a tool's typed result."""

    async def use(client: Client) -> Any:
        result = await client.call_tool(tool, arguments)
        assert not result.is_error
        [content] = result.content
        assert isinstance(content, TextContent)
        assert json.loads(content.text) == result.structured_content
        return result.structured_content

    return with_client(server, use)


def refusal(server: Any, tool: str, **arguments: Any) -> str:
    """Return what the model is told where a call is wrong."""

    async def use(client: Client) -> str:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        [content] = result.content
        assert isinstance(content, TextContent)
        return content.text

    return str(with_client(server, use))


@pytest.fixture(scope="module")
def http(plans: Index) -> Iterator[TestClient]:
    with TestClient(create_app(plans)) as client:
        yield client


# --- the tools -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(plans: Index) -> Any:
    return create_server(lambda: plans)


def test_there_are_four_tools_that_only_read_each_told_in_chinese(server: Any) -> None:
    tools = with_client(server, lambda client: client.list_tools()).tools
    assert [(tool.name, tool.title) for tool in tools] == [
        ("ask", "提问"),
        ("search", "检索"),
        ("list_districts", "有哪些地区"),
        ("get_passage", "段落的上下文"),
    ]
    for tool in tools:
        assert re.search("[\u4e00-\u9fff]", tool.description)
        assert "\n    " not in tool.description  # the indent of the source
        assert tool.annotations.read_only_hint is True
        for parameter in tool.input_schema["properties"].values():
            assert re.search("[\u4e00-\u9fff]", parameter["description"])


@pytest.mark.parametrize(
    ("tool", "fields"),
    [
        (
            "ask",
            "answered reason confidence message understood passages by_district",
        ),
        ("search", "passages"),
        ("list_districts", "districts"),
    ],
)
def test_a_tool_tells_the_shape_of_its_result(server: Any, tool: str, fields: str) -> None:
    tools = with_client(server, lambda client: client.list_tools()).tools
    [schema] = [found.output_schema for found in tools if found.name == tool]
    assert list(schema["properties"]) == fields.split()


def test_the_model_is_told_how_to_quote_and_when_to_say_that_nothing_answers(server: Any) -> None:
    async def use(client: Client) -> str:
        return client.instructions or ""

    assert "answered 是 false 就是文件没有说，请照实告诉用户" in with_client(server, use)


def test_a_question_gets_the_same_answer_as_over_http(server: Any, http: TestClient) -> None:
    asked = {
        "question": "那洛江呢？",
        "history": ["鲤城区新增多少学位？"],
        "districts": ["洛江"],
        "top_k": 2,
    }
    assert called(server, "ask", **asked) == http.post("/ask", json=asked).json()
    alone = called(server, "ask", question=QUESTION)
    assert alone == http.post("/ask", json={"question": QUESTION}).json()


def test_a_refusal_is_a_result_and_no_error(server: Any) -> None:
    answer = called(server, "ask", question="你好")
    assert (answer["answered"], answer["reason"]) == (False, "off_topic")


def test_a_search_the_districts_and_a_passage_are_the_same_as_over_http(
    server: Any, http: TestClient
) -> None:
    found = called(server, "search", query="新增学位", k=2, district="洛江")
    parameters: dict[str, Any] = {"q": "新增学位", "k": 2, "district": "洛江"}
    assert found == http.get("/search", params=parameters).json()
    assert called(server, "list_districts") == http.get("/districts").json()
    id = found["passages"][0]["id"]
    assert called(server, "get_passage", id=id) == http.get(f"/passages/{id}").json()


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {}, "缺少 question；请加上"),
        ("ask", {"question": 5}, "question 要是文字"),
        ("ask", {"question": ""}, "问题是空的；请写出要问的话"),
        ("ask", {"question": "字" * 2001}, "问题有 2001 字，最多 2000 字；请缩短"),
        ("ask", {"question": "a", "history": "b"}, "history 要是列表"),
        ("ask", {"question": "a", "history": [1]}, "history[0] 要是文字"),
        ("ask", {"question": "a", "history": ["b"] * 51}, "前面的问题最多 50 个；请只留最近的"),
        ("ask", {"question": "a", "districts": ["字" * 51]}, "districts[0] 太长；最多 50 字"),
        (
            "ask",
            {"question": "a", "districts": ["亚特兰蒂斯"]},
            "不认识地区“亚特兰蒂斯”；文件里有：丰泽区、洛江区、鲤城区",
        ),
        ("ask", {"question": "a", "top_k": 21}, "top_k 是 21；请用 1 到 20 的数"),
        ("ask", {"question": "a", "top_k": 1.5}, "top_k 要是整数"),
        ("search", {"query": " "}, "问题是空的；请写出要问的话"),
        ("search", {"query": "a", "k": 0}, "k 不能小于 1"),
        ("search", {"query": "a", "k": 101}, "k 不能大于 100"),
        (
            "search",
            {"query": "a", "district": "甲"},
            "不认识地区“甲”；文件里有：丰泽区、洛江区、鲤城区",
        ),
        ("get_passage", {"id": "无"}, "没有这个 id 的段落；id 在 /ask 和 /search 的结果里"),
        ("nothing", {}, "Unknown tool: nothing"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_what_to_change(
    server: Any, tool: str, arguments: dict[str, Any], told: str
) -> None:
    assert refusal(server, tool, **arguments) == told


def test_a_call_before_the_index_is_open_is_told_so() -> None:
    def index() -> Index:
        raise NotReadyError("索引还没有打开；请稍后再试")

    for tool, arguments in (("ask", {"question": QUESTION}), ("list_districts", {})):
        assert refusal(create_server(index), tool, **arguments) == "索引还没有打开；请稍后再试"


def test_an_unexpected_error_tells_nothing_of_its_insides(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(api.asking, "ask", broken)
    assert refusal(server, "ask", question=QUESTION) == "Error executing tool ask"


# --- over HTTP -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(plans: Index) -> Iterator[str]:
    with running(create_app(plans)) as address:
        yield f"{address}/mcp"


def test_the_running_service_answers_over_http(address: str, http: TestClient) -> None:
    asked = {"question": QUESTION}
    assert called(address, "ask", **asked) == http.post("/ask", json=asked).json()
    assert refusal(address, "ask", question="") == "问题是空的；请写出要问的话"


def test_a_client_of_before_2026_is_answered_too(address: str) -> None:
    async def answered() -> bool:
        async with Client(address, mode="legacy") as client:
            result = await client.call_tool("ask", {"question": QUESTION})
            return bool((result.structured_content or {})["answered"])

    assert asyncio.run(answered())


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_stream_to_open_and_no_session_to_end(http: TestClient, method: str) -> None:
    response = http.request(method, "/mcp", headers=MCP_HEADERS)
    assert (response.status_code, response.json()["error"]) == (
        405,
        {"code": "method_not_allowed", "message": f"这里不能用 {method}；请用 POST"},
    )


def test_many_clients_at_once_get_each_their_own_answer(address: str) -> None:
    questions = ["洛江区新增多少学位？", "鲤城区新增多少学位？"] * 4

    async def one(question: str) -> list[str]:
        async with Client(address) as client:
            result = await client.call_tool("ask", {"question": question})
            return list((result.structured_content or {})["by_district"])

    async def all_at_once() -> list[list[str]]:
        return await asyncio.gather(*map(one, questions))

    assert asyncio.run(all_at_once()) == [["洛江区"], ["鲤城区"]] * 4


CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "list_districts", "arguments": {}},
}
MCP_HEADERS = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "quanwen.example:8000", "10.0.0.7"])
@pytest.mark.parametrize(
    "origin", [None, "http://localhost:6274", "http://127.0.0.1", "http://[::1]:80"]
)
def test_the_service_answers_by_whatever_name_it_is_reached(
    http: TestClient, host: str, origin: str | None
) -> None:
    headers = MCP_HEADERS | {"Host": host} | ({"Origin": origin} if origin else {})
    response = http.post("/mcp", json=CALL, headers=headers)
    assert response.status_code == 200
    assert len(response.json()["result"]["structuredContent"]["districts"]) == 3


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "http://localhost.example.org",
        "http://quanwen.example:8000",
        "null",
        "http://[",
        "",
    ],
)
def test_a_page_from_elsewhere_is_refused_even_by_the_services_own_name(
    http: TestClient, origin: str
) -> None:
    headers = MCP_HEADERS | {"Origin": origin, "Host": "quanwen.example:8000"}
    response = http.post("/mcp", json=CALL, headers=headers)
    assert (response.status_code, response.json()) == (
        403,
        {
            "error": {
                "code": "foreign_page",
                "message": "网页不能调用 /mcp；请用 MCP 客户端，或本机的网页",
            }
        },
    )


def test_a_body_over_4_mib_is_refused(http: TestClient) -> None:
    body = json.dumps(CALL).encode()
    headers = MCP_HEADERS | {"Content-Type": "application/json"}
    assert http.post("/mcp", content=body.ljust(4 << 20), headers=headers).status_code == 200
    response = http.post("/mcp", content=body.ljust((4 << 20) + 1), headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_message_of_the_protocol_is_a_bad_request(
    http: TestClient, content: bytes
) -> None:
    headers = MCP_HEADERS | {"Content-Type": "application/json"}
    response = http.post("/mcp", content=content, headers=headers)
    assert response.status_code == 400
    assert "Traceback" not in response.text


def test_a_service_may_be_started_twice(plans: Index) -> None:
    app = create_app(plans)
    for _ in range(2):
        with TestClient(app) as client:
            assert client.post("/mcp", json=CALL, headers=MCP_HEADERS).status_code == 200


# --- without the extra ---------------------------------------------------------------------------


@pytest.fixture
def without_mcp(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] == "mcp":
            monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "api.mcp")


@pytest.mark.usefixtures("without_mcp")
def test_without_the_extra_the_command_says_what_to_install(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["mcp"]) == 2
    captured = capsys.readouterr()
    told = "错误：没有 mcp 这个包，或太旧；请运行 pip install 'mcp>=2.3,<3'\n"
    assert (captured.out, captured.err) == ("", told)


@pytest.mark.usefixtures("without_mcp")
def test_without_the_extra_the_service_has_no_mcp_and_all_the_rest() -> None:
    with TestClient(create_app(settings=Settings())) as client:
        assert client.post("/mcp", json=CALL, headers=MCP_HEADERS).status_code == 404
        assert client.get("/healthz").status_code == 200


# --- over stdio ----------------------------------------------------------------------------------


def parameters(*arguments: str, cache: Path) -> Any:
    program, *rest = PROGRAM
    environment = {"QUANWEN_CACHE": str(cache)}
    return stdio_client(
        StdioServerParameters(command=program, args=[*rest, "mcp", *arguments], env=environment)
    )


def test_the_command_answers_over_stdio_from_documents(tmp_path: Path) -> None:
    answer = called(parameters(str(PLANS), cache=tmp_path), "ask", question=QUESTION)
    assert answer["answered"] is True
    assert answer["passages"][0]["document"] == "洛江区.txt"


def test_nothing_but_the_protocol_stands_on_stdout(tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "好.txt").write_text("---\ndistrict: 洛江区\n---\n学校\n新建两所小学。", "utf-8")
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {**CALL, "id": 2},
    ]
    with subprocess.Popen(
        [*PROGRAM, "mcp", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={"QUANWEN_CACHE": str(tmp_path / "cache"), "PYTHONIOENCODING": "utf-8"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(json.dumps(line) + "\n" for line in lines))
        process.stdin.flush()  # and not closed: what is still being answered then is dropped
        said = [json.loads(process.stdout.readline()) for _ in range(2)]
        rest, errors = process.communicate()
    assert (process.returncode, rest) == (0, "")
    assert [message["id"] for message in said] == [1, 2]
    assert said[1]["result"]["structuredContent"]["districts"][0]["name"] == "洛江区"
    assert errors.startswith("跳过 ")  # the file that can't be read
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["没有.txt"], ["--index", "没有"], [str(PLANS), "--index", "没有"]]
)
def test_the_command_says_what_is_wrong_with_what_it_is_given(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(["mcp", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("错误：")
    assert captured.err.count("\n") == 1
