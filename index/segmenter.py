"""Cutting text into words, and into the terms that the word index holds.

One segmenter cuts documents and questions alike. jieba's whole dictionary takes most of a second
to load, so an index keeps the part of it that its own documents can need.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.gazetteer import Gazetteer
from index.text import fold

if TYPE_CHECKING:
    from jieba import Tokenizer

# Words that hold a district's name without naming it, and are missing from jieba's dictionary.
_NOT_DISTRICTS = ("晋江经验", "北京时间", "上合组织", "上海合作组织", "福建舰", "山东舰", "辽宁舰")
_NAME_COUNT = 20_000
_MAX_GUARD = 4


class Segmenter:
    """jieba's most probable path through the words of one dictionary; unknown words fall apart.

    ``counts`` gives each word's count, ``total`` the sum over jieba's whole dictionary.
    """

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self.counts = counts
        self.total = total
        self._tokenizer = _tokenizer(counts, total)

    def cut(self, text: str) -> list[str]:
        """Return the words of folded `text`; joined they are the text.

        >>> from index.gazetteer import bundled_gazetteer
        >>> full_segmenter(bundled_gazetteer()).cut("洛江区建多少教育项目")
        ['洛江区', '建', '多少', '教育', '项目']
        """
        return list(self._tokenizer.cut(text, HMM=False))

    def terms(self, text: str) -> list[str]:
        """Return what `text` is found by: characters, character pairs, words, figures.

        Characters and their pairs together with words retrieve better than words alone.

        >>> from index.gazetteer import bundled_gazetteer
        >>> full_segmenter(bundled_gazetteer()).terms("投资38.2亿元")
        ['投', '投资', '资', '投资', '38.2', '亿', '亿元', '元', '亿元']
        """
        found: list[str] = []
        for run in _RUN.findall(fold(text)):
            if not _CHINESE_CHARACTER.match(run):
                found.append(run)
                continue
            for i, character in enumerate(run):
                found.append(character)
                if i + 1 < len(run):
                    found.append(run[i : i + 2])
            found += [word for word in self.cut(run) if len(word) > 1]
        return found

    def needed_for(self, texts: Iterable[str], gazetteer: Gazetteer) -> Segmenter:
        """Return a segmenter that cuts `texts`, and the names in any question, as this one does.

        It keeps the words that occur in the texts and those that may overlap a district's short
        name: without 「湖南」 and 「安全」 the words 「湖南安全」 would seem to name 南安. And all their
        characters: without 「有」 the words 「福建有」 would fall into 「福」 and 「建有」.
        """
        kept: set[str] = set()
        for text in texts:
            for run in _RUN.findall(fold(text)):
                kept.update(self._words_in(run))
        names = {name for name in gazetteer.names if name in self.counts}
        short = {name for name in names if len(name) <= 2}
        first, last = {name[0] for name in short}, {name[-1] for name in short}
        kept |= names | set(_NOT_DISTRICTS)
        for word in self.counts:
            if 1 < len(word) <= _MAX_GUARD and (word[-1] in first or word[0] in last):
                kept.add(word)
        kept |= {character for word in kept for character in word if character in self.counts}
        return Segmenter({word: self.counts[word] for word in sorted(kept)}, self.total)

    def joined(self, other: Segmenter) -> Segmenter:
        """Return a segmenter that has the words of both, which come from one dictionary."""
        counts = {**self.counts, **other.counts}
        return Segmenter({word: counts[word] for word in sorted(counts)}, self.total)

    def _words_in(self, run: str) -> Iterable[str]:
        dag = self._tokenizer.get_DAG(run)
        return {
            run[start : end + 1]
            for start, ends in dag.items()
            for end in ends
            if run[start : end + 1] in self.counts
        }

    def save(self, file: Path) -> None:
        """Write the dictionary: its total, then a word and its count a line."""
        rows = "".join(f"{word} {count}\n" for word, count in self.counts.items())
        file.write_text(f"{self.total}\n{rows}", encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Segmenter:
        """Return the segmenter that `save` wrote."""
        total, *rows = file.read_text(encoding="utf-8").splitlines()
        counts = {word: int(count) for word, _, count in (row.rpartition(" ") for row in rows)}
        return cls(counts, int(total))


_CHINESE = "〇\u3400-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CHINESE}]+|\d+(?:\.\d+)*|[^\W\d_{_CHINESE}]+")

_CHINESE_CHARACTER = re.compile(f"[{_CHINESE}]")


@lru_cache(maxsize=2)  # each takes some 100 MB
def full_segmenter(gazetteer: Gazetteer) -> Segmenter:
    """Return a segmenter with jieba's whole dictionary and the gazetteer's names."""
    jieba = _jieba()
    counts: dict[str, int] = {}
    with jieba.get_dict_file() as rows:
        for row in rows:
            word, count, *_ = row.decode("utf-8").split(" ")
            counts[word] = int(count)
    for name in (*gazetteer.names, *_NOT_DISTRICTS):
        counts[name] = max(counts.get(name, 0), _NAME_COUNT)
    return Segmenter(counts, sum(counts.values()))


def _tokenizer(counts: Mapping[str, int], total: int) -> Tokenizer:
    """Return a jieba tokenizer with this dictionary, past its loading and caching of its own."""
    tokenizer = _jieba().Tokenizer()
    frequencies = dict(counts)
    for word in counts:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    tokenizer.FREQ = frequencies
    tokenizer.total = total
    tokenizer.initialized = True
    return tokenizer


def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    return jieba
