"""What was found for a district, and whether it answers: what must be there, of which years, what comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.corrections import is_correction
from index.letters import is_letter
from qa.confidence import Signals, confidence, in_favour, threshold
from qa.everyday import everyday as how_everyday
from qa.figures import cannot_tell
from qa.retrieve import READ, READ_OF_MANY, Candidate, weighted
from qa.status import asks_what_came, plainly_plans, plans_its_year, tells_plans
from qa.timing import tells_of_other_years
from qa.wording import asking_clauses, asks_several
from qa.years import may_tell_of, names_past, tells_of_another_edition, year_told

_ASKS_OF_LETTERS = re.compile("来信|留言|投诉|反映|诉求|网友|市民.{0,6}[问说提]")
# How nearly a document of the right year must fit as well as another to come before it.
_AS_WELL = 0.8
# What lacks the figure that was asked for is as sure as what nearly answers.
_JUST_BELOW = 0.9
# How likely a correction, or what others say where a district is silent, must answer.
SURE = 0.65


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found for one district, or for all documents together (``district`` None).

    ``topic`` is what was looked for, nothing where everything was asked for; ``rival`` is what other
    districts say of it (see `qa.confidence`), None for all documents together. Where it was asked
    whether something is mentioned (``literally``), only what says its words counts; where a way, a list or
    everything on a theme was asked for (``broad``), one clause of a passage may answer. What plainly tells
    of other ``years`` than were asked about doesn't answer, nor what is ``beside`` the matter, since it doesn't
    speak of the place inside the district that was asked about (by ordinal), nor what is ``placeless`` where it
    was asked which villages or counties, nor plans of what came of a past year (``of_past``). Of ``threshold``,
    and what it is for one of ``several`` districts, see `qa.confidence`.
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
    several: bool = False

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
        """Whether a candidate lacks what alone is asked for, among plans and reports: money, a date, who pays, places.

        A citizen's letter lacks what an office says; what is told of other years, the year asked about.
        """
        if candidate.ordinal in self.placeless:
            return True
        if is_letter(candidate.passage) and not _ASKS_OF_LETTERS.search(candidate.asked[0]):
            return True
        if not self.districts:
            return False
        question, passage = candidate.asked[0], candidate.passage
        asked = asking_clauses(question) if asks_several(question) else [question]
        text = f"{passage.section or ''}\n{passage.text}"
        return all(cannot_tell(clause, text) for clause in asked) or self._of_other_years(candidate)

    def _of_other_years(self, candidate: Candidate) -> bool:
        """Whether what may answer in one of the first candidates is told of other years than were asked about."""
        if not any(hit is candidate for hit in self.candidates[:READ]):
            return False
        text = candidate.share.text if candidate.share else candidate.passage.text
        question, read = candidate.questions[0], candidate.asked[0]
        return tells_of_other_years(candidate.passage, text, question, read, self.years)

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
        told = confidence(self.told(candidate), self.rival, self.everyday(candidate))
        return min(told, _JUST_BELOW * self.threshold) if self._lacks(candidate) else told

    def everyday(self, candidate: Candidate) -> float:
        """Return how far the question is none to documents of districts, where these are of some (`qa.everyday`)."""
        if not (self.districts or self.district):
            return 0.0
        told = f"{candidate.passage.heading}\n{candidate.passage.text}"
        return min(how_everyday(question, told) for question in (self.topic, *candidate.asked))

    def answers(self, candidate: Candidate) -> bool:
        """Whether a candidate counts as an answer."""
        if not self.topic:
            return True
        return self._counts(candidate) and self.confidence_of(candidate) >= self.threshold

    @property
    def threshold(self) -> float:
        """The confidence from which on a candidate counts as an answer."""
        return threshold(self.rival, self.districts and not self.foreign, self.several)

    @property
    def foreign(self) -> bool:
        """Whether none of the words asked about stands in any passage found in all documents.

        Such a question is hardly one to these documents.
        """
        everywhere = self.district is None and bool(self.topic)
        return everywhere and not any(hit.signals["coverage"] for hit in self.candidates)

    def may_tell(self, candidate: Candidate) -> bool:
        """Whether a candidate tells of one of the years asked about, as far as can be seen."""
        passage, question = candidate.passage, candidate.questions[0]
        return any(
            may_tell_of(passage, year) and not tells_of_another_edition(passage, question, year)
            for year in self.years
        )

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
            and self.confidence_of(hit) >= SURE
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


def _says_it(candidate: Candidate) -> bool:
    """Tell whether a passage says most of the words that it was found by."""
    return candidate.signals["said"] >= 0.5
