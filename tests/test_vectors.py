from pathlib import Path

import numpy as np
import pytest

from index.encoders import Vectors
from index.vectors import VectorIndex


def on_a_circle(*degrees: float) -> Vectors:
    """Unit vectors whose order of likeness can be seen from their angles."""
    radians = np.radians(degrees)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


# Passage 0 has windows at 0 and 90 degrees, passage 1 at 30, passage 2 at 60 and 200.
WINDOWS = on_a_circle(0, 90, 30, 60, 200)
OWNERS = [0, 0, 1, 2, 2]


def by_numpy(query: Vectors, k: int, among: list[int] | None = None) -> list[tuple[int, float]]:
    scores = WINDOWS @ query
    best: dict[int, float] = {}
    for owner, score in zip(OWNERS, scores, strict=True):
        if among is None or owner in among:
            best[owner] = max(float(score), best.get(owner, -2.0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:k]


@pytest.mark.parametrize("degrees", [0, 10, 44, 50, 80, 135, 180, 250])
@pytest.mark.parametrize("k", [1, 2, 3, 10])
@pytest.mark.parametrize("among", [None, [0], [1, 2], [2, 0]])
def test_the_hits_are_those_of_plain_numpy(degrees: float, k: int, among: list[int] | None) -> None:
    (query,) = on_a_circle(degrees)
    hits = VectorIndex.build(WINDOWS, OWNERS).search(query, k, among)
    expected = by_numpy(query, k, among)
    assert [hit.ordinal for hit in hits] == [ordinal for ordinal, _ in expected]
    assert [hit.score for hit in hits] == pytest.approx([s for _, s in expected], abs=1e-6)


def test_a_passage_with_many_near_windows_leaves_room_for_the_others() -> None:
    windows = on_a_circle(*np.linspace(0, 5, 50), 40, 80)
    owners = [0] * 50 + [1, 2]
    (query,) = on_a_circle(0)
    hits = VectorIndex.build(windows, owners).search(query, 3)
    assert [hit.ordinal for hit in hits] == [0, 1, 2]


def test_an_empty_query_or_choice_finds_nothing() -> None:
    index = VectorIndex.build(WINDOWS, OWNERS)
    (query,) = on_a_circle(10)
    assert index.search(np.zeros(2, dtype=np.float32), 3) == []
    assert index.search(query, 3, among=[]) == []
    assert index.search(query, 3, among=[99]) == []
    assert index.search(query, 0) == []
    assert VectorIndex.build(WINDOWS[:0], []).search(query, 3) == []


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    index = VectorIndex.build(WINDOWS, OWNERS)
    index.save(tmp_path / "windows.faiss", tmp_path / "owners.npy")
    again = VectorIndex.load(tmp_path / "windows.faiss", tmp_path / "owners.npy")
    (query,) = on_a_circle(35)
    assert again.search(query, 3) == index.search(query, 3)


def test_every_passages_rows_can_be_had_back() -> None:
    rows = VectorIndex.build(WINDOWS, OWNERS).rows()
    assert {owner: own.tolist() for owner, own in rows.items()} == {
        0: WINDOWS[:2].tolist(),
        1: WINDOWS[2:3].tolist(),
        2: WINDOWS[3:].tolist(),
    }
    assert VectorIndex.build(WINDOWS[:0], []).rows() == {}


def test_the_whole_of_a_passage_is_the_mean_of_its_windows() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32)
    index = VectorIndex.build(vectors, [0, 0, 1])
    query = np.array([0, 1], dtype=np.float32)
    assert index.whole(query, [1, 0]) == pytest.approx([1.0, 2**-0.5])
