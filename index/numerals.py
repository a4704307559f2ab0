"""Chinese numerals as numbers."""

from __future__ import annotations

SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def value_of(numeral: str) -> int:
    """Return the number that a numeral up to thousands writes.

    >>> value_of("二十一"), value_of("十"), value_of("一千二百")
    (21, 10, 1200)
    """
    total = current = 0
    for character in numeral:
        if character in _DIGITS:
            current = _DIGITS[character]
        else:
            total += (current or 1) * SCALES[character]
            current = 0
    return total + current
