"""Which package may import which, and what asking must not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "index": {"index"},
    "qa": {"qa", "index"},
    "api": {"api", "qa", "index"},
}
HEAVY = {"torch", "sentence_transformers", "transformers", "pandas", "sklearn", "scipy", "gensim"}
HEAVY |= {"prompt_toolkit"}  # only for a person who types

FILES = [file for package in MAY_IMPORT for file in sorted((ROOT / package).rglob("*.py"))]


def packages_imported_by(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." if node.level else str(node.module))
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_from_api_to_qa_to_index_only(file: Path) -> None:
    ours = packages_imported_by(file) & {*MAY_IMPORT, ""}
    assert ours <= MAY_IMPORT[file.relative_to(ROOT).parts[0]]


def heavy_modules_after(program: str, *arguments: str) -> set[str]:
    """Return which heavy packages a new process has loaded after running `program`."""
    told = f"{program}\nimport sys\nprint(*{HEAVY} & set(sys.modules))"
    command = [sys.executable, "-W", "ignore", "-c", told, *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("module", ["qa.cli", "api.app"])
def test_starting_loads_no_heavy_package(module: str) -> None:
    if not (ROOT / f"{module.replace('.', '/')}.py").exists():
        pytest.skip(f"{module} isn't written yet")
    assert heavy_modules_after(f"import {module}") == set()


ASKING = """
import sys
sys.path[:0] = [sys.argv[1]]
from pathlib import Path
from conftest import TinyEncoder
from index.build import build_index
from index.gazetteer import bundled_gazetteer
from index.sources import read_bytes
from index.store import open_index
from qa.answer import ask
from qa.types import Question

source = read_bytes("鲤城.txt", "鲤城区的南音\\n夜里的南音演出每周六在西街举行。".encode())
build_index([source], Path(sys.argv[2]), TinyEncoder(), bundled_gazetteer())
ask(Question("鲤城区的南音在哪里演？"), open_index(Path(sys.argv[2]), TinyEncoder()))
"""


def test_indexing_and_asking_load_no_heavy_package(tmp_path: Path) -> None:
    heavy = heavy_modules_after(ASKING, str(ROOT / "tests"), str(tmp_path / "index"))
    assert heavy == set()
