"""OpenAI's wire format: `POST /v1/chat/completions` and `GET /v1/models`, for clients that speak it.

The last user message is the question and those before it its history. What answers is `qa.answer`,
what shows it `qa.markdown`; what chat front ends ask besides, for themselves, is `api.front_ends`'.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from api.errors import OPENAI_ERRORS, UnknownModelError, UnsupportedError, where
from api.front_ends import task_of
from api.models import AnswerBody
from api.openai_models import (
    MODEL,
    ChatBody,
    ChoiceBody,
    CompletionBody,
    ModelBody,
    ModelsBody,
    SaidBody,
    UsageBody,
)
from api.opening import OpenIndex
from index.store import Index
from qa.answer import ask
from qa.errors import QuestionError, check
from qa.markdown import to_markdown
from qa.types import DEFAULT_TOP_K, MAX_HISTORY, MAX_TOP_K, Question

router = APIRouter(prefix="/v1", tags=["OpenAI 的形式"], responses=OPENAI_ERRORS)


@router.get("/models", summary="有哪些模型")
async def list_models() -> ModelsBody:
    """返回唯一的模型。"""
    return ModelsBody(data=[ModelBody()])


@router.get("/models/{model:path}", summary="一个模型")
async def show_model(
    model: Annotated[str, Path(description="模型的名字", examples=[MODEL])],
) -> ModelBody:
    """返回这个模型。"""
    _check_model(model)
    return ModelBody()


@router.post("/chat/completions", summary="对话", response_model=CompletionBody)
async def complete(
    body: ChatBody, index: OpenIndex, request: Request
) -> CompletionBody | StreamingResponse:
    """把最后一条 user 当作问题来回答。stream 是 true 时逐段返回（SSE）。"""
    _check_model(body.model)
    _refuse_unsupported(body)
    question = question_of(body)
    said, answer = await run_in_threadpool(_say, question, index)
    if answer is not None:
        request.app.state.metrics.answered(answer.reason)
    asked = sum(map(len, (question.text, *question.history)))
    completion = CompletionBody(
        id=f"chatcmpl-{uuid.uuid4().hex}",
        created=int(time.time()),
        choices=[ChoiceBody(message=SaidBody(content=said))],
        usage=UsageBody(
            prompt_tokens=asked, completion_tokens=len(said), total_tokens=asked + len(said)
        ),
        quanwen=answer,
    )
    if not body.stream:
        return completion
    with_usage = bool(body.stream_options and body.stream_options.include_usage)
    return EventSourceResponse(_events(completion, with_usage), headers={"X-Accel-Buffering": "no"})


def _check_model(model: str) -> None:
    if model != MODEL:
        raise UnknownModelError(f"没有模型 {model[:80]}；请用 {MODEL}")


def _refuse_unsupported(body: ChatBody) -> None:
    form = body.response_format
    kind = form.get("type") if isinstance(form, dict) else form
    for param, unsupported, message in (
        ("n", body.n not in (None, 1), "n 只能是 1：一个问题只有一个回答"),
        (
            "tool_choice",
            body.tool_choice not in (None, "none", "auto"),
            "这里不会调用工具；请去掉 tool_choice，或用 auto、none",
        ),
        (
            "response_format",
            kind not in (None, "text"),
            "response_format 只能是 text；结构化的回答在返回的 quanwen 字段里",
        ),
        ("logprobs", body.logprobs, "这里没有 logprobs；请去掉"),
    ):
        if unsupported:
            raise UnsupportedError(message, param)


# --- messages as a question ----------------------------------------------------------------------


def question_of(body: ChatBody) -> Question:
    """Return what a conversation asks.

    Earlier messages that are no questions (empty, too long, pictures only) are passed over: they
    stay in the conversation, and what follows them must not fail for them.

    >>> said = ["鲤城区新建几所小学？", "那洛江呢？"]
    >>> messages = [{"role": "user", "content": text} for text in said]
    >>> question_of(ChatBody(model="quanwen", messages=messages))
    Question(text='那洛江呢？', history=('鲤城区新建几所小学？',), districts=(), top_k=5)
    """
    asked = [(place, m.content) for place, m in enumerate(body.messages) if m.role == "user"]
    if not asked:
        raise QuestionError("messages 里没有 user 的消息；请把问题写在最后一条里")
    *earlier, (place, content) = asked
    history = [text for _, content in earlier if _is_question(text := _text_parts(content))]
    text = _text(content, ("messages", place, "content"))
    top_k = body.top_k if body.top_k and 1 <= body.top_k <= MAX_TOP_K else DEFAULT_TOP_K
    return Question(text, tuple(history[-MAX_HISTORY:]), tuple(body.districts or ()), top_k)


def _is_question(text: str) -> bool:
    try:
        check(Question(text))
    except QuestionError:
        return False
    return True


def _text(content: Any, path: Sequence[str | int]) -> str:
    """Return a message's text; anything else in it is refused, lest it seem to be read."""
    if isinstance(content, list):
        for place, part in enumerate(content):
            kind = part.get("type") if isinstance(part, dict) else None
            if kind != "text" or not isinstance(part.get("text"), str):
                param = where([*path, place])
                raise UnsupportedError(f"{param} 不是文字；这里只读文字，请去掉它", param)
    elif not isinstance(content, str):
        raise UnsupportedError(f"{where(path)} 要是文字，或文字片段的列表", where(path))
    return _text_parts(content)


def _text_parts(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = (part.get("text") for part in parts if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))


# --- the answer ----------------------------------------------------------------------------------


def _say(question: Question, index: Index) -> tuple[str, AnswerBody | None]:
    """Return what to say and the answer that it tells."""
    task = task_of(question.text)
    if task is not None:
        return json.dumps(task(index)), None
    answer = ask(question, index)
    return to_markdown(question, answer), AnswerBody.model_validate(answer.to_dict())


def _events(completion: CompletionBody, with_usage: bool) -> Iterator[bytes]:
    """Yield a completion in pieces, as server-sent events; the last holds what rides along."""
    whole = completion.model_dump(mode="json")
    shared = {key: whole[key] for key in ("id", "created", "model")}
    shared["object"] = "chat.completion.chunk"
    if with_usage:
        shared["usage"] = None
    pieces = _PARAGRAPH_END.split(completion.choices[0].message.content)
    for delta in ({"role": "assistant", "content": ""}, *({"content": piece} for piece in pieces)):
        yield _event({**shared, "choices": [_choice(delta)]})
    last = {**shared, "choices": [_choice({}, "stop")]}
    if with_usage:
        yield _event(last)
        last = {**shared, "choices": [], "usage": whole["usage"]}
    yield _event({**last, "quanwen": whole["quanwen"]})
    yield format_sse_event(data_str="[DONE]")


_PARAGRAPH_END = re.compile(r"(?<=\n\n)")


def _choice(delta: Mapping[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _event(chunk: Mapping[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(chunk, ensure_ascii=False))
