"""Persons: whether a question asks for one by name, and whether a text names one to answer it.

A name is told by where it stands (beside an office, before what a person does), since a surname alone
begins many words: 「高质量」, 「安全」.
"""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤庄翁柯洪连游康施凌牛樊葛邢安齐易乔"
    "伍庞颜倪聂章鲁岳俞梅辛管祝左涂谷祁耿牟卜路詹焦巩柳欧齐文骆盛童"
)
_NAME = rf"(?:欧阳|司马|诸葛|上官|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_OFFICE = (
    "书记|[省市县区州镇乡村校院局厅部处科团会社台队行]长|主任|主席|总理|总统|首相|总裁|经理|董事长?|负责人|委员|代表|院士|教授|博士|专家"
    "|记者|教练|创始人|医生|老师|工程师|企业家|大臣|议员|同志|先生|女士"
)
_DOES = "说|表示|介绍|指出|强调|认为|告诉|担任|出任|当选|主持|出席|率队|带队"
_ASKS = re.compile(
    rf"(?:{_OFFICE}|领导)(?:现在|目前)?(?:[是叫]谁|是哪一?位|姓|名字|叫什么|的(?:名字|姓名))|谁(?:是|任|担任|出任|当选|当上?了?)[^,，。?？]*(?:{_OFFICE})"
)
_NAMES = re.compile(
    rf"[\u4e00-\u9fff]{{1,8}}[·•・.][\u4e00-\u9fff]+"
    rf"|(?:{_OFFICE})[:：、\s]?{_NAME}(?=[^\u4e00-\u9fff]|{_DOES}|[在为对作向到]|$)"
    rf"|(?<![\u4e00-\u9fff]){_NAME}(?={_OFFICE}|{_DOES}|[(（]\d|[(（][男女])"
)


def asks_for_person(question: str) -> bool:
    """Tell whether a question asks for the name of somebody who holds an office or the like.

    >>> asks_for_person("泉港区区长是谁？"), asks_for_person("受益的是谁？")
    (True, False)
    """
    return _ASKS.search(question) is not None


def names_person(text: str) -> bool:
    """Tell whether a text names somebody.

    >>> names_person("区长张建国表示，要建好学校。"), names_person("推动高质量发展，安全生产。")
    (True, False)
    """
    return _NAMES.search(text) is not None
