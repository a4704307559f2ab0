"""Understanding a question: its places, years and kind, and what it leaves to earlier questions.

Nothing is searched here. How a question was read is shown with every answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import dropwhile

from index.dates import in_digits
from index.store import Index
from index.text import fold
from qa.districts import known_as
from qa.errors import check
from qa.groups import spelt_out
from qa.mentions import CONJUNCTIONS, mentions_in, with_capitals
from qa.places import Places, as_of_one, places_in, short_name, whole_in, without_places
from qa.remarks import Remark, remark_of
from qa.themes import paired
from qa.types import Before, Kind, Question, Understood
from qa.wording import FILLER, LOOSE, asked_in, asks, is_aspect, kind_of, leans, plain, topic_of
from qa.years import this_year_of, years_asked, years_outside


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
    anew = [number for number, turn in enumerate(turns) if _is_anew(turn)]
    turns = list(dropwhile(lambda turn: turn.remark is not None, turns[max(anew, default=0) :]))
    if turns and reading.kind != "none" and not _is_anew(reading):
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
    ``after`` is the question before, where this may lean on it; ``theme`` is the question and the
    topic to which its last turns only added an aspect each.
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
    after: _Reading | None = None
    theme: tuple[str, str] | None = None


class _Reader:
    def __init__(self, index: Index) -> None:
        self._index = index
        self.covered = tuple(index.by_district)

    def read(self, text: str) -> _Reading:
        known = self._index.gazetteer, self._index.segmenter, self.covered
        text, groups = spelt_out(with_capitals(plain(text), known[0]), *known)
        # 「我是安徽人，在上海打工。上海有什么政策？」 asks 上海 alone.
        told = asked_in(whole := fold(text))
        alone = told != whole and mentions_in(told, *known[:2])
        places = places_in(told if alone else text, *known)
        several = len({*places.districts, *places.unlisted}) > 1
        own = as_of_one(places.text) if several else places.text
        kind, topic = kind_of(text), topic_of(in_digits(asked_in(own)))
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
        named = mentions_in(reading.text, self._index.gazetteer, self._index.segmenter, asked)
        whole = whole_in(fold(reading.text), self.covered, self._index.gazetteer)
        if whole and whole.district in asked:  # 「全市」
            named = sorted([*named, whole], key=lambda mention: mention.span)
        mentions = tuple(mention for mention in named if mention.district in asked)
        return replace(reading, places=replace(reading.places, mentions=mentions))

    def _followed(self, earlier: _Reading, later: _Reading) -> _Reading:
        if later.remark is not None:
            more = earlier.more + (later.remark == "more")
            return replace(earlier, remark=later.remark, more=more)
        later = self._written_out(earlier, self._of_what_lies_above(earlier, later))
        before = later.before or _so_far(earlier)
        if not _has_place(later) or self._asks_inside(earlier, later):
            return _of_the_same_places(earlier, later, before)
        if _leaves_out_its_theme(later):
            return _elsewhere(earlier, later, before)
        on_the_same = later.before or later.topic == earlier.topic
        after = earlier if _TOO.search(fold(later.text)) else None
        return replace(later, before=before if on_the_same else (), after=after)

    def _asks_inside(self, earlier: _Reading, later: _Reading) -> bool:
        """Tell whether the places asked for lie in the provinces asked before (「在哪几个市？」)."""
        asked, names = earlier.places.districts, later.places
        if not asked or names.mentions or names.unlisted or not _SMALLER.search(fold(later.text)):
            return False
        return not any(self._index.gazetteer.ancestors(district) for district in asked)

    def _before(self, earlier: _Reading | None) -> Before | None:
        """Return what was asked, without its places, for a question that may lean on it."""
        if earlier is None or not earlier.topic:
            return None
        known = self._index.gazetteer, self._index.segmenter
        named = (*earlier.places.districts, *earlier.places.unlisted)
        return Before(earlier.topic, without_places(earlier.text, named, *known))

    def _of_what_lies_above(self, earlier: _Reading, later: _Reading) -> _Reading:
        """Return a question with the name of the district that 「全区」 means after one on a town of it."""
        whole = _ALL_OF_IT.search(fold(later.text))
        towns = earlier.places.districts
        above = {tuple(self._index.gazetteer.ancestors(town)[:1]) for town in towns} - {()}
        if whole is None or len(above) != 1 or later.places.mentions:
            return later
        ((parent,),) = above
        if parent not in self.covered or not parent.endswith(whole[1] or whole[2]):
            return later
        return self.read(_ALL_OF_IT.sub(parent, later.text, count=1))

    def _written_out(self, earlier: _Reading, later: _Reading) -> _Reading:
        """Return a question with the names of districts asked before that it speaks of together."""
        places, said, so_far = later.places, fold(later.text), _so_far(earlier)
        named = list(dict.fromkeys(so_far))
        if len(named) < 2 or places.districts or places.unlisted:
            return later
        if len(named) == 2 and _FORMER.search(said):
            read = self.read(said.replace("前者", named[0]).replace("后者", named[1]))
            return replace(read, before=tuple(named))
        both = _BOTH.search(said)
        count = _COUNTS.index(both["count"]) if both else 0
        if both and count <= len(named):
            newest = list(dict.fromkeys(reversed(so_far)))[:count]
            together = "、".join(name for name in named if name in newest)
            return self.read(_BOTH.sub(together, said, count=1))
        compared = later.kind == "compare" or _TOGETHER.search(said)
        one_by_one = len(earlier.places.districts) == 1
        if compared and one_by_one and not (places.every or places.anywhere) and _is_bare(later):
            return replace(self.read("、".join(named)), kind="compare")
        return later

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
        both = tuple(district for district in given if district in places.districts)
        asked = both or tuple(given) or places.districts
        if places.every and not given and (places.excluded or not asked):
            every = places.within or self.covered
            asked = tuple(district for district in every if district not in places.excluded)
        covered = tuple(district for district in asked if district in self.covered)
        missing = tuple(district for district in asked if district not in self.covered)
        missing += places.unlisted
        # 「河南郑州和洛阳的产业」 asks 河南 of its cities.
        inside = [
            place for place in missing if set(self._index.gazetteer.ancestors(place)) & set(covered)
        ]
        topics = self._topics(reading, covered)
        if inside and not topics:
            cities = " ".join(short_name(place, self._index.gazetteer) for place in inside)
            own = "" if _is_bare(reading) else reading.topic
            reading = replace(reading, topic=f"{cities} {own}".strip())
            missing = tuple(place for place in missing if place not in inside)
        told, held = asked_in(fold(reading.text)), self._index.years
        newest = [self._index.newest_dates[district] for district in covered]
        this_year = this_year_of(told, newest, held)
        if this_year is not None:
            held = [year for year in held if year <= this_year]
        bare = _is_bare(reading) and reading.kind != "none"  # 「比较一下洛江和丰泽」
        overview = (reading.kind == "overview" or bare) and bool(asked) and not inside
        return Understood(
            question=reading.text,
            topic=("" if bare else reading.topic)
            or ("" if overview else places.text.strip() or reading.text),
            topics=topics,
            districts=covered,
            each=len(asked) > 1,
            years=years_asked(told, held) or years_asked(reading.text, held),
            this_year=this_year,
            outside=years_outside(told, held),
            kind="overview" if overview else reading.kind,
            missing=missing,
            corrected=places.corrected,
            groups=reading.groups,
            remark=reading.remark,
            more=reading.more,
            kept=() if given else reading.kept,
            before=self._before(reading.after),
        )

    def _topics(self, reading: _Reading, covered: Sequence[str]) -> dict[str, str]:
        """Return each district's own topic where a message asks one thing of one, another of another.

        「洛江有多少教育项目？丰泽有多少条举措？」 are two questions, 「洛江的学校和丰泽的夜市」 two themes.
        """
        own = paired(reading.text, reading.places.mentions)
        if own and set(covered) <= set(own):
            return {district: topic_of(in_digits(as_of_one(own[district]))) for district in covered}
        # 「三个区的补助：洛江的夜校补多少、丰泽的船补多少」
        told = reading.text.rpartition("：")[2]
        parts = [part for part in _PARTS.split(told) if part.strip()]
        if len(covered) < 2 or len(parts) < 2:
            return {}
        topics: dict[str, str] = {}
        for part in parts:
            places = places_in(part, self._index.gazetteer, self._index.segmenter, self.covered)
            topic = topic_of(places.text)
            empty = _EMPTY_TOPIC.fullmatch(topic) or is_aspect(topic.replace("更", ""))
            if not places.districts or places.every or empty:
                return {}
            topics |= {district: topic for district in places.districts if district in covered}
        return topics if set(topics) == set(covered) else {}


# 「换个问题，…」 leaves what was asked before.
_ANEW = re.compile("换一?个(?:问题|话题)")
# 「两省有什么不同？」 after a question on one and then on the other; 「哪个更高？」 too.
_BOTH = re.compile(
    r"(?<!其[他它余])(?<!另外)(?<!剩[下余])(?<!的)[这那]?(?P<count>[两三四五六])个?(?:省|市|区|县|地区|地方|地|者|(?:(?<=两)|(?<=两个))家(?=$|[\W呢的比有都谁哪相怎各]))(?!一(?![样致起]))"
)
_COUNTS = "零一两三四五六"
# 「全区呢？」, 「区里的目标」, not 「占全区多少」
_ALL_OF_IT = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[那问]))(?:(?:全|整个)([区县市旗])(?!域|场|第|前|平均|排|最)|([区县市旗])里(?![程面弄]))"
)
_FORMER = re.compile("[前后]者")
_TOGETHER = re.compile("对比|共同|相同|不一样|差距|相差|差多少|高多少|多多少|合计|加起来")
# 「在哪里？」 asks where it is, not which district.
_WHERE = re.compile(
    r"[在到去往于从自打](?:哪里|哪儿|什么地方|哪(?:些|个)地方)(?!.*最)|^(?:那|具体)*(?:哪里|哪儿|什么地方)[呢啊\s?!.]*$"
)
# 「山东呢，有没有点名的项目」 and 「青海也搞这个吗」 stay with the theme.
_TOO = re.compile("^[^,?]{1,6}(?:呢,|也)")
_SMALLER = re.compile(
    "[哪每各](?:一|几|[两三四五六])?个?(?:市州|州市|地市|县|市(?!场)|区(?!块|域|位|间)|州|镇|乡|村)"
)
# 「在全省排第几？」 asks how it stands there.
_SCOPE = re.compile(
    "[在占居](?:[\u4e00-\u9fff]{2,3})?全?(?:国|省|市)(?![^,]*(?:哪|最))"
    "|全[国省市][内里]?的?(?:第[几一二三]|首|率先|领先|前列|排名|排第)"
)
_SHARE = re.compile("占(?![道地用]).*(?:几成|多少|比重|比例|几分之)")
_TIME = re.compile(r"(?:(?:19|20)\d\d|今|本|去|上|前|明|后)年")
# 「实际接待了多少？」 tells what came of 「计划接待多少？」.
_ACTUALLY = re.compile(r"实际|一共|总共|[共又了\s]")
_PART_OF_YEAR = re.compile(
    r"全年(?!龄)|[上下]半年(?!末)|第?[一二三四]季度|前[一二三四五六七八九十\d]+个?(?:月|季度)|1[至到-]\d{1,2}月"
)
_TIMES = re.compile(rf"(?:{_TIME.pattern})(?:[和与、](?:{_TIME.pattern}))*")
# What a question says of its own time, beside a year: 「五年后呢？」.
_OWN_TIME = re.compile(
    rf"{_TIME.pattern}|[\d一二两三五十]+年后|十[三四五六]五|(?:今后|未来)?五年规划|规划[里中上]|届时|将来|未来|今后"
)
# 「比去年多吗？」; 「比例」 compares nothing.
_COMPARED = re.compile("(?<!占)比(?![例重率如])")
_BESIDE = re.compile(
    r"[跟和与同](?!.{0,2}年).*比|比起|对比|比较|不同|不一样|区别|差别|差异|^(?:那么?|它|是)*比(?![例如]|.{0,2}年)"
)
_WITH = re.compile("(?:那么?|它)*[跟和与同比]")
_OTHER = re.compile(r"其他|其它|其余|别的|另外|剩下|剩余")
_SPAN_OF_TIME = re.compile(r"(?:今后|未来|过去|近)?(?:\d+|[一二两三五十]+)年")
# Where one message may hold several questions.
_PARTS = re.compile(r"[?!,，.。？！;；\n]+|(?<=多少|什么|哪些|几[个家所])、")
_OVERVIEW = re.compile(
    r"^(?:的|有|要|在|都|各|还|又|也|想|新|大|政府(?!在|是|[\s?!.]*$)|说说|(?:写|做|来)(?:一)?[个份下]|介绍(?:一下)?|总结(?:一下)?|(?:对比|比较)(?:一下)?|报告(?:里|中)?"
    r"|今后|未来|今年|去年|明年|[\d一二两三四五六七八九十]+年|(?<![做定])下一年|来年|年内|[上下]半年|本年度?|(?:近|未来)几年|后续|近期|最近|接下来|下一步"
    r"|做出?了?|定下?了?|制定了?|提出了?|安排了?|总体|主要|打算|准备|[\s?!,.])*"
    r"(?:哪些|什么|啥|何|怎么样|怎样|怎么|咋样)?[新大]?的?(?:发展|工作|总体|主要|重点|政府(?=工作)|目标(?=任务))*(?:规划|计划|打算|目标|任务|安排|重点|举措|发展|工作|做法|报告|情况|总结|概述|亮点|看点|要点|内容)?"
    r"(?:是|有|讲|说|写|提)*[到了]?(?:哪些|什么|啥|做|干|些)*[\s?!.呢呀啊]*$"
)
# 「洛江区有什么打算？」 is whole; 「那洛江有什么打算？」 goes on.
_PLANS = re.compile(
    r"^(?!那).*(?:(?:打算|计划)(?!怎么[做办弄])|规划|目标|任务|安排|重点|亮点|看点|要点|总结|概述|报告)"
)
# 「在民生方面打算怎么做？」, 「民生方面的规划」: everything planned on a theme.
_PLANS_ON = re.compile(
    r"(?:方面|领域)的?(?:都|各|分别|还|又|总的|今年|今后|未来)*(?:有|是|打算|准备|计划|要|想)*(?:些|哪些|什么|啥|怎么|如何)*"
    r"(?:打算|计划|规划|安排|工作|部署|做|干|考虑)(?:些|的)?(?:什么|哪些|啥|情况)?[\s?!,.呢呀啊]*$"
)
# 「准备怎么治理？」 names what is done, not to what; 「怎么招商？」 names both.
_ASKS_HOW = re.compile(
    r"(?:那么?|的|又|还|再|是|都|具体|准备|打算|计划|要|会|将|区里|市里|政府|应该|他们|它|\s)*(?:怎么|如何|怎样|咋)(?!样|办)"
    r"(?:去|来)?(?![\u4e00-\u9fff]?[水污霾沙商贫老税才学路房病车农民粮堵])[\u4e00-\u9fff]{1,2}?(?:的|呢|它|他们)?[\s?!.]*"
)
_DEGREE = re.compile(
    r"(?:最|更)?(?<![提升增])(?:高|多|大|低|少|小|快|慢|好|强)(?:的(?:区|省|市|县|地方)?)?$"
    r"|(?:(?<=\S)\s+|的)(?:区别|差别|差异|异同|不同|不一样)(?:之处|的?地方)?$"
)
# 「详细说说」 asks for more of the same.
_MORE = re.compile("详细|具体|展开|继续|说说|讲讲|介绍|一下|还有")
# 「这方面洛江有什么做法？」, 「丰泽是怎么做的？」: the theme is the one before.
_BACK = re.compile(
    r"(?<![^\W在对就于那么问])(?:[这该]方面|这一?块)|类似的?|这(?:件|个)?(?:事|问题)|同样的?(?:问题|事)?|同一(?:个)?(?:问题|件事)?"
    r"|(?:回到|还是)?(?:刚才|刚刚|前面|上面|之前)(?:说|问|讲|提)(?:到|过)?的?(?:那个|这个|那)?(?:问题|项目|事)|(?:回到|还是)(?:刚才|刚刚|前面)的?问题"
)
# 「洛江的面积」 and 「洛江有什么变化」 are the district's own.
_OF_A_PLACE = re.compile(
    r"(?:总|有|是|的|\s)*(?:面积|电话|地址|部门|单位|变化|免费项目)(?:多大|有|是|的|\s)*"
)
# No word here is two others put together, as in `qa.wording`.
_EMPTY_TOPIC = re.compile(
    r"(?:最(?:高|多|大|好|快|强|低|少)|一下|说|讲|介绍|只|光|就|单|仅|先|来|回|提|顺便|详细|具体|点|这个数|对比|比较|怎么说|再|异同|区别|差别|差异|的|在|与|和|跟|同|比|相比|比起|也|都|又|有|是|要|会|能|上|方面|这|那|样|共同|相同|差(?!异)距?|相差|合计|加起来|地方|看|查下?|问|想|还|换成?|改[成为]|我们?|咱们?|没|不|应该|块|一|情况|问题|里|之中|当中|谁|[\s\W])*"
)


def _is_anew(reading: _Reading) -> bool:
    """Tell whether a question leaves what was asked before it."""
    return _ANEW.search(fold(reading.text)) is not None


def _is_bare(reading: _Reading) -> bool:
    """Tell whether a question has no theme of its own (「那洛江呢？」「洛江区也有吗？」)."""
    return _EMPTY_TOPIC.fullmatch(reading.topic) is not None


def _is_whole(reading: _Reading) -> bool:
    """Tell whether a question without a place could be asked by itself (「古城怎么保护？」)."""
    folded = fold(reading.text).strip()
    return asks(folded) and not leans(folded)


def _points_back(reading: _Reading) -> bool:
    """Tell whether a question names a place, and for its theme only an aspect of what was asked."""
    content = _content(_TIME.sub("", reading.topic))
    return (
        (is_aspect(content) and not _OF_A_PLACE.fullmatch(content))
        or _speaks_back(reading)
        or _ASKS_HOW.fullmatch(reading.places.text.strip()) is not None
    )


def _speaks_back(reading: _Reading) -> bool:
    """Tell whether a question says that its theme is the one before (「这方面洛江呢？」)."""
    return _BACK.search(reading.places.text) is not None


def _leaves_out_its_theme(reading: _Reading) -> bool:
    """Tell whether a question that names a place is asked on the theme of the one before."""
    if _speaks_back(reading):
        return True
    if reading.kind == "overview":
        return _is_bare_elsewhere(reading) and not _PLANS.search(fold(reading.text))
    return _is_bare_elsewhere(reading) or _points_back(reading)


def _is_bare_elsewhere(reading: _Reading) -> bool:
    """Tell whether a question names a place, perhaps a year, and nothing else (「浙江去年呢？」)."""
    topic = reading.topic if _COMPARED.search(reading.topic) else _TIME.sub("", reading.topic)
    return _EMPTY_TOPIC.fullmatch(topic) is not None


def _has_place(reading: _Reading) -> bool:
    """Tell whether a question says of which places it is asked; 「在哪里？」 and 「占全市多少？」 don't."""
    places, said = reading.places, fold(reading.text)
    if _SCOPE.search(said):
        return False
    general = places.every or places.anywhere
    return bool(places.mentions or places.unlisted or (general and not _WHERE.search(said)))


def _so_far(earlier: _Reading) -> tuple[str, ...]:
    """Return the districts asked one after another on one theme, the newest last."""
    return (*earlier.before, *earlier.places.districts)


def _elsewhere(earlier: _Reading, later: _Reading, before: tuple[str, ...]) -> _Reading:
    """Return a question on the theme before it, asked of other places (「那洛江呢？」)."""
    said, named = fold(later.text), later.places.mentions
    bare = _is_bare_elsewhere(later)
    if named and _BESIDE.search(said):
        if len(later.places.districts) == 1 or _WITH.match(said):  # 「跟丰泽比呢？」: both of them
            named = (*earlier.places.mentions, *named)
        later = replace(later, places=replace(later.places, mentions=named), kind="compare")
    kind = later.kind if not bare or later.kind in ("yesno", "compare") else earlier.kind
    text, topic = _with_places_of(earlier, later), earlier.topic
    if not bare and (more := _content(later.topic)):  # 「洛江的总投资呢？」
        text, topic = f"{text} {more}", f"{topic} {more}"
    times = _TIMES.search(in_digits(later.places.text))
    if times and not _COMPARED.search(said):  # 「浙江去年呢？」
        text, topic = f"{times[0]}{_without_years(text)}", _without_years(topic)
    return _Reading(text, _others(earlier, later), topic, kind, before=before)


def _of_the_same_places(earlier: _Reading, later: _Reading, before: tuple[str, ...]) -> _Reading:
    """Return a question that names no place, asked of those before it."""
    places = earlier.places
    time = topic_of(in_digits(later.places.text)).removesuffix("的")
    if _PART_OF_YEAR.fullmatch(time):  # 「全年呢？」: the same in another part of it
        text = f"{time}{_PART_OF_YEAR.sub('', earlier.text)}"
        topic = f"{time} {' '.join(_PART_OF_YEAR.sub(' ', earlier.topic).split())}"
        return replace(earlier, text=text, topic=topic, remark=None, more=0)
    if _TIME.fullmatch(time):  # 「去年呢？」: the same in another year
        text, topic = f"{time}{_without_years(earlier.text)}", _without_years(earlier.topic)
        return replace(earlier, text=text, topic=topic, remark=None, more=0)
    if _asks_more(later):
        return _with_more(earlier, later, before)
    if again := _done_at_another_time(earlier, later):
        return again
    who = "、".join(places.districts)
    text = f"{who}：{later.text}" if who else later.text
    times = _TIMES.search(in_digits(fold(earlier.text)))
    stays = times and not (_is_whole(later) or _OWN_TIME.search(in_digits(fold(later.text))))
    if who and times and stays and times[0] not in ("今年", "本年"):  # of last year: 「就业呢？」
        text = f"{times[0]}{text}"
    places = replace(places, text=later.places.text)
    kept = places.districts if _is_whole(later) else ()
    return _Reading(text, places, later.topic, later.kind, kept=kept, before=before, after=earlier)


def _done_at_another_time(earlier: _Reading, later: _Reading) -> _Reading | None:
    """Return the question before asked of another year's deeds, in whose words it is (「去年修了多少？」)."""
    time, who = _TIME.match(in_digits(later.topic)), earlier.places
    named = (*who.districts, *who.unlisted)
    deed = _ACTUALLY.sub("", later.topic[time.end() :]) if time else ""
    if time is None or not deed or not named:
        return None
    counted = re.search(rf"{re.escape(deed)}了?((?:多少|几)[^,;?!，；？！。]*)", earlier.text)
    if counted is None:
        return None
    done = "了" if "了" in later.topic else ""
    text = f"{time[0]}{'、'.join(named)}{deed}{done}{counted[1]}？"
    topic = topic_of(fold(deed + counted[1]))
    return replace(earlier, text=text, topic=topic, remark=None, more=0)


def _asks_more(reading: _Reading) -> bool:
    """Tell whether a question without a place has the theme before it (「总投资是多少？」)."""
    return (
        _is_bare(reading)
        or _speaks_back(reading)
        or is_aspect(_TIME.sub("", reading.topic))
        or _ASKS_HOW.fullmatch(reading.places.text) is not None
        or _SPAN_OF_TIME.fullmatch(reading.topic) is not None
        or _SHARE.match(reading.places.text.strip()) is not None
    )


def _with_more(earlier: _Reading, later: _Reading, before: tuple[str, ...]) -> _Reading:
    """Return the question before, with what a later one asks of the same thing."""
    text, topic = theme = earlier.theme or (earlier.text, earlier.topic)
    if _OWN_TIME.search(later.topic) and not _COMPARED.search(later.topic):  # 「去年完成多少？」
        text, topic = _without_years(text), _without_years(topic)
    text = f"{text} {later.text}"
    own = _BACK.sub(" ", _MORE.sub("", later.topic))
    topic = " ".join(f"{topic} {own}".split())
    kind = "fact" if later.places.anywhere or later.places.every else later.kind
    return _Reading(
        text, earlier.places, topic, kind, kept=earlier.kept, before=before, theme=theme
    )


def _without_years(text: str) -> str:
    return " ".join(_TIMES.sub("", text).split()).removeprefix("的")


def _content(topic: str) -> str:
    """Return a topic without words that only point back: 「这方面 做法」 is 「做法」."""
    return LOOSE.sub(" ", _BACK.sub(" ", topic)).strip(" 的这有是了")


def _others(earlier: _Reading, later: _Reading) -> Places:
    """Return the later question's places; 「其他区」 are those not asked about before."""
    places = later.places
    if not (places.every and _OTHER.search(fold(later.text))) or places.excluded:
        return places
    mentions = (*earlier.places.mentions, *places.mentions)
    return replace(places, mentions=mentions, excluded=frozenset(_so_far(earlier)))


def _with_places_of(earlier: _Reading, later: _Reading) -> str:
    """Return the earlier question asked of the later one's places."""
    named = "、".join(later.places.districts or later.places.unlisted) or "各区"
    text = earlier.text
    if themes := paired(text, earlier.places.mentions):
        return f"{named}的{'、'.join(dict.fromkeys(themes.values()))}"
    mentions = sorted(earlier.places.mentions, key=lambda mention: mention.span.start)
    if not mentions:
        rest = earlier.places.text.strip() if earlier.places.every else text
        return f"{named}{rest}" if rest.startswith("的") else f"{named}：{rest}"
    for mention in reversed(mentions[1:]):
        start = mention.span.start - (text[mention.span.start - 1] in f"、{CONJUNCTIONS}")
        text = text[:start] + text[mention.span.end :]
    first = mentions[0].span
    return text[: first.start] + named + text[first.end :]
