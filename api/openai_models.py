"""The shapes of OpenAI's chat completions, as far as an answer here can fill them.

What isn't named is ignored, as others do; what is named only to be refused says so.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.models import AnswerBody, DistrictName, Text
from qa.types import MAX_TOP_K

MODEL = "quanwen"

_ID = "chatcmpl-5f0c6a1e9b7d4c3a"
_CREATED = 1762000000


class MessageBody(BaseModel):
    """对话里的一条。"""

    role: Text = Field(description="谁说的；只看 user 的，其余不看", examples=["user"])
    content: Any = Field(
        default=None,
        description="文字，或片段的列表（只能是 text 片段）",
        examples=["鲤城区今年新建几所小学？"],
    )


class StreamOptionsBody(BaseModel):
    """流式返回的选项。"""

    include_usage: bool | None = Field(
        default=None, description="最后多发一块，带 usage", examples=[True]
    )


class ChatBody(BaseModel):
    """一次对话。最后一条 user 是问题，前面的是问过的。不认识的字段不看。"""

    model: Text = Field(description=f"模型，只有 {MODEL}", examples=[MODEL])
    messages: list[MessageBody] = Field(description="对话，早的在前")
    stream: bool | None = Field(default=None, description="流式返回", examples=[False])
    stream_options: StreamOptionsBody | None = Field(default=None, description="流式返回的选项")
    districts: list[DistrictName] | None = Field(
        default=None, description="只在这些地区里找，同 /ask", examples=[["鲤城区"]]
    )
    top_k: int | None = Field(
        default=None,
        strict=True,
        description=f"最多几段，同 /ask；不在 1 到 {MAX_TOP_K} 之间的是采样的参数，不看",
        examples=[5],
    )
    n: int | None = Field(default=None, description="几个回答，只能是 1", examples=[1])
    tool_choice: Any = Field(
        default=None, description="只能是 none 或 auto：不会调用工具", examples=["none"]
    )
    response_format: Any = Field(
        default=None, description="只能是 text", examples=[{"type": "text"}]
    )
    logprobs: bool | None = Field(default=None, description="只能是 false", examples=[False])


class SaidBody(BaseModel):
    """回答的一条。"""

    role: Literal["assistant"] = Field(default="assistant", description="谁说的")
    content: str = Field(description="回答，Markdown", examples=["最相关的一段在……"])
    refusal: None = Field(default=None, description="总是 null", examples=[None])


class ChoiceBody(BaseModel):
    """一个回答。"""

    index: int = Field(default=0, description="第几个，总是 0", examples=[0])
    message: SaidBody = Field(description="回答")
    logprobs: None = Field(default=None, description="总是 null", examples=[None])
    finish_reason: Literal["stop"] = Field(default="stop", description="说完了")


class UsageBody(BaseModel):
    """用量。数的是字符：这里没有 token。"""

    prompt_tokens: int = Field(description="问过的各个问题共几个字符", examples=[12])
    completion_tokens: int = Field(description="回答几个字符", examples=[230])
    total_tokens: int = Field(description="两者之和", examples=[242])


class CompletionBody(BaseModel):
    """一个回答，OpenAI 的形式。"""

    id: str = Field(description="这次回答的 id", examples=[_ID])
    object: Literal["chat.completion"] = Field(default="chat.completion", description="种类")
    created: int = Field(description="时间，Unix 秒", examples=[_CREATED])
    model: str = Field(default=MODEL, description="模型", examples=[MODEL])
    choices: list[ChoiceBody] = Field(description="只有一个")
    usage: UsageBody = Field(description="用量")
    quanwen: AnswerBody | None = Field(
        description="同 /ask 的返回；流式返回时在最后一块里；答的不是文件（如对话的标题）时是 null"
    )


class ModelBody(BaseModel):
    """一个模型。"""

    id: str = Field(default=MODEL, description="名字", examples=[MODEL])
    object: Literal["model"] = Field(default="model", description="种类")
    created: int = Field(default=_CREATED, description="时间，Unix 秒", examples=[_CREATED])
    owned_by: str = Field(default=MODEL, description="谁的", examples=[MODEL])


class ModelsBody(BaseModel):
    """有哪些模型。"""

    object: Literal["list"] = Field(default="list", description="种类")
    data: list[ModelBody] = Field(description="只有一个")


class OpenAIErrorDetail(BaseModel):
    """一个错误，OpenAI 的形式。"""

    message: str = Field(description="要改什么，给人看", examples=["n 只能是 1"])
    type: Literal["invalid_request_error", "server_error"] = Field(description="哪一方的错")
    param: str | None = Field(description="哪个字段", examples=["n"])
    code: str = Field(description="错误的种类，给程序看", examples=["unsupported_value"])


class OpenAIErrorBody(BaseModel):
    """一个错误，OpenAI 的形式。"""

    error: OpenAIErrorDetail = Field(description="错误")
