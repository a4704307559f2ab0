"""Things with two names."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts

from qa.names import in_their_words


@pytest.mark.parametrize(
    ("text", "topic", "taken"),
    [
        ("地区生产总值增长6%。", "GDP增长", "地区生产总值增长"),
        ("GDP增长6%。", "地区生产总值增长", "gdp增长"),
        ("GDP增长6%。", "GDP增长", "GDP增长"),
        ("新建两座桥。", "GDP增长", "GDP增长"),
        ("建成三级甲等医院。", "三甲医院", "三级甲等医院"),
        ("建成三级甲医院。", "三甲医院", "三级甲医院"),
        ("建成三级甲医院。", "三级甲等医院", "三级甲医院"),
        ("建成三级医院。", "三甲医院", "三甲医院"),
        ("培育高新技术企业30家。", "高企数量", "高新技术企业数量"),
        ("培育高新技术企业30家。", "提高企业竞争力", "提高企业竞争力"),
        ("高速铁路通车。", "提高铁路运力", "提高铁路运力"),
    ],
)
def test_a_topic_takes_the_name_that_the_documents_use(
    index_of_texts: IndexOfTexts, text: str, topic: str, taken: str
) -> None:
    index = index_of_texts({"丰泽区.txt": f"丰泽区的打算\n\n{text}"})
    assert in_their_words(topic, index, range(len(index.passages))) == taken
