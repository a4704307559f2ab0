"""The service as the official OpenAI client and LangChain's `ChatOpenAI` use it, unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import openai
import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletionMessageParam
from serving import running

from api.app import create_app
from index.store import Index
from qa.answer import ask
from qa.markdown import to_markdown
from qa.types import Question

QUESTION = Question("洛江区新增多少学位？")
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": QUESTION.text}]
FOLLOWED: list[ChatCompletionMessageParam] = [
    {"role": "system", "content": "Answer in English."},
    {"role": "user", "content": "鲤城区新增多少学位？"},
    {"role": "assistant", "content": "1200个。"},
    {"role": "user", "content": "那洛江呢？"},
]


@pytest.fixture(scope="module")
def base_url(plans: Index) -> Iterator[str]:
    with running(create_app(plans)) as address:
        yield f"{address}/v1"


@pytest.fixture(scope="module")
def client(base_url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=base_url, api_key="any", max_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def content(plans: Index) -> str:
    return to_markdown(QUESTION, ask(QUESTION, plans))


def test_the_client_gets_the_answer_and_the_structured_one_beside_it(
    client: OpenAI, plans: Index, content: str
) -> None:
    completion = client.chat.completions.create(model="quanwen", messages=ASKED)
    [choice] = completion.choices
    assert (choice.message.role, choice.finish_reason) == ("assistant", "stop")
    assert choice.message.content == content
    assert "新增学位5400个**" in content
    extra = completion.model_extra
    assert extra is not None
    assert extra["quanwen"]["message"] == ask(QUESTION, plans).message
    assert extra["quanwen"]["passages"][0]["district"] == "洛江区"


def test_the_usage_counts_the_characters_of_questions_and_answer(
    client: OpenAI, content: str
) -> None:
    usage = client.chat.completions.create(model="quanwen", messages=ASKED).usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens) == (10, len(content))
    assert usage.total_tokens == 10 + len(content)


def test_a_stream_gives_the_same_content_piece_by_piece(client: OpenAI, content: str) -> None:
    with client.chat.completions.create(model="quanwen", messages=ASKED, stream=True) as stream:
        chunks = list(stream)
    pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices[0].delta.content]
    assert len(pieces) > 2
    assert "".join(pieces) == content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks[-2:]] == [None, "stop"]
    assert {chunk.id for chunk in chunks} == {chunks[0].id}
    extras = [chunk.model_extra or {} for chunk in chunks]
    assert ["quanwen" in extra for extra in extras] == [False] * (len(chunks) - 1) + [True]
    assert extras[-1]["quanwen"]["answered"] is True


def test_a_stream_tells_its_usage_where_asked_to(client: OpenAI, content: str) -> None:
    with client.chat.completions.create(
        model="quanwen", messages=ASKED, stream=True, stream_options={"include_usage": True}
    ) as stream:
        *others, last = stream
    assert all(chunk.usage is None for chunk in others)
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.completion_tokens == len(content)
    assert (last.model_extra or {})["quanwen"]["answered"] is True


def test_the_raw_response_is_server_sent_events_or_json(client: OpenAI) -> None:
    raw = client.chat.completions.with_raw_response.create(model="quanwen", messages=ASKED)
    assert raw.headers["content-type"] == "application/json; charset=utf-8"
    assert raw.parse().object == "chat.completion"
    streamed = client.chat.completions.with_raw_response.create(
        model="quanwen", messages=ASKED, stream=True
    )
    assert streamed.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert len(list(streamed.parse())) > 2


def test_earlier_user_messages_are_the_history(client: OpenAI) -> None:
    completion = client.chat.completions.create(model="quanwen", messages=FOLLOWED)
    text = completion.choices[0].message.content or ""
    assert text.startswith("（理解为：洛江区新增多少学位？）\n\n")
    assert "新增学位5400个" in text


def test_districts_and_top_k_go_in_the_extra_body(client: OpenAI) -> None:
    completion = client.chat.completions.create(
        model="quanwen",
        messages=[{"role": "user", "content": "新增多少学位？"}],
        extra_body={"districts": ["丰泽"], "top_k": 1},
    )
    [passage] = (completion.model_extra or {})["quanwen"]["passages"]
    assert passage["district"] == "丰泽区"


def test_the_asynchronous_client_answers_and_streams(base_url: str, content: str) -> None:
    async def both() -> tuple[str | None, str]:
        async with AsyncOpenAI(base_url=base_url, api_key="any", max_retries=0) as client:
            completion = await client.chat.completions.create(model="quanwen", messages=ASKED)
            async with await client.chat.completions.create(
                model="quanwen", messages=ASKED, stream=True
            ) as stream:
                pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
        return completion.choices[0].message.content, "".join(pieces)

    assert asyncio.run(both()) == (content, content)


def test_the_client_lists_the_model_and_retrieves_it(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["quanwen"]
    assert client.models.retrieve("quanwen").owned_by == "quanwen"


def test_another_model_is_not_found(client: OpenAI) -> None:
    for call in (
        lambda: client.models.retrieve("gpt-4o"),
        lambda: client.chat.completions.create(model="gpt-4o", messages=ASKED),
    ):
        with pytest.raises(openai.NotFoundError) as refused:
            call()
        assert (refused.value.code, refused.value.param) == ("model_not_found", "model")


def test_what_cannot_be_had_is_a_bad_request_before_a_stream_begins(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model="quanwen", messages=ASKED, n=2, stream=True)
    assert refused.value.body == {
        "message": "n 只能是 1：一个问题只有一个回答",
        "type": "invalid_request_error",
        "param": "n",
        "code": "unsupported_value",
    }


@pytest.fixture(scope="module")
def langchain(base_url: str) -> ChatOpenAI:
    return ChatOpenAI(base_url=base_url, api_key="any", model="quanwen", max_retries=0)  # type: ignore[arg-type]


def test_langchain_invokes(langchain: ChatOpenAI, content: str) -> None:
    said = langchain.invoke(QUESTION.text)
    assert said.content == content
    assert said.response_metadata["finish_reason"] == "stop"
    assert said.usage_metadata is not None
    assert said.usage_metadata["output_tokens"] == len(content)


def test_langchain_streams(langchain: ChatOpenAI, content: str) -> None:
    pieces = [str(chunk.content) for chunk in langchain.stream(QUESTION.text)]
    assert len([piece for piece in pieces if piece]) > 2
    assert "".join(pieces) == content


def test_langchain_keeps_a_conversation(langchain: ChatOpenAI) -> None:
    messages: list[BaseMessage] = [
        HumanMessage("鲤城区新增多少学位？"),
        AIMessage("1200个。"),
        HumanMessage("那洛江呢？"),
    ]
    assert "新增学位5400个" in str(langchain.invoke(messages).content)


def test_langchain_is_told_that_there_are_no_tools(langchain: ChatOpenAI) -> None:
    forced = langchain.bind_tools(
        [{"type": "function", "function": {"name": "f"}}], tool_choice="any"
    )
    with pytest.raises(openai.BadRequestError, match="这里不会调用工具"):
        forced.invoke(QUESTION.text)
