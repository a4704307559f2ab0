"""The wording of a question: its kind, its topic without filler, and what it leans on.

Only words are looked at; places are `places`', earlier questions `understand`'s.
"""

from __future__ import annotations

import re
from unicodedata import category

from index.text import fold
from qa.figures import HOW_MANY, WHEN
from qa.remarks import remark_of
from qa.types import Kind

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")

_NUMBERING = re.compile(
    r"(?:^|(?<=[?？!！。；;]))\s*(?:[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}(?:、|[.．](?!\d))|[一二三四五]、|第[一二三四五]个?(?:问题)?[:：,，])\s*"
)

# 「鲤 城 旅 游」
_SPACED = re.compile(r"(?<!\S)[\u4e00-\u9fff](?: [\u4e00-\u9fff])+(?![^\s?？!！。])")


def plain(text: str) -> str:
    r"""Return a question on one line, without numbering, emoji and characters that can't be seen.

    >>> plain(" 洛江区的\n教育\u200b项目😊 ")
    '洛江区的 教育项目'
    >>> plain("1、洛江的学校？2、丰泽的夜市？")
    '洛江的学校？丰泽的夜市？'
    """
    seen = (c for c in _EMOJI.sub("", text) if c.isspace() or category(c) not in ("Cc", "Cf"))
    line = _NUMBERING.sub("", " ".join("".join(seen).split()))
    return _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), line)


_MADE = r"(?:诗|绝句|律诗|对子|春联|词|歌|笑话|故事|对联|代码|程序|脚本|作文|小说|情书|图)[?!.呗吧给我了\s]*$"
_HOW = "(?:在家)?(?:要|该|应该)?(?:怎么|怎样|如何|咋)"
_COOKS = "(?:[煮炒烧炖蒸腌熬煎炸焖卤泡]|做(?=[才得会最更比好]))(?![热旺红火活])"
_TASTES = "好吃|好喝|入味|不[腻腥膻柴](?![\u4e00-\u9fff])|软烂"
_OFF = re.compile(
    r"^(?:帮助|help|你是谁|你叫什么|你会什么|你能做什么)[\s!?.,~呀啊吗呢]*$"
    # Abuse.
    r"|^(?:你|您)?(?:真|就|简直|真的)?(?:是)?(?:个|一个)?(?:大)?(?:滚(?:开|蛋|远点)?|笨蛋|傻[子瓜]|傻逼|废物|白痴|蠢货|智障|混蛋|骗子)[\s!?.,~吗吧啊]*$"
    # Chat, weather, the clock.
    r"|^(?:那|请问)?你(?:是|叫)(?:谁|什么|哪|人|机器|ai|真人)|你(?:会|能)(?:做|干|回答|帮我)?(?:些)?什么[?!.]*$"
    r"|(?:今天|明天|后天|现在|周末|这周|下周).{0,6}(?:天气|下雨|下雪|气温|几度|刮风|冷不冷|热不热|冷吗|热吗)|(?:现在|今天)(?:是)?(?:几点|星期几|周几|几号)(?=[了钟啊呀呢吗\s?!.]*$)"
    # The kitchen, the telephone.
    rf"|(?<!饭菜)(?<!小吃)(?<!餐){_HOW}{_COOKS}(?:才|才能|得|会|比较|更|最)*(?:{_TASTES}|[香嫩脆](?=[\s?!.,]*$))"
    rf"|{_COOKS}多(?:久|长时间|少分钟)(?:才|能|会|可以)*(?:[熟嫩烂香]|{_TASTES})"
    r"|(?:^|[我,.])的?(?:手机|电脑|wifi|蓝牙|路由器|微信|打印机)(?:老是|总是|突然|为什么|怎么)*(?:连不上|打不开|开不了机|死机|卡死|黑屏|登不上|登录不了|充不[进了上]电|没声音|闪退|发烫)(?!.*(?:政务|平台|系统|公积金|社保|医保))"
    # Something to be watched or played.
    r"|推荐(?:一下|一|几|点|些)*[部首款个本场]?[^,。?]{0,10}(?:电影|电视剧|网剧|综艺|歌曲?|小说|游戏)(?:吗|吧|看看|看|听听|听|玩|呢|[\s?!.])*$"
    # Something to be made: a poem, a joke, a program.
    rf"|(?:写|作|编|讲|来|唱|画|生成|创作)(?:一|几|两)?[首个篇段则支幅副点张](?:(?!什么|哪|了)[^,。?]){{0,20}}{_MADE}"
    rf"|^(?:请|你|能|会|可以|来|给我|帮我|为我)*(?:写|作|编|讲|唱|画)(?:一?下)?{_MADE}"
    r"|翻译(?:成|为|一下)|^(?:请|帮我|给我)*(?:翻译|算(?:一?下|一?算)[\s,:]*[\d(][\d\s.()]*[-+*/×÷x加减乘除])"
    # Sums.
    r"|^[\s\d().]*\d\s*[-+*/×÷x]\s*\d[\s\d().+*/×÷x-]*(?:=|等于|是)?(?:几|多少)?[\s?]*$"
    # Orders to the machine.
    r"|(?:忽略|无视|忘记|忘掉|不要管).{0,6}(?:你|上面|以上|上述|前面|之前|先前|此前|所有|一切|全部|任何|系统).{0,12}(?:指令|提示|规则|设定|要求|命令)|(?:ignore|disregard|forget).{0,20}(?:指令|提示|规则|设定|要求|instruction|prompt|rule)|(?:系统|初始)提示|system\s*prompt|\bprompts?\b"
)
# 「哪个区学位多？」 ends in what compares; but 「哪个区要做大？」, 「哪里有附小？」.
DEGREE_LAST = (
    r"(?<!多)[高大小快慢强多少低](?<![扩做放壮人师夜]大|[附实中缩减]小|[加做创\d百十千一二三四五六七八九]强|[减缺]少|[加赶]快|[减放]慢)"
    r"(?<!提高|增多|降低|减低)[\s?!.呢啊呀]*$"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("compare", re.compile(
        r"相比|比较(?!优势)|区别|差别|不同|异同|谁(?:更|的|装|建|多|高)|哪个(?:区|省|市|县)?[^,。]{0,10}(?:更|最(?!近|新|后|终))"
        rf"|哪个(?:区|省|市|县)[^,。]{{1,10}}{DEGREE_LAST}"
        r"|最(?![近新后终])[^,。]{1,2}的(?:(?:区|省|市|县|地方)是哪|是哪(?:一?个|些)?(?:区|省|市|县|地方))"
        r"|哪个(?:高|多|大|好|快|强|低|少)|对比|孰")),
    ("fact", re.compile(
        rf"多少|{HOW_MANY}|多大|多高|多长|多久|{WHEN}|哪一?年(?!龄)|哪个?月|哪天|谁|哪里|哪儿"
        r"|哪(?:个|家|座|条)|第几|比例|姓(?:什么|啥)|叫(?:什么|啥)(?:名字?)?[\s?!.]*$")),
    ("way", re.compile(
        r"怎么|如何|怎样|咋|靠(?:什么|啥)|(?:什么|啥|哪些|有何)(?:好)?(?:办法|措施|做法|举措|方式|途径|方法|招)")),
    ("list", re.compile(r"哪些|哪几|什么|啥|有何|列出|分别")),
    ("yesno", re.compile(r"吗|么[?]?$|是否|有没有|会不会|能不能|是不是|可不可以|要不要")),
    ("list", re.compile(r"呢[\s?!.]*$")),  # 「医疗呢？」: what there is
)  # fmt: skip


def kind_of(question: str) -> Kind:
    """Return what kind of answer a question asks for.

    >>> kind_of("洛江区要建多少教育项目？"), kind_of("鲤城老城区怎么保护？"), kind_of("你好！")
    ('fact', 'way', 'none')
    """
    folded = fold(question).strip()
    if remark_of(folded) == "courtesy" or _OFF.search(folded) or not re.search(r"\w", folded):
        return "none"
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), "fact")


def asks(text: str) -> bool:
    """Tell whether folded `text` has a word that asks.

    >>> asks("学校怎么办"), asks("学校")
    (True, False)
    """
    return any(pattern.search(text) for _, pattern in _KINDS)


_CLAUSES = re.compile(r"[^,;、?!]*[,;、?!]*")
_NEXT_TURN = re.compile(r"[?!]\s+\S")


def asks_several(question: str) -> bool:
    """Tell whether a folded question asks several things at once, in clauses of their own.

    What a follow-up adds (「学校有几所? 总投资多少?」) is asked alone.

    >>> asks_several("夜校设在哪里,多大面积?"), asks_several("夜校设在哪里? 多大面积?")
    (True, False)
    """
    return not _NEXT_TURN.search(question) and len(asking_clauses(question)) > 1


def asking_clauses(question: str) -> list[str]:
    """Return the clauses of a folded question that ask something.

    >>> asking_clauses("听说要办夜校,设在哪里,多大面积?")
    ['设在哪里,', '多大面积?']
    """
    return [clause for clause in _CLAUSES.findall(question) if asks(clause)]


# Not of 「下岗」, 「下半年」, 「下水道」, 「下一步」.
_A_LITTLE = "一?下(?![岗乡降半水游达属辖发列放设拨级面沉滑跌调]|一[步年届阶])"
# Not of 「教育」.
_ASK_YOU = "教(?![育师练学材])"
_SHORTLY = "(?:简要|简单|详细|具体|系统|分别|逐一|用(?:一[张个])?表格?)?地?"
_CAN_YOU = "(?:你|您)?(?:能不能|能否|可不可以|可以|能)"
_SUM_UP = "(?:介绍|总结|概括|归纳|梳理|整理|汇总|分析|列举)"
_TELL = (
    rf"(?:说一?说|讲一?讲|谈一?谈|聊一?聊|{_SUM_UP}(?=\s|各|关于|$)|(?:{_SUM_UP}|查|算|写){_A_LITTLE}|[查算]一?[查算]|查询(?=\s|各|$)"
    r"|(?:列|做)(?:一?[个张])?表格?(?=[\s,:]|各)|列[出举](?=\s|各)|告诉我|给出(?=\s|各))"
)
FILLER = re.compile(
    rf"^(?:请|麻烦)?(?:{_CAN_YOU}|你|您)?(?:给我|帮我|帮忙|为我|跟我)?[再来]?{_SHORTLY}{_TELL}"
    rf"|(?<=[\s,.]){_CAN_YOU}(?:给我|帮我|为我)?再?{_SHORTLY}{_TELL}(?=[吗么吧\s?!.]*$)"
    rf"|(?:^|(?<=[\s,.!]))(?:求问(?!责|题)|[求请]{_ASK_YOU}(?:{_A_LITTLE})?|劳驾|不好意思|对不起|抱歉|打扰(?:一?下)?了?(?=[\s,.!]))"
    r"|^(?:根据|按照?|依据|从|结合|在)[^,?]{0,14}(?:报告|文件|材料|通知|方案|清单|公报|[任务标]表)(?:来看|中|里|内容)?,"
    r"|^(?:尊敬的|敬爱的|各位)?(?:领导|老师|同志|小编|工作人员|书记|[省市区县]长)们?[你您]?好?[,:!]"
    r"|(?<=[\s,.?!])(?:期待[您你回答]|盼(?:望|[复您回答])|望(?=回复|答复|解答|您|领导)|祝(?=您|你|好|工作|生活|领导)|此致|敬礼|在线等|感激不尽"
    r"|请(?:尽快|及时)?(?:回复|答复|注明|给出|附上?)|最好[有给]|不超过\d+字|\d+字(?:以内|左右)|分点)[^?]*$"
    r"|^(?:问|q)\s*:|^(?:有人|有谁)知道|^我?(?:听说(?!读)|据说)"
    r"|(?<=[\s,.])(?:是?真的?(?:吗|么|假的)|有这回?事(?:吗|么)|是真是假)(?=[\s?!.]*$)"
    rf"|请问(?:{_A_LITTLE})?|请(?:帮(?:我|忙)?)?(?:查(?:一)?(?:下|查)?|告诉我|介绍(?:一下)?|说说|列出|提供(?:一下)?)|麻烦(?:您|你)?(?:了)?"
    rf"|(?:我)?(?:很)?想(?:要)?(?:知道|了解|问|请教|咨询)(?:{_A_LITTLE})?(?:你|您)?|(?:你|您)(?:好|知道)(?:吗)?"
    r"|(?:你|您)?(?:能不能|能否|可不可以|可以|可否)(?:帮我|给我)?(?:告诉我|说说|介绍(?:一下)?|讲讲|查(?:一)?下)"
    r"|帮(?:我|忙)(?:查(?:一)?(?:下|查)|看(?:一)?(?:下|看)|找(?:一)?(?:下|找))?"
    rf"|(?:非常|十分|万分|多|先)?(?:感谢|谢谢)(?:你|您)?(?:的?(?:帮助|解答|配合|老师))?(?:了|啦)?|多谢|辛苦(?:你|您)?(?:了|啦)|(?<![慰访顾])(?:问|打听){_A_LITTLE}|关于|的话(?!剧|题|语|费|音)"
    r"|^(?:好的?|好吧|行|嗯+|哦+|ok|对了?|明白了?|知道了|原来如此)(?=[\s,.!]|谢|那)"
    r"|(?:^|(?<=[\s,.!]))(?:不是|不对|错了)?[\s,.]*我(?:是说|说的是|问的是|指的是|要的是|想问的是|的意思是|是想问)"
    r"|^那?我?换个(?:问法|说法)|^(?:最后|再问?)一个问题|^也就是说?"
    r"|^不是(?!说|有)[^,?!]{1,8},(?:而|应该)?是(?![不否])"
    r"|^(?:哦|啊|呃)?(?:不(?:是|对)?|我?(?:说|打|写|问|搞|弄)?错了?)[\s,.]+(?:应该)?(?:是(?![否不]))?|^[\s,.]*是(?![否不非])(?=\S)|换一?个(?:问题|话题)(?:吧)?"
    r"|(?:哈|啦|哦|嘛|呗)(?=$|[\s?!,.])|(?<!\S)(?:也)?不(?:知道|晓得|清楚)"
)


def without_filler(question: str) -> str:
    """Return a folded question without what is only politeness.

    >>> without_filler("请问一下新增学位几个?谢谢")
    '新增学位几个?'
    """
    return " ".join(FILLER.sub(" ", question).split()) or question


# 「哪些区提到养老」, 「有没有谈及夜市」 and 「谁没提夜市」 ask about 养老 and 夜市; 「低保提到每年多少」 doesn't.
MENTIONED = re.compile(
    "(?:有没有?|没有?|有|未|是否)?(?:提到(?!(?:一年|一个?月|每[年月人]+|人均)?(?:多少|几[万千百]|\\d[\\d.]*[万亿]?(?:元|块|%)))|提及|说到|谈到|谈及|讲到|写到)[了过]?|(?:没有?|未)提(?=[\u4e00-\u9fff])"
)


def without_mention(question: str) -> str:
    """Return a question without the words that ask whether something is mentioned.

    >>> without_mention("提到养老了吗?")
    '养老了吗?'
    """
    return " ".join(MENTIONED.sub(" ", question).split()) or question


_ASKING = re.compile(
    rf"{MENTIONED.pattern}|了没有?(?=[\s?!.,]*$)|为什么|为啥|{WHEN}|哪个月|有何|(?:有|是)?啥(?:子(?!女))?|是多少|有?多少家(?:(?=长者|长期)|(?![庭政电长禽具暴园乡属人畜居用教族境业])(?=[\u4e00-\u9fff]{{2}}))|有多少|多少|有哪些|有几|哪些|哪几|(?<![近这那])(?<!未来|过去|今后)几(?=[个条家所项座年])|是什么|有什么|什么|怎么样|怎么|怎样|如何|咋样|咋办?|是否|有没有"
    r"|会不会|能不能|是不是|(?:吗|呢|么|吧|啊|呀|呐)+(?=$|[\s?!,.])|谁|分别|各自(?!然)|各(?=有|打算|要|怎|新)|都(?=怎|有|要|提|说)|打算|准备(?!金)|计划(?!生育|单列|经济)|请问"
    r"|哪个(?:更\S(?=$|[\s?!,.])|(?=\S))|(?<=[在到是])哪(?=$|[\s?!,.])"
)
_PRONOUNS = re.compile(
    r"[这那]边的?|^(?:那么?(?!里)|然后|还有(?!没有)|另外|至于|再说|换成|而)+|(?<!其)它们?的?|(?<![其吉])[他她](?:们的?|的|(?=[有是要会在怎什打计]))|该(?:区|市|县|省)的?|这(?:个)?(?:区|市|县|省)的?"
    r"|(?:咱们?|我们?|你们?|(?<![基日资成根])本)(?:区|市|县|省)(?![级域民场内外长委政位别])里?的?"
    r"|当地的?|那里的?|那边的?|这里的?|其(?![他它中余实次])"
)
# No word here is two others put together: a long row of them would take exponential time.
_ASPECT = re.compile(
    r"(?:总|的|了|具体|详细|主要|最终|一共|共|它|这|那|要|有|为|是|到|达|从|在|和|用|出|方面|些|方|"
    r"投资|金额|数量|目标|任务|指标|时间|期限|解决|办法|措施|做法|举措|原因|依据|比例|进展|效果|结果|项目|名单|内容|标准|"
    r"负责|牵头|完成|建成|开工|位置|地点|例子|数字|数据|时间表|进度|规模|实现|推进|落实|来源|资金|费用|意思|指|做|办|干|钱|花|投|建|好处|作用|毛病|问题|展开|继续|说说|讲讲|介绍|一下|"
    r"(?:五年)?(?:规划|纲要|报告|文件|计划)[里中上](?:头|面)?(?:说|写|提|定)?|处|完工|竣工|启动|开始|结束|动工|建好|修好|[弄搞]好|用上|启用|落成|封顶|交付|验收|通车|通水|想|力争|争取|突破|实施|执行|哪(?:里|儿)?来|由|来|部门|单位|责任|采取|涉及|领域|下手|入手|着手|投入|力度|影响|难点|"
    r"相?差距?|占|比重|几成|位次|全?[国省市]里?|内|实际|预计|大概|大约|面积|亿|万|多[大久长]|能|可以|上述|以上|够不够|高|低|变化|还是|合计|加起来|平均|新增|定|最[高低大小多少]|哪个|排?第[几\d一二三四五六七八九十]+|排名|"
    r"全部|全面|整体|基本|收费|免费|申请|条件|门槛|上限|对象|范围|流程|手续|电话|地址|区别|不同|不一样|差别|共同点?|相同点?|相?比|"
    r"(?:上|下)半年|[\d一二三四五六七八九十]+月[底末份初]?|年[底末]|多|几|条|家|个|(?<!条)件|张|人|次|座|所|项|户|套|亩|公里|元|增长|增加|增幅|增速|[增升涨降扩减压][到至]|提高|上升|下降|减少|比(?:去年|上年|上一年|前年)|新建|光|得|程度|现在|目前|工期|名字|叫|步骤|细节|存在|全?产业链|(?:[三四五六七八九十两\d]+年)[后内]|一年|每年|每人|每个|产值|产量|规模)*"
)
# 「怎么抓就业」 asks of 就业: writers have their own verbs.
_GENERAL_VERB = re.compile(
    r"(?<=怎么|如何|怎样)(?:去|来)?(?:抓|搞|稳|弄)(?:好|住)?(?=[\u4e00-\u9fff]{2})"
)
# 「在教育方面的投入」, 「教育方面的 (什么)」.
_RESPECT = re.compile(r"(?<!\S)(?:在(\S+?)(?:方面|领域)的?|在(\S+?)上的?(?!\S)|(\S+)方面的?(?!\S))")
# What is left standing alone at a gap: 「(洛江区)的 教育」, 「是 (哪里)」.
LOOSE = re.compile(
    r"(?<!\S)(?:的(?!确)|(?:还|在|与|和|跟|同|及|或|上|vs|[/&+|]|相?比)(?!\S))|在\s*$|(?<![还但于总可])是(?!\S)"
)
# 「…，心里很着急。请问对乡村学校有什么安排？」: what is told before isn't asked.
_LETTER = re.compile(
    rf"(?:(?:我|本人).{{6,}}|.{{15,}})(?:(?:请问|请{_ASK_YOU})(?:{_A_LITTLE})?|想问(?:问|{_A_LITTLE})?|想(?:知道|了解|咨询)(?:{_A_LITTLE})?|(?P<sentence>(?<!\d)[.!;]))(?P<asked>.{{6,}})",
    re.DOTALL,
)
# 「那养老呢？」 and 「它的养老」 lean on what was asked before.
_LEANS = re.compile(
    "^(?:那|还|再|也|又|另|至于|以及|然后|其中)|呢[?!.]*$|[它其该此这]|他们|当地|本[区市县省]"
)


def asked_in(text: str) -> str:
    """Return the question at the end of a folded letter, or all of a text that is none.

    >>> asked_in("我在乡下教了二十年书,学生一年比一年少.请问对乡村学校有什么安排?")
    '对乡村学校有什么安排?'
    """
    letter = _LETTER.fullmatch(text.strip())
    if letter is None:
        return text
    if letter["sentence"] and not asks(letter["asked"]):
        return text
    topic = topic_of(letter["asked"])
    stands_alone = len(topic) > 3 and not (is_aspect(topic) or leans(letter["asked"]))
    return letter["asked"] if stands_alone else text


def topic_of(text: str) -> str:
    """Return what folded `text` is about: without filler and question words.

    >>> topic_of("请问要建多少教育项目?"), topic_of("怎么抓就业?")
    ('要建 教育项目', '就业')
    """
    kept = FILLER.sub(" ", text)
    kept = _PRONOUNS.sub(" ", kept.strip(" ,，。"))
    kept = _GENERAL_VERB.sub(" ", kept)
    kept = _ASKING.sub(" ", kept)
    kept = re.sub(r"[?!,;:~…\"'()\[\]]+|\.(?!\d)", " ", kept)
    kept = _RESPECT.sub(r"\1\2\3 ", kept)
    return " ".join(LOOSE.sub(" ", kept).split())


def leans(text: str) -> bool:
    """Tell whether a folded question leans on one before it.

    >>> leans("那养老呢?"), leans("它的养老怎么办?"), leans("养老怎么办?")
    (True, True, False)
    """
    return _LEANS.search(text) is not None


def is_aspect(topic: str) -> bool:
    """Tell whether a topic is only an aspect of something named before (总投资, 怎么解决)."""
    return _ASPECT.fullmatch(topic.replace(" ", "")) is not None
