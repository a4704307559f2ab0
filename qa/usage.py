"""What is wrong with a call, in Chinese: typer says it in English.

What isn't known here is told in typer's own words.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

_WRONG_VALUES = (
    (re.compile(r"is not one of '(?P<choices>.*)'"), "{name} 可以是 {choices}"),
    (re.compile(r"valid int(?:eger)?\b"), "{name} 要是整数"),
    (
        re.compile(r"in the range (?P<low>-?\d+)<=x<=(?P<high>\d+)"),
        "{name} 要是 {low} 到 {high} 的数",
    ),
    (re.compile(r"less than or equal to (?P<high>-?\d+)"), "{name} 最大是 {high}"),
    (re.compile(r"greater than or equal to (?P<low>-?\d+)"), "{name} 最小是 {low}"),
)
_WRONG_CALLS = (
    (re.compile(r"Option '(?P<name>.*?)' requires an argument\.?"), "{name} 后面要写一个值"),
    (re.compile(r"Option '(?P<name>.*?)' does not take a value\.?"), "{name} 后面不写值"),
    (
        re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((?P<extra>.*)\)", re.S),
        "多出了 {extra}",
    ),
)


def told(error: Any) -> str:
    """Return what is wrong with a call, in one line; `error` is typer's usage error.

    Its kind is known by its name: typer carries click's classes, older ones took click's own.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "quanwen"
    return f"{' '.join(_wrong(error, context).split())}；用 {path} --help 看用法"


def _wrong(error: Any, context: Any) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return f"没有选项 {error.option_name}{_meant(list(error.possibilities or ()))}"
    if kind == "MissingParameter" and error.param is not None:
        return f"缺少 {_name(error.param)}"
    commands = getattr(context.command, "commands", {}) if context else {}
    if found := re.match(r"No such command '(.*?)'", error.message, re.S):
        likely = get_close_matches(found[1], commands) or list(commands)
        return f"没有命令 {found[1]}{_meant(likely)}"
    if kind == "BadParameter" and error.param is not None:
        given = _in_chinese(_WRONG_VALUES, error.message, name=_name(error.param))
        return given or f"{_name(error.param)} 不对（{error.message.rstrip('.')}）"
    return _in_chinese(_WRONG_CALLS, error.message) or str(error.format_message()).rstrip(".")


def _in_chinese(
    table: tuple[tuple[re.Pattern[str], str], ...], message: str, **known: str
) -> str | None:
    for pattern, chinese in table:
        if found := pattern.search(message):
            words = {name: said.replace("', '", "、") for name, said in found.groupdict().items()}
            return chinese.format(**known, **words)
    return None


def _meant(likely: list[str]) -> str:
    return f"；有 {'、'.join(likely)}" if likely else ""


def _name(param: Any) -> str:
    """Return an option's longest name, or what the help calls an argument."""
    return str(max(param.opts, key=len)) if param.opts[0].startswith("-") else _argument(param)


def _argument(param: Any) -> str:
    return str(param.metavar or param.name).upper()
