"""What chat front ends ask besides, for themselves: a title, tags, follow-up questions, searches.

Open WebUI sends such a prompt as a user's message: "### Task:", the form of JSON that it wants, and
the conversation. A language model would write something; here the answer is taken from the
conversation itself, and every follow-up question that is offered has an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

from index.store import Index
from qa.answer import ask
from qa.errors import QuestionError
from qa.types import MAX_HISTORY, Question
from qa.understand import understand

Task = Callable[[Index], dict[str, Any]]

_WANTED = re.compile(r'\{\s*"(title|tags|follow_ups|queries)"\s*:')
_HISTORY = re.compile(r"<chat_history>(.*)</chat_history>", re.DOTALL)
_ASKED = re.compile(
    r"^USER: (.*?)(?=^(?:USER|ASSISTANT|SYSTEM|TOOL): |\Z)", re.MULTILINE | re.DOTALL
)
_TITLE = 30
_FOLLOW_UPS = 3


def task_of(text: str) -> Task | None:
    """Return what answers a front end's own prompt, as JSON has it; None for a person's question.

    >>> prompt = '''### Task:
    ... Generate a concise title.
    ... JSON format: { "title": "your concise title here" }
    ... <chat_history>
    ... USER: 洛江区新建几所小学？
    ... ASSISTANT: 两所。
    ... </chat_history>'''
    >>> task_of(prompt)(None)
    {'title': '洛江区新建几所小学？'}
    """
    wanted = _WANTED.search(text) if text.startswith("### Task:") else None
    if wanted is None:
        return None
    history = _HISTORY.search(text)
    said = _ASKED.findall(history[1]) if history else []
    asked = [text.strip() for text in said if text.strip()]
    return partial(_TASKS[wanted[1]], asked[-MAX_HISTORY:])


def _title(asked: list[str], index: Index) -> dict[str, Any]:
    return {"title": " ".join(asked[0].split())[:_TITLE] if asked else ""}


def _tags(asked: list[str], index: Index) -> dict[str, Any]:
    return {"tags": list(_districts(asked, index))}


def _follow_ups(asked: list[str], index: Index) -> dict[str, Any]:
    """Offer the same question about other districts that answer it."""
    here = _districts(asked, index)
    others = [name for name in index.by_district if here and name not in here]
    questions = (Question(f"那{name}呢？", tuple(asked)) for name in others)
    answered = (question.text for question in questions if ask(question, index).answered)
    return {"follow_ups": list(islice(answered, _FOLLOW_UPS))}


def _queries(asked: list[str], index: Index) -> dict[str, Any]:
    return {"queries": []}  # nothing else needs to be searched


def _districts(asked: list[str], index: Index) -> tuple[str, ...]:
    """Return the districts that the last question is about."""
    if not asked:
        return ()
    *history, last = asked
    try:
        return understand(Question(last, tuple(history)), index).districts
    except QuestionError:  # it was refused in the conversation too
        return ()


_TASKS: dict[str, Callable[[list[str], Index], dict[str, Any]]] = {
    "title": _title,
    "tags": _tags,
    "follow_ups": _follow_ups,
    "queries": _queries,
}
