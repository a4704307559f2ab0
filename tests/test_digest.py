"""The built-in digest: marked as such everywhere, and the same when it is built again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.encoders import bundled_encoder
from index.gazetteer import bundled_gazetteer
from index.sources import read_file
from index.store import Index, open_index
from qa.answer import ask
from qa.opening import digest_folder, open_digest
from qa.types import Question

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def digest() -> Index:
    return open_digest()


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("digest")
    source = read_file(digest_folder() / "quanzhou.jsonl")
    build_index([source], folder, bundled_encoder(), bundled_gazetteer(), digest=True)
    return open_index(folder, bundled_encoder())


def test_every_passage_says_that_it_is_a_digest(digest: Index) -> None:
    assert digest.digest
    assert digest.passages
    assert all(passage.digest for passage in digest.passages)


def test_it_covers_the_four_districts_and_the_editors_note(digest: Index) -> None:
    assert set(digest.by_district) == {"鲤城区", "洛江区", "丰泽区", "泉港区"}
    assert any(passage.district is None for passage in digest.passages)


def test_every_line_is_a_passage_that_names_its_article_and_section(digest: Index) -> None:
    lines = (digest_folder() / "quanzhou.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = [(passage.id, passage.text, passage.district) for passage in digest.passages]
    assert found == [(row["id"], row["text"], row["district"]) for row in rows]
    assert all(passage.article and passage.section for passage in digest.passages)


def test_building_it_again_gives_the_same_passages_and_vectors(
    digest: Index, rebuilt: Index
) -> None:
    def plain(index: Index) -> list[object]:
        return [replace(passage, document_id="") for passage in index.passages]

    assert plain(rebuilt) == plain(digest)
    assert list(rebuilt.documents) == list(digest.documents)
    for text in ("洛江区的教育项目", "旅游收入", "综治中心"):
        ours, shipped = (dict(index.search_vectors(text, 50)) for index in (rebuilt, digest))
        assert ours.keys() == shipped.keys()
        assert np.allclose([ours[i] for i in shipped], list(shipped.values()), atol=1e-5)
        assert rebuilt.search_words(text, 20) == digest.search_words(text, 20)


def test_the_vectors_themselves_are_the_same(digest: Index, rebuilt: Index) -> None:
    ours, shipped = (vectors_of(index) for index in (rebuilt, digest))
    assert ours.shape == shipped.shape
    assert np.abs(ours - shipped).max() < 1e-5


def vectors_of(index: Index) -> np.ndarray:
    flat = index._segment.vectors._index
    return np.asarray(flat.reconstruct_n(0, flat.ntotal))


def test_an_answer_from_it_says_that_it_is_a_digest(digest: Index) -> None:
    answer = ask(Question("洛江区有多少个教育项目？"), digest)
    assert answer.answered
    assert "摘要" in answer.message
    assert all(row["digest"] for row in answer.to_dict()["passages"])
    assert answer.passages[0].passage.district == "洛江区"


ASKING = """
import sys
from qa.cli import run
code = run(["ask", "洛江区有多少个教育项目？"])
heavy = {"torch", "sentence_transformers", "transformers", "scipy", "sklearn", "gensim"}
sys.exit(f"{code} {sorted(heavy & set(sys.modules))}")
"""


def test_the_first_question_needs_no_torch_and_builds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANWEN_CACHE", str(tmp_path / "cache"))
    command = [sys.executable, "-W", "ignore", "-c", ASKING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)
    assert done.stderr == "0 []\n"
    assert re.search(r"摘要，非原文", done.stdout)
    assert not (tmp_path / "cache").exists()
