"""What a web page puts around a text that was saved from it: navigation, labels, links to other pages.

Only a text's first and last lines are looked at; what is furniture wherever it stands is told in `repair`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.blocks import NUMBERED
from index.dates import date_in
from index.rows import is_row

_LINES_OF_HEAD = 40
_LONGEST_LINE, _LONGEST_LABELS = 80, 400
_LINES_OF_TITLE = 4
_SHORTEST_TITLE = 6
_LONG_LABEL, _MOST_COLUMNS = 3, 12
_LONGEST_NAME, _LONGEST_OF_SITE = 14, 8
_PLACE = re.compile("[\u4e00-\u9fff]{1,7}[区县市旗州镇乡]")
_MAY_BE_TITLE = re.compile(".{5,}[^：:，,、]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page's labels tell of its text, and which of its lines (by index) aren't the text's.

    Attributes:
        title: Its title, where a label says it or it stands there twice.
        printed: The lines in which the title stands above the text; none if it doesn't.
        publisher: Who has issued it, else where in which site it stands: 「洛江新闻网 要闻」.
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
    "title": _spaced("信息名称 文件名称 名称 标题 原标题 来信主题 来信标题 信件标题 留言标题")
    + "|(?<=^)[称题]",
    "publisher": _spaced(
        "发布机构 发文机构 发布单位 发文单位 制发机关 发文机关 发布机关 公开责任部门"
    ),
    "written": _spaced("公文生成日期 生成日期 成文日期 发文日期 印发日期"),
    "day": _spaced(
        "发布日期 公开日期 发布时间 公开时间 发表时间 更新时间 更新日期 发稿时间 刊发日期 出版日期"
    ),
    "source": _spaced("来源 信息来源 稿源"),
    # What no text has for its own matters.
    "plain": _spaced(
        "信息索引号 索引号 备注/文号 发文字号 文号 主题分类 组配分类 信息分类 公文目录 公开目录 公开方式 公开时限"
        " 公开范围 公开形式 公开属性 公开程序 有效性 时效性 主题词 体裁分类 内容分类 内容概述 生效时间 生效日期 实施日期"
        " 废止时间 废止日期 失效时间 文件编号 文件状态 效力状态 统一编号 浏览次数 浏览量 阅读量 阅读次数 语音阅读 文字大小 背景色"
        " 点击率 点击数 点击量 点击 人气 字体 字号 本文字数 选择区域 版次 签发人"
        " 收文单位 来信类型 信件类型 信件类别 信件编号 办理状态 处理状态 是否公开 访谈主题 访谈时间 访谈嘉宾 访谈主持"
        " 分享到 分享 热搜词 热门搜索 搜索热词"
        " 政策解读链接 政策解读"
    ),
    # What counts beside others: 「时间：2024-01-19　来源：洛江发布」.
    # A newspaper's page has them too.
    "editors": _spaced("初审编辑 责任编辑 责编"),
    "letter": _spaced("来信时间 留言时间 提问时间 来信人 写信人 留言人"),
    "common": _spaced("时间 日期 作者 编辑 类别 栏目 附件 关键词 概述"),
    "cut": "(?<=^)号",
}
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:{'|'.join(f'(?P<{kind}>{names})' for kind, names in _KINDS.items())})"
    r"[ \u3000]*(?:[：:|｜\t]|(?=[ \u3000]|$))"
)
_SIGNS = "：:|｜\t"
_BEFORE = "•·-*|｜【[（(> \t\u3000"
_BREADCRUMB = re.compile(
    r"(?:您|你)?(?:现在|当前)?的?(?:所在)?位置\s*[:：]|当前位置|(?:网站)?首页\s*(?:[>＞»/]|->)"
    r"|中国政府网\s*[|｜ ].*|[^。，\s]{2,10}\s*>>\s*[^。，\s]{2,10}$|.{0,8}总第\d+期.*[>＞»]|首页(?:\s+[\u4e00-\u9fff]{2,5}){3,}$"
    r"|(?=.*(?:登录|首页|注册|客户端|电子报|数字报|繁体|新闻网|网站))[^。，|｜]{2,12}(?:\s*[|｜]\s*[^。，|｜\d]{2,16}){2,}[\s|｜]*$"
    r"|(?:[^。，]{2,12}\s*(?:[>＞»]|->)\s*){2,}.{0,12}|.{0,16}[上下]一版\s*[>＞»].*"
)
_ANYWHERE = re.compile("位置|首页|正文|列表|版")
_OFFICE = re.compile("(?:政府|[局委办]|办公室|街道|[镇乡])$")
# 「洛江 | 丰泽 | 鲤城 | 泉港 | 晋江」
_NAMES_IN_A_BAR = re.compile(r"[^。，|｜\d]{2,6}(?:\s*[|｜]\s*[^。，|｜\d]{2,6}){4,}[\s|｜]*")
_BELOW_BREADCRUMB = re.compile(r"[>＞»][^。]*")
_BUTTON = re.compile(
    r"(?:[加增]大|缩小|减小|放大|默认)+(?:字体)?(?:全文复制)?|返回目录|(?:取消)?收藏|打印(?:本页)?|关闭(?:窗口)?|分享"
    r"|[大中小]字号|网站支持IPv6|今天是(?:20\d\d年.{0,20})?|同意公开|立即下载|(?:用户)?登录|×|\+1|分享让更多人看到|无标题文档|返回顶部"
    r"|无障碍(?:浏览|阅读|模式)?|长[者辈](?:版|模式)|适老(?:版|化)|关怀版|English|PDF|A[+-]|[上下]一[篇版][>＞»]*"
    r"|欢迎(?:访问|光临).{2,20}[！!]?|登录个人中心|(?:设为首页|收藏本站|加入收藏)+|下载客户端|(?:查看|阅读)原文|其他|文库首页|登录后.{2,12}|(?:政府)?信息公开|政务公开|即时新闻|详细内容|城市站点|正文|(?:VIP)?专免|侵权投诉"
)
_FOOT = re.compile(
    r"(?:相关|推荐|最新|热门|热点|精选|互动)[\u4e00-\u9fff]{0,6}(?:新闻|稿件|阅读|链接|推荐|文章|精选|文档)(?=$|[:：\s更])"
    r"|[上下]一[篇条]|打印(?:本页)?(?=$|[\s】])|关闭(?:窗口)?(?=$|[\s】])|责任编辑|责编|扫一扫|微信扫|分享到?(?=$|[:：])"
    r"|版权(?:所有|声明)|收藏本站|更多(?:[>＞»]|$|资讯|新闻|问政)|发表评论|文档格式|展开全文|信件回复|回复内容评价"
    r"|政府网站标识码|.*(?:enpproperty|content_\d+\.s?html)"
)
_LETTERS_TITLE = re.compile("(?:来信|信件|留言)(?:标题|主题)")
_LETTERS_LABEL = re.compile("(?:来信|信件|留言|写信)")
_MOST_BELOW = 20
_CREDIT = re.compile(r"(?:来源|作者|编辑)[ \u3000]*[:：][^\d。]{2,20}")
_TIME = r"20\d\d[-年./] ?\d{1,2}[-月./] ?\d{1,2}日?"
_CLOCK = r"\s*\d{1,2}:\d\d(?::\d\d)?"
_A_DAY = re.compile(_TIME)
_A_DAY_AND_WEEKDAY = re.compile(rf"(?:今天是)?{_TIME}\s*星期[一二三四五六日天]")
_TIME_ALONE = re.compile(rf"{_TIME}(?:{_CLOCK})?")
_ENDS_IN_TIME = re.compile(rf"[ \u3000]+{_TIME}(?:{_CLOCK})?$")
_BEGINS_WITH_TIME = re.compile(rf"{_TIME}(?:{_CLOCK})?[ \u3000]+")
_SAYS = re.compile(r"[。；]”?$|.{30}[！？]”?$|。.|(?=.{40})[^，,]+[，,]")
_OF_PAGE = re.compile("enpproperty|版权|网站地图|联系我们|关于我们|律师声明|设为首页")


def frame_of(lines: Sequence[str]) -> Frame:
    """Return what stands around a text of these lines, none of which is blank.

    >>> frame = frame_of(["首页 > 政务公开", "名 称：洛江区实事清单 发布机构：洛江区政府办", "洛江区实事清单", "今年修路。"])
    >>> frame.title, frame.publisher, sorted(frame.dropped)
    ('洛江区实事清单', '洛江区政府办 政务公开', [0, 1])
    """
    below = [*_foot(lines)]
    foot = frozenset(below)
    days_below = [lines[i] for i in below if _FOOT.match(lines[i]) and _A_DAY.search(lines[i])]
    head = [*_head(lines)]
    told = [_labels(line) for line in head]
    titles = [line for line in lines if _LETTERS_TITLE.match(line)]
    if len(titles) > 1:  # several letters on a page have labels of their own
        told = [
            {} if _LETTERS_LABEL.match(line) else labels
            for line, labels in zip(head, told, strict=True)
        ]
    paths = [*_paths(head, lines[len(head) : len(head) + 1])]
    kinds = {kind for own in told for kind in own} | {"plain" for path in paths if path}
    if not kinds & {"plain", "publisher", "written", "day"}:
        return Frame(date=next(filter(None, map(date_in, days_below)), None), dropped=foot)
    today = [_A_DAY_AND_WEEKDAY.match(line) is not None for line in head]
    own = [i for i in range(len(head)) if not (paths[i] or told[i] or today[i])]

    def first(kind: str) -> str | None:
        return next((labels[kind] for labels in told if labels.get(kind)), None)

    title, printed = _title(lines, own, first("title"))
    crumbs = [i for i in range(len(head)) if _BREADCRUMB.match(head[i])]
    above = {i for i in own if i < printed.start}
    crumb = next(iter(crumbs), 0)
    titled = any(i > crumb and _MAY_BE_TITLE.fullmatch(head[i]) for i in own)
    if titled and not printed:  # the site's name stands above its breadcrumb
        above = {i for i in own if i < crumb and len(head[i]) <= _LONGEST_NAME}
    labelled = next((i for i, labels in enumerate(told) if labels), 0)
    title_at = max((i for i in own if i < labelled and len(head[i]) > _LONGEST_OF_SITE), default=0)
    if title and not printed:  # only a label says it
        last = max(i for i, labels in enumerate(told) if labels)
        above |= {i for i in own if i < last and len(head[i]) <= _LONGEST_NAME}
    if not printed:  # what the site calls itself, and the page's column, above the title
        names = (i for i in own if i < title_at and len(head[i]) <= _LONGEST_OF_SITE)
        above |= {i for i in names if not _PLACE.fullmatch(head[i])}
    days = [labels[kind] for kind in ("written", "day") for labels in told if labels.get(kind)]
    days += [
        line
        for line, labels in zip(head, told, strict=True)
        if labels and "letter" not in labels and _A_DAY.search(line)
    ]
    days += [line for line, is_day in zip(head, today, strict=True) if is_day]
    return Frame(
        title=title,
        printed=printed,
        publisher=" ".join(
            _publishers(first("publisher"), first("source"), [head[i] for i in crumbs])
        )
        or None,
        date=next(filter(None, map(date_in, [*days, *days_below])), None),
        dropped=foot | above | {i for i in range(len(head)) if i not in own},
    )


def _head(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines above the first that says something."""
    for line in lines[:_LINES_OF_HEAD]:
        framed = len(line) <= _LONGEST_LABELS and (
            _labels(line)
            or _BREADCRUMB.match(line)
            or _are_buttons(line)
            or _NAMES_IN_A_BAR.fullmatch(line)
            or _A_DAY_AND_WEEKDAY.match(line)
        )
        if not framed and (
            len(line) > _LONGEST_LINE or NUMBERED.match(line) or _SAYS.search(line) or "|" in line
        ):
            return
        yield line


def _paths(head: Sequence[str], rest: Sequence[str]) -> Iterator[bool]:
    """Yield for each line whether it tells where in the site a page stands, or what can be done with it.

    What looks so above a table's row (the first of the `rest`) is its header.
    """
    is_path = False
    for line, below in zip(head, [*head[1:], *(rest or [""])][: len(head)], strict=True):
        goes_on = (is_path or _are_buttons(line)) and _BELOW_BREADCRUMB.fullmatch(line)
        many = len(re.findall("[|｜]", line)) >= _MOST_COLUMNS
        bar = _NAMES_IN_A_BAR.fullmatch(line) and (many or not re.search("[|｜]", below))
        repeats = line[0] in ">＞»" and line.lstrip(_BEFORE) in head
        is_path = bool(_BREADCRUMB.match(line) or goes_on or repeats or bar)
        yield is_path or _are_buttons(line)


def _are_buttons(line: str) -> bool:
    words = [
        word for word in re.split(r"[\s|｜]+", line.strip(_BEFORE + "】])）")) if not word.isdigit()
    ]
    return bool(words) and all(map(_BUTTON.fullmatch, words))


def _labels(line: str) -> dict[str, str]:
    """Return what a line of labels says, by their kinds; nothing for other lines.

    >>> _labels("索 引 号：A1 发布日期：2025-01-14"), _labels("来源：财政资金2亿元"), _labels("时间：2025-01-14")
    ({'plain': 'A1', 'day': '2025-01-14'}, {}, {'common': '2025-01-14'})
    """
    line = line.strip(_BEFORE)
    kinds: dict[str, str] = {}
    if re.fullmatch(_TIME + _CLOCK, line):
        return {"day": line}
    if time := _BEGINS_WITH_TIME.match(line):
        kinds["day"] = time[0]
        line = line[time.end() :].lstrip("|｜ \u3000")
        if re.fullmatch("[\u4e00-\u9fff]{2,8}[报网社台刊]", line):
            return kinds
    found = [*_LABEL.finditer(line)]
    if not found or found[0].start() > 0:
        return {}
    ends = [*(label.start() for label in found[1:]), len(line)]
    signed = any(label[0].endswith((*_SIGNS,)) for label in found)
    for label, end in zip(found, ends, strict=True):
        kind = next(kind for kind in _KINDS if label[kind])
        kinds.setdefault(
            kind, line[label.end() : end].lstrip(f"{_BEFORE}：:").rstrip("|｜】] \u3000.…")
        )
    if len(kinds) == len(found) == 1:
        ((kind, value),) = kinds.items()
        credits = kind in ("common", "source") and signed and _CREDIT.fullmatch(line)
        own = signed or len(_squeezed(found[0][0])) >= _LONG_LABEL  # 「发布机构 区政府」
        is_label = own and kind not in ("common", "source", "title")
        if value and not (
            is_label or (signed and kind == "title") or credits or _TIME_ALONE.fullmatch(value)
        ):
            return {}
    if "source" in kinds and _TIME_ALONE.match(kinds.get("common", "")):
        kinds.setdefault("day", kinds["common"])
    return kinds


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
    for title in [labelled] if labelled else [_ENDS_IN_TIME.sub("", lines[i]) for i in own]:
        found = [run for run, text in said.items() if text == _squeezed(title)]
        if len(_squeezed(title)) >= _SHORTEST_TITLE and (labelled or len(found) > 1):
            return title, found[-1] if found else range(0)
    return None, range(0)


def _publishers(issuer: str | None, source: str | None, crumbs: Sequence[str]) -> Iterator[str]:
    """Yield who has issued a page, from which office it comes, the names in its first breadcrumb."""
    if issuer:
        yield issuer
    if source and _OFFICE.search(source):
        yield source
    for name in re.split(r"[:：>＞»/\s-]+", crumbs[0]) if crumbs else ():
        if name and not _ANYWHERE.search(name):
            yield name.replace("新闻网", "网")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_]", "", text)


def _foot(lines: Sequence[str]) -> Iterator[int]:
    """Yield the last lines, from the first that only a page has below its text, if none after it says something."""
    says = (i for i in range(len(lines) - 1, -1, -1) if _says(lines[i]))
    last = next(says, len(lines))
    below = range(last + 1, len(lines))
    marks = (i for i in below if _FOOT.match(lines[i].strip(_BEFORE)))
    first = next(marks, len(lines))
    if len(lines) - first <= _MOST_BELOW:
        yield from range(first, len(lines))


def _says(line: str) -> bool:
    """Tell whether a line isn't one of a page's links and names."""
    if len(line) > _LONGEST_LINE:
        return not _OF_PAGE.search(line, 0, _LONGEST_LABELS)
    return _SAYS.search(line) is not None or (is_row(line) and not _OF_PAGE.search(line))
