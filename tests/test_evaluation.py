"""Answers and retrieval measured on tiny sets of our own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import DocumentError
from index.store import Index
from qa.evaluation import answers, retrieval
from qa.evaluation.answers import evaluate_answers, evaluate_refusal
from qa.evaluation.retrieval import evaluate_retrieval


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANWEN_CACHE", str(tmp_path / "cache"))


def write_lines(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


GOLD: list[dict[str, Any]] = [
    {
        "id": "g1",
        "type": "fact",
        "question": "洛江区新增多少学位？",
        "districts": ["洛江区"],
        "evidence": [["新增学位5400个"]],
        "facts": ["5400"],
    },
    {
        "id": "g2",
        "type": "followup",
        "question": ["洛江区新增多少学位？", "那丰泽呢？"],
        "districts": ["丰泽区"],
        "evidence": [["新增学位3800个", "三千八百个学位"]],
        "facts": [],
    },
    {
        "id": "g3",
        "type": "multi",
        "question": "洛江和鲤城新增多少学位？",
        "districts": ["洛江区", "鲤城区"],
        "evidence": [["新增学位5400个"], ["新增学位1200个"]],
        "facts": [],
    },
    {"id": "g4", "type": "none", "question": "今天天气怎么样？", "districts": [], "evidence": []},
    {
        "id": "g5",
        "type": "fact",
        "question": "丰泽区新增多少学位？",
        "districts": ["洛江区"],
        "evidence": [["哪里都没有的话"]],
        "facts": ["哪里都没有的数"],
    },
]


def test_answers_are_measured_by_type_and_misses_are_listed(plans: Index, tmp_path: Path) -> None:
    results = evaluate_answers(write_lines(tmp_path / "gold.jsonl", GOLD), plans)
    assert results["gold"] == "gold.jsonl"
    assert results["questions"] == 5
    fact = {
        "questions": 2,
        "right": 0.5,
        "first": 0.5,
        "anywhere": 0.5,
        "highlight": 0.5,
        "facts": 0.5,
    }
    assert results["types"]["fact"] == fact
    for kind in ("followup", "multi"):
        assert results["types"][kind]["right"] == 1
        assert results["types"][kind]["highlight"] == 1
    assert results["refused"] == 1
    assert results["false_refusals"] == 0
    assert results["district_precision"] == 3 / 4
    assert 0 <= results["brier"] < 0.25
    assert results["spans_true"] is True
    assert results["repeated_passages"] == 0
    assert results["longest_passage"] == max(len(passage.text) for passage in plans.passages)
    (miss,) = results["misses"]
    assert miss["id"] == "g5"
    assert "新增学位3800个" in miss["shown"]


def test_parts_of_documents_are_measured_where_they_are_told(plans: Index, tmp_path: Path) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", GOLD)
    assert "parts_owned" not in evaluate_answers(gold, plans)
    own = next(p for p in plans.passages if p.district == "洛江区" and len(p.text) > 20)
    part = {"file": own.document, "starts": own.text[:15], "ends": own.text[-15:]}
    parts = [{**part, "district": "洛江区"}, {**part, "district": "丰泽区"}]
    write_lines(tmp_path / "parts.jsonl", parts)
    assert evaluate_answers(gold, plans)["parts_owned"] == 0.5


def test_white_space_of_evidence_does_not_count(plans: Index, tmp_path: Path) -> None:
    broken = [{**GOLD[0], "evidence": [["新增学 位5400个"]]}]
    results = evaluate_answers(write_lines(tmp_path / "gold.jsonl", broken), plans)
    assert results["types"]["fact"]["right"] == 1.0


def test_the_report_lists_each_type_and_each_miss(plans: Index, tmp_path: Path) -> None:
    results = evaluate_answers(write_lines(tmp_path / "gold.jsonl", GOLD), plans)
    lines = answers.report(results).splitlines()
    assert lines[0] == "gold.jsonl: 5 questions"
    assert "| fact | 2 | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 |" in lines
    assert "refused: 1.0" in lines
    assert lines[-1].startswith("miss g5 (fact) 丰泽区新增多少学位？ [")


PASSAGES = [
    {"id": "夜校", "text": "夜校每周开课三晚，学费由街道出。"},
    {"id": "渡口", "text": "渡口的最后一班船晚上九点开。"},
    {"id": "茶园", "text": "茶园在清明前十天开采，采工日薪两百元。"},
    {"id": "茶园二", "text": "茶园在清明前十天开采，采工日薪两百元。"},
]
QUESTIONS = [
    {"id": "1", "question": "夜校每周开课几晚？", "relevant": ["夜校"], "answerable": True},
    {"id": "2", "question": "渡口最后一班船几点开？", "relevant": ["渡口"], "answerable": True},
    {"id": "3", "question": "茶园的采工日薪多少？", "relevant": ["茶园"], "answerable": True},
    {"id": "4", "question": "宇航员怎么刷牙？", "relevant": ["没有"], "answerable": False},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "set" / "passages.jsonl", PASSAGES)
    write_lines(tmp_path / "set" / "questions.jsonl", QUESTIONS)
    return tmp_path / "set"


def test_retrieval_is_measured_beside_simpler_ways_in_the_same_run(folder: Path) -> None:
    results = evaluate_retrieval(folder)
    assert (results["set"], results["passages"], results["questions"]) == ("set", 4, 4)
    assert list(results["all"]) == [
        "BM25 jieba words",
        "BM25 characters+pairs+words",
        "encoder alone",
        "quanwen",
    ]
    ours = results["all"]["quanwen"]
    # Three of four are found first; either of two passages with the same words will do.
    assert [ours[name] for name in ("recall@1", "recall@5", "recall@10", "MRR@10")] == [0.75] * 4
    low, high = ours["interval"]
    assert 0 <= low <= 0.75 <= high <= 1
    assert results["hard_questions"] == 1
    assert results["hard"]["quanwen"]["recall@1"] == 0


def test_the_report_of_retrieval_is_a_table(folder: Path) -> None:
    lines = retrieval.report(evaluate_retrieval(folder)).splitlines()
    assert lines[0] == "set: 4 passages, 4 questions"
    assert lines[2] == (
        "| | recall@1 | 95 % | recall@5 | recall@10 | MRR@10 | nDCG@10 | recall@1, hard |"
    )
    assert lines[-1] == "hard: the 1 questions whose first BM25 hit is wrong"


def test_refusing_is_measured_on_answerable_questions_and_others(folder: Path) -> None:
    results = evaluate_refusal(folder)
    assert results["gold"] == "set"
    assert results["questions"] == 4
    assert results["refused_of_others"] == 1
    mean = (results["answered_of_answerable"] + results["refused_of_others"]) / 2
    assert results["balanced_accuracy"] == mean
    assert results["auroc"] == 1
    assert "auroc: 1.0" in answers.report(results)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "题目文件 {file} 读不了；请检查路径"),
        ("", "题目文件 {file} 里没有题目"),
        ("{", "题目文件 {file} 第 1 行不是 JSON"),
        ("[1]", "题目文件 {file} 第 1 行缺 question、relevant"),
        ('\n{"question": "学位"}', "题目文件 {file} 第 2 行缺 relevant"),
    ],
)
def test_a_bad_file_of_questions_is_told(folder: Path, text: str | None, message: str) -> None:
    file = folder / "questions.jsonl"
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        evaluate_retrieval(folder)
    assert str(raised.value) == message.format(file=file)
