"""Articles that another one cuts in two on a page, where no pointer tells where they go on.

Print read in columns has them so: one stops in mid-sentence, another with a headline of its own stands
whole below it, and what the first lacked stands under that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.blocks import Block
from index.drafts import Draft
from index.gazetteer import Cut, Gazetteer
from index.paragraphs import is_open
from index.sentences import is_finished

_AT_JOINT = 8
# 「对接洛江区」 is said of another.
_IN_PASSING = re.compile("[与和同跟向对往到至距离接及、]$")


def with_interrupted(
    drafts: Sequence[Draft],
    own: Callable[[Draft], str | None],
    gazetteer: Gazetteer,
    cut: Cut,
) -> Sequence[Draft]:
    """Return the drafts, what goes on below another one moved to the one that it is of.

    `own` tells a draft's district. Only where the first stops in mid-sentence, and what stands at the
    second's end names the first's district and not its own any more.
    """
    for i in range(len(drafts) - 1):
        first, second = drafts[i], drafts[i + 1]
        if not (first.blocks and _is_cut(first.blocks[-1])) or second.resumes or first.leaves_off:
            continue
        districts = own(first), own(second)
        if None in districts or districts[0] == districts[1]:
            continue
        start = _goes_on_at(first, second, districts, gazetteer, cut)
        if start:
            first.blocks += second.blocks[start:]
            del second.blocks[start:]
    return drafts


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
