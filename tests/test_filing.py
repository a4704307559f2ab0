"""Results as they are filed."""

from __future__ import annotations

import json
from pathlib import Path

from qa.evaluation.filing import made_by, save


def test_results_are_filed_with_what_gave_them_and_without_the_documents_text(
    tmp_path: Path,
) -> None:
    results = {"refused": 0.123456, "misses": [{"shown": "原文"}], "types": {"fact": {"right": 1}}}
    file = save(results, "dev", tmp_path / "results")
    assert file == tmp_path / "results" / "dev.json"
    assert json.loads(file.read_text(encoding="utf-8")) == {
        **made_by(),
        "refused": 0.1235,
        "types": {"fact": {"right": 1}},
    }


def test_what_gave_a_result_is_a_version_a_commit_a_date_and_a_kind_of_machine() -> None:
    told = made_by()
    assert list(told) == ["date", "version", "commit", "machine"]
    assert "cores, Python 3." in told["machine"]
    assert all(told.values())
