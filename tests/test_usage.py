"""What typer refuses, in Chinese; the command line's tests hold the messages that it has today."""

from __future__ import annotations

import pytest
import typer

from qa.usage import told


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("'x' is not one of 'md', 'csv'.", "ODD 可以是 md、csv"),
        ("'x' is not a valid integer.", "ODD 要是整数"),
        ("9 is not in the range 0<=x<=5.", "ODD 要是 0 到 5 的数"),
        ("Input should be less than or equal to 5", "ODD 最大是 5"),
        ("Input should be greater than or equal to -1", "ODD 最小是 -1"),
        ("something\nnew.", "ODD 不对（something new）"),
    ],
)
def test_a_value_is_told_by_what_it_may_be(message: str, chinese: str) -> None:
    class Parameter:
        opts = ("odd",)
        metavar = None
        name = "odd"

    error = typer.BadParameter(message, param=Parameter())  # type: ignore[arg-type]
    assert told(error) == f"{chinese}；用 quanwen --help 看用法"


def test_what_is_not_known_is_told_in_its_own_words() -> None:
    assert told(typer.BadParameter("No luck.")) == (
        "Invalid value: No luck；用 quanwen --help 看用法"
    )
