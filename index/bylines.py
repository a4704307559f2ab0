"""Bylines: who writes, who speaks where and when, and who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.blocks import Block
from index.dates import is_date

PHOTOGRAPHED = ("摄", "摄）", "摄)", "供图", "供图）", "供图)")
BULLET = re.compile(r"[-*+][ \t\u3000]+\S|[•·●○◎■□◆◇▪★☆▲△▽|│｜][ \t\u3000]*\S")

_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){1,2})"
_POST_AND_NAME = rf"[\u4e00-\u9fff、]{{2,30}}(?:书记|[市区县省局]长|主席|主任)[\s:：]+{_NAME}"
COLUMNS = "快讯|短波|动态|要闻|简讯|速递|速览|资讯|集锦"
BYLINE = re.compile(
    r".{0,30}中心组(?:\s*供稿)?|[（(]?[\u4e00-\u9fff\s]{2,24}供稿[）)]?|(?:中共)?[\u4e00-\u9fff]{2,14}[省市区县]委宣传部"
    rf"|[■○●▲◆⊙]\s*(?!\S*(?:{COLUMNS})|[\u4e00-\u9fff]{{1,5}}[区县市旗]$)"
    rf"{_NAME}(?:[\s、]+{_NAME})*(?:\s*(?:文/图|图/文|文|图))?"
    r"|[（(]?(?:□|◎|[■○●▲◆]?\s*(?:[\u4e00-\u9fff]{2,8}[社网台](?=记者)|本报(?!讯\s*[（(][^（）()]*[）)]\s*\S)|本刊|通讯员|见习|实习|记者|特约|文/|文／|图/|作者\s*[:：]|文\s*[:：]))[^。！？]{0,38}[)）]?"
    r"|(?=中共|.*[（(]执笔)(?:中共)?[\u4e00-\u9fff]{2,14}(?:党校|课题组|调研组|政研室|研究室)"
    r"(?:教研[室部])?(?:\s*[\u4e00-\u9fff]{0,6}课题组)?(?:\s*[（(]执笔[^（）()]{2,20}[）)])?"
    rf"|(?:中共)?[\u4e00-\u9fff]{{2,14}}(?:党校|政研室|研究室)(?:教研[室部])?(?:[\s\u3000]+{_NAME}){{1,3}}"
    r"|(?:中共)?[\u4e00-\u9fff]{2,16}(?:委员会|市委|区委|县委|省委|人民政府|党工委|管委会)(?:办公室)?"
    rf"|[\u4e00-\u9fff]{{2,14}}(?:融媒体中心|新闻中心|新闻办公?室?|报道组|记者站|广播电视台|电视台)(?:[\s、]+{_NAME}){{0,3}}(?:\s*供稿)?"
    r"|[\u4e00-\u9fff]{1,14}(?:[省市区县州旗]|政府|[省市区县州旗党]委)(?:书记|市长|区长|县长|省长|主席|主任)[\u4e00-\u9fff]{2,4}"
    r"|[\u4e00-\u9fff]{2,14}人民政府代?[市区县镇乡]长"
    rf"|[■○●▲◆□◎]?\s*{_POST_AND_NAME}"
    rf"|(?:自治区|代)?(?:书记|市长|区长|县长|省长|主席|主任)[\s:：]+(?:[\u4e00-\u9fff·]{{2,12}}|{_NAME})"
)
_PERSON = re.compile(rf"(?:[\u4e00-\u9fff]\s*[\u4e00-\u9fff]{{1,3}}[：:]\s*)?{_POST_AND_NAME}")
# A newspaper's report may have its byline in its first words.
_LEDE = re.compile(
    r"(?:本报|本刊|[日晚晨早]刊|[日晚晨早]报)讯|(?:[\u4e00-\u9fff]{2,8}讯)?\s*[（(][^（）()。]{0,12}记者[^（）()。]{1,30}[）)]\S"
    r"|(?![\u4e00-\u9fff]{0,3}[快简短])[\u4e00-\u9fff]{2,4}讯[ \u3000]+\d{1,2}月"
    r"|本报[\u4e00-\u9fff]{2,6}讯(?:\s*[（(](?:通讯员)?[^（）()。]{1,30}[）)]\S|[ \u3000“])"
    r"|(?:本报|新华社|中新社|中新网)[\u4e00-\u9fff]{0,8}\d{1,2}月\d{1,2}日[电讯]"
    r"|[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日[电讯]\s*[（(]"
    r"|(?:本报)?记者\s?[\u4e00-\u9fff、 ]{2,12}报道[:：]"
)
# 「——一座夜校的账　　本报记者　王某」
_SUBTITLED = re.compile(
    rf"[-—–]{{1,2}}\s*[^。；]{{4,40}}[ \u3000]{{2,}}本报(?:首席|特约)?(?:记者|通讯员)(?:[ \u3000]+{_NAME}){{1,3}}"
)
# 「——访洛江区区长王某」, 「——区医院院长王某答本报记者问」
_INTERVIEWED = re.compile(
    r"[-—–]{1,2}\s*(?:(?=.*(?:书记|[市区县镇乡村局厅院校园馆社站]长|主任|董事长|总?经理|教授|负责人|代表|委员))"
    r"(?:本报|本刊)?(?:记者)?(?:对话|专访)[^，。；]{4,40}|[^，。；]{4,40}答(?:本报|本刊)?[记读]者问"
    r"|访[^，。；]{2,24}(?:书记|[市区县镇乡村局厅院校]长|主任|董事长|总?经理|教授)[\u4e00-\u9fff]{2,4})"
)
# 「对话洛江区区长赖某」
TALK = re.compile(
    r"(?:本报)?(?:记者)?(?:对话|专访|访)[^，。；：:？]{2,24}(?:书记|[市区县镇乡村局厅院校]长|主任|董事长)"
    rf"\s*{_NAME}"
)
OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:局|厅|办公室|委员会|人民政府|研究院|工作组|(?:宣传|组织|统战|工作)部)(?:[（(][\u4e00-\u9fff]{2,10}[）)])?"
)
_PLACED = re.compile(r"中共|(?![省市区县州旗盟])[\u4e00-\u9fff]{2,8}?[省市区县州旗盟]")
SUPPLIED = re.compile(r"[（(][\u4e00-\u9fff\s]{2,24}供稿[）)]")
_NUMBER_OF_PAPER = re.compile(
    r"[\u4e00-\u9fff]{0,12}[〔\[（(]20\d\d[〕\]）)]\s*第?\d+号(?:\s*[A-D]类?)?"
)
DATELINE = re.compile(
    r"[-—–(（]*\s*(?:[\d〇○零一二三四五六七八九]{4}年)?[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
    r"[^，,；]{0,60}(?:会议|大会|全会)[^，,；]{0,40}"
)


# 「（作者系中共洛江区委书记）」, 「（本报记者　王某）」 alone on the last line of an article.
AUTHOR = re.compile(
    r"[（(]?作者(?:[\u4e00-\u9fff]{2,4}[，,\s]\s*)?(?:系|为|是|单位\s*[：:]|\s*[：:])\s*(?P<who>[^（）()。]{3,40})[）)]?"
)
CLOSES = re.compile(
    rf"{AUTHOR.pattern}|[（(](?:本报)?(?:首席|特约|见习|实习)?(?:记者|通讯员)[^（）()。]{{2,30}}[）)]"
    r"|[（(](?!图片|综合|来源|摘自|完|[\u4e00-\u9fff]{0,3}[笑声图选表掌略续])"
    rf"{_NAME}(?:[ \u3000、]+{_NAME}){{0,3}}(?:\s+文/图)?[）)]"
)
# Who speaks for a county: not its writers' union, a school, who was something once.
POST = re.compile(
    r"(?!.*(?:原|协会|学[院校会]|[大中小]学|公司|医院|作家|记者|教师))[^，。]*(?:书记|[省市区县旗镇乡州盟]长|[省市区县旗州盟]委|政府)"
)
NAME_ALONE = re.compile(r"[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]")


def signs_or_does(lines: Sequence[Block], i: int) -> bool:
    """Tell whether an office signs, or does what a list's item says, instead of writing.

    「南安市人民政府」 above the day signs; 「市卫生健康委员会」, without its place, does.
    """
    if OFFICE.fullmatch(lines[i].text) is None:
        return False
    dated = i + 1 < len(lines) and is_date(lines[i + 1].text)
    return dated or _PLACED.match(lines[i].text) is None


def opens(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line may stand under a headline: a byline, or a report's first words."""
    return is_byline(lines, i) or (
        lines[i].level is None
        and any(
            (
                _LEDE.match(lines[i].text),
                _INTERVIEWED.fullmatch(lines[i].text),
                _SUBTITLED.fullmatch(lines[i].text),
            )
        )
    )


def is_byline(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line names who writes; 「■ 修路」 above 「■ 种树」 is a list's item."""
    text = lines[i].text
    if BULLET.match(text) and i + 1 < len(lines) and lines[i + 1].text[0] == text[0]:
        return False
    beside = (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])
    if _PERSON.fullmatch(text) and any(_PERSON.fullmatch(line.text) for line in beside):
        return False  # one of those who speak
    return lines[i].level is None and BYLINE.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Tell whether a text is a document's number: 「洛政办〔2026〕3号」."""
    return _NUMBER_OF_PAPER.fullmatch(text) is not None


def tells_who_or_when(lines: Sequence[Block]) -> bool:
    """Tell whether the first line says who issues a document, its number or its day."""
    text = lines[0].text
    return (
        OFFICE.fullmatch(text) is not None
        or is_number(text)
        or is_byline(lines, 0)
        or is_date(text)
    )
