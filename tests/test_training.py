"""Making the encoder: the stages on a few sentences of our own, then the whole command."""

import json
import lzma
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.training import sources
from index.training.__main__ import main
from index.training.contrastive import ContrastiveSettings, train
from index.training.export import export
from index.training.pairs import Example, Examples, PairSettings, from_pair, from_words, tokenised
from index.training.pairs import examples as pair_examples
from index.training.sources import Pair
from index.training.tokenizer import TokenizerSettings, build, count_words
from index.training.workspace import Workspace

TOPICS = {
    "教育": ("学校", "孩子上学", "新建小学两所,招聘教师", "学位更多,课堂更好"),
    "交通": ("公交", "上班坐车", "开通公交线路三条,修建道路", "出行更快,路口更畅"),
    "医疗": ("医院", "看病买药", "扩建医院一座,增加床位", "医生更多,候诊更短"),
    "环保": ("河水", "空气好不好", "治理河道五公里,种植树木", "河水更清,空气更好"),
}


def write_rows(path: Path, rows: list[dict[str, str | list[str]]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of training files: four topics, a dozen places each."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in sources.DOCUMENTS:
        write_rows(folder / name, documents() if "news" in name else [])
    pairs = [
        {"source": "qd_news", "a": f"{question}怎么办？", "b": f"{plan}。{hope}。"}
        for _, question, plan, hope in TOPICS.values()
    ]
    write_rows(folder / sources.PAIRS, [*pairs])
    asked = [
        {"file": sources.DOCUMENTS[3], "row": row, "paragraph": 0, "start": 0, "end": 40}
        | {"questions": [f"想知道{question}的事"]}
        for row, (_, question, *_) in enumerate(TOPICS.values())
    ]
    asked.append(
        {"kind": "hotline", "passage": "河道已治理五公里。", "questions": ["河里太臭", "水黑了"]}
    )
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    words = [{"kind": "synonym", "a": topic, "b": word[0]} for topic, word in TOPICS.items()]
    write_rows(folder / sources.WORDS, [*words])
    return folder


def documents() -> list[dict[str, str | list[str]]]:
    return [
        {
            "source": "news",
            "title": f"{place}区的{topic}",
            "paragraphs": [f"{place}区今年{plan},让居民放心。{hope}，大家都说{noun}好。"],
        }
        for place in "甲乙丙丁戊己庚辛壬癸子丑"
        for topic, (noun, _, plan, hope) in TOPICS.items()
    ]


def tokenizer_of(*texts: str) -> Tokenizer:
    return build(count_words(texts, processes=1), [], TokenizerSettings(size=7_000))


def test_a_question_is_cut_into_the_words_that_were_counted() -> None:
    tokenizer = tokenizer_of("洛江区要建多少教育项目", "教育项目有多少")
    cut = tokenizer.encode("洛江区要建多少教育项目").tokens
    assert cut == ["洛江区", "要", "建", "多少", "教育", "项目"]


def test_a_number_is_its_digits_and_an_unknown_character_is_the_unknown_token() -> None:
    tokenizer = tokenizer_of("投资2025万元", "投资2025万元")
    cut = tokenizer.encode("投资2025 \U00020000")
    assert cut.tokens[:5] == ["投资", "2", "0", "2", "5"]
    assert cut.ids[5:] == [0]


def test_a_name_is_one_token_even_if_it_was_never_seen() -> None:
    counts = Counter({"甲": 5, "区": 50})
    tokenizer = build(counts, ["丰泽区"], TokenizerSettings(size=7_000))
    assert tokenizer.encode("丰泽区").tokens == ["丰泽区"]


@pytest.mark.parametrize(
    ("source", "label", "kept"),
    [
        ("sim_LCQMC:dev", "1", True),
        ("sim_LCQMC:dev", "0", False),
        ("sim_OCNLI:dev", "entailment", True),
        ("sim_OCNLI:dev", "contradiction", False),
        ("sim_QBQTC_query_title:test", "2", True),
        ("sim_QBQTC_query_title:test", "?", False),
        ("cmrc2018_train", "", True),
    ],
)
def test_only_pairs_that_their_source_calls_alike_are_examples(
    source: str, label: str, kept: bool
) -> None:
    assert bool(list(from_pair(Pair(source, "甲", "乙", label), PairSettings()))) is kept


def test_opposites_are_no_example() -> None:
    assert not list(from_words(Pair("antonym", "大", "小", "")))


def test_examples_come_back_from_their_file(tmp_path: Path) -> None:
    found = [Example("news", "建学校", ("新建小学.", "招聘教师."))]
    examples = tokenised(found, tokenizer_of("建学校", "新建小学,招聘教师"))
    examples.save(tmp_path)
    again = Examples.load(tmp_path)
    assert again.counts() == {"news": 1}
    assert again.firsts.tolist() == [0, 3]
    assert again.tokens.tolist() == examples.tokens.tolist()


def test_training_draws_what_belongs_together_closer() -> None:
    chance = random.Random(1)
    questions, answers = list("甲乙丙丁戊己"), list("子丑寅卯辰巳")
    tokenizer = tokenizer_of(*questions, *answers)
    found = [Example("q", q, (a,)) for q, a in zip(questions, answers, strict=True)] * 20
    chance.shuffle(found)
    vectors = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 16))
    settings = ContrastiveSettings(epochs=20, batch=12, learning_rate=0.05)
    trained = train(
        vectors.astype(np.float32), tokenised(found, tokenizer), settings, 1, lambda *_: None
    )
    rows = [[tokenizer.encode(t).ids[0] for t in texts] for texts in (questions, answers)]
    alike = trained[rows[0]] @ trained[rows[1]].T
    assert alike.argmax(axis=1).tolist() == [0, 1, 2, 3, 4, 5]


def test_a_stage_is_made_once_and_again_when_its_settings_change(tmp_path: Path) -> None:
    work, made = Workspace(tmp_path), []
    for settings in ("a", "a", "b"):
        work.made("stage", (settings,), lambda folder: made.append(folder.name))
    assert len(made) == 2


def test_an_exported_model_replaces_the_old_one_and_has_no_weight_for_the_unknown(
    tmp_path: Path,
) -> None:
    pytest.importorskip("sentence_transformers")
    tokenizer = tokenizer_of("教育")
    vectors = np.ones((tokenizer.get_vocab_size(), 4), dtype=np.float32)
    out = tmp_path / "model"
    out.mkdir()
    (out / "old.txt").write_text("old", encoding="utf-8")
    export(tokenizer, vectors, out)
    from safetensors.numpy import load_file

    weights = load_file(out / "model.safetensors")["embedding.weight"]
    assert weights.dtype == np.float16
    assert not weights[0].any()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model"]
    assert not (out / "old.txt").exists()


def test_a_damaged_training_file_is_named_with_the_row(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / sources.DOCUMENTS[0]
    file.write_bytes(file.read_bytes()[:-8])
    code = main(["--data", str(data), "--out", str(tmp_path / "m"), "--work", str(tmp_path / "w")])
    assert code == 2
    message = capsys.readouterr().err.splitlines()[-1]
    assert message.startswith(f"{file}: cut short or damaged after row 0")


def test_a_question_is_an_example_with_the_passage_that_it_points_to(data: Path) -> None:
    found = list(pair_examples(data, data / "questions.jsonl", PairSettings(), seed=1))
    everyday = [example for example in found if example.source == "everyday"]
    assert everyday[0] == Example(
        "everyday",
        "想知道孩子上学的事",
        ("甲区今年新建小学两所,招聘教师,让居民放心.", "学位更多,课堂更好,大家都说学校好."),
    )
    assert [example.text for example in everyday[1:]] == [
        "想知道上班坐车的事",
        "想知道看病买药的事",
        "想知道空气好不好的事",
    ]


def test_a_passage_that_was_written_with_its_questions_is_an_example_for_each(data: Path) -> None:
    found = list(pair_examples(data, data / "questions.jsonl", PairSettings(), seed=1))
    assert [example for example in found if example.source == "hotline"] == [
        Example("hotline", "河里太臭", ("河道已治理五公里.",)),
        Example("hotline", "水黑了", ("河道已治理五公里.",)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"file": 1',
        '{"file": "documents-laws.jsonl.xz", "questions": ["谁管"]}',
        '{"kind": "poem", "passage": "河水更清。", "questions": ["河里太臭"]}',
        '{"kind": "hotline", "passage": "河水更清。"}',
        '{"kind": "hotline", "passage": null, "questions": ["河里太臭"]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "questions": ["谁管"]}',
        '{"file": "documents-news_2023.jsonl.xz", "row": 0, "paragraph": 0, "start": 0, "end": 9, "questions": [7]}',
    ],
)
def test_a_damaged_line_of_questions_is_told(data: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(sources.TrainingDataError, match="is damaged"):
        list(sources.asked(data, file))


def test_a_missing_training_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--data", str(tmp_path), "--out", "m", "--work", str(tmp_path / "w")])
    assert code == 2
    assert capsys.readouterr().err == (
        f"{tmp_path / sources.DOCUMENTS[0]}: training file not found\n"
    )


def test_the_command_makes_a_model_that_sentence_transformers_loads(
    data: Path, tmp_path: Path
) -> None:
    pytest.importorskip("gensim")
    library = pytest.importorskip("sentence_transformers")
    out, work = tmp_path / "model", tmp_path / "work"
    call = ["--data", str(data), "--out", str(out), "--work", str(work), "--threads", "1"]
    call += ["--questions", str(data / "questions.jsonl")]
    call += ["--vocabulary", "7000", "--dimensions", "16"]
    call += ["--batch", "8", "--epochs", "20", "--share", "1"]
    assert main(call) == 0
    assert main(call) == 0
    stages = [json.loads(line) for line in (work / "log.jsonl").read_text("utf-8").splitlines()]
    kept = [row["stage"] for row in stages if "kept" in row]
    assert kept == ["tokenizer", "pretraining", "pairs", "contrastive"]
    model = library.SentenceTransformer(str(out), device="cpu").float()
    school, bus, question = model.encode(["新建小学", "公交线路", "孩子上学"])
    assert question @ school > question @ bus
    assert str(tmp_path) not in (out / "config_sentence_transformers.json").read_text("utf-8")
