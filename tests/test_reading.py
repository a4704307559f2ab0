"""Reading: NumPy says what the trained network says, and near misses aren't answers."""

from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoders import bundled_encoder, bundled_folder
from index.errors import ModelError
from index.types import Span
from qa import reading
from qa.reading import Reader, bundled_readers, located, read
from qa.training.__main__ import export, network_of
from qa.training.network import NetworkSettings, Tokens

QUESTIONS = ("大桥有多长？", "2022年产量")
PASSAGES = ("大桥全长504米。", "大桥由市交通局建设，总投资8亿元，2022年开工。" * 3, "好")


def test_numpy_reads_as_the_network_does_alone_or_in_a_batch(tmp_path: Path) -> None:
    encoder, settings = bundled_encoder(), NetworkSettings(width=16)
    torch.manual_seed(3)
    network = network_of(encoder, settings)
    for name, weights in network.named_parameters():
        if "said" in name:  # which says nothing before it has learned
            torch.nn.init.normal_(weights)
    network = network.half().float()
    torch.save(network.state_dict(), tmp_path / "weights.pt")
    export(tmp_path / "weights.pt", settings, encoder, tmp_path / "reader.safetensors")
    reader = Reader(tmp_path / "reader.safetensors", encoder)
    questions = [encoder.tokens(text) for text in QUESTIONS]
    passages = [encoder.tokens(text) for text in PASSAGES]
    of = torch.tensor([0, 0, 0, 1, 1, 1])
    with torch.no_grad():
        told = network(Tokens.of(questions), Tokens.of(passages * 2), of)
    by_numpy = [reader.read(q, p) for q in questions for p in passages]
    assert [one.answers for one in by_numpy] == pytest.approx(told.answers.tolist(), abs=1e-4)
    for one, start, end in zip(by_numpy, told.start, told.end, strict=True):
        assert one.first == pytest.approx(start.softmax(0)[: len(one.first)].numpy(), abs=1e-4)
        assert one.last == pytest.approx(end.softmax(0)[: len(one.last)].numpy(), abs=1e-4)


def test_several_readers_say_what_each_says_on_average(monkeypatch: pytest.MonkeyPatch) -> None:
    question, passage, span = QUESTIONS[0], PASSAGES[1], Span(0, 9)

    def told() -> tuple[float, float]:
        reading._read.cache_clear()
        return read(question, [passage])[0], located(question, passage, [span])[0]

    both, own = told(), []
    for reader in bundled_readers():
        monkeypatch.setattr(reading, "bundled_readers", lambda reader=reader: (reader,))
        own.append(told())
    reading._read.cache_clear()
    assert len(set(own)) == len(own) > 1
    assert both == pytest.approx(np.mean(own, axis=0), abs=1e-5)


@pytest.mark.parametrize("file", ["nothing", "damaged"])
def test_a_missing_or_damaged_reader_is_named(file: str, tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"reader")
    with pytest.raises(ModelError, match=f"{file} 不完整"):
        Reader(tmp_path / file, bundled_encoder())


def test_a_reader_made_for_other_word_vectors_is_refused(tmp_path: Path) -> None:
    encoder, settings = bundled_encoder(), NetworkSettings(width=16)
    network = network_of(encoder, settings)
    torch.save(network.state_dict(), tmp_path / "weights.pt")
    export(tmp_path / "weights.pt", settings, encoder, tmp_path / "reader.safetensors")

    class Other:
        fingerprint, name = "other", "other"

    with pytest.raises(ModelError, match="与编码模型 other 不配套"):
        Reader(tmp_path / "reader.safetensors", Other())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "answering", "near"),
    [
        (
            "石桥中学哪年建成？",
            "石桥中学2019年9月建成，占地80亩。",
            "石桥中学占地80亩，总投资3亿元。",
        ),
        ("滨河路多长？", "滨河路全长6.2公里，双向四车道。", "滨河路双向四车道，投资2亿元。"),
        (
            "体育馆由谁设计？",
            "体育馆由建筑师林海涛设计，可容8000人。",
            "体育馆可容8000人，明年开放。",
        ),
    ],
)
def test_a_near_miss_is_less_of_an_answer(question: str, answering: str, near: str) -> None:
    right, wrong = read(question, [answering, near])
    assert right > wrong


@pytest.mark.parametrize("text", ["", " ", "\n", "\ufffd"])
def test_a_text_without_a_word_answers_nothing_and_asks_nothing(text: str) -> None:
    assert read("大桥有多长？", [text]) == [-10.0]
    assert read(text, ["大桥全长504米。"]) == [-10.0]


def test_a_long_passage_is_read_to_its_limit() -> None:
    assert np.isfinite(read("大桥有多长？", ["大桥全长504米。" * 500])).all()


def test_the_bundled_model_is_small_and_tells_its_data() -> None:
    folder = Path(__file__).parent.parent / "qa" / "model"
    assert (folder / "MODEL.md").exists()
    both = [*folder.rglob("*"), *bundled_folder().rglob("*")]
    assert sum(file.stat().st_size for file in both if file.is_file()) < 40_000_000


@pytest.mark.parametrize(
    "answer", ["新增学位900个。", "图书馆周一闭馆。", "新增学位900个，都在家门口。"]
)
def test_a_passage_of_a_few_words_may_answer(answer: str) -> None:
    question = "图书馆周几闭馆？" if "闭馆" in answer else "新增多少学位？"
    right, wrong = read(question, [answer, "林场养了三百箱蜜蜂。"])
    assert right > 0 > wrong


def test_the_answer_stands_in_one_range_or_another_and_somewhere() -> None:
    text = "体育馆由建筑师林海涛设计，可容8000人，明年开放。"
    ranges = [Span(0, 13), Span(13, 21), Span(21, len(text))]
    by, holds, opens = located("体育馆由谁设计？", text, ranges)
    assert by > holds + opens
    assert by + holds + opens == pytest.approx(1, abs=0.01)
    assert located("体育馆由谁设计？", "", [Span(0, 0)]) == [0.0]
