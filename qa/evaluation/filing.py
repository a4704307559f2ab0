"""Filing what was measured: a JSON file for each set, with the version and machine that gave it."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any


def save(results: Mapping[str, Any], name: str, folder: Path) -> Path:
    """Write `results` as ``<name>.json`` in `folder` and return the file.

    What was shown instead of an answer is left out: it is the documents' text.
    """
    kept = {key: value for key, value in results.items() if key != "misses"}
    file = folder / f"{name}.json"
    folder.mkdir(parents=True, exist_ok=True)
    rows = json.dumps(made_by() | _rounded(kept), ensure_ascii=False, indent=1)
    file.write_text(rows + "\n", encoding="utf-8")
    return file


def made_by() -> dict[str, str]:
    """Return the date, the code's version and commit, and the kind of machine."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "version": version("quanwen"),
        "commit": _commit(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}",
    }


def _commit() -> str:
    """Return the commit that the code is of, "unknown" where it isn't in its repository."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        told = subprocess.run(
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {key: _rounded(own) for key, own in value.items()}
    return [_rounded(own) for own in value] if isinstance(value, list) else value
