"""Text as search sees it: folding that keeps every character in its place.

Cutting into words is in `words`, into sentences in `sentences`; what a person reads is never folded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Full-width ASCII and the ideographic space to their half-width twins, Chinese punctuation to the
# ASCII mark that print uses for it inside Chinese text. One character to one character.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    ord("。"): ".",
    ord("、"): ",",
    ord("“"): '"',
    ord("”"): '"',
    ord("「"): '"',
    ord("」"): '"',
    ord("『"): '"',
    ord("』"): '"',
    ord("‘"): "'",
    ord("’"): "'",
    ord("—"): "-",
    ord("–"): "-",
    ord("～"): "~",
    ord("·"): ".",
    ord("•"): ".",
    ord("【"): "[",
    ord("】"): "]",
    ord("〔"): "[",
    ord("〕"): "]",
}
# Half a character, which only a broken JSON string holds, becomes the mark for an unreadable one.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_FOLDED = _WIDTH | _HALVES


def fold(text: str) -> str:
    """Return `text` in the one form in which documents and questions are compared.

    Full-width letters, digits and punctuation become half-width, letters lower case, traditional
    characters simplified. The result has exactly as many characters as `text`, so an offset in
    one is an offset in the other.

    >>> fold("鯉城區２０２５年旅遊收入超120亿元。")
    '鲤城区2025年旅游收入超120亿元.'
    """
    narrow = text.translate(_FOLDED)
    lower = _keeping_length(narrow, str.lower)
    if lower.isascii():
        return lower
    return _keeping_length(lower, _traditional_to_simplified().convert)


@lru_cache(maxsize=20_000)
def folded(passage: str) -> str:
    """Return `fold` of a text that is asked for again and again."""
    return fold(passage)


def _keeping_length(text: str, change: Callable[[str], str]) -> str:
    changed = change(text)
    if len(changed) == len(text):
        return changed
    return "".join(new if len(new := change(old)) == 1 else old for old in text)


@cache
def _traditional_to_simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
