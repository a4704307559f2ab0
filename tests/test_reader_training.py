"""Making the reader: its examples on a few sentences of our own, then the whole command."""

import json
import lzma
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoders import bundled_encoder
from index.training import sources
from qa.evaluation import near_misses
from qa.reading import Reader
from qa.training import learning
from qa.training.__main__ import main
from qa.training.examples import (
    CUT,
    NEAR,
    READ,
    Asked,
    Examples,
    Texts,
    bundled_questions,
    cut,
    examples,
    swap,
)
from qa.training.learning import LearningSettings, batch_of, held_out

WORKS = {"石桥": ("504米", "8亿元"), "西湖": ("320米", "2亿元"), "东山": ("711米", "5亿元")}


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def passage(name: str) -> str:
    length, cost = WORKS[name]
    return f"{name}大桥 全长{length}，总投资{cost}，2022年开工。"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of training files: three bridges, and a question pair."""
    folder = tmp_path_factory.mktemp("data")
    news = [{"source": "news", "title": "", "paragraphs": [passage(name)]} for name in WORKS]
    for name in sources.DOCUMENTS:
        write_rows(folder / name, news if "news_2023" in name else [])
    text = "南门书院建于1890年。" + "院内古树很多，游人不少。" * 30 + "书院占地12亩。"
    pairs = [{"source": "cmrc2018_train", "a": "书院占地多少？", "b": text, "answer": ["12亩"]}]
    write_rows(folder / sources.PAIRS, [*pairs, {"source": "sim_BQ:dev.", "a": "甲", "b": "乙"}])
    write_rows(folder / sources.WORDS, [])
    lines = [
        {"file": "documents-news_2023.jsonl.xz", "row": row, "paragraph": 0, "start": 0, "end": 99}
        | {"questions": [[f"{name}大桥多长", 7, 11], [f"{name}大桥谁设计的"]]}
        for row, name in enumerate(WORKS)
    ]
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "questions.jsonl").write_text(written, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(data: Path) -> Examples:
    return examples(data, [data / "questions.jsonl"], bundled_encoder(), seed=1)


def of_kind(found: Examples, kind: str) -> list[Asked]:
    return [asked for asked in found.asked if asked.kind == kind]


def words(found: Examples, passage: int, tokens: tuple[int, int]) -> str:
    own = found.passages[passage][tokens[0] : tokens[1] + 1]
    return "".join(bundled_encoder().words(own))


def test_an_answer_is_found_again_among_the_tokens_of_its_passage(found: Examples) -> None:
    told = [words(found, a.passage or 0, a.tokens) for a in of_kind(found, READ) if a.tokens]
    assert told == ["504米", "320米", "711米"]


def test_a_near_miss_has_its_passage_among_those_that_do_not_answer(found: Examples) -> None:
    written = [asked for asked in of_kind(found, NEAR) if "谁" in asked.question]
    right = {asked.question[:2]: asked.passage for asked in of_kind(found, READ)}
    assert [asked.others for asked in written] == [[right[a.question[:2]]] for a in written]
    assert all(asked.passage is None and not asked.found for asked in written)


def test_a_long_text_is_read_where_the_answer_stands_and_not_elsewhere(found: Examples) -> None:
    (asked,) = of_kind(found, "cmrc2018_train")
    assert asked.tokens is not None
    assert words(found, asked.passage or 0, asked.tokens) == "12亩"
    assert len(asked.others) == 1


def test_what_is_found_for_a_question_never_holds_its_answer(found: Examples) -> None:
    for asked in of_kind(found, READ):
        assert asked.passage not in asked.found
        assert found.asked and asked.found


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("2022年产量", "2022年产量5吨，2021年4吨，2020年2吨，2023年6吨，2024年7吨。", None),
        ("女子组冠军是谁", "女子组冠军是李小娟。", "男子组冠军是谁"),
        ("女子组冠军是谁", "女子组冠军是李小娟，男子组是王海。", "女子组亚军是谁"),
        ("产量多少", "产量5吨。", None),
    ],
)
def test_another_word_is_put_in_only_where_the_passage_lacks_it(
    question: str, text: str, other: str | None
) -> None:
    asked = Asked(READ, question, 0, "5吨")
    told = {s.question for n in range(40) if (s := swap(asked, [text], random.Random(n)))}
    assert told == ({other} if other else set())


DOCUMENT = [
    "石桥大桥全长504米，是市里最长的桥。",
    "大桥总投资8亿元，由市财政出资。",
    "桥上禁止钓鱼，违者罚款。",
    "石桥大桥全长504米，是市里最长的桥。",
]


@pytest.fixture(scope="module")
def of_document(data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """Questions about a document of four paragraphs together, the first of which stands there twice."""
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(data, folder, dirs_exist_ok=True)
    paragraphs = [{"source": "news", "title": "", "paragraphs": DOCUMENT}]
    write_rows(folder / "documents-news_broadcast.jsonl.xz", paragraphs)
    places = [{"paragraph": n, "start": 0, "end": 99} for n in range(4)]
    questions = [["石桥大桥多少钱", 5, 8, 1], ["大桥多大", 6, 10, 0, 1], ["桥上能跑货车吗"]]
    line = {
        "file": "documents-news_broadcast.jsonl.xz",
        "row": 0,
        "passages": places,
        "questions": questions,
    }
    file = folder / "documents.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    found = examples(folder, [folder / "questions.jsonl", file], bundled_encoder(), seed=1)
    return [asked for asked in found.asked if len(asked.about) == 4 and asked.kind != CUT]


def test_the_rest_of_its_document_does_not_answer(of_document: list[Asked]) -> None:
    cost, size, lorries = of_document
    first, second, third, _ = cost.about
    assert (cost.passage, cost.answer, sorted(cost.others)) == (second, "8亿元", [first, third])
    assert (size.passage, size.answer, size.others) == (first, "504米", [third])
    assert lorries.passage is None
    assert sorted(lorries.others) == [first, second, third]


def test_questions_may_bring_their_own_passages(data: Path, tmp_path: Path) -> None:
    line = {"passages": DOCUMENT[:2], "questions": [["石桥大桥多少钱", 5, 8, 1], ["桥上能钓鱼吗"]]}
    file = tmp_path / "plans.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    found = examples(data, [file], bundled_encoder(), seed=1)
    cost, fishing = (one for one in found.asked if one.local and one.kind != CUT)
    assert (cost.answer, cost.document) == ("8亿元", "plans.jsonl 0")
    assert fishing.passage is None
    assert set(fishing.others) == set(cost.about)


def test_nothing_of_its_document_is_found_besides(of_document: list[Asked]) -> None:
    assert [bool(asked.found) for asked in of_document] == [True, True, False]
    assert not any(set(asked.about) & set(asked.found) for asked in of_document)


@pytest.mark.parametrize(
    ("question", "answer", "nameless", "shorter"),
    [
        ("石桥多长", "504米", False, "石桥全长504米。"),
        ("石桥投资多少", "8亿元", False, "石桥全长504米。总投资8亿元。"),
        ("石桥谁出资", "", False, "石桥全长504米。总投资8亿元。由市里出资。"),
        ("石桥谁出资", "", True, "由市里出资。"),
        ("石桥投资多少", "8亿元", True, "总投资8亿元。"),
        ("石桥夜里", "", False, None),
    ],
)
def test_a_passage_is_cut_to_what_the_question_is_about(
    question: str, answer: str, nameless: bool, shorter: str | None
) -> None:
    texts = Texts()
    whole = texts.number("石桥全长504米。总投资8亿元。由市里出资。夜里亮灯。")
    asked = Asked(READ if answer else NEAR, question, whole if answer else None, answer)
    asked.start = texts.texts[whole].index(answer)
    asked.others, asked.nameless = [] if answer else [whole], nameless
    told = [one for n in range(9) if (one := cut(asked, texts, random.Random(n)))]
    own = [one.others[0] if one.passage is None else one.passage for one in told]
    assert {texts.texts[number] for number in own} == ({shorter} if shorter else set())


def test_a_passage_is_cut_to_clauses_or_sentences_around_the_answer_itself() -> None:
    text = "分3批,石桥长3里。石桥建了3年,花3元。"
    texts = Texts()
    asked = Asked(READ, "石桥几年", texts.number(text), "3", 14, nameless=True)
    told = [one for n in range(20) if (one := cut(asked, texts, random.Random(n)))]
    assert {(texts.texts[one.passage or 0], one.start) for one in told} == {
        ("石桥建了3年,", 4),
        ("石桥建了3年,花3元。", 4),
    }


def test_a_batch_holds_the_answer_and_a_few_others(found: Examples) -> None:
    number = found.asked.index(of_kind(found, READ)[0])
    batch = batch_of(found, [number, number], LearningSettings(others=2), random.Random(1))
    told = [
        (int(of), bool(answers), bool(first >= 0))
        for part in batch.parts
        for of, answers, first in zip(part.of, part.answers, part.first, strict=True)
    ]
    own, other = [(0, True, True), (1, True, True)], [(0, False, False), (1, False, False)]
    assert sorted(told) == sorted([*own, *other, *other])


def test_what_is_held_out_is_learned_from_in_no_way(
    found: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_HELD_OUT", 1)
    assert all(held_out(a) is (a.kind in (CUT, NEAR, READ)) for a in found.asked)
    learned, numbers = learning.without_held_out(found)
    held = {n for a in found.asked if held_out(a) for n in (*a.about, *a.others, a.passage)}
    assert numbers
    for asked in (learned.asked[n] for n in numbers):
        assert not held & {asked.passage, *asked.others, *asked.found}


def test_every_question_names_passages_that_its_line_has() -> None:
    for file in bundled_questions():
        for line in map(json.loads, file.read_text("utf-8").splitlines()):
            passages = len(line.get("passages", ["one"]))
            for _, *place in line["questions"]:
                first, last, *numbers = place or (0, 1)
                assert 0 <= first < last
                assert set(numbers) <= set(range(passages))
                assert numbers or not place or passages == 1


def test_fewer_are_found_for_a_question_that_any_document_may_answer() -> None:
    texts = [np.array([7])] * 9
    named = Asked(READ, "石桥多长", 0, "504米", others=[1, 2, 3], found=[4, 5, 6, 7])
    nameless = replace(named, nameless=True, others=[])
    unanswered = Asked(NEAR, "石桥谁修的", None, others=[0, 1, 2, 3, 4])
    for asked, passages in ((named, 4), (nameless, 2), (unanswered, 3)):
        examples = Examples([asked], [np.array([5])], texts)
        batch = batch_of(examples, [0], LearningSettings(others=3), random.Random(1))
        assert sum(len(part.of) for part in batch.parts) == passages


def test_no_question_is_about_a_document_that_the_confidence_learns_from() -> None:
    lines = [line for file in bundled_questions() for line in file.read_text("utf-8").splitlines()]
    places = [(row["file"], row["row"]) for row in map(json.loads, lines) if "file" in row]
    assert len(places) > 5_000
    assert not near_misses.documents() & set(places)


@pytest.mark.parametrize(
    "line",
    [
        '{"file": 1',
        '{"questions": []}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "questions": [["谁管"]]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 7, "start": 0, "end": 9, "questions": []}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [["谁", 1]]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [[7]]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [["谁", 3, 3]]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [["谁", 3, 99]]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [["", 3, 4, 1]]}',
        '{"file": 7, "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [["谁"]]}',
        '{"file": "", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [["谁"]]}',
    ],
)
def test_a_damaged_line_of_questions_is_told(data: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(sources.TrainingDataError, match="is damaged"):
        examples(data, [file], bundled_encoder(), seed=1)


def test_the_command_makes_a_reader_and_keeps_what_it_made(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, work = tmp_path / "reader.safetensors", tmp_path / "work"
    call = ["--data", str(data), "--out", str(out), "--work", str(work), "--threads", "1"]
    call += ["--questions", str(data / "questions.jsonl"), "--steps", "3", "--pretraining", "0"]
    assert main(call) == 0
    assert main(call) == 0
    further = tmp_path / "further.safetensors"
    on = ["--start", str(out), "--out", str(further), "--seed", "2", "--learning-rate", "0.0001"]
    assert main([*call, *on]) == 0
    stages = [json.loads(line) for line in (work / "log.jsonl").read_text("utf-8").splitlines()]
    assert [row["stage"] for row in stages if "kept" in row] == ["examples", "reader"]
    encoder = bundled_encoder()
    asked, text = encoder.tokens("石桥大桥多长"), encoder.tokens(passage("石桥"))
    first, then = (Reader(file, encoder).read(asked, text).answers for file in (out, further))
    assert -10 < first < 10
    assert then == pytest.approx(first, abs=0.1)


def test_a_run_that_was_stopped_goes_on_where_it_stood(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_EVERY", 2)
    files = {name: tmp_path / f"{name}.safetensors" for name in ("straight", "stopped")}

    def call(name: str) -> list[str]:
        given = ["--data", str(data), "--out", str(files[name]), "--work", str(tmp_path / name)]
        given += ["--questions", str(data / "questions.jsonl"), "--steps", "5"]
        return [*given, "--pretraining", "0", "--threads=1"]

    assert main(call("straight")) == 0
    count = iter([0.5])
    with monkeypatch.context() as context:
        context.setattr(learning, "quality", lambda *_: next(count))
        with pytest.raises(StopIteration):  # at the fourth step, with the second kept
            main(call("stopped"))
    assert main(call("stopped")) == 0
    log = (tmp_path / "stopped" / "log.jsonl").read_text("utf-8").splitlines()
    steps = [row["step"] for row in map(json.loads, log) if "step" in row]
    assert steps == [2, 4, 5]
    assert files["stopped"].read_bytes() == files["straight"].read_bytes()


def test_a_reader_to_go_on_from_must_be_one(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / "questions.jsonl"
    call = ["--data", str(data), "--out", str(file), "--work", str(tmp_path / "w")]
    assert main([*call, "--questions", str(file), "--start", str(file)]) == 2
    assert f"{file}: can't go on from it" in capsys.readouterr().err


def test_a_missing_training_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "--out", "m", "--work", str(tmp_path / "w")]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path / sources.DOCUMENTS[0]}: training file not found\n"
    )
