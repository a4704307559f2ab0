"""What people say without asking anything new: 「还有呢？」「为什么？」「真的吗」「谢谢」.

All but courtesies ask the question before once more; what of it, is `understand`'s to tell.
"""

from __future__ import annotations

import re
from typing import Literal

from index.text import fold

Remark = Literal["more", "why", "check", "view", "again", "courtesy"]

_BEFORE = r"(?:那么?|请|麻烦|再|能(?:不能|否)?|可以|给我|帮我|跟我|你|您|这|这个|这些|都|,)*"
_AFTER = r"(?:一下|一点|一些|点|些|吗|么|呢|吧|嘛|呀|啊|啦|了|的|[\s,.!?~])*"
_SAID: dict[Remark, str] = {
    "more": (
        r"(?:还|再)?有(?:没有)?(?:什么|哪些)?(?:别的|其他|其它|更多)(?:的|内容)?|还有(?:没有|什么|哪些)?|(?:别的|更多|其他|其它)(?:的|内容)?"
        r"|(?:来|列|多来|多列|多给|多说)(?:几[个段条]|一?些|一?点)|(?:继续|接着|往下)(?:说|讲|列)?(?:下去)?|下一[页段批]"
        r"|(?:说|讲|写|介绍)?(?:得|的)?(?:更|再)?(?:详细|具体|仔细|展开)(?:一?点|一?些|一下|地)?(?:的?(?:说|讲|介绍|说明|解释|内容|情况)+)?"
        r"|(?:举|来|有)(?:一?个|几个|些)?(?:什么|具体的?)?例子?|比如|例如|比方说?"
    ),
    "why": (
        r"(?:是|又|这是|那是)?(?:为什么|为啥|为何|凭什么|什么(?:原因|理由|道理)|何以)(?:要|会|是)?(?:这样|这么)?(?:做|说|定|规定|安排)?"
        r"|(?:原因|理由)(?:是?什么|何在|在哪里?)?|怎么回事"
    ),
    "check": (
        r"(?:是|说的是?)?(?:真的|确定|肯定|当真|靠谱|可靠|准确|属实|可信)|(?:对|是|是这样|没错|没有错|没有搞错|没弄错|搞错)(?=[吗么吧嘛])"
        r"|不对|不会|不是(?=吧)|(?:有|有没有|有什么)(?:依据|根据|证据|出处)"
        r"|(?:出处|来源|原文|依据|证据)(?:是?什么|是?哪(?:里|儿|份文件|个文件)?|在哪(?:里|儿)?)?|(?:谁|哪里|哪儿|哪份文件|哪个文件)(?:里)?(?:说|写)的|怎么知道的?"
        r"|(?:以上|上面)?(?:内容|话|数字|数据)?(?:是)?(?:哪一?年|什么时候)(?:说|写|发布)?的"
    ),
    "view": (
        r"(?:怎么看|怎么想|觉得(?:怎么样|如何)?|认为|评价)|(?:目标|计划|数字)?(?:高不高|好不好|多不多|大不大|够不够|合理|现实|(?:能|能够)?(?:实现|完成|做到)(?=[吗么]))"
        r"|(?:用)?(?:一|几|两)句话(?:总结|概括|说)?|(?:总结|概括|归纳)"
    ),
    "again": r"(?:说|讲|回答|列)(?:一遍|一次)|重复(?:一遍|一次)?|没(?:听|看)(?:懂|清|明白)",
    "courtesy": (
        r"你好|您好|hi|hello|嗨|哈喽|早上好|晚上好|在吗|再见|拜拜|好|好吧|嗯+|哦+|噢|行|ok|okay|知道|明白|懂|收到|了解|原来如此|太好|不错|很好"
        r"|厉害|真棒|没事|没有|不用|(?:非常|十分|太|多)?(?:感谢|谢谢?)(?:你|您|了|啦|的|回答|帮助|解答)*|辛苦(?:你|您)?"
    ),
}
_REMARKS = {remark: re.compile(f"{_BEFORE}(?:{said}){_AFTER}") for remark, said in _SAID.items()}


def remark_of(text: str) -> Remark | None:
    """Return how a text asks for the question before once more, or None if it asks by itself.

    >>> remark_of("还有呢？"), remark_of("为什么？"), remark_of("真的吗"), remark_of("还有学校呢？")
    ('more', 'why', 'check', None)
    """
    folded = fold(text).strip()
    return next((name for name, said in _REMARKS.items() if said.fullmatch(folded)), None)
