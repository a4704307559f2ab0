"""OpenAI's wire format: messages as a question, streams, what front ends ask, and bad input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

import api.openai
from api.app import create_app
from index.store import Index
from qa.opening import Settings

PATH = "/v1/chat/completions"
JSON = {"Content-Type": "application/json"}
Q = "洛江区新增多少学位？"


@pytest.fixture(scope="module")
def client(plans: Index) -> Iterator[TestClient]:
    with TestClient(create_app(plans), raise_server_exceptions=False) as client:
        yield client


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def asking(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"model": "quanwen", "messages": list(messages), **fields}


def answer_to(client: TestClient, *messages: Any, **fields: Any) -> dict[str, Any]:
    """Return the structured answer; `test_openai_clients` looks at all the rest."""
    response = client.post(PATH, json=asking(*messages, **fields))
    assert response.status_code == 200
    found: dict[str, Any] = response.json()["quanwen"]
    return found


# --- messages as a question ----------------------------------------------------------------------


def test_the_answer_beside_the_content_is_the_one_that_ask_gives(client: TestClient) -> None:
    body = {"question": "那洛江呢？", "history": ["丰泽区新增多少学位？"], "top_k": 2}
    assert (
        answer_to(client, user("丰泽区新增多少学位？"), user("那洛江呢？"), top_k=2)
        == client.post("/ask", json=body).json()
    )


def test_text_parts_are_put_together(client: TestClient) -> None:
    parts = [{"type": "text", "text": "洛江区新增"}, {"type": "text", "text": "多少学位？"}]
    assert answer_to(client, user(parts))["understood"]["districts"] == ["洛江区"]


@pytest.mark.parametrize(
    "between",
    [
        {"role": "assistant", "content": "丰泽区新增学位3800个。"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]},
        {"role": "tool", "tool_call_id": "1", "content": {"any": "thing"}},
        {"role": "system", "content": "鲤城区"},
        {"role": "developer", "content": [{"type": "text", "text": "鲤城区"}]},
        user(""),
        user(None),
        user("字" * 2001),
        user("半个\ud83d"),
        user([{"type": "image_url", "image_url": {"url": "data:,"}}]),
    ],
    ids=lambda message: f"{message['role']} {str(message.get('content'))[:8]!a}",
)
def test_what_is_no_question_of_the_user_is_passed_over_in_a_conversation(
    client: TestClient, between: dict[str, Any]
) -> None:
    body = asking(user("鲤城区新增多少学位？"), between, user("那洛江呢？"), between)
    if between["role"] == "user":
        body["messages"].pop()
    response = client.post(PATH, content=json.dumps(body), headers=JSON)
    assert response.json()["quanwen"]["understood"]["question"] == "洛江区新增多少学位？"


def test_of_a_long_conversation_the_last_fifty_questions_count(client: TestClient) -> None:
    said = [user("鲤城区新增多少学位？"), *[user("你好")] * 50]
    found = answer_to(client, *said, user("那洛江呢？"))
    assert found["understood"]["question"] == "那洛江呢？"
    assert answer_to(client, *said[:50], user("那洛江呢？"))["answered"] is True


def test_a_conversation_may_be_longer_than_a_question_may(client: TestClient) -> None:
    long = {"role": "assistant", "content": "引文" * 50_000}
    assert answer_to(client, user(Q), long, user(Q))["answered"] is True


def test_parameters_that_change_nothing_here_are_ignored(client: TestClient) -> None:
    ignored = {
        "temperature": 0.2, "top_p": 1, "max_tokens": 1, "stop": ["。"], "seed": 7, "user": "u",
        "n": 1, "logprobs": False, "response_format": {"type": "text"}, "stream_options": None,
        "tools": [{"type": "function", "function": {"name": "f"}}], "tool_choice": "auto",
        "reasoning_effort": "low", "metadata": {"a": "b"}, "colour": "red",
    }  # fmt: skip
    assert answer_to(client, user(Q), **ignored) == answer_to(client, user(Q))
    for top_k in (40, 21, 0, -1, None):  # as it samples words elsewhere
        ignored = {"top_k": top_k, "districts": None}
        assert answer_to(client, user(Q), **ignored) == answer_to(client, user(Q))


@pytest.mark.parametrize("authorization", ["Bearer sk-1", "Basic x", ""])
def test_an_authorization_is_taken_and_not_looked_at(
    client: TestClient, authorization: str
) -> None:
    headers = {"Authorization": authorization}
    assert client.post(PATH, json=asking(user(Q)), headers=headers).status_code == 200


def test_other_sites_get_no_leave_to_read(client: TestClient) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert client.options(PATH, headers=headers).status_code == 405
    response = client.post(PATH, json=asking(user(Q)), headers=headers)
    assert "access-control-allow-origin" not in response.headers


# --- Open WebUI ----------------------------------------------------------------------------------

# What Open WebUI 0.6 posts for a chat with a system prompt, fields of its own included.
OPEN_WEBUI: dict[str, Any] = {
    "stream": True,
    "model": "quanwen",
    "messages": [
        {"role": "system", "content": "You are a helpful assistant. Today is 2025-11-03."},
        {"role": "user", "content": "鲤城区新增多少学位？"},
        {"role": "assistant", "content": "最相关的一段在鲤城区的《鲤城区下一年的打算》。"},
        {"role": "user", "content": [{"type": "text", "text": "那洛江呢？"}]},
    ],
    "params": {},
    "files": None,
    "tool_ids": ["server:mcp:1"],
    "tool_servers": [],
    "features": {"image_generation": False, "code_interpreter": False, "web_search": False},
    "variables": {"{{USER_NAME}}": "用户", "{{CURRENT_DATE}}": "2025-11-03"},
    "session_id": "Qd1zv0vYQd0xAAAB",
    "chat_id": "0b7c1d7e-6d0c-4a0e-9f43-0f3ab6f2a001",
    "id": "0d3a5a60-4f0c-4ad4-b1a8-6a5d0f6b2002",
    "background_tasks": {"title_generation": True, "tags_generation": True},
    "stream_options": {"include_usage": True},
    "metadata": {"user_id": "1", "interface": "open-webui"},
}


def events_of(text: str) -> list[Any]:
    *events, done, end = text.split("\n\n")
    assert (done, end) == ("data: [DONE]", "")
    return [json.loads(event.removeprefix("data: ")) for event in events]


def test_a_request_of_open_webui_is_answered_in_a_stream(client: TestClient) -> None:
    headers = {"Authorization": "Bearer none", "X-OpenWebUI-User-Name": "%E7%94%A8%E6%88%B7"}
    response = client.post(PATH, json=OPEN_WEBUI, headers=headers)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    events = events_of(response.text)
    deltas = [choice["delta"] for event in events for choice in event["choices"]]
    content = "".join(delta.get("content", "") for delta in deltas)
    assert content.startswith("（理解为：洛江区新增多少学位？）\n\n洛江区的文章说到了“学位”")
    assert events[-1]["usage"]["completion_tokens"] == len(content)


CHAT = """
### Chat History:
<chat_history>
USER: 鲤城区新增多少学位？
ASSISTANT: 最相关的一段在鲤城区的《鲤城区下一年的打算》。

1. 鲤城区
USER: 那洛江呢？
ASSISTANT: 最相关的一段在洛江区的《洛江区下一年的打算》。
</chat_history>"""


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        (
            "Generate a concise, 3-5 word title with an emoji summarizing the chat history.\n"
            '### Output:\nJSON format: { "title": "your concise title here" }',
            {"title": "鲤城区新增多少学位？"},
        ),
        (
            "Generate 1-3 broad tags categorizing the main themes of the chat history.\n"
            '### Output:\nJSON format: { "tags": ["tag1", "tag2", "tag3"] }',
            {"tags": ["洛江区"]},
        ),
        (
            "Suggest 3-5 relevant follow-up questions that the user might naturally ask next.\n"
            '### Output:\nJSON format: { "follow_ups": ["Question 1?", "Question 2?"] }',
            {"follow_ups": ["那丰泽区呢？", "那鲤城区呢？"]},
        ),
        (
            "Analyze the chat history to determine the necessity of generating search queries.\n"
            'Respond in the format: { "queries": ["query1", "query2"] }',
            {"queries": []},
        ),
    ],
)
def test_what_open_webui_asks_for_itself_is_answered_as_json_from_the_conversation(
    client: TestClient, task: str, answer: dict[str, Any]
) -> None:
    prompt = f"### Task:\n{task}{CHAT}"
    body = client.post(PATH, json=asking(user(prompt), max_completion_tokens=1000)).json()
    assert json.loads(body["choices"][0]["message"]["content"]) == answer
    assert body["quanwen"] is None


def test_of_a_question_in_several_lines_open_webui_is_told_the_whole(client: TestClient) -> None:
    lines = "您好：\n\n洛江区新增多少学位？\n谢谢"
    history = f"USER: {lines}\nASSISTANT: 最相关的一段\nUSER: 见附件\nUSER: \n{lines}\n"
    for wanted, answer in (("title", "您好： 洛江区新增多少学位？ 谢谢"), ("tags", ["洛江区"])):
        prompt = f'### Task:\n{{ "{wanted}": 1 }}\n<chat_history>\n{history}</chat_history>'
        body = client.post(PATH, json=asking(user(prompt))).json()
        assert json.loads(body["choices"][0]["message"]["content"]) == {wanted: answer}


@pytest.mark.parametrize("history", ["", "<chat_history></chat_history>", "<chat_history>\nUSER: "])
def test_what_open_webui_asks_for_itself_may_have_no_conversation(
    client: TestClient, history: str
) -> None:
    for wanted, empty in (("title", ""), ("tags", []), ("follow_ups", [])):
        prompt = f'### Task:\nJSON format: {{ "{wanted}": 1 }}\n{history}'
        body = client.post(PATH, json=asking(user(prompt))).json()
        assert json.loads(body["choices"][0]["message"]["content"]) == {wanted: empty}


def test_a_conversation_whose_question_was_refused_has_no_tags(client: TestClient) -> None:
    history = f"<chat_history>\nUSER: {'字' * 2001}\nASSISTANT: 太长\n</chat_history>"
    prompt = f'### Task:\n{{ "tags": [] }}\n{history}'
    body = client.post(PATH, json=asking(user(prompt))).json()
    assert body["choices"][0]["message"]["content"] == '{"tags": []}'


@pytest.mark.parametrize("text", ['{ "title": "学位" }', "### Task: 洛江区新增多少学位？"])
def test_a_question_that_only_looks_a_little_like_it_is_a_question(
    client: TestClient, text: str
) -> None:
    assert answer_to(client, user(text)) is not None


# --- bad input -----------------------------------------------------------------------------------


def error(message: str, param: str | None, code: str) -> dict[str, Any]:
    kind = "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


NO_OBJECT = (
    '请求体要是 JSON 对象，如 {"model": "quanwen", "messages": [{"role": "user", "content": "…"}]}，'
    "并带请求头 Content-Type: application/json"
)
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
BAD: list[tuple[Any, str | None, str, str]] = [
    ([], None, "invalid_request", NO_OBJECT),
    (None, None, "invalid_request", NO_OBJECT),
    ({}, "model", "invalid_request", "缺少 model；请加上"),
    ({"model": "quanwen"}, "messages", "invalid_request", "缺少 messages；请加上"),
    ({"model": 5, "messages": []}, "model", "invalid_request", "model 要是文字"),
    (
        {"model": "quanwen\ud83d", "messages": []},
        "model",
        "invalid_request",
        "model 里有半个字符（单独的代理码）；请去掉",
    ),
    (asking() | {"messages": "洛江"}, "messages", "invalid_request", "messages 要是列表"),
    (asking("洛江"), "messages[0]", "invalid_request", "messages[0] 要是 JSON 对象"),
    (asking({}), "messages[0].role", "invalid_request", "缺少 messages[0].role；请加上"),
    (asking(), None, "bad_question", "messages 里没有 user 的消息；请把问题写在最后一条里"),
    (
        asking({"role": "system", "content": Q}),
        None,
        "bad_question",
        "messages 里没有 user 的消息；请把问题写在最后一条里",
    ),
    (asking(user("")), None, "bad_question", "问题是空的；请写出要问的话"),
    (asking(user([])), None, "bad_question", "问题是空的；请写出要问的话"),
    (asking(user("字" * 2001)), None, "bad_question", "问题有 2001 字，最多 2000 字；请缩短"),
    (asking(user("洛江\ud83d")), None, "bad_question", "问题里有不成字的编码；请用 UTF-8 重新输入"),
    *(
        (
            asking(user(Q), user(content)),
            "messages[1].content",
            "unsupported_value",
            "messages[1].content 要是文字，或文字片段的列表",
        )
        for content in (None, 5, {"text": Q})
    ),
    *(
        (
            asking(user([{"type": "text", "text": Q}, part])),
            "messages[0].content[1]",
            "unsupported_value",
            "messages[0].content[1] 不是文字；这里只读文字，请去掉它",
        )
        for part in (IMAGE, {"type": "input_audio"}, {"type": "text"}, Q, None)
    ),
    *(
        (asking(user(Q), n=n), "n", "unsupported_value", "n 只能是 1：一个问题只有一个回答")
        for n in (0, 2, -1)
    ),
    (asking(user(Q), n="two"), "n", "invalid_request", "n 要是整数"),
    *(
        (
            asking(user(Q), tools=[], tool_choice=choice),
            "tool_choice",
            "unsupported_value",
            "这里不会调用工具；请去掉 tool_choice，或用 auto、none",
        )
        for choice in ("required", {"type": "function", "function": {"name": "f"}}, 5)
    ),
    *(
        (
            asking(user(Q), response_format=form),
            "response_format",
            "unsupported_value",
            "response_format 只能是 text；结构化的回答在返回的 quanwen 字段里",
        )
        for form in ({"type": "json_object"}, {"type": "json_schema", "json_schema": {}}, "json")
    ),
    (asking(user(Q), logprobs=True), "logprobs", "unsupported_value", "这里没有 logprobs；请去掉"),
    (asking(user(Q), stream="perhaps"), "stream", "invalid_request", "stream 要是 true 或 false"),
    (
        asking(user(Q), stream_options=1),
        "stream_options",
        "invalid_request",
        "stream_options 要是 JSON 对象",
    ),
    (asking(user(Q), top_k="5"), "top_k", "invalid_request", "top_k 要是整数"),
    (
        asking(user(Q), districts=["亚特兰蒂斯"]),
        None,
        "unknown_district",
        "不认识地区“亚特兰蒂斯”；文件里有：丰泽区、洛江区、鲤城区",
    ),
]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(("body", "param", "code", "message"), BAD)
def test_a_bad_request_is_told_what_to_change_in_openais_shape(
    client: TestClient, body: Any, param: str | None, code: str, message: str, stream: bool
) -> None:
    if stream and isinstance(body, dict):
        body = {"stream": True, **body}
    response = client.post(PATH, content=json.dumps(body), headers=JSON)
    assert (response.status_code, response.json()) == (400, error(message, param, code))


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b'{"model": "\xff"}', b"model=quanwen"])
def test_a_body_that_is_no_json_is_told_in_openais_shape(
    client: TestClient, content: bytes
) -> None:
    response = client.post(PATH, content=content, headers=JSON)
    message = "请求体不是 UTF-8 编码的 JSON；请检查引号、括号和编码"
    assert (response.status_code, response.json()) == (
        400,
        error(message, None, "malformed_json"),
    )


def test_a_body_over_4_mib_is_told_in_openais_shape(client: TestClient) -> None:
    body = json.dumps(asking(user(Q))).encode()
    assert client.post(PATH, content=body.ljust(4 << 20), headers=JSON).status_code == 200
    response = client.post(PATH, content=body.ljust((4 << 20) + 1), headers=JSON)
    assert (response.status_code, response.json()) == (
        413,
        error("请求体最多 4096 KiB；请开始新的对话", None, "body_too_large"),
    )


@pytest.mark.parametrize("model", ["gpt-4o", "org/gpt", "", "x" * 100])
def test_another_model_is_not_found(client: TestClient, model: str) -> None:
    expected = error(f"没有模型 {model[:80]}；请用 quanwen", "model", "model_not_found")
    response = client.post(PATH, json=asking(user(Q)) | {"model": model})
    assert (response.status_code, response.json()) == (404, expected)
    if model:
        response = client.get(f"/v1/models/{model}")
        assert (response.status_code, response.json()) == (404, expected)


def test_other_addresses_and_methods_are_told_in_openais_shape(client: TestClient) -> None:
    response = client.post("/v1/embeddings", json={})
    message = "没有 /v1/embeddings 这个地址；能用的见 /docs"
    assert (response.status_code, response.json()) == (404, error(message, None, "not_found"))
    response = client.get(PATH)
    message = "这里不能用 GET；请用 POST"
    assert (response.status_code, response.json()) == (
        405,
        error(message, None, "method_not_allowed"),
    )


def test_until_the_index_is_open_only_the_models_are_told() -> None:
    client = TestClient(create_app(settings=Settings()))  # not started
    response = client.post(PATH, json=asking(user(Q), stream=True))
    assert (response.status_code, response.json()["error"]) == (
        503,
        {
            "message": "索引还没有打开；请稍后再试",
            "type": "server_error",
            "param": None,
            "code": "not_ready",
        },
    )
    assert client.get("/v1/models").json()["data"][0]["id"] == "quanwen"


def test_an_unexpected_error_tells_nothing_of_its_insides(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(api.openai, "ask", broken)
    response = client.post(PATH, json=asking(user(Q), stream=True))
    assert response.status_code == 500
    assert response.json()["error"]["type"] == "server_error"
    assert "secret" not in response.text
