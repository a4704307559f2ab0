"""What a person is told: one or two sentences with every answer and every refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.corrections import is_correction
from index.gazetteer import Cut
from index.text import fold
from qa.remarks import Remark
from qa.status import asks_of_past_year, asks_plan, asks_result, plainly_plans, status_in
from qa.types import Found, Reason, Understood
from qa.years import may_tell_of, names_year, year_told

NO_DOCUMENTS = "这里还没有文件，什么也答不了；请先加入文件。"
NO_TEXT = "文件里只读到页眉、导航之类，没有正文，什么也答不了；请看看文件是否保存完整。"
_LISTED = 12
# From here on it is likelier that a passage answers than that it doesn't.
_LIKELY = 0.5


def _uncut(text: str) -> Sequence[str]:
    return [text]


def answered_message(
    understood: Understood,
    passages: Sequence[Found],
    by_district: Mapping[str, Sequence[str]],
    says: Callable[[str, str], bool],
    digest: bool,
    more: bool = False,
    cut: Cut = _uncut,
) -> str:
    """Return what stands above the passages of an answer.

    `says` tells whether a district's documents have some folded words anywhere; `more` that more
    passages were found than before; `cut` cuts into words.
    """
    silent = [district for district in understood.districts if not by_district.get(district)]
    theme = None if understood.topics else _told_in(passages, theme_of(understood.topic, cut))
    told = [_found(understood, passages, by_district, "摘要" if digest else "原文", theme)]
    told += _told_by_others(understood.districts, passages, by_district)
    words = fold((theme or "").strip("“”"))
    unsaid = [district for district in silent if theme and not says(district, words)]
    if unsaid:
        told.append(f"{_list(unsaid)}的文章没有提到{theme}。")
        near = [name for name, ids in by_district.items() if ids and not says(name, words)]
        if near:
            told.append(f"{_list(near)}的文章也没有这个词，只有相近的话。")
    if unfound := [district for district in silent if district not in unsaid]:
        told.append(f"{_list(unfound)}的文章里没有找到。")
    if understood.missing and understood.districts:
        told.append(f"没有{_list(understood.missing)}的文件。")
    told += _cautions_of_each(understood, passages)
    if any(found.answers and is_correction(found.passage.text) for found in passages):
        told.append("报上登过更正，请以更正为准。")
    if understood.remark == "more" and not more:
        told.append("没有更多相关的话了。")
    elif understood.remark in _TO_A_REMARK:
        told.append(_TO_A_REMARK[understood.remark])
    told.append(_taken(understood))
    if digest:
        told.append("这是本产品的摘要，不是原文；引用请查原文。")
    return "".join(told)


def _told_by_others(
    districts: Sequence[str], passages: Sequence[Found], by_district: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Yield whose documents tell what districts ask for whose own don't."""
    owners = {found.passage.id: found.passage.district for found in passages}
    documents = {found.passage.id: found.passage.document for found in passages}
    for district in districts:
        ids = by_district.get(district, ())
        if ids and all(owners[id] != district for id in ids):
            told = dict.fromkeys(owners[id] or documents[id] for id in ids)
            yield f"{district}自己的文章没有说到，引的是{_list([*told])}的文章。"


_TO_A_REMARK: dict[Remark | None, str] = {
    "why": "这里只引原文，不另外解释原因。",
    "view": "这里只引原文，不作评价和概括。",
    "check": "是否属实，请按出处核对。",
}


def elsewhere_message(understood: Understood, message: str) -> str:
    """Return the message of an answer from elsewhere, where the districts asked before are silent.

    >>> elsewhere_message(Understood("问", "古城", kept=("洛江区",)), "鲤城区的文章说到了“古城”。")
    '前面问的洛江区没有说到；不限地区：鲤城区的文章说到了“古城”。'
    """
    return f"前面问的{_list(understood.kept)}没有说到；不限地区：{message}"


def parts_message(understood: Understood, message: str) -> str:
    """Return the message of an answer from what lies in a city whose own documents are silent.

    >>> understood = Understood("全市的学校", "学校", districts=("泉州市",))
    >>> parts_message(understood, "洛江区的文章说到了“学校”。")
    '泉州市自己的文章没有说到；洛江区的文章说到了“学校”。'
    """
    return f"{_list(understood.districts)}自己的文章没有说到；{message}"


_ONLY_PLANS = "请留意：原文说的是打算或目标，不是已有的结果。"


def refused_message(
    reason: Reason,
    understood: Understood,
    covered: Sequence[str],
    nearest: Sequence[Found],
    cut: Cut = _uncut,
) -> str:
    """Return why nothing answers; `nearest` are the passages that are shown all the same."""
    theme = "这一点" if understood.topics else theme_of(understood.topic, cut)
    told = _why_not(reason, understood, covered, nearest, theme)
    if understood.outside and understood.years and nearest:
        told += f"现有文件没有{'、'.join(understood.outside)}的。"
    elif understood.years and nearest:
        told += "".join(_of_another_year(understood, nearest[0]))
    if nearest and asks_of_past_year(understood.question) and plainly_plans(nearest[0].passage):
        told += _ONLY_PLANS
    return told + _taken(understood)


def _why_not(
    reason: Reason,
    understood: Understood,
    covered: Sequence[str],
    nearest: Sequence[Found],
    theme: str,
) -> str:
    lacking = f"没有提到{theme}"
    if _told_in(nearest, theme):
        lacking = f"提到了{theme}，但没有您问的内容"
    below = "下面几段最接近，供您判断。" if nearest else ""
    if reason == "unknown_district":
        has = f"现有{_list(covered)}的文件" if covered else "现有文件不分地区"
        return f"没有{_list(understood.missing)}的文件，也没有哪一份提到；{has}。"
    if reason == "off_topic":
        example = f"，例如「{covered[0]}有什么打算？」" if covered else ""
        if understood.kind == "none" and understood.remark not in (None, "courtesy"):
            return "前面没有问过问题，不知道指的是什么；请把问题写全。"
        told = "请提问" if understood.remark == "courtesy" else "这不是这些文件能回答的问题"
        return f"{told}。可以问各地区的计划、数字和做法{example}。"
    if reason == "district_silent":
        return f"{_list(understood.districts)}的文章{lacking}。{below}"
    if understood.missing:
        return f"没有{_list(understood.missing)}的文件；别处提到它的话，没有说到{theme}。{below}"
    return f"现有文件{lacking}。{below}"


def _taken(understood: Understood) -> str:
    """Return how names and themes were taken, where that doesn't go without saying."""
    told = [own_themes(understood)]
    told += (f"{name}：{_list(members)}" for name, members in understood.groups.items())
    told.append("、".join(taken_for(understood)))
    return "".join(f"（{one}。）" for one in told if one)


def taken_for(understood: Understood) -> list[str]:
    """Return which words of a question were taken for which districts: 「“罗江”当作洛江区」."""
    return [f"“{was}”当作{name}" for was, name in understood.corrected.items()]


def own_themes(understood: Understood) -> str:
    """Return what was looked for in each district, where that differs, else nothing.

    >>> own_themes(Understood("问", "", {"洛江区": "建 学校", "丰泽区": "夜市", "鲤城区": "夜市"}))
    '洛江区找的是“建学校”；丰泽区、鲤城区找的是“夜市”'
    """
    asked: dict[str, list[str]] = {}
    for district, topic in understood.topics.items():
        asked.setdefault(topic.replace(" ", ""), []).append(district)
    named = (f"{_list(districts)}找的是“{theme}”" for theme, districts in asked.items())
    return "；".join(named)


def _told_in(passages: Sequence[Found], theme: str) -> str | None:
    """Return a theme if one of the passages has its very words."""
    words = fold(theme.strip("“”"))
    named = words != theme and any(words in fold(found.passage.text) for found in passages)
    return theme if named else None


def theme_of(topic: str, cut: Cut = _uncut) -> str:
    """Return how a message names what was looked for; 「这一点」 where no short name is at hand.

    >>> theme_of("要建 教育项目"), theme_of("旅游收入要达到"), theme_of("看病以后 更方便")
    ('“教育项目”', '“旅游收入”', '这一点')
    """
    words = [_named(word, cut) for word in topic.split()]
    telling = [word for word in reversed(words) if word not in _OF_ANYTHING]
    longest = max(telling, key=len, default="")
    named = 2 <= len(longest) <= _LONGEST and not _NOT_A_NAME.search(longest)
    return f"“{longest.upper()}”" if named else "这一点"


def _named(word: str, cut: Cut) -> str:
    """Return a word of a topic without what only goes before or after a name."""
    return _AFTER.sub("", _BEFORE.sub("", "/".join(cut(word))).replace("/", ""))


_LONGEST = 12
_OF_ANYTHING = {
    "目标",
    "计划",
    "打算",
    "规划",
    "情况",
    "工作",
    "措施",
    "做法",
    "举措",
    "动作",
    "方面",
    "内容",
    "发展",
    "建设",
    "保护",
    "治理",
    "推进",
    "提升",
    "改善",
    "解决",
    "做到",
    "达到",
}
# What stands before a theme that is cut into words: 「名/院士」, 「要/建/学校」, but 「有色金属」. A word that
# no document holds falls apart into characters, so mostly a whole word must follow.
_BEFORE = re.compile(
    r"^(?:(?:[今去明前]/?年|\d{4}/?年)/?)?"
    r"(?:(?:[的个家条所项座名位张套件户台辆处间栋支万亿吨亩]|公里|平方米|平方公里|公顷|[万亿][元人亩吨]|万人次)/(?=[^/]{2}|[的有要对在老旧新女男大小]/))*"
    r"(?:有/(?![色机轨效序])|要/(?![素闻点])(?:建设?/)?|(?:想要?|会|将|搞|抓|在|做|对|把|被|让|提到?|说到?)/(?=[^/]{2}))?"
)
_AFTER = re.compile(
    r"(?:(?<![重需纪主首必])要|(?<![干大麻])将|最[高多大好]|建[好成设]|达到?|说?了|的|(?<=\w{2})[和与跟及在]|(?<=\w{3})[建做搞])+$"
    r"|^(?:公里|平方米|平方公里|公顷|[万亿]?[亩吨元人]|万?人次|岁|钱)$"
)
_NOT_A_NAME = re.compile("[再几每了着过得吗给被把让我你他想能会来去跟啥哪这那不没还以后，,]")


def _found(
    understood: Understood,
    passages: Sequence[Found],
    by_district: Mapping[str, Sequence[str]],
    kind: str,
    theme: str | None,
) -> str:
    """Return who says it, and how many passages are shown; a `theme` only of those who name it."""
    speaking = [district for district, ids in by_district.items() if ids]
    shown = f"共列出 {len(passages)} 段{kind}" if len(passages) > 1 else ""
    if understood.districts and not understood.topic:
        return f"{_list(speaking)}的打算，每一部分取一段，{shown or f'列出 1 段{kind}'}。"
    if understood.each and len(speaking) > 1:
        if theme and not all(_told_in(_of(district, passages), theme) for district in speaking):
            theme = None
        return f"{_list(speaking)}的文章{f'说到了{theme}' if theme else '有相关的话'}，{shown}。"
    if understood.missing and not understood.districts:
        owners = dict.fromkeys(f.passage.district or f.passage.document for f in passages)
        said = f"{_list(list(owners))}的文章提到了，{shown or f'列出 1 段{kind}'}"
        return f"没有{_list(understood.missing)}的文件；{said}。"
    best = passages[0]
    place = f"{best.passage.district}的文章" if best.passage.district else best.passage.document
    if best.score < _LIKELY:
        return f"最接近的话在{place}里。"
    after = f"，{shown}，越靠前越相关" if shown else ""
    theme = theme and _told_in(_of(best.passage.district, passages), theme)
    return f"{place}说到了{theme}{after}。" if theme else f"最相关的一段在{place}里{after}。"


def _of(district: str | None, passages: Sequence[Found]) -> list[Found]:
    return [found for found in passages if found.passage.district == district]


def _cautions_of_each(understood: Understood, passages: Sequence[Found]) -> list[str]:
    """Return the cautions of an answer; if each district answers for itself, whose they are."""
    if not (understood.each and understood.districts):
        return cautions(understood, passages[0], passages[1:])
    told: dict[str, list[str]] = {}
    owners = dict.fromkeys(found.passage.district for found in passages)
    districts = [district or _of(district, passages)[0].passage.document for district in owners]
    for district, owner in zip(districts, owners, strict=True):
        best, *others = _of(owner, passages)
        for caution in cautions(understood, best, others):
            told.setdefault(caution, []).append(district)
    return [
        caution
        if len(whose) == len(districts)
        else caution.replace("请留意：", f"请留意：{_list(whose)}", 1)
        for caution, whose in told.items()
        if caution.startswith("请留意") or districts[0] in whose
    ]


def cautions(understood: Understood, best: Found, others: Sequence[Found] = ()) -> list[str]:
    """Return what has to be known of the best passage before it is taken for the answer.

    That it is a plan where a result is asked for, or the other way, only if the `others` that
    answer are so too.
    """
    told: list[str] = []
    if best.score < _LIKELY and understood.topic:
        told.append("请看是不是您要问的。")
    told += _of_another_year(understood, best)
    answering = [best, *(found for found in others if found.highlights)]
    statuses = {status_in(found.passage, found.highlights) for found in answering}
    if asks_result(understood.question) and statuses == {"planned"}:
        told.append(_ONLY_PLANS)
    if asks_plan(understood.question) and statuses == {"done"}:
        told.append("请留意：原文说的是已有的结果，不是打算。")
    return told


def _of_another_year(understood: Understood, best: Found) -> Iterator[str]:
    told_of, years = year_told(best.passage), understood.years
    if understood.this_year and best.passage.year in (None, understood.this_year):
        whose = _list(understood.districts)
        yield f"请留意：{whose}最新的文件是{understood.this_year}年的，“今年”按这一年算。"
    outside = "、".join(understood.outside)
    if years and not any(may_tell_of(best.passage, year) for year in years):
        asked = "、".join(map(str, years))
        lacking = f"现有文件没有{outside}的。" if outside else ""
        yield f"请留意：{lacking or f'这段说的是{told_of}年，不是{asked}年。'}"
    elif told_of is None and outside and not any(names_year(best.passage, y) for y in years):
        yield f"请留意：文件没有日期，看不出说的是不是{outside}。"


def _list(names: Sequence[str]) -> str:
    shown = "、".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}等 {len(names)} 个地区"
