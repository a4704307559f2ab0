"""The nouns of a question and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from index.types import Passage, Span
from qa.figures import Figure
from qa.remarks import Remark
from qa.status import Status

Kind = Literal["fact", "way", "list", "compare", "yesno", "overview", "none"]
Reason = Literal["unknown_district", "district_silent", "no_evidence", "off_topic"]

MAX_QUESTION = 2000
MAX_HISTORY = 50
MAX_TOP_K = 20
DEFAULT_TOP_K = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What a person sends: the question, earlier ones (oldest first), districts to restrict to."""

    text: str
    history: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    top_k: int = DEFAULT_TOP_K


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before a question that may lean on it: its topic and the question."""

    topic: str
    question: str


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read.

    ``question`` is the whole question, whatever it left to the earlier ones filled in; ``topic``
    is what is looked for, without district and filler words (nothing where everything planned is
    asked for), ``topics`` each district's own where several things were asked at once.
    ``districts`` restricts the search; ``each`` tells that every one of them is to be answered for.
    ``this_year`` is what 「今年」 is taken for where the districts have no document of the newest year.
    ``outside`` are years asked about, as words, that no document can be seen to tell of.
    ``missing`` are places asked about that no document belongs to, ``corrected`` what was misspelt
    and how it was taken, ``groups`` the groups of places named and who belongs to each.
    ``remark`` tells that the question before is only asked again, ``more`` how often more of it was
    asked for; ``kept`` are the districts that a whole question has only from the one before it.
    ``before`` is what was asked before a question with a topic of its own.
    """

    question: str
    topic: str
    topics: dict[str, str] = field(default_factory=dict)
    districts: tuple[str, ...] = ()
    each: bool = False
    years: tuple[int, ...] = ()
    this_year: int | None = None
    outside: tuple[str, ...] = ()
    kind: Kind = "fact"
    missing: tuple[str, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remark: Remark | None = None
    more: int = 0
    kept: tuple[str, ...] = ()
    before: Before | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "question": self.question,
            "topic": self.topic,
            "topics": self.topics,
            "districts": list(self.districts),
            "groups": {name: list(members) for name, members in self.groups.items()},
            "years": list(self.years),
            "kind": self.kind,
            "missing": list(self.missing),
            "corrected": self.corrected,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found, how well it fits (0 to 1) and the ranges of its text that answer.

    ``status`` tells whether the answering words state a plan, work under way or a fact, where they
    decide it; ``figures`` are the amounts in them.
    """

    passage: Passage
    score: float
    highlights: tuple[Span, ...] = ()
    status: Status | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether some of its words answer; else it is only near to what was asked."""
        return bool(self.highlights)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            **self.passage.to_dict(),
            "score": round(self.score, 4),
            "highlights": [list(span) for span in self.highlights],
            "status": self.status,
            "figures": [figure.to_dict() for figure in self.figures],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The passages that answer, or why nothing does and the nearest passages."""

    answered: bool
    reason: Reason | None
    confidence: float
    message: str
    understood: Understood
    passages: tuple[Found, ...] = ()
    by_district: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def best_of_each(self) -> dict[str, Found | None]:
        """Return the best passage of each district asked about, None where it says nothing."""
        by_id = {found.passage.id: found for found in self.passages}
        return {name: by_id[ids[0]] if ids else None for name, ids in self.by_district.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "answered": self.answered,
            "reason": self.reason,
            "confidence": round(self.confidence, 4),
            "message": self.message,
            "understood": self.understood.to_dict(),
            "passages": [found.to_dict() for found in self.passages],
            "by_district": {name: list(ids) for name, ids in self.by_district.items()},
        }
