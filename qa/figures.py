"""Figures and dates: whether a question asks for one, and whether a text holds one to answer it.

Persons are asked for and named in `qa.persons`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from index.numerals import SCALES, value_of
from index.text import fold
from qa.persons import asks_for_person, names_person

Expected = Literal["figure", "date", "person"]

# 「哪几所」 asks for a list, 「这几年」, 「前几年」 and 「另外几个」 for nothing; 「提前几天」, 「目前几所」 ask.
HOW_MANY = "(?<![哪近这那他另])(?<!未来|过去|今后|另外)(?<!^前)(?<![^提目]前)几(?!乎)"
WHEN = "什么时[候间]|啥时[候间]?(?![代期尚段])|何时|几时|多会儿"
_ASKS_DATE = re.compile(
    rf"{WHEN}|哪一?[年月天日](?!龄)|哪个月|几月|几号(?!线)|(?:周|星期|礼拜)几|几点(?![要意建举希打体]|措施)"
    r"|(?:(?<![长少久天分])时间|日期|日子)(?:[是为](?!多少|几[个天年小分])|在|呢|$|[?？])"
    r"|多久(?:才?能?会?可?以?)(?:开|举|启|建成|完工|竣工|通车|投[产用运])"
)
_ASKS_AMOUNT = re.compile(rf"多少|{HOW_MANY}|多大|多高|多长|多远|多宽|多重|多久|第几")
# 「增长率是？」; but 「怎么提高增长率？」, 「有哪些投资？」.
_ASKS_MEASURE = re.compile(
    r"比例|占比|(?:人数|数量|金额|总额|产值|票房|奖金|增速|增长率|率|投资|规模|保有量|面积)(?:是|为|达|有|呢|$|[?？])"
)
_ASKS_OTHERWISE = re.compile("怎么|怎样|如何|咋|哪些|哪几|什么(?:办法|措施|举措)")
_DATE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年|(?<![\d.])(?:19|20)\d\d(?!\s*[\d.,%万亿多余个家人名所项条户套栋吨亩米元])|\d{1,2}[日号]|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+[日号])?|(?:周|星期|礼拜)[一二三四五六日天](?!年)|(?:\d+|十?[一二三四五六七八九十])点"
)
_NUMERAL = "一二三四五六七八九十百千万亿两"
# What is a date to those who know the year: 「年底前通车」, 「二季度」, 「国庆前」, 「秋季学期」.
_IN_THE_YEAR = re.compile(
    rf"(?<![\d{_NUMERAL}几])年(?:[底初末内]|中(?![小国学央心考秋]))|月[底初末]|[上中下]旬|[上下]半年|[一二三四1-4]季度|(?<!说)明年|(?<![今以之])后年"
    r"|(?:元旦|春节|清明|端午|中秋|国庆|暑假|寒假)(?=[节前后]|期间|当天)|(?<!十)[五十]一(?=\"?(?:[节前后]|假期|期间))"
    r"|[春夏秋冬]季(?=学期|开学|招生|投用|启用|开园)|\d{1,2}时(?=\d+分|[前起至到,。.])"
)
_FIGURE = re.compile(
    rf"\d+(?:[.,]\d+)*|翻番|一半|半数|过半|[{_NUMERAL}]+[多几余]?(?:番|成|亿|万|千|百|个|家|项|条|所|次|倍|大|分之|位|名|座|处|户|人|届|批|支|元|岁|公里|米|吨|亩|年|天|小时|分钟|周|栋|间|辆|台|张|本|棵|艘|趟|班|层)"
)


def asks_for(question: str) -> Expected | None:
    """Return whether a question asks for a figure, a date or a person's name, or None.

    >>> asks_for("洛江区有多少个教育项目？"), asks_for("何时建成？"), asks_for("怎么抓教育？")
    ('figure', 'date', None)
    """
    folded = fold(question)
    if _ASKS_DATE.search(folded):
        return "date"
    measured = _ASKS_MEASURE.search(folded) and not _ASKS_OTHERWISE.search(folded)
    if _ASKS_AMOUNT.search(folded) or measured:
        return "figure"
    return "person" if asks_for_person(folded) else None


# 「1+2+N」 and 「“5610”行动」 are names.
_NAMED = re.compile(r"\d+(?:\+[\da-z]+)+|\"[\d.+]+\"")
# What counts the thing asked for: people asked for are told in 人, 名, 人次 …
_COUNTED_IN = {
    "人": "[人名位]",
    "名": "[人名位]",
    "位": "[人名位]",
    "家": "[家户个所]",
    "条": "[条项个]|公里",
    "所": "[所座个家处]",
    "座": "[座个处]",
    "钱": "[元块]",
    "元": "[元块]",
    "块": "[元块]",
    "张": "[张个]",
    "台": "[台辆部个]",
    "辆": "[台辆部]",
    "部": "[台辆部个]",
    "套": "[套户间]",
    "户": "[户家套]",
    "公里": "公里|千?米",
    "平方米": "m²|平方|平米",
    "亩": "亩|公顷",
    "吨": "[吨斤]",
    "斤": "[吨斤]",
    "岁": "周?岁",
    "次": "[次场趟]",
}
# 「总投资是多少？」 asks for money; in a table the column's name may have the unit.
_ASKS_MONEY = re.compile(
    r"(?:总投资|(?<!固定资产)投资(?:总?额|规模)|(?:计划|年度|预计|估算)投资|造价|经费|资金)(?:总?额|规模)?(?:各|分别)?(?:是|为|有|要|达到?)*(?:多少)?(?=[?!.,\s]|$)"
)
_MONEY = "元|块|美元|港[元币]|欧元|英镑|日元|卢布|(?<=[万亿])(?![\u4e00-\u9fff]?[人户平吨米亩件次个株头只套千])"
# 「每月能领多少高龄补贴？」, 「一天赔多少？」; a rate or a share may tell it too, or that nothing is paid.
_ASKS_PAYMENT = re.compile(
    r"多少(?![人户家名个位企岗学老亩])的?[\u4e00-\u9fff]{0,6}?(?:补贴|津贴|补助|工资|奖金|租金|保证金|养老金|抚恤金|费用)(?=[?!,.\s呢啊]|$)"
    r"|(?:领|补|奖|赔|罚|缴|挣|赚)(?:到|给|了)?多少(?=[?!,.\s呢啊]|$)"
)
_FREE = "免费|免收|全免|不收|不要钱|减半|一半"
_RATE = re.compile(
    rf"{_FREE}|[\d{_NUMERAL}]+[倍厘]|\d[%‰]|[{_NUMERAL}]百|(?:补|赔|罚|付|给|发|按)[^,.;]{{0,8}}[{_NUMERAL}]成"
)
IN_TABLE = re.compile(r"[|│｜\t]|\s{2}")
# 「排第几？」 「全市第一」
_ASKS_RANK = re.compile("第几|排名|位次|名次")
_RANK = re.compile(rf"\d+|第[{_NUMERAL}]+|前[{_NUMERAL}]+|首位")
_ASKED_UNIT = re.compile(rf"(?:多少|几)[十百千万亿]*(?!块[^钱?!,.\s])({'|'.join(_COUNTED_IN)})")


def holds(expected: Expected | None, text: str, question: str = "") -> bool:
    """Tell whether `text` holds a figure or date that `question` doesn't name itself, or a person.

    Where the question says what is counted, the figure must count something alike.

    >>> holds("figure", "八成以上的财力"), holds("figure", "2025年的目标"), holds("date", "2025年底")
    (True, False, True)
    >>> holds("figure", "投资120亿元", "有多少人？"), holds("figure", "1200万人次", "有多少人？")
    (False, True)
    >>> holds("figure", "投资120亿，", "总投资是多少？"), holds("figure", "设床位300张", "总投资是多少？")
    (True, False)
    """
    if expected is None:
        return True
    given = fold(question)
    folded = fold(text)
    if expected == "person":
        return names_person(folded)
    if expected == "date":
        dates = (*_DATE.findall(folded), *_IN_THE_YEAR.findall(folded))
        return any(date not in given for date in dates)
    undated = _NAMED.sub(" ", _DATE.sub(" ", folded))
    asked = _ASKED_UNIT.search(given)
    figure = _figure_in(_COUNTED_IN[asked[1]]) if asked else _FIGURE
    if not asked and _ASKS_MONEY.search(given) and not IN_TABLE.search(folded):
        figure = _figure_in(_MONEY)
    if _ASKS_RANK.search(given):
        figure = _RANK
    named = set(figure.findall(given))
    return any(match[0] not in named for match in figure.finditer(undated))


_SENTENCE_END = re.compile(r"[?!]\s*")
# What tells when something is, however loosely; a text without is silent on it.
_SOME_TIME = re.compile(
    rf"\d\s*(?:[年月日天时点:]|周(?!年))|[{_NUMERAL}几半]个?(?:年|月|天|日|周|小时|工作日)|[今明去前后当每][年天日晚周月]|年[内代]|世纪"
    r"|季度|[春夏秋冬]季|[春夏秋冬][前后耕收]|春节|节[前后]|期间|汛期|[正腊]月|[寒暑]假|尚[未无]|暂[未无不]|待[资定批]|尽快|早日|目前|近期|即将|还没|没有|已经?(?:建|投|开|通|完|启)"
)
_FOR_NOTHING = re.compile(rf"{_FREE}|\d[%角分]|[{_NUMERAL}]成|[{_NUMERAL}]百")
# All that something costs isn't told by what is spent on it this year, nor by what it yields.
_COST = re.compile("总投资|造价")
# 「讯飞投了多少？」 isn't told by what yields as much.
_INVESTED = re.compile(
    r"投(?:资|入)?了?(?:多少|几)(?:钱|元|个?[亿万](?![人亩户平吨])|(?=[?,.!\s]|$))|投资额"
)
_GIVEN = re.compile("投|支出|安排|支持|列支|补[助贴]")
_SPENT = re.compile("投资|投入|资金|造价|[耗斥]资|概算|预算|经费|花|成本|拨")
# 「钱由谁出？」, 「中央给多少？」
_PAYERS = "中央|国家|财政|政府|[省市区县镇村](?:里|级|财政)?"
_MONEY_ASKED = "多少(?![人个家项名])|几(?:成|分之?几|[十百千万亿]*[块元])|钱"
_ASKS_PAYER = re.compile(
    "^(?=.*(?:钱|资|费|补|贴|[亿万]?元|买单)).*(?:谁|哪个?(?:部门|单位|一?级(?:政府|财政)?))(?:来|去)?(?:出(?![台现门生租让])|掏|承担|负担|买单)"
    rf"|钱从哪|哪[里儿]?来的钱|资金从哪|(?:{_PAYERS})(?:各|分别|能|会|要|来|得)*(?:掏|出|承担|负担|摊)(?:{_MONEY_ASKED})"
    rf"|多少钱?是(?:{_PAYERS})[^,]{{0,3}}(?:给|出|掏|拨|补|承担|投)"
)
_PAID = re.compile(
    "自筹|出资|投资[人方者]|捐|财政|贷款|债券|专项债|国债|贴息|补[助贴]|奖补|配套资金|社会资本|众筹|筹[集资措款]|拨付|上级资金|免费|自费|自[付愿]|买单"
    "|分摊|分担|均摊|预算|列支|缴[纳费]?|[Pp][Pp][Pp]"
    "|由[^,.;。]{2,14}(?:支付|付|出|承担)"
    rf"|(?:{_PAYERS}|企业|个人|住户|业主|居民|公司|集团|集体|银行|基金|学校|医院|群众|社会)[^,.;。、]{{0,6}}(?:承担|负担|投资|投入|全额|支付|支持资金|出钱|资金|安排)"
)
# 「是哪家公司投资的？」
_ASKS_COMPANY = re.compile("哪一?家(?:公司|企业|集团|开发商)|哪个(?:公司|集团|开发商)")
_COMPANY = re.compile(
    "公司|集团|企业|股份|控股|厂商|[央国民私]企|业主|开发商|银行|电投|[中国][建铁交电核能化石]|引进|携手|牵手"
    "|[由与和同][^,.;。]{2,14}(?:投资|出资|建设|承建|开发|合作|共建|运营)"
)
_OF_A_YEAR = re.compile("(?:今年|年度|本年|当年|完成)[^,.。;总]{0,4}(?<!总)投资")


def cannot_tell(question: str, text: str) -> bool:
    """Tell whether a question asks for a date, for money, who pays or which company, and `text` has nothing that could be it.

    The last sentence that asks counts; a table's cells may be anything.

    >>> cannot_tell("大桥总投资多少？", "大桥全长504米。"), cannot_tell("门票多少钱？", "门票免费。")
    (True, False)
    >>> cannot_tell("能领多少高龄补贴？", "老人有高龄补贴。"), cannot_tell("能领多少高龄补贴？", "每月100元。")
    (True, False)
    >>> cannot_tell("大桥的钱由谁出？", "大桥投资3亿元。"), cannot_tell("大桥的钱由谁出？", "由市财政承担。")
    (True, False)
    >>> cannot_tell("大桥多长？ 什么时候通车？", "全长504米。"), cannot_tell("什么时候通车？", "今年通车。")
    (True, False)
    """
    sentences = _SENTENCE_END.split(fold(question))[::-1]
    last = next(filter(None, sentences), "")
    for asks, tells in ((_ASKS_PAYER, _PAID), (_ASKS_COMPANY, _COMPANY)):
        if asks.search(last):
            return not (tells.search(folded := fold(text)) or IN_TABLE.search(folded))
    asked = next((sentence for sentence in sentences if asks_for(sentence)), "")
    expected, unit = asks_for(asked), _ASKED_UNIT.search(asked)
    money = _ASKS_MONEY.search(asked) or (unit and unit[1] in "钱元块") or _INVESTED.search(asked)
    paid = _ASKS_PAYMENT.search(asked)
    if expected != "date" and not (expected == "figure" and (money or paid)):
        return False
    folded = fold(text)
    if IN_TABLE.search(folded):
        return False
    if expected == "date":
        return not (holds("date", text) or _SOME_TIME.search(folded))
    if _COST.search(asked) and not _SPENT.search(_OF_A_YEAR.sub("", folded)):
        return True
    if _INVESTED.search(asked) and not (_SPENT.search(folded) or _GIVEN.search(folded)):
        return True
    otherwise = _RATE if paid else _FOR_NOTHING
    return not (_figure_in(_MONEY).search(folded) or otherwise.search(folded))


@cache
def _figure_in(units: str) -> re.Pattern[str]:
    """Return the pattern of a figure that counts in one of `units`."""
    return re.compile(rf"(?:\d+(?:[.,]\d+)*|[{_NUMERAL}]+)[余多几]?[十百千万亿]*[余多]?(?:{units})")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as a number: ``value`` counts ``unit`` (「120亿元」: 12000000000.0 元)."""

    value: float
    unit: str
    text: str

    def to_dict(self) -> dict[str, float | str]:
        """Return it as JSON has it."""
        return asdict(self)


_DIGITS = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)? ?"
_DIGIT = "零〇一二三四五六七八九两"
_NUMERAL_OF_THOUSANDS = f"[{_DIGIT}十百千]+(?:点[{_DIGIT}]+)?"
_PART = re.compile(rf"({_DIGITS}|{_NUMERAL_OF_THOUSANDS})([十百千]?)[多余]?([万亿]*)")
# 「1亿2000万」: parts, of which each but the last has 万 or 亿. Each can be read in one way only, or
# a long row of them takes exponential time.
_UP_TO_THOUSANDS = rf"(?:(?:{_DIGITS}[十百千]?|{_NUMERAL_OF_THOUSANDS})[多余]?)"
_NUMBER = rf"(?:{_UP_TO_THOUSANDS}[万亿]+)+{_UP_TO_THOUSANDS}?|{_UP_TO_THOUSANDS}"
# Not of 「第十五个」, 「前三位」 or the middle of a number; of 「3—5件」 both ends.
_AMOUNT = re.compile(
    rf"(?<![第数几\d{_DIGIT}十百千万亿])(?<!\d\.)(?<!(?<![目提年月日以此之])前)"
    rf"(?:(?P<from>{_UP_TO_THOUSANDS}[万亿]*)(?:-{{1,2}}|~|至|到))?"
    rf"(?:百分之(?P<percent>{_DIGITS}|{_NUMERAL_OF_THOUSANDS})|(?P<amount>{_NUMBER})多?"
    r"(?P<unit>%|‰|m²|平方米|平方公里|公里|公顷|千瓦时|千瓦|吨|公?斤|立方米|个百分点|个?小时|分钟|个月|成(?P<tenth>[一二三四五六七八九](?![十百千万亿个家项]))?"
    r"|[美欧港]?元|人次|人|家|个|项|条|所|次|倍|张|套|户|亩|件|名|位|座|台|辆|处|(?<!一)批|天|岁))"
)
# 「两三个」 and 「七八百人」 name no number, 「“四名”资源」 counts nothing.
_VAGUE = re.compile(f"(?<![点{_DIGIT}])[一二三四五六七八九两]{{2}}")
_QUOTED = re.compile(r"[“「][^“”「」\d]{1,8}[”」]")


def figures_in(text: str) -> Iterator[Figure]:
    """Yield the amounts of `text` that have a unit, as numbers; of a range, both ends.

    >>> [(f.value, f.unit) for f in figures_in("超120亿元，八成以上，一万二千个项目")]
    [(12000000000.0, '元'), (80.0, '%'), (12000.0, '个')]
    >>> [(f.value, f.unit) for f in figures_in("1000多家，百分之五，3至5万人")]
    [(1000.0, '家'), (5.0, '%'), (30000.0, '人'), (50000.0, '人')]
    """
    folded = fold(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text))
    for match in _AMOUNT.finditer(folded):
        if _VAGUE.search(match[0]):
            continue
        written = text[match.start() : match.end()]
        if match["percent"]:
            yield Figure(float(_number(match["percent"])), "%", written)
            continue
        value = _value(match["amount"])
        if match["from"]:
            yield Figure(float(_lower(match["from"], match["amount"])), match["unit"], written)
        if match["unit"].startswith("成"):
            tenths = value_of(match["tenth"] or "零")
            yield Figure(float(value * 10 + tenths), "%", written)
        else:
            yield Figure(float(value), match["unit"], written)


def _value(amount: str) -> Decimal:
    return sum(map(_scaled, _PART.finditer(amount)), Decimal(0))


def _lower(start: str, end: str) -> Decimal:
    """Return the lower end of a range: 「3至5万」 begins with 30000, 「5000至1万」 with 5000."""
    value, scaled = _value(start), _value(start + end[len(end.rstrip("万亿")) :])
    return scaled if start[-1] not in "万亿" and scaled < _value(end) else value


def _scaled(part: re.Match[str]) -> Decimal:
    value = _number(part[1])
    for scale in part[2] + part[3]:
        value *= SCALES[scale]
    return value


def _number(written: str) -> Decimal:
    if written[0].isascii():
        return Decimal(re.sub("[, ]", "", written))
    whole, _, decimals = written.partition("点")
    return Decimal(f"{value_of(whole)}.{''.join(str(value_of(digit)) for digit in decimals)}")
