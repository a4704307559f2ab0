"""The tokenizer: a Unigram model whose tokens are the words that jieba finds in the texts.

jieba is needed here only: the finished tokenizer cuts text on its own.
"""

from __future__ import annotations

import logging
import math
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index.training.sources import batches

if TYPE_CHECKING:
    import jieba
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
_HAN = "\u4e00-\u9fff"
# A word worth a token: Chinese characters, or a Latin letter among letters and digits (`5g`).
_WORD = re.compile(rf"[{_HAN}]+|(?=[0-9.+-]*[a-z])[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class TokenizerSettings:
    """How many tokens there are, and from how many occurrences a lone character counts as one."""

    size: int = 46_000
    least_character_count: int = 20


def count_words(texts: Iterable[str], processes: int) -> Counter[str]:
    """Return how often jieba finds each word in folded `texts`; single marks are words too.

    >>> sorted(count_words(["洛江区要建多少教育项目"], processes=1))
    ['多少', '建', '教育', '洛江区', '要', '项目']
    """
    found = batches(texts)
    counts: Counter[str] = Counter()
    if processes == 1:
        for batch in found:
            counts.update(_count(batch))
        return counts
    with get_context("spawn").Pool(processes) as pool:
        for part in pool.imap_unordered(_count, found):
            counts.update(part)
    return counts


def build(counts: Counter[str], names: Iterable[str], settings: TokenizerSettings) -> Tokenizer:
    """Return a tokenizer whose tokens are the commonest words and every common character.

    A word's score is the logarithm of its share of all words, so the cut is the likeliest one.
    `names` are tokens however rare. A number is cut into its digits: years and amounts are for
    the keyword index, and as tokens of their own they would crowd out words. What is in no
    token becomes `UNKNOWN`.

    >>> counts = Counter({"洛江区": 2, "要": 9, "建": 5, "多少": 5, "教育": 8, "项目": 7})
    >>> build(counts, [], TokenizerSettings(size=7_000)).encode("洛江区要建多少教育项目").tokens
    ['洛江区', '要', '建', '多少', '教育', '项目']
    >>> build(counts, ["洛江"], TokenizerSettings(size=7_000)).encode("洛江建2025项目").tokens
    ['洛江', '建', '2', '0', '2', '5', '项目']
    """
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.pre_tokenizers import Split

    characters = _character_counts(counts, settings.least_character_count)
    chosen = {**characters, **{name: max(1, counts[name]) for name in names}}
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(chosen) + 1 >= settings.size:
            break
        if _WORD.fullmatch(word):
            chosen.setdefault(word, count)
    total = sum(chosen.values())
    by_count = sorted(chosen.items(), key=lambda item: (-item[1], item[0]))
    scored = [(word, round(math.log(count / total), 4)) for word, count in by_count]
    tokenizer = Tokenizer(Unigram([(UNKNOWN, 0.0), *scored], unk_id=0, byte_fallback=False))
    tokenizer.pre_tokenizer = Split(Regex(r"\s+"), "removed")
    return tokenizer


def _character_counts(counts: Counter[str], least: int) -> dict[str, int]:
    """Return the characters that are tokens: of GB 2312, of ASCII, and those seen often enough."""
    seen: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            seen[character] += count
    ascii_marks = (chr(code) for code in range(0x21, 0x7F) if not chr(code).isupper())
    always = {*_gb2312_characters(), *ascii_marks}
    often = {character for character, count in seen.items() if count >= least}
    return {
        character: max(1, counts[character])
        for character in always | often
        if not character.isspace()
    }


@cache
def _gb2312_characters() -> frozenset[str]:
    """Return the 6,763 Chinese characters of GB 2312, rows 16 to 87."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(cell.decode("gb2312", errors="ignore") for cell in cells))


def _count(texts: list[str]) -> Counter[str]:
    cutter = _jieba()
    return Counter(word for text in texts for word in cutter.cut(text, HMM=False))


@cache
def _jieba() -> jieba.Tokenizer:
    """Return a jieba of our own, without the cache file that it would leave behind."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    with TemporaryDirectory() as folder:
        cutter.tmp_dir = folder
        cutter.initialize()
    return cutter
