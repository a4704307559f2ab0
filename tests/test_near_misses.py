"""Questions that a document answers and near misses, as the confidence learns from them."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation import near_misses
from qa.evaluation.near_misses import Asked

FILE = "documents-news_2023.jsonl.xz"
PARAGRAPHS = ["石桥 大桥全长504米。总投资8亿元。", "桥上禁止钓鱼。"]


@pytest.fixture
def training(tmp_path: Path) -> Path:
    with lzma.open(tmp_path / FILE, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"title": "", "paragraphs": PARAGRAPHS}, ensure_ascii=False))
    return tmp_path


def test_news_is_asked_about_as_one_collection_of_ready_made_passages(
    training: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line: dict[str, Any] = {"file": FILE, "row": 0}
    line["passages"] = [
        {"paragraph": 0, "start": 0, "end": 12},
        {"paragraph": 0, "start": 12, "end": 40},
        {"paragraph": 1, "start": 0, "end": 40},
    ]
    line["questions"] = [["石桥多长", 6, 10, 0], ["石桥多大", 6, 10, 0, 1], ["桥上能停车吗"]]
    monkeypatch.setattr(near_misses, "_lines", lambda name: [line])
    index, asked = near_misses.news(training)
    first, second = "石桥 大桥全长504米。", "总投资8亿元。"
    assert [passage.text for passage in index.passages] == [first, second, "桥上禁止钓鱼。"]
    assert asked == [
        Asked("石桥多长", None, first),
        Asked("石桥多大", None, f"{first}\n{second}"),
        Asked("桥上能停车吗", None, ""),
    ]


def test_no_document_is_asked_about_twice() -> None:
    lines = [*near_misses._lines("near_misses.jsonl"), *near_misses._lines("news.jsonl")]
    assert len(near_misses.documents()) == len(lines)
    assert all(line["questions"] for line in lines)
