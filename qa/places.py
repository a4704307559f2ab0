"""Which places a question names: districts, several at once, all of them, misspelt or unlisted.

What the documents cover is told by the index; nothing here searches.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from index.counties import county_in, is_county
from index.gazetteer import Gazetteer, Mention
from index.segmenter import Segmenter
from index.text import fold
from index.types import Span
from qa.mentions import (
    AFTER_PLACE,
    BETWEEN,
    CONJUNCTIONS,
    EXCEPT,
    NO_PLACE,
    NOT_PLACES,
    WHOLE,
    mentions_in,
    opens,
    place_before,
    word_at,
)
from qa.misspelt import misspelt
from qa.wording import DEGREE_LAST

_CITIES = "设区市|地市|市,?州|州市"
# 「各区」 asks for every district, 「哪个区」 for any one of them; 「四区」 only where it begins a name.
_EVERY = re.compile(
    r"(?:各(?:个)?|每(?:个|一个)?|所有(?:的)?|(?:其他|其它|其余|别的)(?:的)?(?:(?:\d+|[一二两三四五六七八九十几]+)个)?"
    r"|哪(?:些|几个)(?![区县市省旗]{1,2}的(?:人|居民|村民|市民|群众|游客|老人|学生|户籍)[^,。?]{0,4}?(?:可以|才?能|免))|几个|(?:\d+|[两三四五六七八九十]+)个|全部"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=[州市述问在]))这?[两三四五六七八九](?=区(?![一二两三四五六叠联])))"
    rf"(?:{_CITIES}|省市区县|区县|县区|县市区|市县区|省市|省区市|省份|地区|地方|区|县|市|省){NO_PLACE}"
    r"|全(?:市|省|国(?!县级|.{0,8}强|两会|人大|政协|代表|文明|统一|重点|一流|领先|前|第|平均|首|唯一|[\d十百]|优秀|先进|劳|示范|性|卫生))(?!场)(?:各地)?|各地"
    rf"|多少个?(?:省市区?|区县|省份|地区|地方(?![特政债性财])|区|县|市|省)(?=\w)(?![内外里]){NO_PLACE}"
    rf"|(?<!\d)3[1-4](?:省区市|省市区?|省份?){NO_PLACE}|谁(?=的[^,。?]{{1,12}}最)"
    r"|(?:最(?![近新后终])[^,。?]{1,3}|前[\d两三四五六七八九十]+名?)的(?:省份|省|区县|区|县|市|地区)(?=(?:分别)?(?:是谁?|有)?(?:哪[^,。]{0,4})?[\s?!.]*$)"
    r"|的(?:省份|省|区县|区|县|市|地区|地方)(?:都|一共|总共)?(?:(?=有(?:哪些|哪几|多少|几))|是哪(?:些|几?个))"
)
_ANY = re.compile(
    rf"(?:哪(?:一)?(?:个|座)?|什么)(?:{_CITIES}|区县|省份|地区|地方|区|县|市|省|城市){NO_PLACE}|哪里|哪儿"
    r"|有没有(?:省份|省(?![级内])|区县|区(?=[没未不提说写要想在])|城市|地区|地方(?![特政债性]))|(?:有没有|有)(?:哪个|任何)(?:省份?|区县?|县|市|城市|地区)"
)
# Not the 除 of 消除隐患.
# Not the 不 of 「管不管」.
_NOT = "(?<![包含算看管])不"
# 「不是鲤城，是丰泽」 and 「不是鲤城，丰泽」, but not 「不是鲤城人，能报名吗」.
_NEXT = r"(?:而|应该|我(?:说|问|要)的)?是(?![不否])|[^,，?？吗能]{2,5}[\s?？!.。]*$"
_INSTEAD = rf"^(?:我(?:说|问|要)的)?不是(?!说|有)(?=[^,，?？]{{1,12}}[,，](?:{_NEXT}))"
EXCLUDED = re.compile(
    rf"{EXCEPT}(?P<named>[^,，。?？]{{1,120}}?)(?:(?:以外|之外|外)(?:的(?:省份|[区县市省](?![场民委政级内外长])))?|,|，|、?其他|其它|其余|还有?)|(?:{_NOT}(?:包括|包含|含|算|看|管)|(?<!要)不要|排除|剔除|刨[去除]|抛开|去掉|撇开|{_INSTEAD})(?P<later>[^,，。?？]{{1,120}})"
)
# 「除了鲤城、丰泽，」: all of a list is left out, up to the comma.
_LIST_LEFT_OUT = re.compile(
    rf"{EXCEPT}[^,，。?？]{{1,120}}?(?=[,，]|以外|之外|外|、?(?:其他|其它|其余|别的|各))"
    rf"|{_NOT}(?:包括|包含|含|算|看)[^,，。?？()（）]{{1,120}}"
)
_OTHER_THAN = re.compile(
    r"(?:以外|之外|除外(?=[\s,.;()?!]|的|$))(?:的(?:其他)?(?:各)?(?:省份|[区县市省])?)?"
)
# 「哪个省最高」, 「哪个省学位多」 and 「哪个省没提到学位」 ask for every one.
_SUPERLATIVE = re.compile(
    rf"最(?![近新后终])|更|{DEGREE_LAST}|(?<!有)(?:没有?|未)(?:提(?![高升供前交])|[说谈讲写])"
)
_SUFFIX = "省市区县"
# 「学习浙江」 is what one does, not whom one asks.
TOWARDS = re.compile(
    "(?:学习|借鉴|对接|融入|推广|参照|(?:提到|说到)[了过]?|支持|支援|帮扶|服务|对)$"
)
# 「福建和台湾的融合」 is what 福建 does, not asked of 台湾; but 「各有哪些合作项目」 is.
_TOGETHER = re.compile(
    r"(?!.*(?:各[有自]|分别))(?:之间)?的?(?:还有|有|今年|要)?(?:哪些|什么|啥|怎么|如何|怎样)?(?:推进|加强|深化|开展)?的?"
    r"(?:经济|产业|科技|文化)?(?:融合|合作|协作|协同|共建|联动|互通|往来|交流|关系)"
)
# 「那除了鲤城和洛江呢？」 with each character of a name as ◎; and what is left of it without them.
_EXCLUDED_LAST = re.compile(rf"{EXCEPT}◎(?:[{CONJUNCTIONS},]?◎)*[{CONJUNCTIONS},]?呢?[\s?!.]*$")
_LEFT_OVER = re.compile(rf"{EXCEPT}(?=[\s{CONJUNCTIONS},]+呢?[\s?!.]*$)")
# 「鲤城区委」 and 「鲤城区长」 belong to 鲤城 and are its 区委 and 区长.
_OFFICE = re.compile("委(?![托派任])|长(?![期久远效者租寿廊江三征途跑城短处沙春治乐汀株兴])")
_ADMINISTRATIVE = re.compile(
    rf"[\u4e00-\u9fff]{{2,4}}?(?:自治区|自治州|自治县|特别行政区|[{_SUFFIX}])"
)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a question: ``mentions`` in order, ``text`` with all of them taken out.

    ``within`` are the covered districts that lie where the question asks of every one: 「泉州各区」.
    """

    mentions: tuple[Mention, ...] = ()
    excluded: frozenset[str] = frozenset()
    every: bool = False
    within: tuple[str, ...] = ()
    anywhere: bool = False
    unlisted: tuple[str, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts asked about, each once."""
        named = dict.fromkeys(mention.district for mention in self.mentions)
        return tuple(name for name in named if name not in self.excluded)


def places_in(
    question: str, gazetteer: Gazetteer, segmenter: Segmenter, covered: Sequence[str]
) -> Places:
    """Return the places that a question names; `covered` are the documents' districts.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> gazetteer = bundled_gazetteer()
    >>> known = gazetteer, full_segmenter(gazetteer), ["鲤城区", "洛江区"]
    >>> places_in("除了鲤城，其他区怎么抓产业？", *known).excluded
    frozenset({'鲤城区'})
    """
    question = fold(joined(question))
    counted = tuple(d for d in covered if d.endswith(_units_in(question, covered)))
    question = _UNIT.sub(_as_districts, question) if counted else question
    if not covered:  # documents without districts: a place is a word like any other
        return Places(text=question)
    named = mentions_in(question, gazetteer, segmenter, covered)
    meant = misspelt(question, named, covered, segmenter)
    corrected = {question[slice(*span)]: district for district, span in meant}
    starts = {mention.span.start for mention in meant}
    mentions = [*meant, *(mention for mention in named if mention.span.start not in starts)]
    mentions.sort(key=lambda mention: mention.span)
    mentions = _of_the_unit(question, mentions, covered)
    mentions, elsewhere = _elsewhere(question, mentions, gazetteer)
    unknown = _unlisted(question, [*mentions, *elsewhere], segmenter, covered)
    unlisted = [*elsewhere, *_with_parents(question, unknown, mentions)]
    unlisted.sort(key=lambda mention: mention.span)
    inside = {i for mention in unlisted for i in range(*mention.span)}
    mentions = [mention for mention in mentions if mention.span.start not in inside]
    named = _without_parents(question, mentions, gazetteer, covered)
    above = _above(question, named, gazetteer, covered)
    beside = [m for m in named if m not in above]
    any_one, best = _ANY.search(question) is not None, _SUPERLATIVE.search(question) is not None
    every = _EVERY.search(question) is not None or (any_one and best)
    anywhere = any_one and not best
    theme = _theme(question, [*beside, *unlisted], covered, gazetteer, general=every or anywhere)
    asked = [m for m in beside if m not in theme]
    if not (asked or unlisted or anywhere) and (whole := whole_in(question, covered, gazetteer)):
        asked, every = [whole], False
        mentions = [*mentions, whole]
    unlisted = [m for m in unlisted if m not in theme]
    excluded = _excluded(question, asked)
    others = bool(excluded) and excluded.issuperset(district for district, _ in asked)
    words = segmenter.cut(question)
    places = [
        m
        for m in (*mentions, *unlisted)
        if m not in theme
        and (m not in above or _is_place(question, m, words))
        and not (len(asked) == 1 and _is_part_of_name(question, m))
    ]
    around = {district for district, span in above if Mention(district, span) in places}
    return Places(
        mentions=tuple(asked),
        excluded=excluded,
        every=every or others or (not anywhere and not asked and bool(set(above) & set(places))),
        within=tuple(d for d in counted or covered if around & set(gazetteer.ancestors(d)))
        or counted
        or _parts_of(question, covered, gazetteer),
        anywhere=anywhere,
        unlisted=tuple(name for name, _ in unlisted),
        corrected=corrected,
        text=_without(question, [span for _, span in places]),
    )


def _heads(covered: Sequence[str], gazetteer: Gazetteer) -> list[str]:
    """Return the covered cities, counties and the like, but no provinces, that others of them lie in."""
    above = {name for district in covered for name in gazetteer.ancestors(district)}
    return [name for name in covered if name in above and not name.endswith(("省", "自治区"))]


_ALL_OF = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[今去前明]年)|(?<=\\d年)|(?<=[问那在]))全(?P<unit>[市县区旗州])"
    "(?!域|场|各|所有|区县|区市|县区|县市|[的]?哪|民(?!生|营|办|政))"
)


def whole_in(question: str, covered: Sequence[str], gazetteer: Gazetteer) -> Mention | None:
    """Return the city or county that 「全市」 is where documents are of it and of its parts, if it alone is asked."""
    said = _ALL_OF.search(question)
    if said is None or re.search(f"谁|{_ANY.pattern}", question):
        return None
    if _EVERY.search(question[: said.start()] + " " * 2 + question[said.end() :]):
        return None
    own = [head for head in _heads(covered, gazetteer) if head.endswith(said["unit"])]
    return Mention(own[0], Span(*said.span())) if len(own) == 1 else None


def parts_of_all(
    question: str, asked: Sequence[str], covered: Sequence[str], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Return what lies in the city that a question asks as 「全市」, none if it asks otherwise.

    >>> from index.gazetteer import bundled_gazetteer
    >>> known = ["泉州市", "洛江区", "丰泽区"], bundled_gazetteer()
    >>> parts_of_all("全市要建多少学校？", ["泉州市"], *known), parts_of_all("泉州要建多少？", ["泉州市"], *known)
    (('洛江区', '丰泽区'), ())
    """
    whole = whole_in(fold(question), covered, gazetteer)
    if whole is None or [whole.district] != [*asked]:
        return ()
    return tuple(name for name in covered if whole.district in gazetteer.ancestors(name))


def _parts_of(question: str, covered: Sequence[str], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the covered districts without the city that all the others lie in, where 「各区」 are asked."""
    matches = (*_EVERY.finditer(question), *_ANY.finditer(question))
    if not any(re.search("[区县旗]", match[0]) for match in matches):
        return ()
    for head in covered:
        parts = tuple(name for name in covered if name != head)
        if len(parts) > 1 and all(head in gazetteer.ancestors(part) for part in parts):
            return parts
    return ()


_COUNTED_TOGETHER = re.compile("这?[两三四五六七八九]个?(?P<unit>街道|[镇乡区县市旗])")


def _of_the_unit(
    question: str, mentions: Sequence[Mention], covered: Collection[str]
) -> list[Mention]:
    """Return the mentions, each as what is counted after them: 「仓前、余杭两个街道」 names no 余杭区."""
    kept = list(mentions)
    for match in _COUNTED_TOGETHER.finditer(question):
        end = match.start()
        for i in reversed(range(len(kept))):
            between = question[kept[i].span.end : end]
            if (between and not BETWEEN.fullmatch(between)) or kept[i].span.end > end:
                continue
            own = question[slice(*kept[i].span)] + match["unit"]
            if own in covered:
                kept[i] = Mention(own, kept[i].span)
            end = kept[i].span.start
    return kept


# What districts are counted by besides 区, 县, 市 and 省: as what it is read, and how their names end.
_UNITS = {
    "镇街": ("区县", ("镇", "街道")),
    "乡镇": ("区县", ("镇", "乡")),
    "街道": ("地区", ("街道",)),
    "镇": ("区", ("镇",)),
    "乡": ("区", ("乡",)),
    "旗县区": ("县市区", ("旗", "县", "区", "市")),
    "旗县": ("区县", ("旗", "县")),
    "旗": ("区", ("旗",)),
}
_UNIT = re.compile(
    r"(?P<all>各个?|每一?个|所有的?|全部|哪些|哪几?个|哪一个|几个|多少个|(?:其他|其它|其余|别的)(?:的|几个)?)"
    rf"(?P<unit>{'|'.join(_UNITS)})(?![村土愁亲音贤情级域长])"
)


def _units_in(question: str, covered: Collection[str]) -> tuple[str, ...]:
    """Return how the names of those end that 「各镇」 asks, where documents are of towns."""
    if not _are_towns(covered):
        return ()
    return tuple(end for match in _UNIT.finditer(question) for end in _UNITS[match["unit"]][1])


def _as_districts(match: re.Match[str]) -> str:
    """Return 「各镇」 as 「各区」, of the same length."""
    return match["all"] + _UNITS[match["unit"]][0]


def _are_towns(covered: Collection[str]) -> bool:
    return any(name.endswith(("镇", "乡", "街道", "旗")) for name in covered)


def joined(question: str) -> str:
    """Return a question with 和 between the districts of a list that is left out.

    In a folded text its marks look like the comma that ends it.

    >>> joined("除了鲤城、丰泽，别的区有什么打算？")
    '除了鲤城和丰泽，别的区有什么打算？'
    """
    return _LIST_LEFT_OUT.sub(lambda match: match[0].replace("、", "和"), question)


# What is left before a question when the place's name is gone.
_BETWEEN = " 的:,/&+|*#"
# What joins places to each other and to what is asked of them, left alone where they stood.
_JOINING = re.compile(
    rf"(?:(?<=\s)|^)[{CONJUNCTIONS}在从到往、,/&+|*#]+(?=\s)|分别|各自(?!然)|各(?=有|打算|要|怎|新|想|提)|都(?=怎|有|要|提|说)"
)


def without_places(
    question: str, places: Collection[str], gazetteer: Gazetteer, segmenter: Segmenter
) -> str:
    """Return a question, folded, as one asks it of each of `places`, which needn't be named.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> known = bundled_gazetteer(), full_segmenter(bundled_gazetteer())
    >>> without_places("洛江的在校生有多少？", {"洛江区"}, *known)
    '在校生有多少?'
    >>> without_places("洛江和丰泽今年各有多少学校？", {"洛江区", "丰泽区"}, *known)
    '今年有多少学校?'
    """
    above = {parent for place in places for parent in gazetteer.ancestors(place)}
    mentions = mentions_in(question, gazetteer, segmenter, {*places, *above})
    folded = fold(question)
    words = segmenter.cut(folded)
    spans: list[Span] = []
    for mention in mentions:
        start = mention.span.start
        leads = opens(folded, start) or (spans and spans[-1].end == start)
        within = mention.district in above and leads and _is_place(folded, mention, words)
        of_name = len(places) == 1 and _is_part_of_name(folded, mention)
        named = mention.district in places and not of_name
        if named or within:  # 「泉州各区」, where each is asked
            spans.append(mention.span)
    starts = {span.start for span in spans}
    for district, span in reversed(mentions):  # 「关于泉州市洛江区的学校」
        if district in above and span.end in starts and span.start not in starts:
            spans.append(span)
            starts.add(span.start)
    left = _without(folded, spans)
    for place in places:  # one that no gazetteer lists isn't among the mentions
        left = left.replace(fold(place), " ")
    left = _JOINING.sub("", left)
    if len(places) > 1:
        left = as_of_one(left)
    return " ".join(left.split()).lstrip(_BETWEEN) or folded


_COUNTED = r"(?:^|(?<=[\s,]))的?(?:这|那|上述)?(?:[两二三四五六七八九十几]|\d{1,2})"
_SEVERAL = re.compile(
    rf"{_COUNTED}(?:个?(?:区县|县区|县市区?|市县|省市|[区县市省旗镇乡]){NO_PLACE}(?![一两三四五六七八九十\d镇村通民])"
    rf"|(?:个|地|家)(?=[的今去明在各都分]|$)|地(?![铁块下方区面标带])(?=[\u4e00-\u9fff]{{2}}))的?"
    r"|(?:^|(?<=[\s,]))(?:对比|比较|比一?比|比对|对照)(?:一?下)?(?=\s|$)|(?:之间)?的?(?:对比|比较)(?:情况|一下)?(?=[\s?!.]*$)"
)
_EACH = re.compile(r"各(?=[是为几建达需占改投增能会将完安保]|多少|\s|[?!.]|$)")


def as_of_one(text: str) -> str:
    """Return folded text, without the places' names, as it is asked of one of several.

    >>> as_of_one(" 三地今年新增学位的对比"), as_of_one("三家的目标各是多少?")
    ('今年新增学位', '目标是多少?')
    """
    return " ".join(_EACH.sub("", _SEVERAL.sub(" ", text)).split()) or text


_WHICH = re.compile(
    rf"哪(?:一?个|些|几个)(?:{_CITIES}|旗县区?|区县|省份|地区|区|县|市|省|旗(?![舰下帜])){NO_PLACE}"
)


def without_which(question: str) -> str:
    """Return a question, folded, without 「哪个区」, which a passage's address answers.

    >>> without_which("哪个区要建骑行道？"), without_which("骑行道在哪里？")
    ('要建骑行道?', '骑行道在哪里?')
    """
    folded = fold(question)
    return " ".join(_WHICH.sub(" ", folded).split()) or folded


def _elsewhere(
    question: str, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[list[Mention], list[Mention]]:
    """Return the mentions without a county behind another city's name, and those as one place.

    「福州鼓楼区」 isn't 南京市鼓楼区.
    """
    kept, elsewhere = list(mentions), []
    for county in mentions:
        above = gazetteer.ancestors(county.district)
        city = place_before(question[: county.span.start], gazetteer)
        if city is None or len(above) < 2 or city in above:
            continue
        if len(gazetteer.ancestors(city)) != 1 and not city.endswith("市"):  # a province
            continue
        start = max(
            question.rfind(name, 0, county.span.start) for name in _own_names(city, gazetteer)
        )
        span = Span(start, county.span.end)
        kept = [mention for mention in kept if not span.start <= mention.span.start < span.end]
        elsewhere.append(Mention(question[slice(*span)], span))
    return kept, elsewhere


def _with_parents(
    question: str, unlisted: Sequence[Mention], mentions: Sequence[Mention]
) -> list[Mention]:
    """Return the unlisted places with what they are said to lie in: 「厦门市思明区」."""
    starts = {span.end: span.start for _, span in mentions}
    found: list[Mention] = []
    for _, (start, end) in unlisted:
        while start in starts:
            start = starts[start]
        found.append(Mention(question[start:end], Span(start, end)))
    return found


def _without_parents(
    question: str, mentions: Sequence[Mention], gazetteer: Gazetteer, covered: Sequence[str]
) -> list[Mention]:
    """Drop 「福建省」 where 「福建省洛江区」 is named: one place, told twice.

    Unless only 福建省 has documents: then those are asked of the other. In 「许昌市、建安区和禹州市」
    it is one of several.
    """
    kept = list(mentions[-1:])
    for mention, after in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        inside = mention.district in gazetteer.ancestors(after.district)
        between = question[mention.span.end : after.span.start]
        listed = len(mentions) > 2 and "," in between
        if mention.district in covered and (listed or after.district not in covered):
            inside = False
        if not inside or between.strip(" ,的") or len(between) > 3:
            kept.insert(0, mention)
    return kept


def _above(
    question: str, mentions: Sequence[Mention], gazetteer: Gazetteer, covered: Sequence[str]
) -> list[Mention]:
    """Return the mentions of what the covered districts lie in: 「泉州市」 over 鲤城区 and 洛江区.

    Where 泉州市 has documents too, only in 「泉州各区」.
    """
    parents = {gazetteer.parents.get(district) for district in covered}
    return [
        mention
        for mention in mentions
        if mention.district in parents
        and (mention.district not in covered or _OF_EACH.match(question, mention.span.end))
    ]


_OF_EACH = re.compile(
    rf"的?(?:各个?|每个|所有的?|下辖的?各?|哪一?个|哪几?个|哪些)(?:县市区|区县|县区|地区|[区县市]){NO_PLACE}"
)


# 「长寿湖呢？」 asks 长寿区 of 长寿湖.
_OF_A_NAME = re.compile(
    "[湖岛寺塔峡](?![区市县镇乡村街泊])|石刻|[江河山](?=$|[\\W呢的在今去明有要会能怎如什几多哪何])"
)


def _is_part_of_name(question: str, mention: Mention) -> bool:
    """Tell whether a mention, without 区 or the like, is part of the name of what is asked about."""
    end = mention.span.end
    return question[end - 1] not in _SUFFIX and _OF_A_NAME.match(question, end) is not None


def _is_place(question: str, mention: Mention, words: Sequence[str]) -> bool:
    """Tell whether a mention is more than a part of a name, as 「泉州」 of 「听说泉州港」 is."""
    start, end = mention.span
    if question[end - 1] in _SUFFIX or AFTER_PLACE.match(question, end):
        return True
    return opens(question, start) and word_at(end, words) > 1


def _theme(
    question: str,
    mentions: Sequence[Mention],
    covered: Sequence[str],
    gazetteer: Gazetteer,
    *,
    general: bool,
) -> list[Mention]:
    """Return the places that are what is asked about, not who: 「福建支持厦门做什么」.

    That is a place without documents beside one that has some, or beside 「各省」, unless both are
    named alike (「厦门和福建」) or it has a clause of its own (「福建怎样，厦门呢」); and whatever
    another is said to turn to (「福建怎么学习浙江」).
    """
    if not general and not any(district in covered for district, _ in mentions):
        return []
    spans = sorted(span for _, span in mentions)
    # 「哪些省提到浙江的经验」, where others are asked, and 「福建怎么学习浙江」
    opened = {span for span in spans[not general :] if TOWARDS.search(question, 0, span.start)}
    alike: set[Span] = set()
    for one, other in pairwise(sorted(mentions, key=lambda mention: mention.span)):
        if _named_alike(question, one, other, gazetteer):
            alike |= {one.span, other.span}
    return [
        Mention(district, span)
        for district, span in mentions
        if (district not in covered or span in opened)
        and span not in alike
        and not (opens(question, span.start) and AFTER_PLACE.match(question, span.end))
        and not inside_exclusion(question, span)
    ]


def _named_alike(question: str, one: Mention, other: Mention, gazetteer: Gazetteer) -> bool:
    """Tell whether one thing is asked of two places: 「厦门和福建」, 「鲤城晋江的学校」."""
    end = other.span.end
    if between := question[one.span.end : other.span.start]:
        return bool(BETWEEN.fullmatch(between)) and not _TOGETHER.match(question, end)
    return (
        other.district in gazetteer.districts
        and one.district not in gazetteer.ancestors(other.district)
        and AFTER_PLACE.match(question, end) is not None
        and not _TOGETHER.match(question, end)
    )


def inside_exclusion(question: str, span: Span) -> bool:
    """Tell whether what stands in a folded question is left out: 「除了厦门」."""
    return any(m.start() <= span.start < m.end() for m in EXCLUDED.finditer(question)) or bool(
        _OTHER_THAN.match(question, span.end)
    )


def speaks_of(text: str, place: str, gazetteer: Gazetteer, segmenter: Segmenter) -> bool:
    """Tell whether a text speaks of a place, by any of its names and not in part of a word.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> known = bundled_gazetteer(), full_segmenter(bundled_gazetteer())
    >>> speaks_of("湖南安全生产", "南安市", *known), speaks_of("支持广州建设枢纽", "广州市", *known)
    (False, True)
    """
    folded = fold(text)
    names = _own_names(place, gazetteer)
    if not any(name in folded for name in names):
        return False
    edges = {0, *accumulate(map(len, segmenter.cut(folded)))}
    return any(
        len(name) > 2 or {*match.span()} <= edges
        for name in names
        for match in re.finditer(re.escape(name), folded)
    )


def short_name(place: str, gazetteer: Gazetteer) -> str:
    """Return how a text is most likely to name a place.

    >>> from index.gazetteer import bundled_gazetteer
    >>> short_name("厦门市", bundled_gazetteer()), short_name("厦门市思明区", bundled_gazetteer())
    ('厦门', '思明')
    """
    return _own_names(place, gazetteer)[-1]


_KIND = re.compile(
    "(?:(?:(?<!内)蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|白|土家|哈尼|哈萨克|傣|傈僳|景颇|柯尔克孜|羌)族?)*自治[区州县旗]$"
    rf"|特别行政区$|地区$|盟$|[{_SUFFIX}]$"
)


def _own_names(place: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return a place's names, the short one last, without what it lies in: 思明区 and 思明 for 「厦门市思明区」."""
    name, names = fold(place), gazetteer.names_of(place)
    above = fold(gazetteer.parents.get(place, ""))
    parents = [above] if names else sorted(gazetteer.names, key=len, reverse=True)
    while parent := next(
        (p for p in parents if p and name.startswith(p) and len(name) > len(p) + 1), ""
    ):
        name = name.removeprefix(parent).lstrip(_SUFFIX)
    short = _KIND.sub("", name) if len(name) > 2 else name
    if place.endswith(("自治县", "自治旗")):  # 「岫岩」, not 「岫岩满族」
        short = min((own for own in names if short.startswith(own)), key=len, default=short)
    if not names and f"{short}市" in gazetteer.full_names:
        short = name  # 「朝阳」 is the city, not 「朝阳区」
    if gazetteer.full_names.get(short, place) != place:
        short = name  # 「海南」 is the province, not 「海南藏族自治州」
    return tuple(dict.fromkeys([short, name, *names]))[::-1]


def _excluded(question: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the districts named only to be left out: 「除了鲤城」, 「鲤城和洛江以外」."""
    found: set[str] = set()
    for match in EXCLUDED.finditer(question):
        inside = range(match.start(), match.end() + 1)
        ahead = match.start("later") if match["later"] else len(question)
        found |= {
            district
            for district, span in mentions
            if {*span} <= {*inside}
            and "的" not in question[ahead : span.start]  # 「不要钱的鲤城…」
        }
    masked = list(question)
    for _, (start, end) in mentions:
        masked[start:end] = "◎" * (end - start)
    if last := _EXCLUDED_LAST.search("".join(masked)):
        found |= {district for district, span in mentions if last.start() < span.start}
    end = 0
    for district, span in reversed(mentions):
        beside = question[span.end : end] in (*CONJUNCTIONS, ",")
        if beside or _OTHER_THAN.match(question, span.end):
            found.add(district)
            end = span.start
    return frozenset(found)


def _after_excluded(clause: re.Match[str]) -> str:
    """Return what a clause leaves when its places are gone; 「不要钱」 has none and stays."""
    later = clause["later"]
    if not later:
        return " "
    return f" {later.lstrip(f' {CONJUNCTIONS}')}" if later[0] == " " else clause[0]


def _without(question: str, spans: Sequence[Span]) -> str:
    text = question
    for start, end in sorted(spans, reverse=True):
        if end > len(text):  # names that overlap
            continue
        part = _OFFICE.match(text, end) or not WHOLE.match(text, end)  # 「北京市场监管」
        kept = text[end - 1] if text[end - 1] in _SUFFIX and part else ""
        text = f"{text[:start]} {kept}{text[end:]}"
    text = EXCLUDED.sub(_after_excluded, text)
    for pattern in (_LEFT_OVER, _OTHER_THAN, _ANY, _EVERY):
        text = pattern.sub(" ", text)
    return text


# --- unlisted ------------------------------------------------------------------------------------


def _unlisted(
    question: str, mentions: Sequence[Mention], segmenter: Segmenter, covered: Collection[str]
) -> list[Mention]:
    """Return places like 「思明区」 that no gazetteer lists; towns where documents are of towns."""
    taken = {i for mention in mentions for i in range(*mention.span)}
    patterns = (_EVERY, _ANY, _OTHER_THAN)
    general = (match for pattern in patterns for match in pattern.finditer(question))
    taken |= {i for match in general for i in range(*match.span())}
    found: list[Mention] = []
    words: list[tuple[int, str]] = []
    offset = 0
    for word in segmenter.cut(question):
        words.append((offset, word))
        offset += len(word)
    for i, (start, word) in enumerate(words):
        if start in taken or not word.endswith(tuple("市区县")):  # every 省 is listed
            continue
        if not WHOLE.match(question, start + len(word)):  # 「方便市民」, 「什么区别」
            continue
        name = word
        # An unknown name falls apart: 「思」「明」「区」, 「厦」「门市」.
        before = [w for s, w in words[max(0, i - 3) : i] if s not in taken]
        while before and len(name) < 3 and len(before[-1]) <= 3 - len(word):
            name = before.pop() + name
        long_enough = len(name) >= 3 and _ADMINISTRATIVE.fullmatch(name)
        inside = _is_inside_named(question, start + len(word) - len(name), name, mentions, covered)
        if (long_enough or is_county(name)) and not (NOT_PLACES.search(name) or inside):
            end = start + len(word)
            found.append(Mention(name, Span(end - len(name), end)))
            if len(found) > 1 and found[-2].span.end == found[-1].span.start:
                (city, span), (part, last) = found[-2:]  # 「厦门市思明区」 is one place
                found[-2:] = [Mention(city + part, Span(span.start, last.end))]
    taken |= {i for mention in found for i in range(*mention.span)}
    for match in _COUNTY_ENDS.finditer(question):  # 「克什克腾旗」 falls apart
        names = (
            question[max(0, match.end() - n) : match.end()] for n in range(LONGEST_COUNTY, 2, -1)
        )
        county = next(filter(is_county, names), "")
        span = Span(match.end() - len(county), match.end())
        inside = _is_inside_named(question, span.start, county, mentions, covered)
        apart = taken.isdisjoint(range(*span)) and WHOLE.match(question, span.end)
        if county and apart and not inside:
            found.append(Mention(county, span))
            taken |= {*range(*span)}
    if _are_towns(covered):
        spans = (Span(*match.span("name")) for match in _TOWN.finditer(question))
        towns = (span for span in spans if taken.isdisjoint(range(*span)))
        found += [Mention(question[slice(*span)], span) for span in towns]
    return sorted(found, key=lambda mention: mention.span)


def _is_inside_named(
    question: str,
    start: int,
    name: str,
    mentions: Sequence[Mention],
    covered: Collection[str],
) -> bool:
    """Tell whether a county stands behind the name of a covered city that it lies in: 「杭州萧山区」."""
    return any(
        district in covered
        and question[span.end : start] in ("", "的")
        and county_in(name, district) is not None
        for district, span in mentions
    )


_COUNTY_ENDS = re.compile("[区县市旗]")
LONGEST_COUNTY = 15
# A town where a clause opens; not 「城镇」 or 「各街道」.
_TOWN = re.compile(
    rf"(?:^|[^\w]|请问|[{CONJUNCTIONS}])[到去往至从在]?(?P<name>[\u4e00-\u9fff]{{1,3}}[\u4e00-\u9fff]"
    rf"(?:(?<![城乡村小集重古各全本我该名])镇(?![化级域村街])|(?<![各全本我该个些市区])街道))"
)
