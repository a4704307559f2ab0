"""The gazetteer: districts, their full and short names, and where a text names them.

Traditional forms need no entry of their own: names are compared folded.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from index.errors import GazetteerError
from index.text import fold
from index.types import Span

# What makes a district's name that of a newspaper or broadcaster: 「来源：晋江经济报」.
_PRESS = re.compile(
    "(?:经济|广播)?(?:日报|晚报|早报|商报|时报|都市报|报社?(?!告)|电视台|新闻网|分社)"
)
# Cuts folded text into words, as the segmenter of an index does.
Cut = Callable[[str], Sequence[str]]
_IN_TOWN = re.compile(r"(\w{2,8})市(\w{2,8}[区县市])")


# How often a word stands in jieba's corpus that isn't taken for a town.
_COMMON = 200
_BELOW_COUNTY = re.compile("(?<=..)(?:街道|镇|乡|苏木)$")
OF_A_PEOPLE = re.compile(
    "(?<=..)(?:(?:[回壮苗侗瑶彝藏畲满白黎水羌佤怒京傣土]|土家|布依|蒙古|哈尼|仡佬|朝鲜|哈萨克|傈僳|拉祜|纳西|达斡尔|鄂温克|鄂伦春|锡伯"
    "|景颇|布朗|撒拉|毛南|阿昌|普米|塔吉克|乌孜别克|俄罗斯|保安|德昂|裕固|门巴|珞巴|基诺|维吾尔|柯尔克孜|东乡|仫佬|独龙|赫哲)族)+(?=(?:[乡镇]|自治[县旗])$)"
)
_ZONES = (
    ("经济技术开发区", "经开区"),
    ("经开区", "经济技术开发区"),
    ("高新技术产业开发区", "高新区"),
    ("高新区", "高新技术产业开发区"),
)


def _short_names(name: str) -> Iterator[str]:
    """Yield what a town or zone is called besides: 「石碁」, 「云梯乡」, 「望城经济技术开发区」."""
    if (shorter := OF_A_PEOPLE.sub("", name)) != name:
        yield from (shorter, *_short_names(shorter))
    if _BELOW_COUNTY.search(name):
        yield _BELOW_COUNTY.sub("", name)
    yield from (name.removesuffix(own) + other for own, other in _ZONES if name.endswith(own))


class Mention(NamedTuple):
    """A district named in a text, by its full name, and where."""

    district: str
    span: Span


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every district known, by each of its names (folded), and the parent of each district."""

    full_names: Mapping[str, str]
    parents: Mapping[str, str]

    def __hash__(self) -> int:
        """Hash the names, so that a gazetteer loaded again counts as the same."""
        return hash((*self.full_names.items(), *self.parents.items()))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, full and short."""
        return tuple(self.full_names)

    @property
    def districts(self) -> tuple[str, ...]:
        """Every full name, in the file's order."""
        return tuple(dict.fromkeys(self.full_names.values()))

    def with_districts(
        self, names: Iterable[str], counts: Mapping[str, int] | None = None
    ) -> Gazetteer:
        """Return the gazetteer with the districts that documents name themselves.

        A town's short name that is a common word besides, by its `counts`, isn't looked for.

        >>> known = bundled_gazetteer().with_districts(["福州市鼓楼区", "石碁镇", "解放街道"], {"解放": 999})
        >>> known.full_name("福州鼓楼区"), known.full_name("石碁"), known.full_name("解放")
        ('福州市鼓楼区', '石碁镇', None)
        """
        own = {fold(name): name for name in names if fold(name) not in self.full_names}
        known = {**self.full_names, **own}
        for folded, name in own.items():
            town = _IN_TOWN.fullmatch(folded)
            if town and f"{town[1]}市" in self.full_names:
                known.setdefault(f"{town[1]}{town[2]}", name)
            for short in _short_names(folded):
                if (counts or {}).get(short, 0) < _COMMON:
                    known.setdefault(short, name)
        return Gazetteer(known, self.parents)

    def save(self, file: Path) -> None:
        """Write the table that `load` reads."""
        aliases: dict[str, list[str]] = {full: [] for full in self.districts}
        for name, full in self.full_names.items():
            if name != fold(full):
                aliases[full].append(name)
        with file.open("w", encoding="utf-8", newline="") as table:
            writer = csv.writer(table)
            writer.writerow(["name", "parent", "aliases"])
            for full, names in aliases.items():
                writer.writerow([full, self.parents.get(full, ""), "|".join(names)])

    @classmethod
    def load(cls, file: Path) -> Gazetteer:
        """Return the gazetteer that `save` wrote."""
        return _from_rows(read_rows(file.read_text(encoding="utf-8"), file.name))

    def full_name(self, name: str) -> str | None:
        """Return the full official name for a full or short one, or None.

        >>> bundled_gazetteer().full_name("鯉城")
        '鲤城区'
        """
        return self.full_names.get(fold(name.strip()))

    def names_of(self, district: str) -> tuple[str, ...]:
        """Return every name of a district, folded; none if it isn't known."""
        return tuple(name for name, full in self.full_names.items() if full == district)

    def mentions(self, text: str, cut: Cut) -> list[Mention]:
        """Return the districts that `text` names, in order.

        A short name counts only where it begins and ends at a word's edge, so that 「湖南安全」
        doesn't name 南安; `cut` is what knows the words (it must give the text back when joined).
        In a newspaper's name no district counts.

        >>> bundled_gazetteer().mentions("洛江区和石狮", lambda text: ["洛江区", "和", "石狮"])
        [Mention(district='洛江区', span=Span(start=0, end=3)), \
Mention(district='石狮市', span=Span(start=4, end=6))]
        """
        folded = fold(text)
        words = cut(folded)
        edges = {0, *accumulate(map(len, words)), *self._edges_between_names(words)}
        longest = max(map(len, self.full_names), default=0)
        found: list[Mention] = []
        for start in range(len(folded)):
            if found and start < found[-1].span.end:
                continue
            for end in range(min(len(folded), start + longest), start + 1, -1):
                full = self.full_names.get(folded[start:end])
                if full is None or _PRESS.match(folded, end):
                    continue
                if len(folded[start:end]) > 2 or (start in edges and end in edges):
                    found.append(Mention(full, Span(start, end)))
                    break
        return found

    def _edges_between_names(self, words: Sequence[str]) -> Iterator[int]:
        """Yield where a word is two places' names together: 「福建厦门」."""
        start = 0
        for word in words:
            for middle in range(2, len(word) - 1):
                second = word[middle:]
                known = second in self.full_names or f"{second}市" in self.full_names
                if known and word[:middle] in self.full_names:
                    yield start + middle
            start += len(word)

    def named_in(self, text: str, cut: Cut) -> str | None:
        """Return the one district that `text` is about, or None if it names none or several.

        >>> bundled_gazetteer().named_in("福建省洛江区", lambda text: ["福建省", "洛江区"])
        '洛江区'
        """
        named = {mention.district for mention in self.mentions(text, cut)}
        lowest = {name for name in named if not self._has_part_in(name, named)}
        return lowest.pop() if len(lowest) == 1 else None

    def _has_part_in(self, district: str, others: set[str]) -> bool:
        return any(district != other and district in self.ancestors(other) for other in others)

    def capital(self, province: str) -> str | None:
        """Return the city in which a province is governed: the first that the table lists in it.

        >>> bundled_gazetteer().capital("陕西省"), bundled_gazetteer().capital("洛江区")
        ('西安市', None)
        """
        if province in self.parents or not province.endswith(("省", "自治区")):
            return None
        return next((name for name, above in self.parents.items() if above == province), None)

    def lies_in_city(self, district: str) -> bool:
        """Tell whether a district is a county of a city, also of one that is no province's: 丰台区 of 北京市.

        >>> known = bundled_gazetteer()
        >>> known.lies_in_city("洛江区"), known.lies_in_city("泉州市"), known.lies_in_city("北京市")
        (True, False, False)
        """
        above = self.ancestors(district)
        return len(above) > 1 or any(name.endswith("市") for name in above)

    def is_city(self, district: str) -> bool:
        """Tell whether a district is a prefecture-level city, or one that is no province's.

        >>> known = bundled_gazetteer()
        >>> known.is_city("洛江区"), known.is_city("泉州市"), known.is_city("北京市"), known.is_city("福建省")
        (False, True, True, False)
        """
        is_part = bool(self.ancestors(district)) or district.endswith("市")
        return is_part and not self.lies_in_city(district)

    def ancestors(self, district: str) -> list[str]:
        """Return what the district lies in, nearest first."""
        found: list[str] = []
        while (parent := self.parents.get(district)) and parent not in found:
            found.append(parent)
            district = parent
        return found


def read_gazetteer(*files: Path) -> Gazetteer:
    """Return the bundled gazetteer together with the user's files.

    A file is a CSV table in UTF-8 with the columns ``name`` (the full name), ``aliases`` (short
    names, separated by ``|``) and, if known, ``parent``.

    Raises:
        GazetteerError: a file is missing, isn't such a table, or gives one name to two districts.

    """
    bundled = resources.files("index") / "data" / "gazetteer.csv"
    rows = list(read_rows(bundled.read_text(encoding="utf-8"), "gazetteer.csv"))
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise GazetteerError(
                f"地名表 {file} 读不了（{error}）；请给一个 UTF-8 的 CSV 文件，列名为 name,aliases,parent"
            ) from error
        rows += read_rows(text, str(file))
    return _from_rows(rows)


@cache
def bundled_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with the package."""
    return read_gazetteer()


class _Row(NamedTuple):
    name: str
    parent: str
    aliases: list[str]


def read_rows(text: str, file: str) -> Iterable[_Row]:
    """Yield the rows of a table that have a name; `file` is what it is called in errors."""
    table = csv.DictReader(text.splitlines())
    if "name" not in (table.fieldnames or ()):
        raise GazetteerError(f"地名表 {file} 的第一行要有列名 name,aliases,parent")
    for row in table:
        if name := (row["name"] or "").strip():
            aliases = [alias.strip() for alias in (row.get("aliases") or "").split("|")]
            yield _Row(name, (row.get("parent") or "").strip(), [a for a in aliases if a])


def _from_rows(rows: Iterable[_Row]) -> Gazetteer:
    full_names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in rows:
        for name in (row.name, *row.aliases):
            owner = full_names.setdefault(fold(name), row.name)
            if owner != row.name:
                raise GazetteerError(f"地名表里“{name}”同时指{owner}和{row.name}；请删去一处")
        if row.parent:
            parents[row.name] = row.parent
    return Gazetteer(full_names, parents)
