"""Asking and searching: `POST /ask` and `GET /search`.

A question takes several searches, and one over many districts tens of them: both are handed to a
thread on purpose, so that others need not wait.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError

from api.errors import BODY_ERRORS, NotReadyError, documented
from api.models import AnswerBody, DistrictName, QuestionBody, SearchBody
from api.opening import OpenIndex
from index.store import Index
from qa.answer import ask
from qa.districts import known_districts
from qa.errors import BROKEN_TEXT, QuestionError, UnknownDistrictError, check
from qa.retrieve import retrieve
from qa.types import MAX_QUESTION, Found, Question

MAX_K = 100

router = APIRouter(
    tags=["提问"],
    responses=documented(
        RequestValidationError, QuestionError, UnknownDistrictError, NotReadyError
    ),
)


@router.post("/ask", summary="问一个问题", responses=BODY_ERRORS)
async def ask_question(body: QuestionBody, index: OpenIndex, request: Request) -> AnswerBody:
    """返回文件里回答这个问题的原文。文件没有说的，answered 是 false，附上理由和最接近的几段。"""
    answer = await answer_to(body, index)
    request.app.state.metrics.answered(answer.reason)
    return answer


async def answer_to(body: QuestionBody, index: Index) -> AnswerBody:
    """Return the answer to what a body asks, found in a thread."""
    question = Question(body.question, tuple(body.history), tuple(body.districts), body.top_k)
    answer = await run_in_threadpool(ask, question, index)
    return AnswerBody.model_validate(answer.to_dict())


@router.get("/search", summary="只检索，不判断")
async def search_passages(
    index: OpenIndex,
    q: Annotated[
        str,
        Query(
            description=f"要找的话，最多 {MAX_QUESTION} 字",
            examples=["新建学校"],
            json_schema_extra={"minLength": 1, "maxLength": MAX_QUESTION},
        ),
    ],
    k: Annotated[int, Query(description="最多几段", ge=1, le=MAX_K, examples=[10])] = 10,
    district: Annotated[
        tuple[DistrictName, ...],
        Query(
            description="只在这个地区里找，全称或简称，可以给几次；空着就不限", examples=[["洛江"]]
        ),
    ] = (),
) -> SearchBody:
    """返回最相近的段落，相近的在前；不判断它们是否回答了什么，也不标出文字。"""
    check(Question(q))
    if any("\ufffd" in text for text in (q, *district)):  # what isn't UTF-8 in an address
        raise QuestionError(BROKEN_TEXT)
    names = [name for name in district if name.strip()]
    districts = known_districts(names, index.gazetteer, tuple(index.by_district))
    hits = await run_in_threadpool(retrieve, q, index, k, districts)
    found = (Found(hit.passage, hit.score) for hit in hits)
    return SearchBody.model_validate({"passages": [shown.to_dict() for shown in found]})
