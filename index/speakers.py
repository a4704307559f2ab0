"""Whose words an interview, a talk or a press conference gives: who is introduced, who begins to speak."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.interviews import CITIZENS
from index.naming import Names
from index.types import Paragraph

_SPEAKER = re.compile(
    r"[【\[●■◆▲*]*(?P<who>[\u4e00-\u9fff、·（）() \u3000]{2,30}?(?:[“\"「][^”\"」]{1,16}[”\"」])?)[】\]*]*\s*[：:]"
)
# 「市人大代表，洛江区委副书记、区长王某：」 on a line of its own
_SPEAKER_ALONE = re.compile(
    r"(?P<who>[\u4e00-\u9fff、，·（）()]{2,30}(?:书记|[省市区县镇乡局]长|主任|主席)[ \u3000]?[\u4e00-\u9fff]{2,4})[：:]$"
)
_INTRODUCED = re.compile(
    r"(?:[\u4e00-\u9fff]\s*[\u4e00-\u9fff]{1,3}[：:]\s*)?(?P<post>[\u4e00-\u9fff、]{2,30}(?:书记|[省市区县镇乡局部]长|主任|主席|常委))"
    r"[\s　]+(?P<who>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])"
)
# Who asks of a district is told what it does: 「网友：洛江的夜校…？」
_CITIZEN = re.compile(f"{CITIZENS}|来信")
_OFFICIAL = re.compile("(?:书记|[省市区县镇乡]长|主任|局长|主席|部长|常委|委员|代表|发言人|负责人)")
_ASKS = re.compile(
    rf"(?:记者|主持人|{CITIZENS})(?:\s*[（(“\"「].*|\s*[\u4e00-\u9fff]{{0,3}})$|^追?问$"
)


def presented(paragraphs: Sequence[Paragraph], names: Names) -> dict[int, str | None]:
    """Return whose the lines are that present one person each, above what is told of them: 「洛江区委书记　王某」.

    Where several stand below each other, as those at a press conference, they present nobody's words.
    """
    matches = [_INTRODUCED.fullmatch(paragraph.text) for paragraph in paragraphs]
    beside = [None, *matches, None]
    found: dict[int, str | None] = {}
    for i, (paragraph, match) in enumerate(zip(paragraphs, matches, strict=True)):
        if match and beside[i] is None and beside[i + 2] is None:
            found[paragraph.number] = names.held(names.named_in(match["post"]))
    return found if sum(name is not None for name in found.values()) > 1 else {}


def guest_of(paragraphs: Sequence[Paragraph], names: Names) -> str | None:
    """Return whose the one person is whom an interview introduces: 「今天做客：洛江区区长　王某」."""
    guests = [*introduced(paragraphs, names).values()]
    return guests[0] if len(guests) == 1 else None


def introduced(paragraphs: Sequence[Paragraph], names: Names) -> dict[str, str | None]:
    """Return whose each person is whom a line introduces: 「洛江区委常委　王某」, 「市教育局局长　何某」."""
    found: dict[str, str | None] = {}
    for match in (_INTRODUCED.fullmatch(paragraph.text) for paragraph in paragraphs):
        if match:
            name = names.named_in(match["post"])
            found[re.sub(r"\s", "", match["who"])] = names.held(name)
    return found


def speaker_of(text: str, speakers: dict[str, str | None], names: Names) -> str:
    """Return who begins to speak in an interview, whose district is put into `speakers`; or "".

    「洛江区区长 王某：…」 and later 「王某：…」 speak for 洛江区, 「晚报记者：…」 for none.
    """
    match = _SPEAKER.match(text) or _SPEAKER_ALONE.match(text)
    who = match["who"].strip() if match else ""
    if who and _ASKS.search(who):
        name = names.named_in(text) if _CITIZEN.search(who) else None
        speakers[who] = names.held(name)
        return who
    if not who or who in speakers:
        return who
    name = names.named_in(who) if _OFFICIAL.search(who) else None
    if name is None or not names.holds(name):
        return ""
    speakers[who] = speakers[_OFFICIAL.split(who)[-1].strip()] = name
    return who
