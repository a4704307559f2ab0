"""Articles that another one cuts in two on a page, where no pointer tells where they go on.

Print read in columns has them so: one stops in mid-sentence, another with a headline of its own stands
whole below it, and what the first lacked stands under that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.blocks import Block
from index.drafts import Draft
from index.gazetteer import Cut, Gazetteer
from index.paragraphs import is_open
from index.sentences import is_finished
from index.unsigned import is_below_blank, is_prose

_AT_JOINT = 8
_MORE = 1.5
# 「对接洛江区」 is said of another.
_IN_PASSING = re.compile("[与和同跟向对往到至距离接及、]$")


def rejoin_interrupted(
    drafts: Sequence[Draft],
    own: Callable[[Draft], str | None],
    gazetteer: Gazetteer,
    cut: Cut,
    text: str | None,
) -> None:
    """Move what goes on below another article to the one that it is of.

    `own` tells a draft's district. Only where the first stops in mid-sentence, and what stands at the
    second's end names the first's district and not its own any more. Where a blank line in the `text` tells
    what is another article's, as it doesn't without it, the paragraphs below one, without a headline, go on
    with a first that stops so, or whose district they name.
    """
    for i in range(len(drafts) - 1):
        first, second = drafts[i], drafts[i + 1]
        if not first.blocks or second.resumes or first.leaves_off:
            continue
        districts = own(first), own(second)
        is_cut = _is_cut(first.blocks[-1])
        if districts[0] == districts[1] and not (text and is_cut and districts[0] is None):
            continue
        start, end = 0, len(second.blocks)
        if None not in districts and is_cut:
            start = _goes_on_at(first, second, districts, gazetteer, cut) or 0
        if not start and text is not None:
            start, end = _below_blank(second.blocks, text)
            left = second.blocks[start:end]
            if is_cut:
                end = len(second.blocks)
            if start and not _are_of_first(
                left, first, second.blocks[:start], districts, gazetteer, cut
            ):
                continue
        if start:
            first.blocks += second.blocks[start:end]
            del second.blocks[start:end]


def _below_blank(lines: Sequence[Block], text: str) -> tuple[int, int]:
    """Return the range of the first paragraphs with a blank line above them and no headline, up to the next one; or 0, 0."""
    parted = [i for i in range(1, len(lines)) if is_below_blank(lines[i - 1], lines[i], text)]
    start = next((i for i in parted if _is_paragraph(lines[i])), 0)
    end = next((i for i in parted if i > start and not is_prose(lines[i])), len(lines))
    return (start, end) if start and is_finished(lines[start - 1].text) else (0, 0)


def _is_paragraph(line: Block) -> bool:
    return is_prose(line) and is_finished(line.text)


def _are_of_first(
    lines: Sequence[Block],
    first: Draft,
    above: Sequence[Block],
    districts: tuple[str | None, str | None],
    gazetteer: Gazetteer,
    cut: Cut,
) -> bool:
    """Tell whether paragraphs go on with the first of two articles rather than with what stands `above` them.

    The districts that they name tell, else whose words they share more of.
    """
    told = {name for line in lines for name in _named_in(line.text, gazetteer, cut)}
    if districts[1] in told:
        return False
    if _is_cut(first.blocks[-1]) or districts[0] in told:
        return True
    if told:
        return any(first.blocks[0].text.startswith(name[:-1]) for name in told)
    pairs, (own, others) = _pairs(lines), (_pairs(first.blocks), _pairs(above))
    shared = len(pairs & own - others) / (len(own) + 1)
    return districts[0] is not None and shared > _MORE * len(pairs & others - own) / (
        len(others) + 1
    )


def _pairs(lines: Sequence[Block]) -> set[str]:
    """Return the pairs of neighbouring characters in lines."""
    return {"".join(pair) for line in lines for pair in pairwise(line.text)}


def _is_cut(line: Block) -> bool:
    return (
        line.level is None and is_open(line.text) and re.search("[，,。；]", line.text) is not None
    )


def _goes_on_at(
    first: Draft,
    second: Draft,
    districts: tuple[str | None, str | None],
    gazetteer: Gazetteer,
    cut: Cut,
) -> int | None:
    """Return with which of the second's lines the first goes on, or None."""
    lines = second.blocks
    told = [_named_in(line.text, gazetteer, cut) for line in lines]
    lasts = [i for i, names in enumerate(told) if districts[1] in names]
    firsts = [i for i, names in enumerate(told) if districts[0] in names]
    after = lasts[-1] if lasts else 0
    if not firsts or firsts[0] <= after:
        return None
    may_go_on = [
        i
        for i in range(after + 1, firsts[0] + 1)
        if is_finished(lines[i].text) and lines[i].level is None and not is_open(lines[i - 1].text)
    ]
    left = first.blocks[-1].text[-_AT_JOINT:]
    at_joint = (i for i in may_go_on if _is_word_across(left, lines[i].text[:_AT_JOINT], cut))
    return next(at_joint, next(iter(may_go_on), None))


def _named_in(text: str, gazetteer: Gazetteer, cut: Cut) -> set[str]:
    """Return the districts that a line tells of, and doesn't name in passing."""
    return {
        mention.district
        for mention in gazetteer.mentions(text, cut)
        if not _IN_PASSING.search(text[: mention.span.start])
    }


def _is_word_across(left: str, right: str, cut: Cut) -> bool:
    """Tell whether a word stands across the joint of two pieces of text.

    >>> _is_word_across("建成全", "国高地", lambda text: ["建成", "全国", "高地"])
    True
    """
    end = 0
    for word in cut(left + right):
        start, end = end, end + len(word)
        if start < len(left) < end:
            return True
    return False
