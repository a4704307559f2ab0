"""Districts that are given by name: with `--district`, a filter, or as a group's members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from index.counties import namesakes
from index.gazetteer import Gazetteer
from index.text import fold
from qa.errors import UnknownDistrictError
from qa.groups import members_of
from qa.misspelt import sounds_alike


def known_districts(
    names: Sequence[str], gazetteer: Gazetteer, covered: Sequence[str]
) -> tuple[str, ...]:
    """Return the full names of districts given by whatever name a question may use.

    Raises:
        UnknownDistrictError: one isn't known.
    """
    found = (full for name in names for full in known_as(name, gazetteer, covered))
    return tuple(dict.fromkeys(found))


def known_as(name: str, gazetteer: Gazetteer, covered: Sequence[str]) -> tuple[str, ...]:
    """Return what a full, short or misspelt name or a group's name stands for; `covered` of a group.

    >>> from index.gazetteer import bundled_gazetteer
    >>> known = bundled_gazetteer(), ["洛江区", "北京市", "河北省"]
    >>> known_as("罗江", *known), known_as("京津冀", *known), known_as("厦门", *known)
    (('洛江区',), ('北京市', '河北省'), ('厦门市',))

    Raises:
        UnknownDistrictError: it stands for nothing; the message lists what is near and what there is.
    """
    full = gazetteer.full_name(name) or gazetteer.full_name(f"{name.strip()}市")
    if full is not None:
        return (full,)
    if shared := namesakes(covered).get(fold(name.strip())):
        return shared
    if members := members_of(name, gazetteer):
        return tuple(member for member in members if member in covered) or members
    if (full := gazetteer.full_name(_SUFFIX.sub("", name.strip()))) is not None:
        return (full,)
    for district in covered:
        if any(sounds_alike(name, own) for own in gazetteer.names_of(district)):
            return (district,)
    own_names = {own: district for district in covered for own in gazetteer.names_of(district)}
    near = dict.fromkeys(own_names[own] for own in get_close_matches(fold(name), own_names, 3, 0.5))
    perhaps = f"是不是{'、'.join(near)}？" if near else ""
    known = "、".join(covered) or "（文件里没有分地区）"
    raise UnknownDistrictError(f"不认识地区“{name}”；{perhaps}文件里有：{known}")


_SUFFIX = re.compile("(?:自治区|[省市区县])$")
