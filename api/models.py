"""The shapes of requests and responses, described for `/docs`.

They repeat the nouns of `qa.types` and `index.types` as JSON has them; a test holds them to it.
How long a question may be and the like is checked in `qa.errors`, once for all who ask, and only
told here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from qa.status import Status
from qa.types import DEFAULT_TOP_K, MAX_HISTORY, MAX_QUESTION, MAX_TOP_K, Kind, Reason

_TEXT = "全区今年新建两所小学。校舍九月交付使用。"
_DOCUMENT = "3f2a9c01b7de"
_PASSAGE = f"{_DOCUMENT}-2-1"


def _whole(text: str) -> str:
    """Refuse half of a surrogate pair, which JSON can spell and no text may hold."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise PydanticCustomError("string_unicode", "half a character")
    return text


Text = Annotated[str, AfterValidator(_whole)]
DistrictName = Annotated[str, Field(max_length=50), AfterValidator(_whole)]
Range = tuple[int, int]


class QuestionBody(BaseModel):
    """一个问题。不认识的字段不看。"""

    question: Text = Field(
        description=f"问题，最多 {MAX_QUESTION} 字",
        examples=["洛江呢？"],
        json_schema_extra={"minLength": 1, "maxLength": MAX_QUESTION},
    )
    history: list[Text] = Field(
        default=[],
        description=f"之前问过的问题，早的在前，最多 {MAX_HISTORY} 个",
        examples=[["鲤城区今年新建几所小学？"]],
        json_schema_extra={"maxItems": MAX_HISTORY},
    )
    districts: list[DistrictName] = Field(
        default=[],
        description="只在这些地区里找，全称或简称；空着就不限",
        examples=[["洛江区"]],
    )
    top_k: int = Field(
        default=DEFAULT_TOP_K,
        strict=True,
        description="最多几段",
        examples=[DEFAULT_TOP_K],
        json_schema_extra={"minimum": 1, "maximum": MAX_TOP_K},
    )


class PlaceBody(BaseModel):
    """同样的文字还在哪里。"""

    document: str = Field(description="文件名", examples=["合订本.txt"])
    document_id: str = Field(description="文件的 id", examples=["90cc41d2ab35"])
    paragraph: int = Field(description="第几个自然段，从 1 数起", examples=[31])
    spans: list[Range] = Field(description="在文件全文里的字符位置", examples=[[[5021, 5041]]])


class PassageBody(BaseModel):
    """一段原文和它的出处。"""

    id: str = Field(description="段落的 id", examples=[_PASSAGE])
    text: str = Field(description="逐字的原文，即全文里 spans 各段连起来", examples=[_TEXT])
    district: str | None = Field(
        description="地区全称；不属于任何地区时为 null", examples=["洛江区"]
    )
    article: str | None = Field(description="文章标题", examples=["办好家门口的学校"])
    section: str | None = Field(description="小标题", examples=["一、扩大学位"])
    document: str = Field(description="文件名", examples=["洛江.txt"])
    document_id: str = Field(description="文件的 id", examples=[_DOCUMENT])
    date: str | None = Field(description="文件的日期", examples=["2025-03-01"])
    url: str | None = Field(description="文件的网址", examples=[None])
    paragraph: int = Field(description="第几个自然段，从 1 数起", examples=[2])
    spans: list[Range] = Field(description="在文件全文里的字符位置", examples=[[[42, 62]]])
    truncated: bool = Field(description="原件印到这里就断了", examples=[False])
    digest: bool = Field(description="是内置摘要，不是原文", examples=[False])
    also_at: list[PlaceBody] = Field(description="同样的文字还在哪里")


class FigureBody(BaseModel):
    """一个数量。"""

    value: float = Field(description="多少", examples=[3])
    unit: str = Field(description="单位", examples=["所"])
    text: str = Field(description="原文的写法", examples=["三所"])


class FoundBody(PassageBody):
    """找到的一段。"""

    score: float = Field(
        description="/ask：这一段回答了问题的可能性，0 到 1；/search：检索得分，越大越靠前",
        examples=[0.93],
    )
    highlights: list[Range] = Field(
        description="text 里回答问题的字符位置；/search 不标", examples=[[[0, 10]]]
    )
    status: Status | None = Field(
        description="回答的字句说的是打算（planned）、正在做（ongoing）还是已成的事（done）；"
        "看不出来则为 null",
        examples=["planned"],
    )
    figures: list[FigureBody] = Field(description="回答的字句里的数量，换算成数")


class UnderstoodBody(BaseModel):
    """问题是怎样理解的。"""

    question: str = Field(description="补全后的问题", examples=["洛江区今年新建几所小学？"])
    topic: str = Field(description="去掉地区和虚词以后要找的内容", examples=["新建几所小学"])
    topics: dict[str, str] = Field(
        description="几个地区各问各的时，每个地区要找的内容", examples=[{}]
    )
    districts: list[str] = Field(description="在哪些地区里找", examples=[["洛江区"]])
    groups: dict[str, list[str]] = Field(
        description="问到的一组地方（如长三角）和它包括的地方", examples=[{}]
    )
    years: list[int] = Field(description="问到的年份", examples=[[2025]])
    kind: Kind = Field(description="问题的种类", examples=["fact"])
    missing: list[str] = Field(description="问到、但没有文件的地方", examples=[[]])
    corrected: dict[str, str] = Field(description="当作别字改过的地名", examples=[{}])


class AnswerBody(BaseModel):
    """一个回答。"""

    answered: bool = Field(description="文件回答了这个问题", examples=[True])
    reason: Reason | None = Field(
        description="没有回答的理由：unknown_district 没有这个地区的文件；district_silent 这个地区的"
        "文件没有说到；no_evidence 都没有说到；off_topic 不是这些文件的事",
        examples=[None],
    )
    confidence: float = Field(description="回答了的可能性，0 到 1", examples=[0.93])
    message: str = Field(
        description="给人看的一两句话", examples=["最相关的一段在洛江区的《办好家门口的学校》。"]
    )
    understood: UnderstoodBody = Field(description="问题是怎样理解的")
    passages: list[FoundBody] = Field(
        description="回答的段落，highlights 空着的只是相近；没有回答时是最接近的几段"
    )
    by_district: dict[str, list[str]] = Field(
        description="问到的每个地区各有哪些段落（id）；没有说到的是空列表",
        examples=[{"洛江区": [_PASSAGE]}],
    )


class SearchBody(BaseModel):
    """检索到的段落。"""

    passages: list[FoundBody] = Field(description="相近的在前")


class PassageInContextBody(PassageBody):
    """一段原文，和它的前后。"""

    paragraph_text: str = Field(description="它所在的整个自然段", examples=[_TEXT])
    paragraph_spans: list[Range] = Field(
        description="这个自然段在文件全文里的字符位置", examples=[[[42, 62]]]
    )
    before: str | None = Field(description="同一文件里前一段的 id", examples=[f"{_DOCUMENT}-1-1"])
    after: str | None = Field(description="同一文件里后一段的 id", examples=[None])


class DistrictBody(BaseModel):
    """一个地区。"""

    name: str = Field(description="全称", examples=["洛江区"])
    documents: int = Field(description="几份文件有它的文章", examples=[1])
    passages: int = Field(description="几个段落是它的", examples=[18])


class DistrictsBody(BaseModel):
    """文件涉及的地区。"""

    districts: list[DistrictBody] = Field(description="按文件里的顺序")


class DocumentBody(BaseModel):
    """一份文件。"""

    id: str = Field(description="文件的 id", examples=[_DOCUMENT])
    name: str = Field(description="文件名", examples=["洛江.txt"])
    title: str | None = Field(description="标题", examples=["办好家门口的学校"])
    districts: list[str] = Field(description="里面的文章属于哪些地区", examples=[["洛江区"]])
    date: str | None = Field(description="日期", examples=["2025-03-01"])
    passages: int = Field(description="几个段落", examples=[18])


class DocumentsBody(BaseModel):
    """全部文件。"""

    documents: list[DocumentBody] = Field(description="全部文件")


class AddedBody(DocumentsBody):
    """上传的文件，已经可以提问。"""

    known: list[str] = Field(
        description="其中原先就有、没有重复加入的（id）", examples=[[_DOCUMENT]]
    )
    namesakes: list[str] = Field(
        description="原先就有、与新加入的同名而内容不同的（id）；两份都在，要换掉旧的，请 DELETE 它",
        examples=[["90cc41d2ab35"]],
    )


class ProgressBody(BaseModel):
    """索引建到哪里了。"""

    building: bool = Field(description="是否正在建", examples=[True])
    stage: str | None = Field(description="做到哪一步；没有在建则为 null", examples=["分词"])
    done: int = Field(description="这一步做了多少", examples=[500])
    total: int = Field(description="这一步共有多少", examples=[3149])


class SuggestionsBody(BaseModel):
    """可以先问的问题。"""

    suggestions: list[str] = Field(
        description="从文件里得来、文件也确实回答的问题", examples=[["洛江区要新增多少个学位？"]]
    )


class StatusBody(BaseModel):
    """服务的状态。"""

    status: Literal["alive", "ready"] = Field(description="状态")


class ErrorDetail(BaseModel):
    """一个错误。"""

    code: str = Field(description="错误的种类，给程序看", examples=["bad_question"])
    message: str = Field(description="要改什么，给人看", examples=["问题是空的；请写出要问的话"])


class ErrorBody(BaseModel):
    """一个错误。"""

    error: ErrorDetail = Field(description="错误")
