"""Everyday questions, which no document of a district answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import IndexOfTexts
from safetensors.numpy import save_file

from index.encoders import bundled_encoder
from index.errors import ModelError
from qa.answer import ask
from qa.confidence import confidence
from qa.everyday import everyday, read_weights, tokens_of
from qa.types import Question

SIGNALS = dict.fromkeys(
    ("typed", "missing", "asked", "most", "reads", "tense", "sentence", "meaning"), 0.5
)


@pytest.mark.parametrize(
    "question", ["红烧肉要不要焯水", "羽绒服洗完结成一坨怎么办", "红烧肉怎么做才不腻"]
)
def test_questions_of_the_kitchen_the_wardrobe_and_the_body_are_everyday_ones(
    question: str,
) -> None:
    assert everyday(question) > 1


@pytest.mark.parametrize("question", ["今年要建几所学校", "看病报销比例", "养老床位", "夜校", ""])
def test_questions_that_a_report_answers_are_none(question: str) -> None:
    assert everyday(question) == 0


def test_an_everyday_question_makes_an_answer_less_likely() -> None:
    sure = confidence(SIGNALS, None)
    assert confidence(SIGNALS, None, 0.0) == sure
    assert confidence(SIGNALS, None, 3.0) < confidence(SIGNALS, None, 1.0) < sure


def test_it_is_refused_with_a_district_and_without(index_of_texts: IndexOfTexts) -> None:
    texts = {
        "洛江区.txt": "洛江区今年办食堂三所，教大家做菜，食材从村里的菜地来。",
        "丰泽区.txt": "丰泽区今年办夜校三所，周二教剪纸，周四教做茶。",
    }
    index = index_of_texts(texts)
    assert not ask(Question("红烧肉怎么做才不腻，要不要焯水？"), index).answered
    assert not ask(Question("洛江区红烧肉怎么做才不腻，要不要焯水？"), index).answered
    assert ask(Question("洛江区今年办几所食堂？"), index).answered


def test_a_token_counts_once() -> None:
    assert tokens_of("鱼鱼鱼").tolist() == tokens_of("鱼").tolist()


def saved(file: Path, size: int, encoder: str) -> Path:
    save_file({"weights": np.zeros(size, dtype=np.float16)}, file, {"encoder": encoder})
    return file


def test_a_file_that_is_damaged_or_of_another_encoder_is_named(tmp_path: Path) -> None:
    encoder = bundled_encoder()
    weights = read_weights(saved(tmp_path / "a", encoder.vocabulary, encoder.fingerprint))
    assert weights.shape == (encoder.vocabulary,)
    for size, name in ((encoder.vocabulary, "another"), (3, encoder.fingerprint)):
        with pytest.raises(ModelError, match="不配套"):
            read_weights(saved(tmp_path / "b", size, name))
    (tmp_path / "c").write_bytes(b"short")
    with pytest.raises(ModelError, match="不完整"):
        read_weights(tmp_path / "c")


def test_a_fifth_of_what_was_written_is_left_out() -> None:
    written = pytest.importorskip("qa.training.everyday").written
    learned, left = written(held_out=False), written(held_out=True)
    assert len(left) == pytest.approx((len(learned) + len(left)) / 5, abs=1)
    assert {told.question for told in left}.isdisjoint(told.question for told in learned)
    assert {told.everyday for told in left} == {True, False}


def test_what_tells_the_two_kinds_of_questions_apart_is_learned_but_no_common_word() -> None:
    training = pytest.importorskip("qa.training.everyday")
    told = [
        *(training.Told(f"我家的鱼怎么做{n}", True) for n in range(20)),
        *(training.Told(f"我们县的路怎么修{n}", False) for n in range(20)),
    ]
    weights = training.fitted(told, told)
    fish, road, our = (tokens_of(word)[0] for word in ("鱼", "路", "我"))
    assert weights[fish] > 0 > weights[road]
    assert weights[our] <= 0
    assert weights[tokens_of("桥")[0]] == 0  # never met
