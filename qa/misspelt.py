"""Districts whose names a question misspells: as they sound, tones aside, or in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from index.gazetteer import Mention
from index.segmenter import Segmenter
from index.text import fold
from index.types import Span
from qa.mentions import AFTER_PLACE, BEFORE_PLACE, BETWEEN, EXCEPT, NOT_PLACES, WHOLE, word_at

_BEFORE_MISSPELT = re.compile(rf"(?:^|\W|[{BEFORE_PLACE}年查下对从到住来去看于解]|{EXCEPT})$")


def misspelt(
    question: str, named: Sequence[Mention], covered: Sequence[str], segmenter: Segmenter
) -> list[Mention]:
    """Return the districts whose names sound like something in the question (丰择区 for 丰泽区).

    Beside those that are `named` only what is joined to another name is taken so: 「鲤城和罗江」.
    """
    words = segmenter.cut(question)
    heard = [Mention(m.district, span) for m in named if (span := _heard(question, m, words))]
    districts = {mention.district for mention in named}
    others = [district for district in covered if district not in districts]
    spelt = list(_in_latin_letters(question, others))
    taken = {i for mention in named for i in range(*mention.span)}
    found = [
        m
        for m in _sounding_alike(question, others, words, () if named else segmenter.counts)
        if taken.isdisjoint(range(*m.span))
    ]
    names = sorted(span for _, span in (*named, *found, *spelt))
    linked = {
        span
        for pair in pairwise(names)
        if BETWEEN.fullmatch(question, pair[0].end, pair[1].start)
        for span in pair
    }
    return [*heard, *spelt, *(m for m in found if not named or m.span in linked)]


def _heard(question: str, mention: Mention, words: Sequence[str]) -> Span | None:
    """Return where 「丰泽渠」 is 丰泽区 with its 区 misheard, as before 「营商环境」."""
    start, end = mention.span
    if not mention.district.endswith("区") or question[end - 1] == "区":
        return None
    if question[end : end + 1] not in tuple("渠曲趣屈") or word_at(end + 1, words) < 2:
        return None
    return Span(start, end + 1)


# One that stands alone, not one of an English phrase.
_LATIN_WORD = re.compile(r"(?<![a-z])(?<![a-z,!] )[a-z]{4,}(?![a-z]| [a-z])")


def _in_latin_letters(question: str, covered: Sequence[str]) -> Iterator[Mention]:
    """Yield the districts whose names are spelt as they sound (luojiang)."""
    for match in _LATIN_WORD.finditer(question):
        for district in covered:
            if any(sounds_alike(match[0], name) for name in (district, district[:-1])):
                yield Mention(district, Span(*match.span()))
                break


def _sounding_alike(
    question: str, covered: Sequence[str], words: Sequence[str], known: Collection[str]
) -> Iterator[Mention]:
    """Yield the districts whose names are read like a piece of the question that is no `known` word."""
    for district in covered:
        for name in (district, district[:-1]):
            found = _sounding_like(name, question, words, known)
            if len(name) > 1 and found is not None:
                yield Mention(district, found)
                break


def _sounding_like(
    name: str, text: str, words: Sequence[str], known: Collection[str]
) -> Span | None:
    target = fold(name)
    for start in range(len(text) - len(target) + 1):
        piece = text[start : start + len(target)]
        same = sum(a == b for a, b in zip(piece, target, strict=True))
        if same < len(target) - 1 or piece in known or piece == target:
            continue
        if _can_be_misspelt(text, start, piece, target, words) and sounds_alike(piece, target):
            return Span(start, start + len(target))
    return None


# What 「河被污染了」 and 「这江上面」 begin with is no name.
_NO_NAME = re.compile("[被把将让给这那了会和不全]")


def _can_be_misspelt(text: str, start: int, piece: str, target: str, words: Sequence[str]) -> bool:
    """Tell whether a name can stand here: 「理城」 of 「治理城市」 isn't 鲤城, 「河被」 isn't 河北."""
    end = start + len(piece)
    opens_here = _BEFORE_MISSPELT.search(text[:start]) is not None
    if len(piece) == 2:
        ends = AFTER_PLACE.match(text, end) is not None
        begins = not text[:start].strip() and word_at(end, words) > 1  # 「泉刚石化」
        return (begins or (opens_here and ends)) and not _NO_NAME.search(piece)
    if not WHOLE.match(text, end):
        return False
    return opens_here or piece[0] == target[0] or not NOT_PLACES.search(piece[1:])


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two names are read alike, tones aside.

    >>> sounds_alike("罗江", "洛江"), sounds_alike("丰泽", "丰台")
    (True, False)
    """
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(fold(one))) == "".join(lazy_pinyin(fold(other)))
