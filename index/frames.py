"""What a web page puts around a text that was saved from it: where it stands, labels, buttons, links to other pages.

Only a text's first and last lines are looked at; what is furniture wherever it stands is told in `repair`. What
isn't recognised stays: a line too much does less harm than one that is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.blocks import NUMBERED
from index.dates import date_in

_LINES_OF_HEAD = 40
_LONGEST_LINE, _LONGEST_LABELS, _LONGEST_VALUE = 80, 400, 60
_LINES_OF_TITLE, _SHORTEST_TITLE = 4, 8
# Among so many lines that are no labels a title stands the first time; so many stand before it stands again.
_FIRST_LINES, _MOST_BETWEEN = 3, 2
_MOST_BELOW = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page's labels tell of its text, and which of its lines (by index) aren't the text's.

    Attributes:
        title: Its title, where a label says it or it stands there twice.
        printed: The lines in which the title stands above the text; none if it doesn't.
        publisher: Who has issued it, and where in which site it stands: 「洛江区政府办 洛江网 要闻」.
        date: Of which day it is (2025-01-14).
        dropped: The lines that are the page's.
    """

    title: str | None = None
    printed: range = range(0)
    publisher: str | None = None
    date: str | None = None
    dropped: frozenset[int] = frozenset()


def _spaced(names: str) -> str:
    """Return a pattern for labels as pages write them, with spaces between characters: 「索 引 号」."""
    return "|".join(r"[ \u3000]*".join(name) for name in names.split())


_KINDS = {
    # Of a public document's index.
    "publisher": _spaced(
        "发布机构 发文机构 发布单位 发文单位 制发机关 发文机关 发布机关 公开责任部门"
    ),
    "written": _spaced("公文生成日期 生成日期 成文日期 发文日期 印发日期"),
    "index": _spaced(
        "信息索引号 索引号 备注/文号 发文字号 文号 主题分类 组配分类 信息分类 公文目录 公开目录 公开方式 公开时限"
        " 公开范围 公开形式 公开属性 公开程序 有效性 时效性 体裁分类 内容分类 内容概述 文件编号 文件状态 效力状态 统一编号"
    ),
    "day": _spaced(
        "发布日期 公开日期 发布时间 公开时间 发表时间 更新时间 更新日期 发稿时间 刊发日期 出版日期"
    ),
    # Of how a page is used.
    "use": _spaced(
        "浏览次数 浏览量 阅读量 阅读次数 语音阅读 点击率 点击数 点击量 点击 人气 字体 字号 文字大小 背景色 本文字数"
        " 选择区域 分享到 热搜词 热门搜索 搜索热词 政策解读链接"
    ),
    "letter": _spaced(
        "收文单位 来信类型 信件类型 信件类别 信件编号 办理状态 处理状态 是否公开 来信时间 留言时间 提问时间 来信人 写信人 留言人"
    ),
    "title": _spaced("信息名称 文件名称 名称 标题 原标题 来信主题 来信标题 信件标题 留言标题")
    + "|(?<=^)[称题]",
    # What counts beside others: 「时间：2024-01-19　来源：洛江发布」.
    "source": _spaced("来源 信息来源 文章来源 稿源"),
    "beside": _spaced(
        "时间 日期 作者 编辑 类别 栏目 附件 关键词 概述 主题词 版次 签发人 分享 生效时间 生效日期 实施日期"
        " 废止时间 废止日期 失效时间"
    ),
    "cut": "(?<=^)号",
}
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{'|'.join(f'(?P<{kind}>{names})' for kind, names in _KINDS.items())})"
    r"[ \u3000]*(?:(?P<sign>[：:])|[|｜\t]|(?=[ \u3000]|$))"
)
_OF_INDEX = {"publisher", "written", "index", "day"}
_STRONG = {"publisher", "written", "index", "day", "use", "letter"}
_NAMES_DOCUMENTS = {"index", "publisher", "letter", "source"}
_LESS_SURE = {"source", "beside", "cut"}
# Any other, between a page's labels and the title that one of them tells: 「是否有效：是」.
_SOME_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[：:][^。，；]{0,30}")
_BEFORE = "•·-*|｜【[（(> \t\u3000"
# 「来源：洛江发布」, 「类别：B」 alone on a line
_CREDIT = re.compile(r"(?:来源|作者|编辑|签发人|类[ \u3000]*别)[ \u3000]*[:：][^\d。，]{0,20}")
_ISO_DAY = r"20\d\d[-/]\d{1,2}[-/]\d{1,2}"
_TIME = r"20\d\d[-年./] ?\d{1,2}[-月./] ?\d{1,2}日?"
_CLOCK = r"\s*\d{1,2}:\d\d(?::\d\d)?"
_A_DAY = re.compile(_TIME)
_SHORT_YEAR = re.compile(r"^(\d\d-\d\d-\d\d)(?!\d)")
_DAY_AND_CLOCK = re.compile(rf"{_ISO_DAY}(?:{_CLOCK})?")
_DAY_AND_SIZE = re.compile(rf"{_ISO_DAY}\s.{{0,20}}\d(?:KB|MB).{{0,16}}")
_TO_THE_SECOND = re.compile(rf"{_ISO_DAY}\s+\d{{1,2}}:\d\d:\d\d")
# Not as a notice writes when a meeting is.
_POSTED = re.compile(rf"时[ \u3000]*间[ \u3000]*[:：]\s*{_ISO_DAY}{_CLOCK}")
_BEGINS_WITH_TIME = re.compile(rf"(?P<day>{_TIME})(?P<clock>{_CLOCK})?[ \u3000|｜]+")
_ENDS_IN_TIME = re.compile(rf"[ \u3000]+{_TIME}(?:{_CLOCK})?$")
_DAY_AND_WEEKDAY = re.compile(rf"(?:今天是)?{_TIME}\s*星期[一二三四五六日天]")
_PRESS = re.compile("[\u4e00-\u9fff]{2,8}[报网社台]")

_SITE = "网 ?[>＞»-]|频道|新闻|资讯|政务|公开|中心|首页|栏目|日报|晚报|商报"
_PATH = re.compile(
    r"(?:您|你|现在|当前|所在).{0,6}位置|(?:网站)?首页\s*(?:[>＞»/]|->)|位置\s*[:：].*(?:[>＞»]|->)"
    rf"|(?=[^<]*(?:{_SITE}))[^。，<]{{2,16}}?\s*(?:>>|[>＞»].*[>＞»]|->.*->)[^<。，]{{0,40}}$"
    r"|.{0,16}[上下]一版\s*[>＞»].*|.{0,8}总第\d+期.*[>＞»]|中国政府网\s*[|｜ ].*"
)
_BELOW_PATH = re.compile(r"[>＞»][^。<]*")
_SITES_LINKS = re.compile("登录|首页|注册|客户端|电子报|数字报|繁体|新闻网|网站")
_NO_NAME = re.compile("位置|首页|正文|列表|版")
_BUTTON = re.compile(
    r"(?:[加增]大|缩小|减小|放大|默认)+(?:字体)?(?:全文复制)?|返回(?:目录|顶部)|(?:取消)?收藏|打印(?:本页)?|关闭(?:窗口)?|分享"
    r"|[大中小]字号|网站支持IPv6|今天是(?:20\d\d年.{0,20})?|同意公开|立即下载|(?:用户)?登录|登录个人中心|×|\+1"
    r"|分享让更多人看到|无标题文档|无障碍(?:浏览|阅读|模式)?|长[者辈](?:版|模式)|适老(?:版|化)|关怀版|English|PDF|A[+-]|纠错"
    r"|[上下]一[篇版][>＞»]*|往期(?:阅读|回顾|推荐)|欢迎(?:访问|光临).{2,20}[！!]?|(?:设为首页|收藏本站|加入收藏)+|下载客户端|(?:查看|阅读)原文"
    r"|文库首页|登录后.{2,12}|即时新闻|详细内容|城市站点|(?:VIP)?专免|侵权投诉"
)
# What a text may have as a heading too.
_MAY_BE_BUTTON = re.compile("(?:政府)?信息公开|政务公开|正文|其他|分享|收藏|English|登录|关闭")
# What a site calls itself or one of its columns: 「爱洛江APP」, 「公告公示」.
_COLUMNS_NAME = re.compile(
    ".{0,8}(?:网|日报|APP|公众号|Logo|资讯|公告|公示|公开|信箱|频道|要闻|新闻|动态|专题|专栏|工作计划|交流|互动|客户端|办理|文件|回应|选登|快讯|头条)"
)
# What stands above its breadcrumb: 「洛江区人民政府」.
_SITES_NAME = re.compile("(?=.{2,14}$).*(?:政府|[局委办]|网|门户)")
_OFFICE = re.compile("(?:政府|[局委办]|办公室|街道|[镇乡])$")
_LETTERS_TITLE = re.compile("(?:来信|信件|留言)(?:标题|主题)")
_LETTERS_LABEL = re.compile("来信|信件|留言|写信")

# A list of other pages begins.
_OTHERS = re.compile(
    r"(?:相关|推荐|最新|热门|热点|精选|互动|往期)[\u4e00-\u9fff]{0,6}(?:新闻|稿件|阅读|推荐|文章|精选|文档|回顾)(?:更多)?[>＞»]*(?=$|[:：\s])|相关链接"
)
# One line of a page's foot.
_FOOT = re.compile(
    r"[上下]一[篇条](?:[:：\s].*)?|责任编辑[:：\s].*|责编[:：\s].*|扫一扫(?:[在用]?手机|打开|关注|分享|查看).*|微信扫.*"
    r"|分享(?:到|至)[:：\s]*.*|版权(?:所有|声明).*|收藏本站.*|更多[>＞»]*|更多(?:资讯|新闻|问政).*|发表评论|文档格式.*|展开全文"
    r"|信件回复\s.*|回复(?:内容|速度)评价[:：]?|[（(](?:非常|比较|基本)?满意[）)]|(?:政府)?网站标识码.*|.*(?:enpproperty|content_\d+\.s?html).*"
    r"|.*(?:设为首页|网站地图).*"
)
_OWNS_SITE = re.compile("主办(?:单位)?[:：]")
_SAYS = re.compile(r"[。；]”?$|.{30}[！？]”?$|。.|(?=.{40})[^，,]+[，,]")


def frame_of(lines: Sequence[str]) -> Frame:
    """Return what stands around a text of these lines, none of which is blank.

    >>> frame = frame_of(["首页 > 政务公开", "名 称：洛江区实事清单 发布机构：洛江区政府办", "洛江区实事清单", "今年修路。"])
    >>> frame.title, frame.publisher, sorted(frame.dropped)
    ('洛江区实事清单', '洛江区政府办 政务公开', [0, 1])
    """
    foot = {i: lines[i] for i in _foot(lines)}
    days_below = [line for line in foot.values() if _tells_only_day(line)]
    head = [*_head(lines)]
    told = _told(head, several_letters=sum(map(_is_letters_title, lines)) > 1)
    paths = [*_paths(head, lines[len(head) : len(head) + 1])]
    kinds = {kind for labels in told for kind in labels}
    if not (kinds & _STRONG or any(paths)):
        at_top = [i for i, line in enumerate(head[:_FIRST_LINES]) if _are_buttons(line, sure=True)]
        at_top += [i + 1 for i in at_top if i + 1 < len(head) and _are_buttons(head[i + 1])]
        day = next(filter(None, map(date_in, days_below)), None)
        return Frame(date=day, dropped=frozenset([*foot, *at_top]))
    buttons = [_are_buttons(line) for line in head]
    today = [_is_todays(line) for line in head]
    known = [bool(p or t) for p, t in zip(paths, told, strict=True)]
    for i in range(len(head)):  # what is less sure counts beside what is sure, or at the top
        near = i < _FIRST_LINES or any(known[max(0, i - 1) : i + 2])
        known[i] = known[i] or ((buttons[i] or today[i]) and near)
    own = [i for i in range(len(head)) if not known[i]]
    labelled = _first(told, "title") if kinds & _NAMES_DOCUMENTS else None
    title, printed = _title(lines, own, labelled)
    more = [i for i in own if labelled and i < printed.start and _SOME_LABEL.fullmatch(head[i])]
    names = [*_names_above(head, own, paths, known, titled=bool(title))]
    again = [i for i in own if i < printed.start and _squeezed(head[i]) == _squeezed(title or "")]
    days = [labels[kind] for kind in ("written", "day") for labels in told if labels.get(kind)]
    days += [
        line
        for line, labels in zip(head, told, strict=True)
        if labels and "letter" not in labels and _A_DAY.search(line)
    ]
    days += [line for line, is_today in zip(head, today, strict=True) if is_today]
    days = [_SHORT_YEAR.sub(r"20\1", day) for day in days]
    crumbs = [line for line, path in zip(head, paths, strict=True) if path and _PATH.match(line)]
    publisher = _publishers(_first(told, "publisher"), _first(told, "source"), crumbs)
    return Frame(
        title=title,
        printed=printed,
        publisher=" ".join([*publisher, *(head[i] for i in names if _OFFICE.search(head[i]))])
        or None,
        date=next(filter(None, map(date_in, [*days, *days_below])), None),
        dropped=frozenset(
            [*foot, *names, *again, *more, *(i for i in range(len(head)) if known[i])]
        ),
    )


def _head(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines above the first that says something."""
    for line in lines[:_LINES_OF_HEAD]:
        framed = len(line) <= _LONGEST_LABELS and (
            _labels(line)
            or _PATH.match(line)
            or _are_buttons(line)
            or _is_bar(line)
            or _is_todays(line)
        )
        if not framed and (
            len(line) > _LONGEST_LINE
            or NUMBERED.match(line)
            or _SAYS.search(line)
            or line.count("|") > 1
        ):
            return
        yield line


# --- navigation ------------------------------------------------------------------------------------


def _paths(head: Sequence[str], rest: Sequence[str]) -> Iterator[bool]:
    """Yield for each line whether it tells where in the site a page stands, or links to other places in it.

    Names in a bar above a table's row (the first of the `rest`) are its header.
    """
    is_path = False
    for line, below in zip(head, [*head[1:], *(rest or [""])][: len(head)], strict=True):
        goes_on = is_path and _BELOW_PATH.fullmatch(line)
        repeats = line[0] in ">＞»" and line.lstrip(_BEFORE) in head
        bar = _is_bar(line) and (_is_long_bar(line) or not re.search("[|｜]", below))
        is_path = bool(_PATH.match(line) or goes_on or repeats or bar)
        yield is_path


def _cells(line: str) -> list[str]:
    return [cell for part in re.split("[|｜]", line) if (cell := part.strip())]


def _is_bar(line: str) -> bool:
    """Tell whether a line is a bar of links: 「登录 | 订阅服务 | 电子报」, 「首页 新闻 洛江 县市 图片」."""
    words = line.split()
    if words and words[0] == "首页" and len(words) > _FEWEST_LINKS:
        return all(len(word) <= _LONGEST_LINK for word in words)
    cells = _cells(line)
    if len(cells) < _FEWEST_LINKS or any(re.search(r"[\d。，]", cell) for cell in cells):
        return False
    sites = _SITES_LINKS.search(line) and all(len(cell) <= 2 * _LONGEST_LINK for cell in cells)
    return bool(sites) or _is_long_bar(line)


def _is_long_bar(line: str) -> bool:
    cells = _cells(line)
    return len(cells) > _MOST_COLUMNS and all(len(cell) <= _LONGEST_LINK for cell in cells)


_FEWEST_LINKS, _LONGEST_LINK, _MOST_COLUMNS = 3, 8, 12


def _are_buttons(line: str, sure: bool = False) -> bool:
    """Tell whether a line is what a page has to click on; if `sure`, not one word that may be a heading."""
    words = re.split(r"[\s|｜]+", line.strip(_BEFORE + "】])）"))
    words = [word for word in words if not word.isdigit()]
    if sure and len(words) == 1 and _MAY_BE_BUTTON.fullmatch(words[0]):
        return False
    kinds = (_BUTTON, _MAY_BE_BUTTON)
    return bool(words) and all(any(kind.fullmatch(word) for kind in kinds) for word in words)


def _is_todays(line: str) -> bool:
    """Tell whether a line is a day, with its weekday or time or a file's size, and nothing else."""
    patterns = (_DAY_AND_WEEKDAY.match, _DAY_AND_CLOCK.fullmatch, _DAY_AND_SIZE.fullmatch)
    return any(match(line) for match in patterns)


def _names_above(
    head: Sequence[str],
    own: Sequence[int],
    paths: Sequence[bool],
    known: Sequence[bool],
    titled: bool,
) -> Iterator[int]:
    """Yield the lines above the title that name the site or one of its columns."""
    crumb = next((i for i, path in enumerate(paths) if path), 0)
    last = max((i for i in range(len(head)) if known[i]), default=0)
    for i in own:
        column = i < last and _COLUMNS_NAME.fullmatch(head[i])
        site = i < crumb and _SITES_NAME.fullmatch(head[i])
        if (column or site) and (titled or i != own[-1]):  # something is left for a title
            yield i


def _publishers(issuer: str | None, source: str | None, crumbs: Sequence[str]) -> Iterator[str]:
    """Yield who has issued a page, from which office it comes, the names in its first breadcrumb."""
    if issuer:
        yield issuer
    if source and _OFFICE.search(source):
        yield source
    for name in re.split(r"[:：>＞»/\s-]+", crumbs[0]) if crumbs else ():
        if name and not _NO_NAME.search(name):
            yield name.replace("新闻网", "网")


# --- labels ----------------------------------------------------------------------------------------


def _is_letters_title(line: str) -> bool:
    return _LETTERS_TITLE.match(line) is not None


def _told(head: Sequence[str], several_letters: bool) -> list[dict[str, str]]:
    """Return what the labels of each line say; several letters on a page have labels of their own.

    A name or a title that is labelled is a page's only beside its index, and a line of a single label that a text
    may have too (「类别：B」) only right beside others.
    """
    told = [_labels(line) for line in head]
    clicks = [_are_buttons(line) or _PATH.match(line) is not None for line in head]
    indexed = any(labels.keys() & _NAMES_DOCUMENTS for labels in told)
    times = sum(_TO_THE_SECOND.fullmatch(line) is not None for line in head)
    kept: list[dict[str, str]] = []
    for i, (line, labels) in enumerate(zip(head, told, strict=True)):
        beside = any(told[j] or clicks[j] for j in (i - 1, i + 1) if 0 <= j < len(head))
        meets = i + 1 < len(head) and head[i + 1].startswith(("地点", "会议"))
        if labels and _POSTED.fullmatch(line.strip(_BEFORE)) and not meets:
            labels = {**labels, "day": line}
        elif len(labels) == 1 and labels.keys() <= _LESS_SURE and not beside:
            labels = {}
        of_letter = several_letters and _LETTERS_LABEL.match(line)
        timetable = times > 1 and _TO_THE_SECOND.fullmatch(line)
        unnamed = labels.keys() <= {"title"} and not indexed
        kept.append({} if of_letter or timetable or unnamed else labels)
    return kept


def _labels(line: str) -> dict[str, str]:
    """Return what a line of labels says, by their kinds; nothing for other lines.

    >>> _labels("索 引 号：A1 发布日期：2025-01-14"), _labels("来源：财政资金2亿元"), _labels("时间：2025-01-14")
    ({'index': 'A1', 'day': '2025-01-14'}, {}, {'beside': '2025-01-14'})
    """
    line = line.strip(_BEFORE)
    kinds: dict[str, str] = {}
    if _TO_THE_SECOND.fullmatch(line):
        return {"day": line}
    if time := _BEGINS_WITH_TIME.match(line):
        line = line[time.end() :]
        if time["clock"] and _PRESS.fullmatch(line):
            return {"day": time[0]}
    found = [*_LABEL.finditer(line)]
    if not found or found[0].start() > 0:
        return {}
    ends = [*(label.start() for label in found[1:]), len(line)]
    values: list[str] = []
    for label, end in zip(found, ends, strict=True):
        kind = next(kind for kind in _KINDS if label[kind])
        value = line[label.end() : end].lstrip(f"{_BEFORE}：:").rstrip("|｜】] \u3000.…")
        if len(value) > _LONGEST_VALUE or re.search("。|，.*，", value):
            return {}
        kinds.setdefault(kind, value)
        values.append(value)
    if time:
        kinds.setdefault("day", time["day"])
    if len(found) == 1 and not values[0] and not found[0]["sign"]:  # 「附件」
        use = found[0]["use"] is not None  # 「字号」
        return {"use" if use else "cut": ""}
    if not any(label["sign"] for label in found) and not _is_index(found, values):
        return {}
    if len(kinds) == len(found) == 1 and not _stands_alone(line, kinds):
        return {}
    if "day" in kinds and not (_A_DAY.search(kinds["day"]) or len(kinds) > 1 or not kinds["day"]):
        return {}
    if "source" in kinds and (day := _A_DAY.search(line)):
        kinds.setdefault("day", day[0])
    return kinds


def _is_index(found: Sequence[re.Match[str]], values: Sequence[str]) -> bool:
    """Tell whether labels without colons are an index's, and no table's header: 「索引号 A1 发布机构 区政府」."""
    first = next(kind for kind in _KINDS if found[0][kind])
    told = sum(map(bool, values))
    long = len(_squeezed(found[0][0])) > 2 or len(found) > 1
    return first in _OF_INDEX and told > 0 and long and len(found) <= 2 * told


def _stands_alone(line: str, kinds: dict[str, str]) -> bool:
    """Tell whether a line of a single label may be a page's."""
    ((kind, value),) = kinds.items()
    if kind in ("source", "beside", "cut"):
        return not value or bool(_CREDIT.fullmatch(line) or _DAY_AND_CLOCK.fullmatch(value))
    return True


def _first(told: Sequence[dict[str, str]], kind: str) -> str | None:
    return next((labels[kind] for labels in told if labels.get(kind)), None)


def _title(
    lines: Sequence[str], own: Sequence[int], labelled: str | None
) -> tuple[str | None, range]:
    """Return a text's title and the last lines in which it stands: as a label says it, or as it stands twice."""
    runs = [range(i, i + n) for i in own for n in range(1, _LINES_OF_TITLE + 1)]
    said = {
        run: _squeezed(_ENDS_IN_TIME.sub("", "".join(lines[run.start : run.stop])))
        for run in runs
        if run[-1] in own
    }
    for title in [labelled] if labelled else [lines[i] for i in own[:_FIRST_LINES]]:
        title = _ENDS_IN_TIME.sub("", title)
        found = [run for run, text in said.items() if text == _squeezed(title)]
        if labelled:
            return title, found[-1] if found else range(0)
        between = [i for i in own if found[0].stop <= i < found[-1].start] if found else []
        long = len(_squeezed(title)) >= _SHORTEST_TITLE and not re.search(
            "[：:]$|^.{2,6}[：:]", title
        )
        if long and len(found) > 1 and len(between) <= _MOST_BETWEEN:
            return title, found[-1]
    return None, range(0)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_]", "", text)


# --- below -----------------------------------------------------------------------------------------


def _foot(lines: Sequence[str]) -> Iterator[int]:
    """Yield those of the last lines, behind what says something, that only a page has below its text."""
    says = (i for i in range(len(lines) - 1, -1, -1) if _says(lines[i]))
    last = next(says, len(lines))
    is_foot = False
    for i in range(last + 1, len(lines)):
        line = lines[i].strip(_BEFORE)
        if _OTHERS.match(line) and len(lines) - i <= _MOST_BELOW:
            yield from range(i, len(lines))
            return
        site = is_foot and _OWNS_SITE.match(line)
        is_foot = bool(_FOOT.fullmatch(line) or _are_buttons(lines[i]) or site)
        if is_foot:
            yield i


def _says(line: str) -> bool:
    """Tell whether a line isn't one of a page's links and names."""
    if len(line) > _LONGEST_LINE:
        return "enpproperty" not in line[:_LONGEST_LABELS]
    return _SAYS.search(line) is not None and not _FOOT.fullmatch(line.strip(_BEFORE))


def _tells_only_day(line: str) -> bool:
    """Tell whether a line of the foot names a day beside its buttons, and no other page's."""
    rest = re.sub(rf"{_TIME}|星期[一二三四五六日天]|[上下]一[篇条]|[\s|｜:：]", "", line)
    return _A_DAY.search(line) is not None and (not rest or "enpproperty" in line)
