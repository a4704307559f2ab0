"""Understanding a question: its places, years and kind, and what it leaves to earlier questions.

Nothing is searched here. How a question was read is shown with every answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import dropwhile
from unicodedata import category

from index.store import Index
from index.text import fold
from qa.errors import check, known_as
from qa.groups import spelt_out
from qa.places import CONJUNCTIONS, Places, mentions_in, places_in
from qa.remarks import Remark, remark_of
from qa.themes import paired
from qa.types import Kind, Question, Understood


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
    if turns and reading.kind != "none":
        reading = reader.follow(reduce(reader.follow, turns), reading)
    elif reading.remark:  # of nothing
        reading = replace(reading, kind="none")
    if question.districts:
        return reader.restricted(reading, question.districts)
    return reader.understood(replace(reading, groups=groups))


def without_kept(understood: Understood) -> Understood:
    """Return a whole question as it reads without the districts kept from the one before it."""
    question = understood.question.partition("：")[2]
    return replace(understood, question=question, districts=(), missing=(), each=False, topics={})


@dataclass(frozen=True, slots=True)
class _Reading:
    """One question as far as it is read alone; ``topic`` is its own content.

    ``kept`` are the districts of an earlier question that a whole new one is asked of, for want of
    any other.
    """

    text: str
    places: Places
    topic: str
    kind: Kind
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remark: Remark | None = None
    more: int = 0
    kept: tuple[str, ...] = ()


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
        asked = _FILLER.sub(" ", places.text)
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
        mentions = mentions_in(reading.text, self._index.gazetteer, self._index.segmenter)
        return replace(reading, places=replace(reading.places, mentions=tuple(mentions)))

    def _followed(self, earlier: _Reading, later: _Reading) -> _Reading:
        if later.remark is not None:
            text = f"{earlier.text} {later.text}" if later.remark == "why" else earlier.text
            asked = earlier.more + (later.remark == "more")
            return replace(earlier, text=text, remark=later.remark, more=asked)
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
            return _Reading(text, _others(earlier, later), topic, kind)
        places = earlier.places
        time = topic_of(in_digits(later.places.text))
        if _TIME.fullmatch(time):  # 「去年呢？」: the same in another year
            text, topic = (_TIME.sub("", was).strip() for was in (earlier.text, earlier.topic))
            return replace(earlier, text=f"{time}{text}", topic=topic, remark=None, more=0)
        if (
            bare
            or _is_aspect(later.topic)
            or _ASKS_HOW.fullmatch(later.places.text)
            or _SPAN_OF_TIME.fullmatch(later.topic)
            or _is_aspect(_TIME.sub("", later.topic))
        ):  # 「总投资是多少？」: more about the same thing
            text, topic = earlier.text, earlier.topic
            if _TIME.search(later.topic):  # 「去年完成多少？」 after a question on this year
                text, topic = _TIME.sub("", text), _TIME.sub("", topic)
            topic = f"{topic} {_MORE.sub('', later.topic)}".strip()
            text = f"{text} {later.text}"
            return _Reading(text, places, topic, later.kind, kept=earlier.kept)
        named = "、".join(places.districts)
        text = f"{named}：{later.text}" if named else later.text
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
        told = asked_in(fold(reading.text))
        bare = _is_bare(reading) and reading.kind != "none"  # 「比较一下洛江和丰泽」
        overview = (reading.kind == "overview" or bare) and bool(asked)
        return Understood(
            question=reading.text,
            topic=("" if bare else reading.topic)
            or ("" if overview else places.text.strip() or reading.text),
            topics=self._topics(reading, covered),
            districts=covered,
            each=len(asked) > 1,
            years=self._years(told) or self._years(reading.text),
            outside=self._outside(told),
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

    def _years(self, text: str) -> tuple[int, ...]:
        folded = in_digits(fold(text))
        named = [int(year) for year in _YEAR.findall(folded)]
        named += [
            year
            for short in _SHORT_YEAR.findall(folded)
            if (year := 2000 + int(short)) in self._index.years
        ]
        if self._index.years:
            newest = self._index.years[-1]
            named += [newest + _RELATIVE[word] for word in _RELATIVE_YEAR.findall(folded)]
        return tuple(dict.fromkeys(named))

    def _outside(self, text: str) -> tuple[str, ...]:
        """Return the years asked about that no document is of, nor looks back on as its last."""
        if not self._index.years:  # 「今年」 is theirs
            words = _RELATIVE_YEAR.findall(in_digits(fold(text)))
            words += [f"{year}年" for year in self._years(text)]
            return tuple(word for word in dict.fromkeys(words) if _RELATIVE.get(word) != 0)
        held = {year - back for year in self._index.years for back in (0, 1)}
        return tuple(f"{year}年" for year in self._years(text) if year not in held)


_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
# Not within 「60岁以上年龄」「以前年度」「说明年度目标」「今后年均」.
_RELATIVE_YEAR = re.compile(
    r"今年|本年|去年|(?<!以)上年(?!龄)|(?<![以之])前年|(?<!说)明年|(?<![今以之])后年"
)
_TIME = re.compile(r"(?:(?:19|20)\d\d|今|本|去|上|前|明|后)年")
_BESIDE = re.compile(r"[跟和与同].*(?:比|不同|不一样|区别|差别|差异)|比起|对比")
_OTHER = re.compile(r"其他|其它|其余|别的")
# Not the 2000 of 「2000万元」.
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\s*[\d.,%万亿多余个家人名所项条户套栋吨亩米元])")
# 「25年的目标」, where the documents are of 2025; but 25 years in 「25年来」.
_SHORT_YEAR = re.compile(r"(?<![\d.年月])(\d\d)年(?!来|间|内|前|后|以|期|左右|\d)")
_CHINESE_YEAR = re.compile("([一二][〇零○一二三四五六七八九]{3})(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SPAN_OF_TIME = re.compile(r"(?:今后|未来|过去|近)?(?:\d+|[一二两三五十]+)年")
# Where one message may hold several questions.
_PARTS = re.compile(r"[?!,，.。？！;；\n]+")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


def in_digits(text: str) -> str:
    """Return folded `text` with the years that it writes in Chinese numerals in digits.

    >>> in_digits("二〇二五年旅游收入")
    '2025年旅游收入'
    """
    return _CHINESE_YEAR.sub(lambda year: year[1].translate(_CHINESE_DIGITS), text)


def plain(text: str) -> str:
    r"""Return a question on one line, without emoji and characters that can't be seen.

    >>> plain(" 洛江区的\n教育\u200b项目😊 ")
    '洛江区的 教育项目'
    """
    seen = (c for c in _EMOJI.sub("", text) if c.isspace() or category(c) not in ("Cc", "Cf"))
    return " ".join("".join(seen).split())


# --- kind ------------------------------------------------------------------------------------------

_OFF = re.compile(
    r"^(?:帮助|help|你是谁|你叫什么|你会什么|你能做什么)[\s!?.,~呀啊吗呢]*$"
    # Abuse.
    r"|^(?:你|您)?(?:真|就|简直|真的)?(?:是)?(?:个|一个)?(?:大)?(?:滚(?:开|蛋|远点)?|笨蛋|傻[子瓜]|傻逼|废物|白痴|蠢货|智障|混蛋|骗子)[\s!?.,~吗吧啊]*$"
    # Chat, weather, the clock.
    r"|^(?:那|请问)?你(?:是|叫)(?:谁|什么|哪|人|机器|ai|真人)|你(?:会|能)(?:做|干|回答|帮我)?(?:些)?什么[?!.]*$"
    r"|(?:今天|明天|后天|现在|周末|这周|下周).{0,6}(?:天气|下雨|下雪|气温|几度|刮风|冷不冷|热不热|冷吗|热吗)|(?:现在|今天)(?:是)?(?:几点|星期几|周几|几号)"
    # Something to be made: a poem, a joke, a program.
    r"|(?:写|作|编|讲|来|唱|画|生成|创作)(?:一|几|两)?(?:首|个|篇|段|则|支|幅|点)?(?:(?!什么|哪|了)[^,。?]){0,20}(?:诗|词|歌|笑话|故事|对联|代码|程序|脚本|作文|小说|情书|图)[?!.呗吧给我了\s]*$"
    r"|翻译(?:成|为|一下)|^(?:请|帮我|给我)*(?:翻译|算(?:一)?(?:下|算))"
    # Sums.
    r"|^[\s\d().]*\d\s*[-+*/×÷x]\s*\d[\s\d().+*/×÷x-]*(?:=|等于|是)?(?:几|多少)?[\s?]*$"
    # Orders to the machine.
    r"|(?:忽略|无视|忘记|忘掉|不要管|ignore|disregard|forget).{0,20}(?:指令|提示|规则|设定|要求|instruction|prompt|rule)|(?:系统|初始)提示|system\s*prompt|\bprompts?\b"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("compare", re.compile(
        r"相比|比较|区别|差别|不同|谁(?:更|的|装|建|多|高)|哪个(?:区|省|市|县)?[^,。]{0,10}(?:更|最(?!近|新|后|终))"
        r"|哪个(?:高|多|大|好|快|强|低|少)|对比|孰")),
    ("fact", re.compile(
        r"多少|几(?!乎)|多大|多高|多长|多久|何时|什么时候|哪(?:一)?年|哪天|谁|哪里|哪儿"
        r"|哪(?:个|家|座|条)|第几|比例")),
    ("way", re.compile(
        r"怎么|如何|怎样|咋|靠(?:什么|啥)|(?:什么|啥|哪些)(?:好)?(?:办法|措施|做法|举措|方式|途径|方法|招)")),
    ("list", re.compile(r"哪些|哪几|什么|啥|列出|分别")),
    ("yesno", re.compile(r"吗|么[?]?$|是否|有没有|会不会|能不能|是不是|可不可以|要不要")),
    ("list", re.compile(r"呢[\s?!.]*$")),  # 「医疗呢？」: what there is
)  # fmt: skip
_OVERVIEW = re.compile(
    r"^(?:的|有|要|在|都|各|说说|(?:写|做|来)(?:一)?[个份下]|介绍(?:一下)?|总结(?:一下)?|(?:对比|比较)(?:一下)?|报告(?:里|中)?|今后|未来|今年|去年|明年|[\d一二三五十]+年|下一步|总体|主要|的?打算|准备|[\s?!,.])*"
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


def kind_of(question: str) -> Kind:
    """Return what kind of answer a question asks for.

    >>> kind_of("洛江区要建多少教育项目？"), kind_of("鲤城老城区怎么保护？"), kind_of("你好！")
    ('fact', 'way', 'none')
    """
    folded = fold(question).strip()
    if remark_of(folded) == "courtesy" or _OFF.search(folded) or not re.search(r"\w", folded):
        return "none"
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), "fact")


# --- topic -----------------------------------------------------------------------------------------

_FILLER = re.compile(
    r"请问(?:一下)?|请(?:帮(?:我|忙)?)?(?:查(?:一)?(?:下|查)?|告诉我|介绍(?:一下)?|说说|列出)|麻烦(?:您|你)?(?:了)?"
    r"|(?:我)?(?:很)?想(?:要)?(?:知道|了解|问|请教|咨询)(?:一下)?(?:你|您)?|(?:你|您)(?:好|知道)(?:吗)?"
    r"|(?:你|您)?(?:能不能|能否|可不可以|可以|可否)(?:帮我|给我)?(?:告诉我|说说|介绍(?:一下)?|讲讲|查(?:一)?下)"
    r"|帮(?:我|忙)(?:查(?:一)?(?:下|查)|看(?:一)?(?:下|看)|找(?:一)?(?:下|找))?"
    r"|(?:非常|十分|万分|多|先)?(?:感谢|谢谢)(?:你|您)?(?:了|啦)?|多谢|辛苦(?:你|您)?(?:了|啦)|(?:问|打听)(?:一)?下|关于|的话"
    r"|^(?:好的?|好吧|嗯+|哦+|ok|明白了?|知道了|原来如此)(?=[\s,.!])"
    r"|(?:哈|啦|哦|嘛|呗)(?=$|[\s?!,.])|(?<!\S)(?:也)?不(?:知道|晓得|清楚)"
)
_ASKING = re.compile(
    r"为什么|为啥|(?:有|是)?啥|是多少|有多少|多少|有哪些|有几|哪些|哪几|几(?=[个条家所项座年])|是什么|有什么|什么时候|什么|怎么样|怎么|怎样|如何|咋样|咋办?|是否|有没有"
    r"|会不会|能不能|是不是|(?:吗|呢|么|吧|啊|呀|呐)+(?=$|[\s?!,.])|谁|分别|各自|各(?=有|打算|要|怎|新)|都(?=怎|有|要|提|说)|打算|准备|计划|提到了?|请问"
    r"|哪个(?:更\S(?=$|[\s?!,.])|(?=\S))|(?<=[在到是])哪(?=$|[\s?!,.])"
)
_PRONOUNS = re.compile(
    r"[这那]边的?|^(?:那么?(?!里)|然后|还有|另外|至于|再说|换成|而)+|(?<!其)它们?的?|他们的?|该(?:区|市|县|省)的?|这(?:个)?(?:区|市|县|省)的?"
    r"|当地的?|那里的?|那边的?|这里的?|其(?![他它中余实次])"
)
_ASPECT = re.compile(
    r"(?:总|的|了|具体|详细|主要|最终|一共|共|它|这些|这个|这|那|要|有|为|是|到|达|从|在|和|用|出|方面|些|方|"
    r"投资|总投资|金额|数量|目标|时间|期限|解决|办法|措施|做法|举措|原因|依据|比例|进展|效果|结果|项目|名单|内容|标准|"
    r"负责|牵头|完成|建成|开工|位置|地点|例子|实现|推进|落实|来源|资金|费用|意思|指|做|办|干|钱|花|投|建|好处|作用|毛病|问题|展开|继续|说说|讲讲|介绍|一下|"
    r"多|几|条|家|个|人|次|座|所|项|户|套|亩|公里|元)*"
)


_RESPECT = re.compile(r"(?<!\S)(?:在(\S+?)(?:方面|领域|上)|(\S+)方面)的?(?!\S)")
# What is left standing alone at a gap: 「(洛江区)的 教育」, 「是 (哪里)」.
_LOOSE = re.compile(
    r"(?<!\S)(?:的(?!确)|(?:在|与|和|跟|上|相?比)(?!\S))|在\s*$|(?<![还但于总可])是(?!\S)"
)
# 「准备怎么治理？」 names what is done, not to what.
_ASKS_HOW = re.compile(
    r"(?:那么?|又|还|再|是|都|具体|准备|打算|计划|要|会|将|区里|市里|政府|应该|他们|它|\s)*(?:怎么|如何|怎样|咋)(?!样|办)"
    r"(?:去|来)?[\u4e00-\u9fff]{1,2}?(?:的|呢|它|他们)?[\s?!.]*"
)


# 「…，心里很着急。请问对乡村学校有什么安排？」: what is told before isn't asked.
_LETTER = re.compile(
    r".{15,}(?:请问|请教|想问(?:问|一?下)?|想(?:知道|了解|咨询)(?:一?下)?|(?P<sentence>(?<!\d)[.!;]))(?P<asked>.{6,})",
    re.DOTALL,
)
_DEGREE = re.compile("(?:最|更)?(?<![提升增])(?:高|多|大|低|少|小|快|慢|好|强)$")


def asked_in(text: str) -> str:
    """Return the question at the end of a folded letter, or all of a text that is none.

    >>> asked_in("我在乡下教了二十年书,学生一年比一年少.请问对乡村学校有什么安排?")
    '对乡村学校有什么安排?'
    """
    letter = _LETTER.fullmatch(text.strip())
    if letter is None:
        return text
    if letter["sentence"] and not any(asks.search(letter["asked"]) for _, asks in _KINDS):
        return text
    topic = topic_of(letter["asked"])
    stands_alone = len(topic) > 3 and not (_is_aspect(topic) or _LEANS.search(letter["asked"]))
    return letter["asked"] if stands_alone else text


def topic_of(text: str) -> str:
    """Return what folded `text` is about: without filler and question words.

    >>> topic_of("请问要建多少教育项目?")
    '要建 教育项目'
    """
    kept = _FILLER.sub(" ", text)
    kept = _PRONOUNS.sub(" ", kept.strip(" ,，。"))
    kept = _ASKING.sub(" ", kept)
    kept = re.sub(r"[?!,;:~…\"'()\[\]]+|\.(?!\d)", " ", kept)
    kept = _RESPECT.sub(r"\1\2", kept)
    return " ".join(_LOOSE.sub(" ", kept).split())


# 「详细说说」 asks for more of the same.
_MORE = re.compile("详细|具体|展开|继续|说说|讲讲|介绍|一下|还有")
# 「这方面洛江有什么做法？」, 「丰泽是怎么做的？」: the theme is the one before.
_BACK = re.compile(
    r"[这该]方面|这(?:件|个)?(?:事|问题)|同样的?(?:问题|事)?|同一(?:个)?(?:问题|件事)?"
)
_EMPTY_TOPIC = re.compile(
    r"(?:最(?:高|多|大|好|快|强|低|少)|一下|说说|讲讲|介绍|对比|比较|怎么说|异同|不同|区别|差别|差异|的|在|与|和|跟|同|比|相比|比起|对比|也|都|又|有|是|要|会|能|上|方面|这|那|样|同|一|情况|问题|[\s\W])*"
)


def _is_bare(reading: _Reading) -> bool:
    """Tell whether a question has no theme of its own (「那洛江呢？」「洛江区也有吗？」)."""
    return _EMPTY_TOPIC.fullmatch(reading.topic) is not None


# 「那养老呢？」 and 「它的养老」 lean on what was asked before.
_LEANS = re.compile(
    "^(?:那|还|再|也|又|另|至于|以及|然后|其中)|呢[?!.]*$|[它其该此这]|他们|当地|本[区市县省]"
)


def _is_whole(reading: _Reading) -> bool:
    """Tell whether a question without a place could be asked by itself (「古城怎么保护？」)."""
    folded = fold(reading.text).strip()
    asks = any(pattern.search(folded) for _, pattern in _KINDS)
    return asks and _LEANS.search(folded) is None


def _is_aspect(topic: str) -> bool:
    """Tell whether a topic is only an aspect of something named before (总投资, 怎么解决)."""
    return _ASPECT.fullmatch(topic.replace(" ", "")) is not None


def _points_back(reading: _Reading) -> bool:
    """Tell whether a question names a place, and for its theme only an aspect of what was asked."""
    return (
        _is_aspect(_content(reading.topic))
        or _BACK.search(reading.text) is not None
        or _ASKS_HOW.fullmatch(reading.places.text.strip()) is not None
    )


def _content(topic: str) -> str:
    """Return a topic without words that only point back: 「这方面 做法」 is 「做法」."""
    return _LOOSE.sub(" ", _BACK.sub(" ", topic)).strip(" 的这有是了")


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
    mentions = sorted(earlier.places.mentions, key=lambda mention: mention.span.start)
    if not mentions:
        return f"{named}：{text}"
    for mention in reversed(mentions[1:]):
        start = mention.span.start - (text[mention.span.start - 1] in f"、{CONJUNCTIONS}")
        text = text[:start] + text[mention.span.end :]
    first = mentions[0].span
    return text[: first.start] + named + text[first.end :]
