"""Groups of places that a question names at once: 「长三角」 is four, 「直辖市」 another four.

A question that asks them is written out, so that all else sees only districts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.counties import namesakes
from index.gazetteer import Gazetteer, Mention
from index.segmenter import Segmenter
from index.text import fold
from index.types import Span
from qa.mentions import AFTER_PLACE, BETWEEN, mentions_in, opens, place_before
from qa.places import EXCLUDED, TOWARDS, joined

# By the usage of the State Council and the National Bureau of Statistics; what reaches into a
# province only in part (大湾区, 成渝) is told by the province.
_MEMBERS = {
    "东部": "北京 天津 河北 上海 江苏 浙江 福建 山东 广东 海南",
    "中部": "山西 安徽 江西 河南 湖北 湖南",
    "西部": "内蒙古 广西 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆",
    "中西部": "山西 安徽 江西 河南 湖北 湖南 内蒙古 广西 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆",
    "东北": "辽宁 吉林 黑龙江",
    "东三省": "辽宁 吉林 黑龙江",
    "华北": "北京 天津 河北 山西 内蒙古",
    "华东": "上海 江苏 浙江 安徽 福建 江西 山东",
    "华中": "河南 湖北 湖南",
    "华南": "广东 广西 海南",
    "西南": "重庆 四川 贵州 云南 西藏",
    "西北": "陕西 甘肃 青海 宁夏 新疆",
    "沿海": "辽宁 天津 河北 山东 江苏 上海 浙江 福建 广东 广西 海南",
    "沿黄": "青海 四川 甘肃 宁夏 内蒙古 陕西 山西 河南 山东",
    "黄河流域": "青海 四川 甘肃 宁夏 内蒙古 陕西 山西 河南 山东",
    "长江经济带": "上海 江苏 浙江 安徽 江西 湖北 湖南 重庆 四川 贵州 云南",
    "长三角": "上海 江苏 浙江 安徽",
    "长江三角洲": "上海 江苏 浙江 安徽",
    "京津冀": "北京 天津 河北",
    "粤港澳大湾区": "广东 香港 澳门",
    "粤港澳": "广东 香港 澳门",
    "成渝": "重庆 四川",
    "川渝": "四川 重庆",
    "江浙沪": "江苏 浙江 上海",
    "江浙": "江苏 浙江",
    "京津": "北京 天津",
    "两广": "广东 广西",
    "两湖": "湖北 湖南",
    "云贵川": "云南 贵州 四川",
    "陕甘宁": "陕西 甘肃 宁夏",
    "港澳": "香港 澳门",
    "北上广深": "北京 上海 广州市 深圳市",
    "直辖市": "北京 天津 上海 重庆",
    "自治区": "内蒙古 广西 西藏 宁夏 新疆",
}
# Each province by its one character; those of the second row are too often part of another word.
_PLAIN = {
    "京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "辽": "辽宁", "沪": "上海", "苏": "江苏",
    "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南",
    "粤": "广东", "桂": "广西", "琼": "海南", "川": "四川", "渝": "重庆", "黔": "贵州", "滇": "云南", "陕": "陕西",
}  # fmt: skip
_OTHER = {
    "吉": "吉林", "黑": "黑龙江", "云": "云南", "贵": "贵州", "藏": "西藏", "甘": "甘肃", "青": "青海", "宁": "宁夏",
    "新": "新疆",
}  # fmt: skip
# 「京津冀鲁豫」, 「江浙沪皖」; 「云贵川渝四省市」, where all may stand; 「苏浙两省」.
_LETTER = rf"(?:[{''.join(_PLAIN)}]|江(?=浙))"
_ANY_LETTER = rf"[{''.join((*_PLAIN, *_OTHER))}]"
_LETTERS = (
    rf"{_LETTER}{{3,}}(?!{_ANY_LETTER}+[二三四五六七八九]省)"
    rf"|{_ANY_LETTER}{{3,}}(?=[二三四五六七八九]省|[三四五六]地|省[市区]|各省|的|今年)"
    rf"|{_LETTER}{{2}}(?=[两二2]省|两地)"
)
# Words that stand for much else besides: 「西部」 of a city, 「自治区」 of one's own.
_BROAD = re.compile("中?[东中西]部|黄河流域|[东西][北南]|华[东南西北中]|沿[海黄]|自治区")
_COUNT = (
    r"(?:各个?|所有的?|全部|其[他它余]的?|别的|每个|哪[个些]|[\d一二三四五六七八九十两几]+[个大]?)"
)
_PROVINCES = r"省(?:份|区市?|市区?|\(区(?:,?市)?\))?(?:[一两12]市)?"
_NAMED = re.compile(
    rf"(?<![东中西南北])(?P<count>(?:全国的?)?{_COUNT}?)(?P<name>{_LETTERS}|{'|'.join(sorted(_MEMBERS, key=len, reverse=True))})"
    rf"(?P<after>(?:地区|区域)?(?:的?{_COUNT}?{_PROVINCES}|各地|[三两]地)?)"
)
# 「京津冀协同发展」 and 「中部崛起」 are what is done, not who does it.
_POLICY = re.compile(
    r"(?:(?!怎|如何|有|要|[今去明]年|各|都|分别|的)[一-鿿]){0,4}"
    r"(?:协同|一体化|经济[圈带区]|战略|振兴|开发|崛起|规划|示范区|建设|国家|通道)|大学|居民|同胞|青年|人士|[部方角侧亚]"
)
_DONE_TO = re.compile("(?:推进|推动|深化|加快|参与|加强|促进|落实|围绕|加入|立足|辐射)$")


def members_of(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the districts of a group by their full names, none if there is no such group.

    >>> from index.gazetteer import bundled_gazetteer
    >>> members_of("京津冀三地", bundled_gazetteer()), members_of("闽南", bundled_gazetteer())
    (('北京市', '天津市', '河北省'), ())
    """
    named = _NAMED.fullmatch(fold(name.strip()))
    return _members(named["name"], gazetteer) if named else ()


def _members(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    letters = {**_PLAIN, **_OTHER, "江": "江苏"}
    members = _MEMBERS.get(name, "").split() or [letters[letter] for letter in name]
    return tuple(gazetteer.full_names[member] for member in members)


def spelt_out(
    question: str, gazetteer: Gazetteer, segmenter: Segmenter, covered: Sequence[str]
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return a question with the groups that it asks written out, and who belongs to each.

    A group that is only spoken of (「福建怎么融入长三角」) stays; districts left out are left out.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> known = bundled_gazetteer(), full_segmenter(bundled_gazetteer()), ["北京市", "天津市"]
    >>> spelt_out("除了天津，京津冀怎么治霾？", *known)[0].strip()
    '北京市、河北省怎么治霾？'
    """
    question, shared = _with_towns(question, gazetteer, segmenter, covered)
    folded = fold(joined(question))
    named = list(_NAMED.finditer(folded))
    if not covered or not named:
        return question, shared
    mentions = mentions_in(folded, gazetteer, segmenter, covered)
    clauses = list(EXCLUDED.finditer(folded))
    left_out = [m for m in mentions if any(_inside(m.span.start, clause) for clause in clauses)]
    beside = [mention for mention in mentions if mention not in left_out]
    groups: dict[str, tuple[str, ...]] = dict(shared)
    edits: list[tuple[Span, str]] = []
    for match in named:
        if any(span.start < match.end("name") and match.start() < span.end for _, span in mentions):
            continue  # 「内蒙古自治区」
        members = _members(match["name"], gazetteer)
        excluded = any(_inside(match.start("name"), clause) for clause in clauses)
        loaded = any(member in covered for member in members)
        names = {district for district, _ in beside}
        if not excluded and names >= {*members} and match["after"] and match.start() == 0:
            edits.append((Span(*match.span()), ""))  # 「京津冀三地的目标：北京、天津、河北各多少」
            continue
        if not excluded and not _is_asked(match, beside, folded, loaded):
            continue
        members = tuple(m for m in members if m not in {district for district, _ in left_out})
        written = [own for member in members for own in _covered_in(member, gazetteer, covered)]
        which = match["count"] if match["count"].startswith("哪") else ""
        edits.append((Span(*match.span()), ("和" if excluded else "、").join(written) + which))
        if not excluded:
            groups[folded[match.start("name") : match.end()]] = members
    if groups:
        edits += [(span, "") for span in _without_groups(clauses, left_out, edits)]
    for (start, end), text in sorted(edits, reverse=True):
        question = question[:start] + text + question[end:]
    return question.lstrip(" ,，、"), groups


def _with_towns(
    question: str, gazetteer: Gazetteer, segmenter: Segmenter, covered: Sequence[str]
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return a question with the districts written out that share a name in it: 「鼓楼区」, and which."""
    shared = namesakes(covered)
    if not shared:
        return question, {}
    names = {**gazetteer.full_names, **{name: name for name in shared}}
    asked: dict[str, tuple[str, ...]] = {}
    for name, (start, end) in reversed(Gazetteer(names, {}).mentions(question, segmenter.cut)):
        if name in shared:
            towns = {own: _town_before(own, question[:start], gazetteer) for own in shared[name]}
            meant = {own: place for own, place in towns.items() if place is not None}
            if not meant and place_before(fold(question[:start]), gazetteer):
                continue  # 「徐州鼓楼区」 is none of them
            written = "、".join(meant or shared[name])
            question = question[: min(meant.values(), default=start)] + written + question[end:]
            if not meant:
                asked[name] = shared[name]
    return question, asked


def _town_before(district: str, before: str, gazetteer: Gazetteer) -> int | None:
    """Return where what a district lies in stands right before its name: 「石家庄那个长安区」."""
    town = gazetteer.parents.get(district, district)
    names = "|".join(map(re.escape, (*gazetteer.names_of(town), town.rstrip("市"))))
    match = re.search(f"(?:{names})(?:市|那边|那里|这边)?(?:的|那个|这个)?$", before)
    return match.start() if match else None


def _without_groups(
    clauses: Iterable[re.Match[str]],
    left_out: Sequence[Mention],
    edits: Sequence[tuple[Span, str]],
) -> Iterator[Span]:
    """Yield what leaves out districts of a group, up to where the group itself stands."""
    for clause in clauses:
        ends = [mention.span.end for mention in left_out if _inside(mention.span.start, clause)]
        if ends:
            end = clause.end() if clause["named"] else max(ends)
            starts = [span.start for span, _ in edits if span.start > clause.start()]
            yield Span(clause.start(), min([end, *starts]))


def _covered_in(member: str, gazetteer: Gazetteer, covered: Sequence[str]) -> list[str]:
    """Return a member, or where only what lies in it has documents, that."""
    inside = [district for district in covered if member in gazetteer.ancestors(district)]
    return inside if inside and member not in covered else [member]


def _inside(start: int, clause: re.Match[str]) -> bool:
    return clause.start() <= start < clause.end()


def _is_asked(match: re.Match[str], beside: Sequence[Mention], question: str, loaded: bool) -> bool:
    """Tell whether a question asks a group, rather than speaks of it or of something named so."""
    start, end = match.span()
    before = question[:start]
    if TOWARDS.search(before) or _DONE_TO.search(before):
        return False
    provinces = re.search(_PROVINCES, match["after"]) is not None
    if not provinces and _POLICY.match(question, end):
        return False
    if _BROAD.fullmatch(match["name"]) and not (provinces or match["count"]):
        alone = match["name"] != "自治区" and opens(question, start) and not beside
        clear = bool(match["after"]) or AFTER_PLACE.match(question, end) is not None
        return loaded and alone and clear
    # Those in between are named too: 「长三角和福建、广东」.
    others = "".join(
        "," if any(span.start <= place < span.end for _, span in beside) else character
        for place, character in enumerate(question)
    )
    return all(
        BETWEEN.fullmatch(others[span.end : start] or others[end : span.start])
        for _, span in beside
    )
