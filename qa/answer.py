"""One question, one answer: `ask` is the whole way, understand, retrieve, answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from index.corrections import corrected_in, is_correction
from index.store import Index
from index.text import fold
from index.towns import IS_TOWN
from qa.confidence import Signals, confidence, in_favour, rival_of, threshold
from qa.figures import cannot_tell, figures_in
from qa.highlight import Marker
from qa.inside import lacks_place, lying_in
from qa.messages import (
    NO_DOCUMENTS,
    answered_message,
    elsewhere_message,
    parts_message,
    refused_message,
)
from qa.names import in_their_words
from qa.overview import overview
from qa.places import parts_of_all, short_name, speaks_of, without_places, without_which
from qa.retrieve import READ, READ_OF_MANY, Candidate, Query, retrieve, same_words, weighted
from qa.shares import said_in_passing, share_of
from qa.status import (
    asks_of_past_year,
    asks_what_came,
    plainly_plans,
    plans_its_year,
    status_in,
    tells_plans,
)
from qa.types import MAX_TOP_K, Answer, Found, Kind, Question, Reason, Understood
from qa.understand import understand, without_kept
from qa.wording import MENTIONED, asked_in, asking_clauses, asks_several, without_mention
from qa.years import may_tell_of, names_past, year_told

_DEPTH = 30
_MANY = 6
# Questions that one clause of a passage may answer.
_BROAD: tuple[Kind, ...] = ("overview", "list", "way")
# How nearly a document of the right year must fit as well as another to come before it.
_AS_WELL = 0.8
# What lacks the figure that was asked for is as sure as what nearly answers.
_JUST_BELOW = 0.9
# How likely what other districts say must answer to be shown where the last one asked about is silent.
_SURE = 0.65
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
    if not wider.answered or wider.confidence < _SURE:
        return found
    return replace(wider, message=elsewhere_message(understood, wider.message))


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found for one district, or for all documents together (``district`` None).

    ``topic`` is what was looked for, nothing where everything was asked for; ``rival`` is what other
    districts say of it (see `qa.confidence`), None for all documents together. Where it was asked
    whether something is mentioned (``literally``), only what says its words counts; where a way, a list or
    everything on a theme was asked for (``broad``), one clause of a passage may answer. What plainly tells
    of other ``years`` than were asked about doesn't answer, nor what is ``beside`` the matter, since it doesn't
    speak of the place inside the district that was asked about (by ordinal), nor what is ``placeless`` where it
    was asked which villages or counties, nor plans of what came of a past
    year (``of_past``). Of ``threshold`` see `qa.confidence`.
    """

    district: str | None
    candidates: Sequence[Candidate]
    topic: str
    rival: Signals | None = None
    literally: bool = False
    broad: bool = False
    years: tuple[int, ...] = ()
    districts: bool = True
    beside: frozenset[int] = frozenset()
    placeless: frozenset[int] = frozenset()
    of_past: bool = False

    def told(self, candidate: Candidate) -> Signals:
        """Return what speaks for a candidate's answering, or against it.

        The first one stands for those beside it too: what was asked may be answered by the second.
        """
        told = candidate.read()
        first = candidate is self.candidates[0]
        among = (
            [hit for hit in self.candidates[:READ_OF_MANY] if self._counts(hit)] if first else []
        )
        most = max((hit.read()["reads"] for hit in among), default=told["reads"])
        return {**(in_favour(told) if self.broad else told), "most": most}

    def _counts(self, candidate: Candidate) -> bool:
        """Whether a candidate may answer, however it reads."""
        if self.literally and not _says_it(candidate):
            return False
        return self._to_the_point(candidate) and not self._lacks(candidate)

    def _to_the_point(self, candidate: Candidate) -> bool:
        """Whether a candidate may tell of the place and the year asked about."""
        if candidate.ordinal in self.beside or (self.of_past and self._only_plans(candidate)):
            return False
        return not self.years or self.may_tell(candidate)

    def _lacks(self, candidate: Candidate) -> bool:
        """Whether a candidate lacks what alone is asked for, among plans and reports: money, a date, who pays, places."""
        if candidate.ordinal in self.placeless:
            return True
        if not self.districts:
            return False
        question, passage = candidate.asked[0], candidate.passage
        asked = asking_clauses(question) if asks_several(question) else [question]
        return all(
            cannot_tell(clause, f"{passage.section or ''}\n{passage.text}") for clause in asked
        )

    def _only_plans(self, candidate: Candidate) -> bool:
        """Whether a candidate tells plans, and no past year.

        Those of a year asked about are told, unless it was asked what came of them.
        """
        passage = candidate.passage
        of_year = year_told(passage) in self.years and passage.year is not None
        of_year = of_year and not asks_what_came(candidate.asked[0])
        told = candidate.signals["tense"] == -1 and plainly_plans(passage)
        of_own_year = passage.year in self.years and plans_its_year(passage)
        only = told or (of_own_year and asks_what_came(candidate.asked[0]))
        return only and not of_year and not names_past(passage)

    def confidence_of(self, candidate: Candidate) -> float:
        """Return how likely it is that a candidate answers."""
        if not self.topic:  # everything planned was asked for, and this is planned, or isn't
            return 1.0 if tells_plans(candidate.passage) else 0.5
        if not self._to_the_point(candidate):
            return 0.0
        told = confidence(self.told(candidate), self.rival)
        return min(told, _JUST_BELOW * self.threshold) if self._lacks(candidate) else told

    def answers(self, candidate: Candidate) -> bool:
        """Whether a candidate counts as an answer."""
        if not self.topic:
            return True
        return self._counts(candidate) and self.confidence_of(candidate) >= self.threshold

    @property
    def threshold(self) -> float:
        """The confidence from which on a candidate counts as an answer."""
        return threshold(self.rival, self.districts and not self.foreign)

    @property
    def foreign(self) -> bool:
        """Whether none of the words asked about stands in any passage found in all documents.

        Such a question is hardly one to these documents.
        """
        everywhere = self.district is None and bool(self.topic)
        return everywhere and not any(hit.signals["coverage"] for hit in self.candidates)

    def may_tell(self, candidate: Candidate) -> bool:
        """Whether a candidate tells of one of the years asked about, as far as can be seen."""
        return any(may_tell_of(candidate.passage, year) for year in self.years)

    @property
    def confidence(self) -> float:
        """How likely it is that the best of the candidates answers."""
        return self.confidence_of(self.candidates[0]) if self.candidates else 0.0

    @property
    def answer(self) -> bool:
        """Whether the best of the candidates counts as an answer."""
        return bool(self.candidates) and self.answers(self.candidates[0])

    def mentioning(self) -> Hits:
        """Return the hits with those first that say the topic's words, which alone now count."""
        if not self.topic:
            return self
        ordered = sorted(self.candidates, key=lambda hit: not _says_it(hit))
        return replace(self, candidates=ordered, literally=True)

    def without_what_lacks(self) -> Hits:
        """Return the hits with those last that lack what is asked for, if another then answers."""
        if self.answer or not (self.topic and self.candidates):
            return self
        ordered = replace(self, candidates=sorted(self.candidates, key=self._lacks))
        fits, best = (weighted(hits.candidates[0].signals) for hits in (ordered, self))
        return ordered if ordered.answer and fits >= _AS_WELL * best else self

    def corrected_first(self) -> Hits:
        """Return the hits with a correction that surely answers before what it may correct."""
        if not self.topic:
            return self
        corrections = [
            hit
            for hit in self.candidates[:READ]
            if is_correction(hit.passage.text)
            and self.answers(hit)
            and self.confidence_of(hit) >= _SURE
        ]
        rest = [hit for hit in self.candidates if hit not in corrections]
        return replace(self, candidates=[*corrections, *rest]) if corrections else self

    def of_years(self, years: Sequence[int]) -> Hits:
        """Return the hits with those that may tell of the years asked about first.

        Before them come those that do, else, where no year was asked about, those of the newest
        documents, if one of them answers nearly as well.
        """
        dated = [hit.passage.year for hit in self.candidates if hit.passage.year]
        if not self.topic or not (dated or years):
            return self
        hits = self
        if years:
            hits = replace(self, years=tuple(years))
            may = [hit for hit in self.candidates if hits.may_tell(hit)]
            may.sort(key=lambda hit: not hits._to_the_point(hit))
            if not may or not hits.answers(may[0]):
                return hits
            others = [hit for hit in self.candidates if hit not in may]
            hits = replace(hits, candidates=[*may, *others])
            preferred = [
                hit for hit in may if year_told(hit.passage) in years and hits._to_the_point(hit)
            ]
        else:
            preferred = [hit for hit in self.candidates if hit.passage.year in (None, max(dated))]
        if not preferred or not hits.answers(preferred[0]):
            return hits
        fits, best = (weighted(hit.signals) for hit in (preferred[0], hits.candidates[0]))
        if fits < _AS_WELL * best:
            return hits
        rest = [hit for hit in hits.candidates if hit not in preferred]
        return replace(hits, candidates=[*preferred, *rest])


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
    found = [
        replace(hits, broad=broad, districts=districts, of_past=of_past and bool(hits.topic))
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


def _says_it(candidate: Candidate) -> bool:
    """Tell whether a passage says most of the words that it was found by."""
    return candidate.signals["said"] >= 0.5


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
    passages = tuple(shown[ordinal] for ordinal in dict.fromkeys(hit.ordinal for _, hit in chosen))
    corrections = _corrections_of(passages, index)
    before = [[*corrections.get(found.passage.id, ()), found] for found in passages]
    first: dict[str, Found] = {}
    for found_one in chain.from_iterable(before):
        first.setdefault(found_one.passage.id, found_one)
    passages = tuple(first.values())[: len(passages)]
    kept = {found.passage.id for found in passages}
    by_district: dict[str, tuple[str, ...]] = dict.fromkeys(
        (*understood.districts, *understood.missing), ()
    )
    if answering:
        for district in by_district if understood.districts else _districts_of(passages):
            ids = (
                hit.passage.id
                for hits, hit in chosen
                if (hits.district or hit.passage.district) == district
            )
            own = ([*(f.passage.id for f in corrections.get(one, ())), one] for one in ids)
            by_district[district] = tuple(
                dict.fromkeys(one for one in chain.from_iterable(own) if one in kept)
            )
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
        else NO_DOCUMENTS,
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
    question = without_places(understood.question, (*asked, *understood.missing), *known)
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
        placeless = frozenset(
            hit.ordinal
            for hit in own[district]
            if lacks_place(
                understood.question,
                district,
                f"{hit.passage.heading}\n{hit.passage.text}",
                known[0],
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
    told = told.of_years(understood.years)
    surer = not hits.answer or told.confidence >= _SURE
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
