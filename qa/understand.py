"""Understanding a question: its places, years and kind, and what it leaves to earlier questions.

Nothing is searched here. How a question was read is shown with every answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import dropwhile

from index.store import Index
from index.text import fold
from qa.districts import known_as
from qa.errors import check
from qa.groups import spelt_out
from qa.places import CONJUNCTIONS, Places, mentions_in, places_in
from qa.remarks import Remark, remark_of
from qa.themes import paired
from qa.types import Kind, Question, Understood
from qa.wording import FILLER, LOOSE, asked_in, asks, is_aspect, kind_of, leans, plain, topic_of
from qa.years import in_digits, years_asked, years_outside


def understand(question: Question, index: Index) -> Understood:
    """Return how a question is read, the earlier ones filling in what it leaves out.

    Raises:
        QuestionError: it is empty or too long, or restricts to an unknown district.
    """
    check(question)
    reader = _Reader(index)
    reading = reader.read(question.text)
    groups = reading.groups
    turns = [turn for turn in map(reader.read, question.history) if turn.kind != "none"]
    turns = list(dropwhile(lambda turn: turn.remark is not None, turns))
    if turns and reading.kind != "none" and not _ANEW.search(reading.text):
        reading = reader.follow(reduce(reader.follow, turns), reading)
    elif reading.remark:  # of nothing
        reading = replace(reading, kind="none")
    if question.districts:
        return reader.restricted(reading, question.districts)
    return reader.understood(replace(reading, groups=groups))


def without_kept(understood: Understood) -> Understood:
    """Return a whole question as it reads without the districts kept from the one before it."""
    named, _, rest = understood.question.partition("：")
    return replace(
        understood,
        question="".join(_TIME.findall(named)) + rest,
        districts=(),
        missing=(),
        each=False,
        topics={},
        groups={},
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One question as far as it is read alone; ``topic`` is its own content.

    ``kept`` are the districts of an earlier question that a whole new one is asked of, for want of
    any other; ``before`` are those of the question before a follow-up that turned elsewhere.
    """

    text: str
    places: Places
    topic: str
    kind: Kind
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remark: Remark | None = None
    more: int = 0
    kept: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class _Reader:
    def __init__(self, index: Index) -> None:
        self._index = index
        self.covered = tuple(index.by_district)

    def read(self, text: str) -> _Reading:
        known = self._index.gazetteer, self._index.segmenter, self.covered
        text, groups = spelt_out(plain(text), *known)
        places = places_in(text, *known)
        kind, topic = kind_of(text), topic_of(in_digits(asked_in(places.text)))
        if kind == "compare":  # 「哪个省的目标最高？」 looks for the goals
            topic = _DEGREE.sub("", topic)
        asked = FILLER.sub(" ", places.text)
        if kind != "none" and _OVERVIEW.match(asked):
            # 「今年的目标」 can be looked for, 「今年的打算」 is everything.
            kind, topic = "overview", topic if "目标" in topic else ""
        elif kind != "none" and _PLANS_ON.search(asked):
            kind = "overview"
        reading = _Reading(text, places, topic, kind, groups, remark_of(text))
        if not places.corrected:
            return reading
        for district, (start, end) in reversed(places.mentions):
            text = text[:start] + district + text[end:]
        return self._whole(replace(reading, text=text))

    def follow(self, earlier: _Reading, later: _Reading) -> _Reading:
        """Return `later` as asked after `earlier`."""
        return self._whole(self._followed(earlier, later))

    def _whole(self, reading: _Reading) -> _Reading:
        """Return a reading whose mentions stand where its own text has them."""
        asked = {mention.district for mention in reading.places.mentions}
        named = mentions_in(reading.text, self._index.gazetteer, self._index.segmenter)
        mentions = tuple(mention for mention in named if mention.district in asked)
        return replace(reading, places=replace(reading.places, mentions=mentions))

    def _followed(self, earlier: _Reading, later: _Reading) -> _Reading:
        if later.remark is not None:
            text = f"{earlier.text} {later.text}" if later.remark == "why" else earlier.text
            asked = earlier.more + (later.remark == "more")
            return replace(earlier, text=text, remark=later.remark, more=asked)
        named = dict.fromkeys((*earlier.before, *earlier.places.districts))
        if len(named) == 2 and not later.places.districts and _BOTH.search(later.text):
            later = self.read(_BOTH.sub("、".join(named), later.text, count=1))
        has_place = bool(later.places.mentions or later.places.every or later.places.anywhere)
        has_place = has_place or bool(later.places.unlisted)
        if later.kind == "overview" and has_place and _PLANS.search(later.text):
            return later
        bare = _is_bare(later)
        aspect = has_place and not bare and later.kind != "overview" and _points_back(later)
        if has_place and not bare and not aspect:
            return later
        if later.places.mentions and _BESIDE.search(later.text):  # 「跟丰泽比呢？」: both of them
            mentions = (*earlier.places.mentions, *later.places.mentions)
            later = replace(later, places=replace(later.places, mentions=mentions), kind="compare")
        if has_place:  # 「那洛江呢？」: the same theme elsewhere
            kind = later.kind if aspect or later.kind in ("yesno", "compare") else earlier.kind
            text, topic = _with_places_of(earlier, later), earlier.topic
            if aspect and (more := _content(later.topic)):  # 「洛江的总投资呢？」
                text, topic = f"{text} {more}", f"{topic} {more}"
            before = earlier.places.districts
            return _Reading(text, _others(earlier, later), topic, kind, before=before)
        places = earlier.places
        time = topic_of(in_digits(later.places.text))
        if _TIME.fullmatch(time):  # 「去年呢？」: the same in another year
            text, topic = (_TIME.sub("", was).strip() for was in (earlier.text, earlier.topic))
            return replace(earlier, text=f"{time}{text}", topic=topic, remark=None, more=0)
        if (
            bare
            or is_aspect(later.topic)
            or _ASKS_HOW.fullmatch(later.places.text)
            or _SPAN_OF_TIME.fullmatch(later.topic)
            or is_aspect(_TIME.sub("", later.topic))
        ):  # 「总投资是多少？」: more about the same thing
            text, topic = earlier.text, earlier.topic
            if _TIME.search(later.topic):  # 「去年完成多少？」 after a question on this year
                text, topic = _TIME.sub("", text), _TIME.sub("", topic)
            topic = f"{topic} {_MORE.sub('', later.topic)}".strip()
            text = f"{text} {later.text}"
            return _Reading(text, places, topic, later.kind, kept=earlier.kept)
        who = "、".join(places.districts)
        text = f"{who}：{later.text}" if who else later.text
        places = replace(places, text=later.places.text)
        kept = places.districts if _is_whole(later) else ()
        return _Reading(text, places, later.topic, later.kind, kept=kept)

    def restricted(self, reading: _Reading, names: Sequence[str]) -> Understood:
        """Return how a question is read that is asked of some districts only, and how their names are."""
        taken = {name: known_as(name, self._index.gazetteer, self.covered) for name in names}
        given = tuple(dict.fromkeys(full for own in taken.values() for full in own))
        inexact = {
            name: own
            for name, own in taken.items()
            if not (self._index.gazetteer.full_name(name) or own[0].startswith(fold(name.strip())))
        }
        corrected = {name: own[0] for name, own in inexact.items() if len(own) == 1}
        groups = {name: own for name, own in inexact.items() if len(own) > 1}
        understood = self.understood(replace(reading, groups=groups), given)
        return replace(understood, corrected=corrected or understood.corrected)

    def understood(self, reading: _Reading, given: Sequence[str] = ()) -> Understood:
        places = reading.places
        asked = tuple(given) or places.districts
        if places.every and not given and (places.excluded or not asked):
            asked = tuple(d for d in self.covered if d not in places.excluded)
        covered = tuple(district for district in asked if district in self.covered)
        missing = tuple(district for district in asked if district not in self.covered)
        told, held = asked_in(fold(reading.text)), self._index.years
        bare = _is_bare(reading) and reading.kind != "none"  # 「比较一下洛江和丰泽」
        overview = (reading.kind == "overview" or bare) and bool(asked)
        return Understood(
            question=reading.text,
            topic=("" if bare else reading.topic)
            or ("" if overview else places.text.strip() or reading.text),
            topics=self._topics(reading, covered),
            districts=covered,
            each=len(asked) > 1,
            years=years_asked(told, held) or years_asked(reading.text, held),
            outside=years_outside(told, held),
            kind="overview" if overview else reading.kind,
            missing=missing + places.unlisted,
            corrected=places.corrected,
            groups=reading.groups,
            remark=reading.remark,
            more=reading.more,
            kept=() if given else reading.kept,
        )

    def _topics(self, reading: _Reading, covered: Sequence[str]) -> dict[str, str]:
        """Return each district's own topic where a message asks one thing of one, another of another.

        「洛江有多少教育项目？丰泽有多少条举措？」 are two questions, 「洛江的学校和丰泽的夜市」 two themes.
        """
        own = paired(reading.text, reading.places.mentions)
        if own and set(covered) <= set(own):
            return {district: topic_of(in_digits(own[district])) for district in covered}
        parts = [part for part in _PARTS.split(reading.text) if part.strip()]
        if len(covered) < 2 or len(parts) < 2:
            return {}
        topics: dict[str, str] = {}
        for part in parts:
            places = places_in(part, self._index.gazetteer, self._index.segmenter, self.covered)
            topic = topic_of(places.text)
            if not places.districts or places.every or _EMPTY_TOPIC.fullmatch(topic):
                return {}
            topics |= {district: topic for district in places.districts if district in covered}
        return topics if set(topics) == set(covered) else {}


# 「换个问题，…」 leaves what was asked before.
_ANEW = re.compile("换一?个(?:问题|话题)")
# 「两省有什么不同？」 after a question on one and then on the other.
_BOTH = re.compile("[这那]?两个?(?:省|市|区|县|地|者|家|地区|地方)(?!一)")
_TIME = re.compile(r"(?:(?:19|20)\d\d|今|本|去|上|前|明|后)年")
_BESIDE = re.compile(r"[跟和与同].*(?:比|不同|不一样|区别|差别|差异)|比起|对比|比较")
_OTHER = re.compile(r"其他|其它|其余|别的")
_SPAN_OF_TIME = re.compile(r"(?:今后|未来|过去|近)?(?:\d+|[一二两三五十]+)年")
# Where one message may hold several questions.
_PARTS = re.compile(r"[?!,，.。？！;；\n]+")
_OVERVIEW = re.compile(
    r"^(?:的|有|要|在|都|各|说说|(?:写|做|来)(?:一)?[个份下]|介绍(?:一下)?|总结(?:一下)?|(?:对比|比较)(?:一下)?|报告(?:里|中)?|今后|未来|今年|去年|明年|[\d一二三五十]+年|下一步|总体|主要|打算|准备|[\s?!,.])*"
    r"(?:哪些|什么|啥|怎么样|怎样|怎么|咋样)?的?(?:发展|工作|总体|主要|重点)*(?:规划|计划|打算|目标|任务|安排|重点|举措|发展|工作|做法|报告|情况|总结|概述|亮点|看点|要点|内容)?"
    r"(?:是|有|讲|说|写|提)*[到了]?(?:哪些|什么|啥|做|干)*[\s?!.呢呀啊]*$"
)
# 「洛江区有什么打算？」 is whole; 「那洛江有什么打算？」 goes on.
_PLANS = re.compile(r"^(?!那).*(?:打算|规划|计划|目标|任务|安排|重点|举措)")
# 「在民生方面打算怎么做？」, 「民生方面的规划」: everything planned on a theme.
_PLANS_ON = re.compile(
    r"(?:方面|领域)的?(?:都|各|分别|还|又|总的|今年|今后|未来)*(?:有|是|打算|准备|计划|要|想)*(?:些|哪些|什么|啥|怎么|如何)*"
    r"(?:打算|计划|规划|安排|工作|部署|做|干|考虑)(?:些|的)?(?:什么|哪些|啥|情况)?[\s?!,.呢呀啊]*$"
)
# 「准备怎么治理？」 names what is done, not to what.
_ASKS_HOW = re.compile(
    r"(?:那么?|又|还|再|是|都|具体|准备|打算|计划|要|会|将|区里|市里|政府|应该|他们|它|\s)*(?:怎么|如何|怎样|咋)(?!样|办)"
    r"(?:去|来)?[\u4e00-\u9fff]{1,2}?(?:的|呢|它|他们)?[\s?!.]*"
)
_DEGREE = re.compile("(?:最|更)?(?<![提升增])(?:高|多|大|低|少|小|快|慢|好|强)$")
# 「详细说说」 asks for more of the same.
_MORE = re.compile("详细|具体|展开|继续|说说|讲讲|介绍|一下|还有")
# 「这方面洛江有什么做法？」, 「丰泽是怎么做的？」: the theme is the one before.
_BACK = re.compile(
    r"[这该]方面|这(?:件|个)?(?:事|问题)|同样的?(?:问题|事)?|同一(?:个)?(?:问题|件事)?"
)
_EMPTY_TOPIC = re.compile(
    r"(?:最(?:高|多|大|好|快|强|低|少)|一下|说说|讲讲|介绍|对比|比较|怎么说|再|异同|不同|区别|差别|差异|的|在|与|和|跟|同|比|相比|比起|也|都|又|有|是|要|会|能|上|方面|这|那|样|一|情况|问题|[\s\W])*"
)


def _is_bare(reading: _Reading) -> bool:
    """Tell whether a question has no theme of its own (「那洛江呢？」「洛江区也有吗？」)."""
    return _EMPTY_TOPIC.fullmatch(reading.topic) is not None


def _is_whole(reading: _Reading) -> bool:
    """Tell whether a question without a place could be asked by itself (「古城怎么保护？」)."""
    folded = fold(reading.text).strip()
    return asks(folded) and not leans(folded)


def _points_back(reading: _Reading) -> bool:
    """Tell whether a question names a place, and for its theme only an aspect of what was asked."""
    return (
        is_aspect(_content(reading.topic))
        or _BACK.search(reading.text) is not None
        or _ASKS_HOW.fullmatch(reading.places.text.strip()) is not None
    )


def _content(topic: str) -> str:
    """Return a topic without words that only point back: 「这方面 做法」 is 「做法」."""
    return LOOSE.sub(" ", _BACK.sub(" ", topic)).strip(" 的这有是了")


def _others(earlier: _Reading, later: _Reading) -> Places:
    """Return the later question's places; 「其他区」 are those not asked about before."""
    places = later.places
    if not (places.every and _OTHER.search(later.text)) or places.excluded:
        return places
    mentions = (*earlier.places.mentions, *places.mentions)
    return replace(places, mentions=mentions, excluded=frozenset(earlier.places.districts))


def _with_places_of(earlier: _Reading, later: _Reading) -> str:
    """Return the earlier question asked of the later one's places."""
    named = "、".join(later.places.districts or later.places.unlisted) or "各区"
    text = earlier.text
    if themes := paired(text, earlier.places.mentions):
        return f"{named}的{'、'.join(dict.fromkeys(themes.values()))}"
    mentions = sorted(earlier.places.mentions, key=lambda mention: mention.span.start)
    if not mentions:
        return f"{named}：{text}"
    for mention in reversed(mentions[1:]):
        start = mention.span.start - (text[mention.span.start - 1] in f"、{CONJUNCTIONS}")
        text = text[:start] + text[mention.span.end :]
    first = mentions[0].span
    return text[: first.start] + named + text[first.end :]
