"""One question, one answer: `ask` is the whole way, understand, retrieve, answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from index.corrections import corrected_in
from index.store import Index
from index.text import fold
from index.towns import IS_TOWN
from qa.confidence import rival_of
from qa.figures import figures_in
from qa.highlight import Marker
from qa.hits import SURE, Hits
from qa.inside import lacks_place, lying_in, places_asked
from qa.messages import (
    NO_DOCUMENTS,
    NO_TEXT,
    answered_message,
    elsewhere_message,
    parts_message,
    refused_message,
)
from qa.names import in_their_words
from qa.overview import overview
from qa.places import parts_of_all, short_name, speaks_of, without_places, without_which
from qa.retrieve import READ, READ_OF_MANY, Candidate, Query, retrieve, same_words
from qa.shares import said_in_passing, share_of
from qa.status import asks_of_past_year, status_in
from qa.types import MAX_TOP_K, Answer, Found, Kind, Question, Reason, Understood
from qa.understand import understand, without_kept
from qa.wording import MENTIONED, asked_in, without_mention
from qa.years import as_of, years_asked

_DEPTH = 30
_MANY = 6
# Questions that one clause of a passage may answer.
_BROAD: tuple[Kind, ...] = ("overview", "list", "way")
# How likely its own words must answer for nobody else to be asked.
_HARDLY = 0.25


def ask(question: Question, index: Index) -> Answer:
    """Return the passages that answer `question`, or why nothing does and the nearest ones.

    Raises:
        QuestionError: it is empty or too long, or restricts to an unknown district.
    """
    understood = understand(question, index)
    found = answer(understood, search(understood, index), index, question.top_k)
    if found.answered:
        return found
    parts = parts_of_all(
        understood.question, understood.districts, [*index.by_district], index.gazetteer
    )
    if parts and not question.districts:  # 「全市」, of which only what lies in it tells
        each = replace(understood, districts=parts, each=True)
        told = answer(each, search(each, index), index, question.top_k)
        return (
            replace(told, message=parts_message(understood, told.message))
            if told.answered
            else found
        )
    if not understood.kept:
        return found
    anywhere = without_kept(understood)
    wider = answer(anywhere, search(anywhere, index), index, question.top_k)
    if not wider.answered or wider.confidence < SURE:
        return found
    return replace(wider, message=elsewhere_message(understood, wider.message))


def search(understood: Understood, index: Index) -> list[Hits]:
    """Return what each district asked about has to say, or all documents together.

    For places that no document belongs to, only what speaks of them.
    """
    broad = understood.kind in _BROAD
    if understood.districts and understood.kind == "overview" and not understood.topic:
        found = [_everything(district, understood, index) for district in understood.districts]
    elif understood.districts:
        found = _of_districts(understood, index)
    elif understood.missing:
        found = [_speaking_of(understood, index)]
    else:
        topic = in_their_words(understood.topic, index, range(len(index.passages)))
        question = without_which(understood.question) if index.by_district else understood.question
        question = without_mention(asked_in(fold(question)))
        question = in_their_words(question, index, range(len(index.passages)))
        candidates = retrieve(topic, index, _DEPTH, (), question, before=understood.before)
        found = [Hits(None, candidates, topic)]
    districts = bool(index.by_district)
    of_past = asks_of_past_year(understood.question)
    several = len(found) > 1
    found = [
        replace(
            hits,
            broad=broad,
            districts=districts,
            of_past=of_past and bool(hits.topic),
            several=several,
        )
        for hits in found
    ]
    if MENTIONED.search(understood.question):
        found = [hits.mentioning() for hits in found]
    found = [
        hits.of_years(understood.years).without_what_lacks().corrected_first() for hits in found
    ]
    return [
        hits
        if hits.answer and hits.confidence >= _HARDLY
        else _told_by_others(hits, understood, index)
        for hits in found
    ]


def answer(understood: Understood, found: Sequence[Hits], index: Index, top_k: int) -> Answer:
    """Return the answer that the hits give."""
    answering = [hits for hits in found if hits.answer]
    if understood.kind == "none":
        answering = []
    chosen = fewer = _chosen(answering or found, understood, top_k, understood.more)
    if understood.more:
        fewer = _chosen(answering or found, understood, top_k, understood.more - 1)
    markers = {
        hits.topic: Marker.of(understood, hits.topic, index, hits.literally) for hits, _ in chosen
    }
    shown = {
        hit.ordinal: _shown(
            hits, hit, markers[hits.topic] if answering and hits.answers(hit) else None
        )
        for hits, hit in reversed(chosen)
    }
    corrections = _corrections_of([*shown.values()], index) if answering else {}
    said = [
        (hits.district or hit.passage.district, found)
        for hits, hit in chosen
        for found in (*corrections.get(hit.passage.id, ()), shown[hit.ordinal])
    ]
    first: dict[str, Found] = {}
    for _, found_one in said:
        first.setdefault(found_one.passage.id, found_one)
    passages = tuple(first.values())[: len(shown)]
    kept = {found.passage.id for found in passages}
    by_district: dict[str, tuple[str, ...]] = dict.fromkeys(
        (*understood.districts, *understood.missing), ()
    )
    if answering:
        for district in by_district if understood.districts else _districts_of(passages):
            own = (found.passage.id for whose, found in said if whose == district)
            by_district[district] = tuple(one for one in dict.fromkeys(own) if one in kept)
        return Answer(
            answered=True,
            reason=None,
            confidence=max(hits.confidence for hits in answering),
            message=answered_message(
                understood,
                passages,
                by_district,
                partial(_says, index),
                index.digest,
                len(chosen) > len(fewer),
                index.segmenter.cut,
            ),
            understood=understood,
            passages=passages,
            by_district=by_district,
        )
    reason = _reason(understood, found, index)
    sure = max((hits.confidence for hits in found), default=0.0)
    return Answer(
        answered=False,
        reason=reason,
        confidence=sure,
        message=refused_message(
            reason, understood, tuple(index.by_district), passages, cut=index.segmenter.cut
        )
        if index.passages
        else (NO_TEXT if index.documents else NO_DOCUMENTS),
        understood=understood,
        passages=passages,
        by_district=by_district,
    )


def _everything(district: str, understood: Understood, index: Index) -> Hits:
    """Return what a district plans, where no theme is named."""
    limit = max(2, MAX_TOP_K // len(understood.districts))
    chosen = overview(district, understood.years, limit, index)
    return Hits(district, [Candidate(o, index.passages[o], {}, 0.0) for o in chosen], "")


def _of_districts(understood: Understood, index: Index) -> list[Hits]:
    asked = understood.districts
    topics = {
        district: in_their_words(
            understood.topics.get(district, understood.topic), index, index.by_district[district]
        )
        for district in asked
    }
    known = index.gazetteer, index.segmenter
    question = understood.question
    if understood.this_year:
        question = as_of(fold(question), understood.this_year)
    question = without_places(question, (*asked, *understood.missing), *known)
    whole = without_mention(asked_in(question))
    depth = READ if len(asked) <= _MANY else READ_OF_MANY
    before = understood.before
    own = {
        district: retrieve(
            topics[district],
            index,
            _DEPTH,
            [district],
            in_their_words(
                understood.topics.get(district, whole), index, index.by_district[district]
            ),
            depth,
            before,
        )
        for district in asked
    }
    others = [district for district in index.by_district if district not in own]
    rest = {
        topic: retrieve(topic, index, 1, others, question, before=before) if others else []
        for topic in dict.fromkeys(topics.values())
    }
    found: list[Hits] = []
    for district, topic in topics.items():
        beside = [own[other] for other in asked if other != district and topics[other] == topic]
        rival = rival_of([hits[0].signals for hits in (*beside, rest[topic]) if hits])
        kinds = places_asked(understood.question, district)
        placeless = frozenset(
            hit.ordinal
            for hit in (own[district] if kinds else ())
            if lacks_place(
                kinds, district, f"{hit.passage.heading}\n{hit.passage.text}", index.gazetteer
            )
        )
        hits = Hits(district, own[district], topic, rival, placeless=placeless)
        found.append(_on_places_in(district, hits, understood, index))
    return found


def _on_places_in(district: str, hits: Hits, understood: Understood, index: Index) -> Hits:
    """Return the hits with those first that speak of a place inside the district, if one was asked about.

    Their headings and the rest of their paragraphs count too.
    """
    known = index.gazetteer, index.segmenter
    inside = lying_in(district, understood.question, index.by_district.keys(), *known)
    if not inside:
        return hits
    paragraphs: dict[tuple[str, int], str] = {}
    for ordinal in index.by_district[district]:
        passage = index.passages[ordinal]
        address = passage.document_id, passage.paragraph
        paragraphs[address] = f"{paragraphs.get(address, passage.heading)}\n{passage.text}"
    beside = frozenset(
        hit.ordinal
        for hit in hits.candidates
        for told in [paragraphs[hit.passage.document_id, hit.passage.paragraph]]
        if not any(speaks_of(told, place, *known) for place in inside)
    )
    told = list(hits.candidates)
    if understood.kind == "fact":
        told = _not_in_passing(inside, told, hits.topic, understood.question, index)
    ordered = sorted(told, key=lambda hit: hit.ordinal in beside)
    return replace(hits, candidates=ordered, beside=beside)


def _told_by_others(hits: Hits, understood: Understood, index: Index) -> Hits:
    """Return what is said of a silent district by what it lies in, or by nobody's documents, if that answers.

    A city's circular gives each of its counties a task.
    """
    if hits.district is None or not hits.topic:
        return hits
    above = index.gazetteer.ancestors(hits.district)
    if not above and IS_TOWN.search(hits.district):  # of which county isn't known
        above = [name for name in index.by_district if not IS_TOWN.search(name)]
    telling = {*above} & index.by_district.keys()
    if not telling and len(index.passages) == sum(map(len, index.by_district.values())):
        return hits
    known = index.gazetteer, index.segmenter
    question = without_places(
        understood.question, (*understood.districts, *understood.missing), *known
    )
    query = Query.of(hits.topic, index)
    _, speaking = _that_speak_of([hits.district], hits.topic, question, index)
    shares = [
        (hit, share_of(hit.passage.text, hits.district, *known))
        for hit in speaking
        if hit.passage.district in (None, *telling)
    ]
    candidates = [hit.on(share, query, question) for hit, share in shares if share.own][:READ]
    candidates.sort(key=lambda hit: -hit.read()["reads"])
    told = replace(hits, candidates=candidates, rival=None, districts=False)
    years = understood.years
    if understood.this_year:  # the others' documents may be newer
        years = years_asked(understood.question, index.years)
    told = told.of_years(years)
    surer = not hits.answer or told.confidence >= SURE
    return told if told.answer and surer else hits


def _speaking_of(understood: Understood, index: Index) -> Hits:
    """Return the passages that speak of places which no document belongs to."""
    asked = understood.question
    topic, speaking = _that_speak_of(understood.missing, understood.topic, asked, index)
    if understood.kind == "fact":
        speaking = _not_in_passing(understood.missing, speaking, topic, asked, index)
    return Hits(None, speaking, topic)


def _not_in_passing(
    places: Sequence[str], found: Sequence[Candidate], topic: str, question: str, index: Index
) -> list[Candidate]:
    """Return the candidates, those last that name the one place asked about only in passing, and what they say there.

    「（岳西至潜山）完成投资8.5亿元；新改建农村公路140公里」 tells no figure of 潜山's roads.
    """
    if len(places) != 1:
        return [*found]
    (place,), known = places, (index.gazetteer, index.segmenter)
    query = Query.of(topic, index)
    shares = [(hit, said_in_passing(hit.passage.text, place, *known)) for hit in found]
    told = [hit.on(share, query, question) if share else hit for hit, share in shares]
    return sorted(told, key=lambda hit: hit.share is not None)


def _that_speak_of(
    places: Sequence[str], topic: str, question: str, index: Index
) -> tuple[str, list[Candidate]]:
    """Return what is looked for, a topic with the names of places, and what speaks of one of them."""
    known = index.gazetteer, index.segmenter
    names = " ".join(short_name(place, index.gazetteer) for place in places)
    named = f"{names} {topic}".strip()
    found = [
        hit
        for hit in retrieve(named, index, _DEPTH, (), question)
        if any(speaks_of(hit.passage.text, place, *known) for place in places)
    ]
    return named, found


def _chosen(
    found: Sequence[Hits], understood: Understood, top_k: int, more: int
) -> list[tuple[Hits, Candidate]]:
    """Return the candidates to show: every district's best first, then every one's second.

    As many again each time that `more` are asked for, as far as they answer.
    """
    share = max(1 if len(found) > _MANY else min(2, top_k), top_k // max(1, len(found)))
    per_district = share if understood.each else top_k
    if not any(hits.topic for hits in found):  # everything was asked for
        per_district = MAX_TOP_K
    limit = min(MAX_TOP_K, per_district * (1 + more))
    kept: list[tuple[int, Hits, Candidate]] = []
    for hits in found:
        own: list[Candidate] = []
        for hit in hits.candidates:
            wanted = len(own) < per_district or (len(own) < limit and hits.answers(hit))
            if wanted and not any(same_words(hit.passage, o.passage) for o in own):
                own.append(hit)
        if understood.kind == "overview":  # the best first, then as the document has them
            own[1:] = sorted(own[1:], key=lambda hit: hit.ordinal)
        kept += ((rank, hits, hit) for rank, hit in enumerate(own))
    return [(hits, hit) for _, hits, hit in sorted(kept, key=lambda ranked: ranked[0])]


def _shown(hits: Hits, candidate: Candidate, marker: Marker | None) -> Found:
    """Return a passage as it is shown; nothing is marked in one that doesn't answer."""
    text, sure = candidate.passage.text, hits.confidence_of(candidate)
    if marker is None:
        return Found(candidate.passage, sure)
    share = candidate.share
    marked = share.own if share else marker.spans(text, candidate.asked[0])
    words = "".join(text[start:end] for start, end in marked)
    return Found(
        candidate.passage,
        sure,
        marked,
        status_in(candidate.passage, marked),
        tuple(dict.fromkeys(figures_in(words))),
    )


def _corrections_of(passages: Sequence[Found], index: Index) -> dict[str, list[Found]]:
    """Return the corrections of the words that answer, by the id of the passage that has those."""
    found: dict[str, list[Found]] = {}
    for correction in index.corrections:
        for shown in passages:
            wrong = corrected_in(correction, shown.passage)
            if wrong is None or not any(
                start < wrong.end and wrong.start < end for start, end in shown.highlights
            ):
                continue
            passage = index.passages[correction.ordinal]
            figures = tuple(figures_in(passage.text[slice(*correction.right)]))
            found.setdefault(shown.passage.id, []).append(
                Found(passage, shown.score, (correction.right,), shown.status, figures)
            )
    return found


def _says(index: Index, district: str, words: str) -> bool:
    """Tell whether a district's passages have folded `words` anywhere."""
    return any(words in fold(index.passages[o].text) for o in index.by_district[district])


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
    timed = any(hits.years or hits.of_past for hits in found)
    sure = max((hits.confidence for hits in found), default=0.0)
    if sure < 0.1 and not understood.missing and not timed:
        return "off_topic"
    return "no_evidence"
