"""The routes: what each returns, over a small real index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import IndexOfTexts
from fastapi.testclient import TestClient

from api.app import create_app
from index.store import Index
from qa.answer import ask
from qa.types import Question

LUOJIANG = """---
date: 2025-03-01
district: 洛江区
---
办好家门口的学校
一、扩大学位
全区今年新建两所小学，新增学位一千八百个。校舍九月交付使用。
老校舍的屋顶和操场一并翻修。
二、培养教师
每年选派三十名青年教师到名校跟岗学习。"""
LICHENG = """鲤城区把古城留给街坊
沿街的老屋由住户自己修，区里补一半工料钱。
夜里的南音演出每周六在西街举行。"""
NOTES = """{"id": "馆/1", "text": "这一条没有地区，只说图书馆周一闭馆。"}
{"id": "馆/2", "text": "泉港的渔船九月开捕。", "district": "泉港", "date": "2024-01-02"}"""

PASSAGE_KEYS = [
    "id", "text", "district", "article", "section", "document", "document_id", "date", "url",
    "paragraph", "spans", "truncated", "digest", "also_at",
]  # fmt: skip


@pytest.fixture(scope="module")
def index(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts({"洛江.txt": LUOJIANG, "鲤城.txt": LICHENG, "备忘.jsonl": NOTES})


@pytest.fixture(scope="module")
def client(index: Index) -> Iterator[TestClient]:
    with TestClient(create_app(index)) as client:
        yield client


# --- asking --------------------------------------------------------------------------------------


def test_an_answer_has_the_shape_that_clients_rely_on(client: TestClient) -> None:
    response = client.post("/ask", json={"question": "洛江区今年新建几所小学？"})
    answer = response.json()
    assert response.status_code == 200
    assert list(answer) == [
        "answered", "reason", "confidence", "message", "understood", "passages", "by_district",
    ]  # fmt: skip
    assert list(answer["understood"])[:1] == ["question"]
    assert {"districts", "years", "kind"} <= set(answer["understood"])
    best = answer["passages"][0]
    assert list(best) == [*PASSAGE_KEYS, "score", "highlights", "status", "figures"]
    assert best["text"] == "全区今年新建两所小学，新增学位一千八百个。校舍九月交付使用。"
    assert best["district"] == "洛江区"
    assert best["date"] == "2025-03-01"
    assert answer["by_district"]["洛江区"][0] == best["id"]


@pytest.mark.parametrize(
    "question",
    [
        Question("洛江区今年新建几所小学？"),
        Question("那洛江呢？", history=("鲤城区的老屋怎么修？",)),
        Question("渔船什么时候开捕？", districts=("泉港",), top_k=1),
        Question("各区怎么做？", top_k=20),
        Question("你好"),
        Question("思明区的渔船什么时候开捕？"),
    ],
)
def test_an_answer_is_the_same_object_that_the_command_line_prints(
    client: TestClient, index: Index, question: Question
) -> None:
    body = {
        "question": question.text,
        "history": question.history,
        "districts": question.districts,
        "top_k": question.top_k,
    }
    printed = json.loads(json.dumps(ask(question, index).to_dict()))
    assert client.post("/ask", json=body).json() == printed


def test_a_passage_is_the_documents_own_words_at_its_spans(client: TestClient) -> None:
    found = client.post("/ask", json={"question": "屋顶翻修", "top_k": 20}).json()["passages"]
    assert found
    for passage in found:
        whole = client.get(f"/documents/{passage['document_id']}/text").text
        assert passage["text"] == "".join(whole[start:end] for start, end in passage["spans"])


def test_a_greeting_is_refused_with_a_reason_and_is_no_error(client: TestClient) -> None:
    response = client.post("/ask", json={"question": "你好"})
    assert response.status_code == 200
    assert response.json()["answered"] is False
    assert response.json()["reason"] == "off_topic"


def test_unknown_fields_of_a_question_are_ignored(client: TestClient) -> None:
    body = {"question": "老屋怎么修？"}
    assert client.post("/ask", json={**body, "colour": "red"}).json() == (
        client.post("/ask", json=body).json()
    )


def test_twenty_at_once_get_each_their_own_answer(client: TestClient) -> None:
    questions = ["洛江区今年新建几所小学？", "鲤城区的老屋怎么修？"] * 10
    alone = [client.post("/ask", json={"question": text}).json() for text in questions[:2]]

    def answer(text: str) -> object:
        return client.post("/ask", json={"question": text}).json()

    with ThreadPoolExecutor(20) as threads:
        assert list(threads.map(answer, questions)) == alone * 10


# --- searching -----------------------------------------------------------------------------------


def test_a_search_returns_passages_with_the_best_first(client: TestClient) -> None:
    found = client.get("/search", params={"q": "南音演出", "k": 3}).json()["passages"]
    assert found[0]["text"] == "夜里的南音演出每周六在西街举行。"
    assert len(found) <= 3
    assert list(found[0]) == [*PASSAGE_KEYS, "score", "highlights", "status", "figures"]
    assert [passage["highlights"] for passage in found] == [[]] * len(found)
    scores = [passage["score"] for passage in found]
    assert scores == sorted(scores, reverse=True)


def test_a_search_returns_as_many_passages_as_asked_for(client: TestClient) -> None:
    assert len(client.get("/search", params={"q": "学校", "k": 2}).json()["passages"]) == 2


@pytest.mark.parametrize("name", ["洛江区", "洛江", " 洛江 "])
def test_a_search_in_a_district_finds_only_its_passages(client: TestClient, name: str) -> None:
    found = client.get("/search", params={"q": "老屋", "district": name}).json()["passages"]
    assert {passage["district"] for passage in found} == {"洛江区"}


def test_a_search_in_several_districts_finds_the_passages_of_each(client: TestClient) -> None:
    parameters = {"q": "老屋", "k": 20, "district": ["洛江", " ", "鲤城区"]}
    found = client.get("/search", params=parameters).json()["passages"]
    assert {passage["district"] for passage in found} == {"洛江区", "鲤城区"}


def test_a_search_in_a_known_district_without_documents_finds_nothing(client: TestClient) -> None:
    response = client.get("/search", params={"q": "学校", "district": "德化县"})
    assert (response.status_code, response.json()) == (200, {"passages": []})


def test_a_search_with_a_blank_district_is_not_restricted(client: TestClient) -> None:
    everywhere = client.get("/search", params={"q": "九月"}).json()
    assert client.get("/search", params={"q": "九月", "district": " "}).json() == everywhere


# --- what there is -------------------------------------------------------------------------------


def test_the_districts_are_listed_with_their_documents_and_passages(client: TestClient) -> None:
    assert sorted(client.get("/districts").json()["districts"], key=lambda row: row["name"]) == [
        {"name": "泉港区", "documents": 1, "passages": 1},
        {"name": "洛江区", "documents": 1, "passages": 3},
        {"name": "鲤城区", "documents": 1, "passages": 2},
    ]


def test_the_documents_are_listed_with_title_districts_date_and_passages(
    client: TestClient,
) -> None:
    documents = client.get("/documents").json()["documents"]
    assert [
        {key: value for key, value in document.items() if key != "id"} for document in documents
    ] == [
        {
            "name": "洛江.txt",
            "title": "办好家门口的学校",
            "districts": ["洛江区"],
            "date": "2025-03-01",
            "passages": 3,
        },
        {
            "name": "鲤城.txt",
            "title": "鲤城区把古城留给街坊",
            "districts": ["鲤城区"],
            "date": None,
            "passages": 2,
        },
        {
            "name": "备忘.jsonl",
            "title": None,
            "districts": ["泉港区"],
            "date": None,
            "passages": 2,
        },
    ]
    assert len({document["id"] for document in documents}) == 3


def test_a_documents_text_is_returned_as_read(client: TestClient) -> None:
    first = client.get("/documents").json()["documents"][0]
    answer = client.get(f"/documents/{first['id']}/text")
    assert answer.text == LUOJIANG
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_passage_comes_with_its_paragraph_and_the_ids_beside_it(
    client: TestClient, index: Index
) -> None:
    first, second, third = (p for p in index.passages if p.district == "洛江区")
    assert client.get(f"/passages/{second.id}").json() == {
        **json.loads(json.dumps(second.to_dict())),
        "paragraph_text": "老校舍的屋顶和操场一并翻修。",
        "paragraph_spans": [list(span) for span in second.spans],
        "before": first.id,
        "after": third.id,
    }


def test_passages_of_other_documents_are_not_beside_a_passage(
    client: TestClient, index: Index
) -> None:
    first, *_, last = (passage.id for passage in index.passages if passage.district == "洛江区")
    assert client.get(f"/passages/{first}").json()["before"] is None
    assert client.get(f"/passages/{last}").json()["after"] is None


def test_a_passage_id_may_hold_a_slash(client: TestClient) -> None:
    passage = client.get("/passages/馆/2").json()
    assert (passage["text"], passage["before"], passage["after"]) == (
        "泉港的渔船九月开捕。",
        "馆/1",
        None,
    )


# --- running -------------------------------------------------------------------------------------


def test_a_service_with_an_open_index_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_json_says_that_it_is_utf_8_and_that_types_are_not_to_be_guessed(
    client: TestClient,
) -> None:
    for response in (client.get("/districts"), client.get("/nowhere")):
        assert response.headers["content-type"] == "application/json; charset=utf-8"
        assert response.headers["x-content-type-options"] == "nosniff"


def test_other_sites_get_no_leave_to_read(client: TestClient) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in client.get("/districts", headers=headers).headers
    assert client.options("/ask", headers=headers).status_code == 405
