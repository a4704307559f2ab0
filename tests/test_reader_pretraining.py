"""Learning the reader's layers from hidden words, on a few sentences of our own."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from test_reader_training import data, write_rows

from index.encoders import bundled_encoder
from index.training import sources
from qa.training import learning, pretraining
from qa.training.__main__ import main, network_of
from qa.training.network import NetworkSettings
from qa.training.pretraining import Pairs, PretrainingSettings, Text, pretrain, text_of

__all__ = ["data"]
BROADCAST = "documents-news_broadcast.jsonl.xz"
STORIES = [
    ["夜校在祠堂里开课。", "老师从茶场请来。", "孩子晚上来学画船。", "学费由渔村出。"],
    ["海边的路修到码头。", "路面九公里，铺石头。", "山里的路明年再修。", "修路的钱由区里出。"],
]
SETTINGS = PretrainingSettings(steps=6, batch=8, drawn=50)


def with_stories(data: Path, folder: Path, stories: Sequence[Sequence[str]] = STORIES) -> Path:
    shutil.copytree(data, folder)
    written = [
        {"source": "news", "title": f"第{n}篇报道", "paragraphs": list(story)}
        for n, story in enumerate(stories)
    ]
    write_rows(folder / BROADCAST, written)
    return folder


@pytest.fixture
def text(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Text:
    monkeypatch.setattr(learning, "_HELD_OUT", 10**6)
    return text_of(with_stories(data, tmp_path / "data"), bundled_encoder(), ())


def told(text: Text, sentence: int) -> str:
    ids = text.ids[text.sentences[sentence] : text.sentences[sentence + 1]]
    return "".join(bundled_encoder().words(ids))


def test_documents_are_read_as_sentences_of_known_words(text: Text) -> None:
    assert text.documents.tolist() == [[3, 8], [8, 13]]  # the three bridges have one sentence each
    assert [told(text, n) for n in (3, 4, 12)] == [
        "第0篇报道",
        "夜校在祠堂里开课.",
        "修路的钱由区里出.",
    ]


def test_what_is_measured_on_is_left_out(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_stories(data, tmp_path / "data")
    assert len(text_of(folder, bundled_encoder(), {(BROADCAST, 0)}).documents) == 1
    shutil.copy(folder / BROADCAST, folder / "documents-provincial_reports_2025.jsonl.xz")
    assert len(text_of(folder, bundled_encoder(), ()).documents) == 2
    monkeypatch.setattr(learning, "_HELD_OUT", 1)
    with pytest.raises(sources.TrainingDataError, match="no document of 4 sentences"):
        text_of(folder, bundled_encoder(), ())


def test_a_sentence_and_what_stands_beside_it_are_of_one_document(text: Text) -> None:
    pairs = Pairs(text, SETTINGS, hidden=bundled_encoder().vocabulary, seed=1)
    sentences = [told(text, n) for n in range(len(text.sentences) - 1)]
    for _ in range(40):
        question, passage = ("".join(bundled_encoder().words(ids)) for ids in pairs._pair())
        own = [n for n, sentence in enumerate(sentences) if sentence in passage]
        asked = [n for n, sentence in enumerate(sentences) if question in sentence]
        assert own == list(range(own[0], own[-1] + 1))
        assert not set(asked) & set(own)
        assert {n < 8 for n in (*asked, *own)} in ({True}, {False})


def test_hidden_words_are_those_to_tell_and_the_rest_stands_as_it_was(text: Text) -> None:
    hidden = bundled_encoder().vocabulary
    pairs = Pairs(text, SETTINGS, hidden=hidden, seed=1)
    for questions, passages, *sides in pairs.batch():
        for tokens, words in zip((questions, passages), sides, strict=True):
            assert bool((words >= 0).any(1).all())
            at = tokens.ids == hidden
            assert bool((words[at] >= 0).all())
            assert bool((tokens.there[words >= 0] == 1).all())


def test_hidden_words_are_told_better_after_a_while(text: Text, tmp_path: Path) -> None:
    torch.manual_seed(1)
    losses: list[float] = []
    network = network_of(bundled_encoder(), NetworkSettings())

    def report(step: int, passage: float, question: float) -> None:
        losses.append(passage)

    settings = PretrainingSettings(steps=60, batch=16, drawn=50, learning_rate=1e-2)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(pretraining, "_EVERY", 20)
        pretrain(network, text, settings, 1, report, tmp_path / "kept.pt")
    assert losses[-1] < losses[0] - 0.3


def test_a_stopped_pre_training_goes_on_where_it_stood(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "_HELD_OUT", 10**6)
    monkeypatch.setattr(pretraining, "_EVERY", 2)
    folder = with_stories(data, tmp_path / "data")
    files = {name: tmp_path / f"{name}.safetensors" for name in ("straight", "stopped")}

    def call(name: str) -> list[str]:
        given = ["--data", str(folder), "--out", str(files[name]), "--work", str(tmp_path / name)]
        given += ["--questions", str(folder / "questions.jsonl"), "--steps", "1"]
        return [*given, "--pretraining", "5", "--threads=1"]

    assert main(call("straight")) == 0
    told = 0

    def once(losses: Sequence[float]) -> float:
        nonlocal told
        told += 1
        if told > 2:  # at the fourth step, with the second kept
            raise InterruptedError
        return 0.5

    with monkeypatch.context() as context:
        context.setattr(pretraining, "mean", once)
        with pytest.raises(InterruptedError):
            main(call("stopped"))
    assert main(call("stopped")) == 0
    assert files["stopped"].read_bytes() == files["straight"].read_bytes()
    log = (tmp_path / "stopped" / "log.jsonl").read_text("utf-8").splitlines()
    stages = [row["stage"] for row in map(json.loads, log) if "step" in row]
    assert stages[-1] == "reader"


def test_a_hidden_word_is_like_none() -> None:
    network = network_of(bundled_encoder(), NetworkSettings())
    assert not network.vectors_of(torch.tensor([network.hidden])).any()
    assert np.isclose(network.vectors_of(torch.tensor([5])).norm().item(), 1.0, atol=1e-5)
