"""One question, one answer: `ask` is the whole way, understand, retrieve, answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.store import Index
from index.text import fold
from qa.confidence import confidence, only_elsewhere, threshold
from qa.figures import figures_in
from qa.highlight import highlights
from qa.messages import NO_DOCUMENTS, answered_message, refused_message
from qa.retrieve import Candidate, retrieve, same_words
from qa.status import status_of
from qa.types import Answer, Found, Question, Reason, Understood
from qa.understand import understand

_DEPTH = 30
_MANY = 6


def ask(question: Question, index: Index) -> Answer:
    """Return the passages that answer `question`, or why nothing does and the nearest ones.

    Raises:
        QuestionError: it is empty or too long, or restricts to an unknown district.
    """
    understood = understand(question, index)
    found = search(understood, index)
    return answer(understood, found, index, question.top_k)


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found for one district, or for all documents together (``district`` None).

    ``elsewhere`` tells whether another district says it instead (see `qa.confidence`), None for
    all documents together.
    """

    district: str | None
    candidates: Sequence[Candidate]
    understood: Understood
    elsewhere: float | None = None

    def confidence_of(self, candidate: Candidate) -> float:
        """Return how likely it is that a candidate answers."""
        return confidence(candidate.signals, self.elsewhere)

    @property
    def confidence(self) -> float:
        """How likely it is that the best of the candidates answers."""
        return self.confidence_of(self.candidates[0]) if self.candidates else 0.0

    @property
    def answer(self) -> bool:
        """Whether the best of the candidates counts as an answer."""
        return self.confidence >= threshold(self.elsewhere)


def search(understood: Understood, index: Index) -> list[Hits]:
    """Return what each district asked about has to say, or all documents together.

    For places that no document belongs to, only what speaks of them.
    """
    if understood.districts:
        return _of_districts(understood, index)
    if understood.missing:
        return [Hits(None, _speaking_of(understood, index), understood)]
    return [Hits(None, _retrieve(understood, index, []), understood)]


def answer(understood: Understood, found: Sequence[Hits], index: Index, top_k: int) -> Answer:
    """Return the answer that the hits give."""
    answering = [hits for hits in found if hits.answer]
    if understood.kind == "none":
        answering = []
    chosen = _chosen(answering or found, understood, top_k)
    passages = tuple(_shown(hits, candidate, index) for hits, candidate in chosen)
    by_district: dict[str, tuple[str, ...]] = dict.fromkeys(
        (*understood.districts, *understood.missing), ()
    )
    if answering:
        for district in by_district if understood.districts else _districts_of(passages):
            by_district[district] = tuple(
                shown.passage.id for shown in passages if shown.passage.district == district
            )
        return Answer(
            answered=True,
            reason=None,
            confidence=max(hits.confidence for hits in answering),
            message=answered_message(understood, passages, by_district, index.digest),
            understood=understood,
            passages=passages,
            by_district=by_district,
        )
    reason = _reason(understood, found, index)
    return Answer(
        answered=False,
        reason=reason,
        confidence=max((hits.confidence for hits in found), default=0.0),
        message=refused_message(reason, understood, tuple(index.by_district))
        if index.passages
        else NO_DOCUMENTS,
        understood=understood,
        passages=passages,
        by_district=by_district,
    )


def _of_districts(understood: Understood, index: Index) -> list[Hits]:
    asked = understood.districts
    own = {district: _retrieve(understood, index, [district]) for district in asked}
    others = [district for district in index.by_district if district not in own]
    rest = retrieve(understood.topic, index, 1, others) if others else []
    best = {district: _best_sentence(hits) for district, hits in own.items()}
    found: list[Hits] = []
    for district in asked:
        rivals = [match for other, match in best.items() if other != district]
        rivals = sorted([*rivals, _best_sentence(rest)], reverse=True)
        # Among many, a few that happen to say it in the question's own words tell nothing.
        elsewhere = only_elsewhere(best[district], rivals[len(rivals) // 8])
        found.append(Hits(district, own[district], understood, elsewhere))
    return found


def _best_sentence(hits: Sequence[Candidate]) -> float:
    return hits[0].signals["sentence"] if hits else 0.0


def _retrieve(understood: Understood, index: Index, districts: Sequence[str]) -> list[Candidate]:
    found = retrieve(understood.topic, index, _DEPTH, districts, understood.question)
    return _of_years(found, understood.years)


def _of_years(found: list[Candidate], years: Sequence[int]) -> list[Candidate]:
    """Prefer what was written in the years asked about, where the documents are of several."""
    if not years:
        return found
    return sorted(found, key=lambda hit: (hit.passage.year or years[0]) not in years)


def _speaking_of(understood: Understood, index: Index) -> list[Candidate]:
    names = [
        name
        for place in understood.missing
        for name in index.gazetteer.names_of(place) or (fold(place),)
    ]
    found = retrieve(f"{' '.join(understood.missing)} {understood.topic}", index, _DEPTH)
    return [hit for hit in found if any(name in fold(hit.passage.text) for name in names)]


def _chosen(
    found: Sequence[Hits], understood: Understood, top_k: int
) -> list[tuple[Hits, Candidate]]:
    """Return the candidates to show: every district's best first, then every one's second."""
    share = max(1 if len(found) > _MANY else 2, top_k // max(1, len(found)))
    per_district = share if understood.each else top_k
    kept: list[tuple[int, Hits, Candidate]] = []
    for hits in found:
        own: list[Candidate] = []
        for hit in hits.candidates:
            if len(own) < per_district and not any(same_words(hit.passage, o.passage) for o in own):
                own.append(hit)
        kept += ((rank, hits, hit) for rank, hit in enumerate(own))
    return [(hits, hit) for _, hits, hit in sorted(kept, key=lambda ranked: ranked[0])]


def _shown(hits: Hits, candidate: Candidate, index: Index) -> Found:
    text, understood = candidate.passage.text, hits.understood
    marked = highlights(text, understood.topic, understood.question, understood.kind, index)
    words = "".join(text[start:end] for start, end in marked)
    return Found(
        candidate.passage,
        hits.confidence_of(candidate),
        marked,
        status_of(words),
        tuple(dict.fromkeys(figures_in(words))),
    )


def _districts_of(passages: Sequence[Found]) -> list[str]:
    named = (found.passage.district for found in passages)
    return list(dict.fromkeys(district for district in named if district is not None))


def _reason(understood: Understood, found: Sequence[Hits], index: Index) -> Reason:
    if not index.passages:
        return "no_evidence"
    if understood.missing and not understood.districts and not any(h.candidates for h in found):
        return "unknown_district"
    if understood.kind == "none":
        return "off_topic"
    if understood.districts:
        return "district_silent"
    if max((hits.confidence for hits in found), default=0.0) < 0.1 and not understood.missing:
        return "off_topic"
    return "no_evidence"
