"""Whose each part of an article is, where it tells of several districts: sections, briefs, rows, captions.

Whose the whole article is is told in `attribution`, who speaks in `speakers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from index.attribution import CAPTION, OF_ALL, Districts
from index.bylines import BULLET, PHOTOGRAPHED
from index.counties import opening_counties, with_counties
from index.gazetteer import Gazetteer
from index.interviews import question_above
from index.naming import AND_MORE, is_line, without_number
from index.newspapers import EDITORS
from index.rows import cell_spans, cells, is_row, row_under_header
from index.sentences import sentence_spans
from index.speakers import guest_of, introduced, presented, speaker_of
from index.townships import names_place_of, opening_county
from index.types import Paragraph, Span

# 「洛江 1月5日，…」, 「洛江▷ …」, 「◎洛江　…」, 「○洛江区今年…」
_BRIEF = re.compile(
    r"(?=.{12,}[。；])(?:[○●▲△▽■◆□◇★☆◎]\s*(?=[\u4e00-\u9fff]{1,9}[区县市旗])"
    r"|[○●▲△▽■◆□◇★☆◎]?([\u4e00-\u9fff]{2,4})(?:[ \u3000]+|[ \u3000]*[▷▶►][ \u3000]*)(?=[\d\u4e00-\u9fff]))"
)
_THE_SAME = re.compile("该[区县市旗镇]")
# 「丰泽　村口添了食堂」, 「丰　泽　村口添了食堂」
_SPACED_HEADING = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}[区县市旗]|[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff])(?=[ \u3000]+\S{3})"
)
# 「洛江区 6.5%左右」
_PAIR = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?)[:： ]*[约达]?\d[\d.,]*[\u4e00-\u9fff%％/]{0,6}"
)
_PLANS = re.compile(
    "[^，。]{0,6}(?:提出|计划|打算|明确)(?!.*(?:派来|送来|结对|支援|帮扶|这里|本地|携手|与我))"
)
# 「（林　某）」 under what they wrote
_IN_BRACKETS = re.compile(
    r"[（(](?!本报|图片|综合|来源)[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3}[）)]"
)
_LONGEST_COUNTY = 12
_AND_OTHERS = re.compile("[和与到至、及同]|以及")
_OURS = re.compile("[我本][区县市旗]")
# 「丰泽区今年要办的几件事」, 「丰泽区回应：」
_LEADS = re.compile("(?:今年|20\\d\\d年|回应|答复|回复).*(?<![，、；])$|[：:？?]$")
_FINISHED = re.compile("[。；，,：:]$")
_MARKS = "▲▼◀▶◄►△▽"  # of a list's items too
_ON_A_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
# 「▼洛江夜校里，…。」
_PICTURED = re.compile(rf"(?:[{_MARKS}]|[上下左右]图|【图片新闻】|{CAPTION.pattern})[：:\s]*")
_SHARE = 0.25
_OF_CITY = re.compile("[全我]?[市省州](?![场民区容])")
# A row's number, 「答：」
_BEFORE_NAME = re.compile(r"^(?:[|│｜\s]*(?:\d+\s*[|│｜]\s*)?|[问答][：:]\s*)")
# What the paper says of what stands above: 「记者手记」.
_ASIDE = re.compile(r"(?:(?:记者|采访|编辑)手记|编后(?:语|话)?|短\s*评|记者感言)(?:$|[：:\s/])")
_SIGNED = re.compile(r"[（(](?:本报)?(?:记者|通讯员|实习)[^（）()。]{2,30}[）)]")
_KIND_OF_COLUMN = re.compile(
    "(?:20\\d\\d年)?(?:(?:年度|全年)?(?:目标|计划|任务|实际|预计)?(?:任务|完成|实绩|数量|增速|增长)?)?(?:[（(][^（）()]{1,6}[）)])?$"
)
_PLACE_FIELD = re.compile(
    r"\n(?:项目)?(?:所在(?:地|区|县|区县|县区|县市区|乡镇|镇街)|属地|区县|县区)[：:]\s*([\u4e00-\u9fff]{2,12})\s*(?:$|\n|　)"
)
_PLAN = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?)(?:20\d\d年|今年)?(?:年度)?度?(?:重点|主要|民生)?(?:工作|任务|实事|项目)?(?:计划|总结|要点|目标|打算|安排|清单|报告|情况)?"
)
# 「洛江区 夜校 900 2026年6月」
_SPACED_ROW = re.compile(
    r"(?=[^。；]*\d)(?P<name>[\u4e00-\u9fff]{2,12})(?:[ \u3000]++[^ \u3000。；]+){2,}"
)
_FEWEST_ROWS = 3
_CELLS_ON_A_LINE = re.compile(".+\n.+")


class Division:
    """The parts of a document's articles, each with its district."""

    def __init__(self, text: str, districts: Districts) -> None:
        """Divide the articles of the document of a text, whose owners are the `districts`."""
        self._text = text
        self._districts = districts
        self._names = districts.names

    def divide(
        self, headline: str | None, paragraphs: Sequence[Paragraph], owner: str | None
    ) -> Iterator[tuple[str | None, Sequence[Paragraph]]]:
        """Yield an article's paragraphs; apart, each with its district, if its headings name several.

        The first of them may be the headline: 「洛江区：办夜校」 above one and 「丰泽区：…」 above another.
        Where nothing names the article's `owner`, a section whose heading names none is of the county
        that it speaks of, and what begins with a district's name is of that: 「洛江区今年修路。丰泽区种树。」
        """
        headed = self._headed(paragraphs)
        if not ({*headed.values()} - {None} or EDITORS.match(headline or "")):
            paragraphs, headed = self._by_subjects(paragraphs, owner)
        elif owner is None:  # a table among briefs
            for paragraph in paragraphs:
                if tabled := row_under_header(paragraph.text):
                    row = _row_of(paragraph.text, tabled)
                    headed[paragraph.number] = self._of_row(row, self._names.gazetteer)
        paragraphs, headed = self._with_pairs(paragraphs, headed)
        briefs = self._briefs(paragraphs, owner)
        rows = {p.number for p in paragraphs if is_row(p.text)}
        headed |= {n: own for n, own in briefs.items() if n not in rows or headed[n] is None}
        if self._names.paper:
            placed = self._placed(paragraphs, owner, self._names.paper)
            headed |= {n: own for n, own in placed.items() if headed[n] is None}
            headed |= self._spaced_rows(paragraphs)
        if owner and self._names.paper:
            headed |= self._subjects_beside(paragraphs, owner)
            headed |= self._below_lines(paragraphs, owner) | self._captions(paragraphs, owner)
        elif owner and self._names.gazetteer.is_city(owner):
            headed |= self._in_city(paragraphs, headed, owner)
        if owner is None:
            headed |= self._between_the_same(paragraphs, headed)
            runs = [
                (section, run)
                for section, own in groupby(paragraphs, lambda paragraph: paragraph.section)
                if (section or self._names.paper)
                and (run := [p for p in own if headed[p.number] is None])
            ]
            names = [
                self._names.named_in(section.split(" / ")[-1]) or self._districts.spoken_of(run)
                if section
                else self._districts.opening_part(run, paragraphs)
                for section, run in runs
            ]
            told = {*names, *headed.values()} - {None}
            if len(told) > 1 and not self._districts.joint:  # a walk through several
                known = with_counties(self._names.gazetteer, filter(None, told))
                cities = {above[0] for name in told if name and (above := known.ancestors(name))}
                names = [
                    name or (self._districts.only_named(run, cities) if section else None)
                    for name, (section, run) in zip(names, runs, strict=True)
                ]
            for name, (_, run) in zip(names, runs, strict=True):
                headed |= dict.fromkeys((paragraph.number for paragraph in run), name)
            if self._names.paper:
                headed |= self._by_places(headline, [p for p in paragraphs if not headed[p.number]])
        named = {*headed.values(), self._names.opening(headline or "")} - {None}
        beside = (
            owner
            and self._names.paper
            and any(name and self._names.is_beside(owner, name) for name in named)
        )
        guest = owner is None and guest_of(paragraphs, self._names) in named
        if len(named) > 1 or beside or guest:
            for district, own in groupby(paragraphs, lambda paragraph: headed[paragraph.number]):
                yield district, [*own]
        elif paragraphs:
            yield None, paragraphs

    def _with_pairs(
        self, paragraphs: Sequence[Paragraph], headed: Mapping[int, str | None]
    ) -> tuple[list[Paragraph], dict[int, str | None]]:
        """Return paragraphs and whose each is, a line of districts with a figure each cut into these.

        「洛江区 6.5%　丰泽区 6%」, each with the line above them that says of what.
        """
        found: list[Paragraph] = []
        whose: dict[int, str | None] = {}
        caption: Paragraph | None = None
        for paragraph in paragraphs:
            pieces = [*re.finditer(r"\S+(?: \S+)*", paragraph.text)]
            pairs = [_PAIR.fullmatch(piece[0]) for piece in pieces]
            names = [self._names.whole_name(pair["name"]) if pair else None for pair in pairs]
            if len(pieces) < 2 or not all(names):
                short = is_line(paragraph.text) and not is_row(paragraph.text)
                caption = paragraph if short else None
                whose[len(found)] = headed[paragraph.number]
                found.append(replace(paragraph, number=len(found)))
                continue
            for piece, name in zip(pieces, names, strict=True):
                text, spans = piece[0], paragraph.spans_of(Span(*piece.span()))
                end = self._text.find("\n", caption.spans[-1].end) if caption else -1
                if caption and 0 <= end < spans[0].start:
                    text = f"{caption.text}\n{text}"
                    spans = (*caption.spans, Span(end, end + 1), *spans)
                own = replace(paragraph, text=text, spans=spans)
                whose[len(found)] = name
                found.append(replace(own, number=len(found)))
        return found, whose

    def _headed(self, paragraphs: Sequence[Paragraph]) -> dict[int, str | None]:
        """Return whose each paragraph is by the headings and short lines above it."""
        headed: dict[int, str | None] = {}
        above, base, answered, told_at = None, "", False, -1
        speakers = introduced(paragraphs, self._names)
        presenting = presented(paragraphs, self._names)
        guest = guest_of(paragraphs, self._names)
        for paragraph, follows in zip(paragraphs, [*paragraphs[1:], None], strict=False):
            section = paragraph.section or ""
            if paragraph.number == told_at + 1:  # a heading right below who speaks is theirs
                base = section
            if not section.startswith(base) or (answered and section != base):
                above, base, answered = None, "", False
            opening = self._of_field(paragraph.text) or self._names.opening(paragraph.text)
            heading = self._heading(section[len(base) :])
            asked = question_above(paragraph.text)
            speaker = speaker_of(asked or paragraph.text, speakers, self._names)
            if asked:
                told = paragraph.text[len(asked) + 1 :]
                speaker = speaker_of(told, speakers, self._names) or speaker
            if paragraph.number in presenting:
                above, base = presenting[paragraph.number], section
            elif _SIGNED.fullmatch(paragraph.text) and presenting:
                above, base = None, ""
            elif asked and guest and told.startswith("答"):
                above, base, answered = guest, section, True
            elif above and (other := self._other_above(paragraph, follows, above)):
                above, base = other, section
            elif speaker or (opening and is_line(paragraph.text)):
                above, base = speakers[speaker] if speaker else opening, section
                told_at = paragraph.number
            elif (opening or heading or _ASIDE.search(section)) and opening != above:
                above, base = None, ""
            headed[paragraph.number] = opening or heading or above
        return headed

    def _other_above(
        self, paragraph: Paragraph, follows: Paragraph | None, above: str
    ) -> str | None:
        """Return another district of which a line above sentences begins to tell: 「洛江人的新年愿望」."""
        text = paragraph.text
        if not is_line(text) or _FINISHED.search(text) or self._names.opening(text):
            return None
        if follows is None or "。" not in follows.text:
            return None
        named = self._names.held(self._names.gazetteer.named_in(text, self._names.cut))
        begins = named and any(m.span.start == 0 for m in self._names.mentions(text))
        return named if named and begins and self._names.is_beside(above, named) else None

    def _briefs(self, paragraphs: Sequence[Paragraph], owner: str | None) -> dict[int, str]:
        """Return whose each brief is, where at least two districts have one: 「洛江 1月5日，…」, 「○丰泽区今年…」.

        In an `owner`'s article items may be of others; three that open with other names are briefs.
        """
        found: dict[int, str] = {}
        apart = False
        for paragraph in paragraphs:
            if _IN_BRACKETS.fullmatch(paragraph.text) and paragraph.number - 1 in found:
                found[paragraph.number] = found[paragraph.number - 1]
                continue
            if is_row(paragraph.text):
                if "\n" in paragraph.text:  # under a header
                    continue
                named = [*map(self._names.whole_name, cells(paragraph.text))]
                whose = named[0] if len({*named} - {None}) == 1 else None
                if whose and self._may_be_told(owner, whose):
                    found[paragraph.number] = whose
                continue
            match = _BRIEF.match(paragraph.text)
            whose = self._whose_brief(match[1], paragraph.text[match.end() :]) if match else None
            ours = _OURS.search(paragraph.text) is not None
            if match and whose and not (ours and not self._may_be_told(owner, whose)):
                apart = apart or match[1] is not None
                found[paragraph.number] = whose
        fewest = 2 if owner is None or apart else 3
        return found if len(set(found.values())) >= fewest else {}

    def _between_the_same(
        self, paragraphs: Sequence[Paragraph], headed: Mapping[int, str | None]
    ) -> dict[int, str]:
        """Return whose each is of the paragraphs that name nobody else between two of one district in a section."""
        found: dict[int, str] = {}
        for section, run in groupby(paragraphs, lambda paragraph: paragraph.section):
            own = [*run] if section else []
            told = [paragraph.number for paragraph in own if headed[paragraph.number]]
            for before, after in pairwise(told):
                whose = headed[before]
                if whose is None or whose != headed[after]:
                    continue
                for paragraph in (p for p in own if before < p.number < after):
                    named = self._names.mentions(paragraph.text)
                    others = {mention.district for mention in named} - {whose}
                    if not others and not _OF_CITY.match(paragraph.text):
                        found[paragraph.number] = whose
        return found

    def _below_lines(self, paragraphs: Sequence[Paragraph], owner: str) -> dict[int, str]:
        """Return of which district beside the owner what stands below a line of it is: 「丰泽区今年要办的几件事」.

        The owner's own follow where a paragraph begins with its name, or speaks of 「我区」.
        """
        found: dict[int, str] = {}
        whose = None
        for paragraph, follows in zip(paragraphs, [*paragraphs[1:], None], strict=False):
            named = follows and self._line_of_another(paragraph, follows, owner)
            if named:
                whose = named
            elif whose and self._is_owners_again(paragraph.text, owner):
                whose = None
            if whose:
                found[paragraph.number] = whose
        return found

    def _spaced_rows(self, paragraphs: Sequence[Paragraph]) -> dict[int, str]:
        """Return whose the rows are of a table that has come out without lines: 「洛江区 夜校 900 2026年6月」.

        At least three, of different counties of the paper's city.
        """
        rows = {p.number: _SPACED_ROW.fullmatch(p.text) for p in paragraphs}
        named = {n: self._names.of_city(row["name"]) for n, row in rows.items() if row}
        found = {n: own for n, own in named.items() if own}
        return found if len({*found.values()}) >= _FEWEST_ROWS else {}

    def _by_places(self, headline: str | None, paragraphs: Sequence[Paragraph]) -> dict[int, str]:
        """Return whose each paragraph is by the places that it names, where together they lie in no one county.

        So are those between two of one county.
        """
        if self._districts.of_places(headline, paragraphs):
            return {}
        told = [self._districts.of_places(None, [paragraph]) for paragraph in paragraphs]
        known = [i for i, whose in enumerate(told) if whose]
        for i, after in pairwise(known):
            if told[i] == told[after]:
                told[i:after] = [told[i]] * (after - i)
        return {p.number: whose for p, whose in zip(paragraphs, told, strict=True) if whose}

    def _in_city(
        self, paragraphs: Sequence[Paragraph], headed: Mapping[int, str | None], city: str
    ) -> dict[int, str]:
        """Return whose a city's sections and items are that nothing else tells: of the county whose towns they name.

        An article is divided where there are two such counties.
        """
        runs = [
            run
            for section, own in groupby(paragraphs, lambda paragraph: paragraph.section)
            for run in ([[*own]] if section else [[p] for p in own if p.text.count("\n") > 1])
            if not any(headed[paragraph.number] for paragraph in run)
        ]
        found = [(run, self._districts.of_places(run[0].section, run, city)) for run in runs]
        return {p.number: whose for run, whose in found if whose for p in run}

    def _placed(
        self, paragraphs: Sequence[Paragraph], owner: str | None, city: str
    ) -> dict[int, str]:
        """Return whose the paragraphs of a page are that open with a place of another county than the owner's.

        What follows goes on with it under the same heading, unless it is a picture's words, to where the owner or
        another county is named: print has them so, a headline that stood above them has gone astray.
        """
        found: dict[int, str] = {}
        whose, section = None, None
        for i, paragraph in enumerate(paragraphs):
            text = paragraph.text
            opens = None if is_row(text) or is_line(text) else opening_county(text, city)
            if opens and (owner is None or self._names.is_beside(owner, opens)):
                named = owner is not None and (
                    names_place_of(text, owner) or _OURS.search(text) is not None
                )
                whose, section = None if named else opens, paragraph.section
            elif whose and (
                section != paragraph.section
                or opens
                or _OF_CITY.match(text)
                or OF_ALL.search(text)
                or {m.district for m in self._names.mentions(text)} - {whose, city}
                or (owner is not None and names_place_of(text, owner))
            ):
                whose = None
            if whose:
                found[paragraph.number] = whose
            below = [p.text for p in paragraphs[i : i + 2]]
            if any(line.endswith(PHOTOGRAPHED) for line in below):
                whose = None
        return found

    def _subjects_beside(self, paragraphs: Sequence[Paragraph], owner: str) -> dict[int, str]:
        """Return whose each paragraph is that begins with what another county than the owner plans: 「丰泽区提出，今年…」.

        So is what stands under a heading that begins with its name, if it has it in full: 「丰泽　村口添了食堂」;
        a table's row with its name; and in a section each paragraph that begins with another's, if there are several.
        """
        found: dict[int, str] = {}
        for section, run in groupby(paragraphs, lambda paragraph: paragraph.section):
            own = [*run]
            heading = _SPACED_HEADING.match((section or "").split(" / ")[-1])
            headed = self._names.begun_with(re.sub(r"\s", "", heading[0])) if heading else None
            if headed and not any(headed in paragraph.text for paragraph in own):
                headed = None
            begins = {
                p.number: self._names.begun_with(p.text, whole=True)
                for p in own
                if not is_line(p.text)
            }
            several = len({*begins.values()} - {None, owner}) > 1
            for paragraph in own:
                text = paragraph.text
                if is_row(text):
                    cell = self._names.whole_name(cells(text.split("\n")[-1])[0])
                    if cell and self._names.of_city(cell) and self._names.is_beside(owner, cell):
                        found[paragraph.number] = cell
                    continue
                begun = begins.get(paragraph.number)
                plans = begun and (several or _PLANS.match(text, len(begun)))
                named = begun if plans else headed
                if (
                    not named
                    or self._names.of_city(named) is None
                    or not self._names.is_beside(owner, named)
                ):
                    continue
                names = {m.district for m in self._names.mentions(text)}
                if owner not in names and not _OURS.search(text):
                    found[paragraph.number] = named
        return found

    def _is_owners_again(self, text: str, owner: str) -> bool:
        if _OURS.search(text) or (is_line(text) and self._names.named_in(text) == owner):
            return True
        return self._names.subject(text.split("。")[0], self._names.gazetteer) == owner

    def _line_of_another(self, paragraph: Paragraph, follows: Paragraph, owner: str) -> str | None:
        text = paragraph.text
        if not is_line(text) or is_row(text) or not _LEADS.search(text):
            return None
        opens = follows.section != paragraph.section or BULLET.match(follows.text)
        if not (opens or "。" in follows.text):
            return None
        for name, (start, end) in self._names.mentions(text)[:1]:
            whole = start == 0 and text[end - 1] in "区县市旗" and not AND_MORE.match(text, end)
            return name if whole and self._names.is_beside(owner, name) else None
        return None

    def _captions(self, paragraphs: Sequence[Paragraph], owner: str) -> dict[int, str]:
        """Return of which district beside the owner each picture's caption tells: 「▼丰泽区夜校里，…。」."""
        found: dict[int, str] = {}
        whose = None
        for paragraph in paragraphs:
            caption = _PICTURED.match(paragraph.text)
            if caption and (
                paragraph.text[0] not in _MARKS
                or paragraph.text.endswith(PHOTOGRAPHED)
                or _ON_A_DAY.match(paragraph.text, caption.end())
            ):
                whose = self._names.subject(
                    paragraph.text[caption.end() :].split("。")[0], self._names.gazetteer
                )
                whose = whose if whose and self._names.is_beside(owner, whose) else None
            elif not (_THE_SAME.match(paragraph.text) or paragraph.text.endswith(PHOTOGRAPHED)):
                whose = None
            if whose:
                found[paragraph.number] = whose
        return found

    def _may_be_told(self, owner: str | None, name: str) -> bool:
        """Tell whether a district is one of those of which an owner's document tells as its own."""
        return owner is None or self._names.inside_of(owner, name) is not None

    def _whose_brief(self, name: str | None, rest: str) -> str | None:
        """Return the district of a name set apart, else the one with whose full name a text opens alone."""
        if name is not None:
            whose = self._names.whole_name(name) or self._names.held(self._names.with_unit(name))
            return None if self._names_more(rest, whose) else whose
        ends = [i for i in range(_LONGEST_COUNTY, 1, -1) if rest[i - 1 : i] in (*"区县市旗",)]
        named = ((self._names.whole_name(rest[:end]), end) for end in ends)
        whose, end = next(((own, end) for own, end in named if own), (None, 0))
        return None if self._names_more(rest[end:], whose) else whose

    def _names_more(self, rest: str, whose: str | None) -> bool:
        """Tell whether what follows a district's name goes on to another's: 「和丰泽区」, 「等地」."""
        also = _AND_OTHERS.match(rest)
        start = also.end() if also else 0
        further = (rest[start : start + more] for more in range(2, _LONGEST_COUNTY))
        return rest.startswith("等") or bool(
            {*map(self._names.whole_name, further)} - {None, whose}
        )

    def _of_field(self, text: str) -> str | None:
        """Return the district that an item says it is in: 「所在区：洛江区」."""
        place = _PLACE_FIELD.search(text)
        return self._names.whole_name(place[1]) if place else None

    def _by_subjects(
        self, paragraphs: Sequence[Paragraph], owner: str | None
    ) -> tuple[Sequence[Paragraph], dict[int, str | None]]:
        """Return paragraphs, cut where a sentence begins with another district, and whose each is.

        Nothing is cut, and all are nobody's, where fewer than two districts begin any. Where few paragraphs begin
        so, as in a report on the whole country, or all are an `owner`'s, only rows of tables are a district's.
        """
        tabled = {p.number: row for p in paragraphs if (row := row_under_header(p.text))}
        if owner and not tabled:
            return paragraphs, dict.fromkeys(p.number for p in paragraphs)
        columns = {p.number: [*self._by_columns(p)] for p in paragraphs if p.number in tabled}
        rows = [_row_of(p.text, tabled.get(p.number)) for p in paragraphs]
        known = self._with_openings(rows)
        prose = {
            p.number: [*self._cut_at_subjects(p, row, known)]
            for p, row in zip(paragraphs, rows, strict=True)
            if p.number not in tabled
        }
        begun = sum(any(name for name, _ in own) for own in prose.values())
        if owner or begun < _SHARE * len(prose):
            prose = {}
        pieces = [
            piece
            for p, row in zip(paragraphs, rows, strict=True)
            for piece in prose.get(p.number)
            or columns.get(p.number)
            or ([(self._of_row(row, known), p)] if p.number in tabled else [(None, p)])
        ]
        if owner:  # 「福州市」 in a table of 泉州市 isn't one of its own
            inside = [(self._names.inside_of(owner, name), piece) for name, piece in pieces]
            pieces = inside if any(name for name, _ in inside) else []
        if len({name for name, _ in pieces} - {None}) < 2:
            return paragraphs, dict.fromkeys(p.number for p in paragraphs)
        found = [replace(piece, number=n) for n, (_, piece) in enumerate(pieces)]
        return found, {n: name for n, (name, _) in enumerate(pieces)}

    def _with_openings(self, texts: Sequence[str]) -> Gazetteer:
        """Return the gazetteer with the counties with whose short names sentences begin.

        Only of a city of which at least two counties are spoken of: 「宁海」 of 「宁海燕摄」 isn't one.
        """
        sentences = (text[start : start + 8] for text in texts for start, _ in sentence_spans(text))
        opening = opening_counties(sentences)
        known = with_counties(self._names.gazetteer, opening)
        mentions = (m for text in texts for m in self._names.mentions(text))
        spoken_of = {*opening, *(mention.district for mention in mentions)}
        cities = Counter(known.ancestors(name)[0] for name in spoken_of if known.lies_in_city(name))
        beside = [name for name in opening if cities[known.ancestors(name)[0]] > 1]
        return with_counties(self._names.gazetteer, beside)

    def _by_columns(self, paragraph: Paragraph) -> Iterator[tuple[str | None, Paragraph]]:
        """Yield what a table's row says of each district, if its columns are of districts."""
        if _CELLS_ON_A_LINE.fullmatch(paragraph.text) is None:
            return
        header, _, row = paragraph.text.partition("\n")
        values = cell_spans(row)
        names = cell_spans(header)[: len(values) if "\t" in row else None]
        whose = [self._of_column(header[start:end]) for start, end in names]
        if len({*whose} - {None}) < 2 or len(names) != len(values):
            return
        first = next(i for i, name in enumerate(whose) if name)
        below = len(header) + 1
        label = Span(0, names[first].start), Span(below, below + values[first].start)
        for column in range(first, len(names)):
            name, value = whose[column], values[column]
            told = Span(below + value.start, below + value.end)
            pieces = [label[0], names[column], Span(below - 1, below), label[1], told]
            spans = tuple(span for piece in pieces for span in paragraph.spans_of(piece))
            text = "".join(paragraph.text[start:end] for start, end in pieces)
            yield name, replace(paragraph, text=text, spans=spans)

    def _of_column(self, name: str) -> str | None:
        """Return the district that a column is of: 「洛江区」, 「洛江区目标」."""
        if whole := self._names.whole_name(name):
            return whole
        kind = _KIND_OF_COLUMN.search(name)
        return self._names.whole_name(name[: kind.start()]) if kind else None

    def _cut_at_subjects(
        self, paragraph: Paragraph, row: str, known: Gazetteer
    ) -> Iterator[tuple[str | None, Paragraph]]:
        """Yield a paragraph's pieces, each with the one district that it speaks of.

        A piece begins with a sentence, or what a semicolon parts from one, in which a clause begins with
        that district's name: 「洛江要修路；种过树，丰泽今年办学。」 What is asked and what answers it are one.
        """
        if asked := question_above(paragraph.text):
            told = paragraph.text[len(asked) + 1 :]
            whose = self._names.subject(told, known)
            yield whose or self._names.held(known.named_in(asked, self._names.cut)), paragraph
            return
        offset = len(paragraph.text) - len(row)
        starts = [
            start + offset if start else 0
            for start, end in _parts(row)
            if self._names.subject(row[start:end], known) or OF_ALL.match(row, start)
        ]
        for start, end in pairwise(sorted({0, *starts, len(paragraph.text)})):
            spans = paragraph.spans_of(Span(start, end))
            cut = paragraph.truncated and end == len(paragraph.text)
            piece = replace(paragraph, text=paragraph.text[start:end], spans=spans, truncated=cut)
            yield self._names.subject(paragraph.text[start or offset : end], known), piece

    def _of_row(self, row: str, known: Gazetteer) -> str | None:
        """Return whose a table's row is: the one district that has a cell of its own, or that it begins with."""
        named = {self._names.whole_name(cell) for cell in row.split("|")} - {None}
        return named.pop() if len(named) == 1 else self._names.subject(row, known)

    def _heading(self, section: str) -> str | None:
        """Return the district that is the heading of a section: 「（一）洛江区」, 「洛江区2026年计划」."""
        names = (
            self._names.gazetteer.full_name(without_number(heading))
            or self._names.opening(heading)
            or self._planning(heading)
            for heading in reversed(section.split(" / "))
        )
        return next((name for name in names if name and self._names.holds(name)), None)

    def _planning(self, heading: str) -> str | None:
        """Return the district whose plan or report a heading says is below."""
        plan = _PLAN.fullmatch(without_number(heading))
        return self._names.whole_name(plan["place"]) if plan else None


def _parts(text: str) -> list[Span]:
    """Return the sentences of a text, also those that semicolons part."""
    return [
        Span(sentence.start + match.start(), sentence.start + match.end())
        for sentence in sentence_spans(text)
        for match in re.finditer("[^；;]+[；;]?|[；;]", text[slice(*sentence)])
    ]


def _row_of(text: str, row: tuple[Sequence[Span], Sequence[Span]] | None) -> str:
    """Return a text without what stands before its first name, of a table's row only what is under the header."""
    if row is not None:
        cells = [text[slice(*span)] for span in row[1]]
        text = "|".join(cells[1:] if cells[0].isdigit() else cells)
    return _BEFORE_NAME.sub("", text, count=1)
