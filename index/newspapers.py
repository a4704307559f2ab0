"""A city's newspaper: which it is, and which of its articles tell of the city itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from index.counties import is_county, with_counties
from index.gazetteer import Gazetteer
from index.text import fold
from index.types import Article

# What the paper itself says after the articles.
EDITORS = re.compile(
    r"【(?:编者按语?|编者的话|编后语?|编辑手记)】|(?:编者按语?|编者的话|编后语?)\s*[:：]"
)
# 「中共泉州市委机关报」, 「泉州晚报」
_PAPER_OF = re.compile(
    r"中共([\u4e00-\u9fff]{2,10}[市州盟])委(?:机关报|\s*(?:主办|主管))|([\u4e00-\u9fff]{2,4})(?:日报|晚报|早报|商报|时报)"
)
_OF_THE_CITY = re.compile(
    r"(?<![安保健完齐])全[市州盟](?!场|域)|我[市州盟](?!场)|[市州盟](?:委(?:书记|常委)?|政府|[市州盟]长|人大|政协|(?<![县设]市)区(?!域|委|长|政)|城区)(?=[\u4e00-\u9fff、，。])|中心城区"
    r"|(?<![\u4e00-\u9fff])市(?!场)[\u4e00-\u9fff]{1,10}?(?:局|委|办|中心|集团|医院)(?=[\u4e00-\u9fff：:，。])|市[\u4e00-\u9fff]{0,4}届人[民大]"
)
_FROM_ELSEWHERE = re.compile("新华社|中新社|中新网|人民日报")
_OPENING = 150
# 「闽东日报」, 「陇东报　2026年1月30日　星期五」; not 「工作简报」.
_PAPER = re.compile(
    r"(?:^|\s)[\u4e00-\u9fff]{2,4}(?:(?:[日晚早晨商时周]报|晨刊|都市报)|(?<![简公汇通快预战情喜捷呈申年月季])报)(?=$|[\s·\d_-])",
    re.MULTILINE,
)
# 「泉 州 晚 报」
_SPACED = re.compile(r"^[\u4e00-\u9fff](?:[ \u3000]{1,2}[\u4e00-\u9fff]){2,7}$", re.MULTILINE)
_ITS_PAGE = re.compile(r"星期[一二三四五六日]|第?(?:\d{1,2}|[一二三四五六七八九十]{1,2})版")
# A page without the paper's name: 「2026年4月10日　星期五　　对话　　06」
_DATED = re.compile(r"20\d\d[年.]\d{1,2}[月.]\d{1,2}日?[ \u3000]*星期[一二三四五六日]")
_FIRST = 160
_FEWEST, _MOSTLY = 3, 0.75


def city_of_paper(
    head: str, gazetteer: Gazetteer, named: Callable[[], Collection[str]] = tuple
) -> str | None:
    """Return the city whose newspaper a document is by its head, or in which most counties lie that it has `named`.

    A county's or province's newspaper is no city's.

    >>> from index.gazetteer import bundled_gazetteer
    >>> city_of_paper("泉州晚报　第3版", bundled_gazetteer()), city_of_paper("福建日报", bundled_gazetteer())
    ('泉州市', None)
    >>> told = ["兴国县", "南康区", "信丰县"]
    >>> city_of_paper("赣南日报　第3版", bundled_gazetteer(), lambda: told)
    '赣州市'
    >>> city_of_paper("义乌商报　第3版", bundled_gazetteer(), lambda: told) is None
    True
    """
    head = _SPACED.sub(lambda line: re.sub(r"\s", "", line[0]), head)
    for by, paper in _PAPER_OF.findall(fold(head)):
        city = gazetteer.full_name(by or f"{paper}市")
        if city and gazetteer.is_city(city):
            return city
    papers = [fold(match[0]).strip() for match in _PAPER.finditer(head)]
    for name in (paper[:length] for paper in papers for length in (2, 3)):
        full = gazetteer.full_name(name)
        if is_county(name) or (full and not gazetteer.is_city(full)):
            return None
    dated = _DATED.search(head[:_FIRST])
    if not ((papers or dated) and _ITS_PAGE.search(head)):
        return None
    counties = named()
    known = with_counties(gazetteer, counties)
    above = Counter(known.ancestors(name)[0] for name in counties if known.lies_in_city(name))
    city, times = next(iter(above.most_common(1)), (None, 0))
    return city if times >= max(_FEWEST, _MOSTLY * above.total()) else None


def with_city(
    articles: Sequence[Article], paper: str | None, gazetteer: Gazetteer
) -> list[Article]:
    """Return articles, those that are no district's and tell of the city as the city's.

    That is the `paper`'s city or, unless that is known, the one in which several of the others' counties lie:
    「全市今年修路」 beside 「洛江区今年修路」 and 「丰泽区今年办学」.
    """
    counties = {article.district for article in articles if article.district}
    known = with_counties(gazetteer, counties)
    above = Counter(known.ancestors(name)[0] for name in counties if known.lies_in_city(name))
    city = paper or next((name for name, times in above.most_common(1) if times > 1), None)
    if city is None:
        return [*articles]
    return [
        replace(article, district=city)
        if article.district is None and _tells_of(city, article, gazetteer)
        else article
        for article in articles
    ]


def _tells_of(city: str, article: Article, gazetteer: Gazetteer) -> bool:
    """Tell whether an article tells of a city in its headline or first words.

    What names another city or comes from elsewhere doesn't: 「新华社北京1月6日电」.
    """
    told = f"{article.headline or ''}\n{article.byline or ''}\n{article.text[:_OPENING]}"
    if EDITORS.search(told) or _FROM_ELSEWHERE.search(told) or not _OF_THE_CITY.search(told):
        return False
    others = (
        name[:-1]
        for name in gazetteer.districts
        if name.endswith("市") and len(name) > 2 and city not in (name, *gazetteer.ancestors(name))
    )
    return not any(name in told for name in others)
