import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from index.encoders import (
    BUNDLED,
    SentenceTransformerEncoder,
    StaticEncoder,
    bundled_encoder,
    bundled_folder,
    load_encoder,
)
from index.errors import ModelError
from index.text import fold

VOCABULARY = [("<unk>", -10.0), ("夜", -3.0), ("校", -3.0), ("夜校", -2.0), ("码头", -2.0)]
ROWS = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0], [3, 4, 0], [0, 0, -2]], dtype=np.float32)

Model = Callable[..., Path]


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """Write a model of five tokens and return its folder."""

    def model(name: str = "model", rows: np.ndarray = ROWS, listed: bool = False) -> Path:
        folder = tmp_path / name
        inner = folder / "0_StaticEmbedding" if listed else folder
        inner.mkdir(parents=True)
        Tokenizer(Unigram(VOCABULARY, unk_id=0)).save(str(inner / "tokenizer.json"))
        save_file({"embedding.weight": rows}, str(inner / "model.safetensors"))
        if listed:
            modules = [{"idx": 0, "name": "0", "path": inner.name}]
            (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
        return folder

    return model


# --- the light reader ------------------------------------------------------------------------------


def test_a_text_is_the_unit_mean_of_its_tokens_rows(model: Model) -> None:
    encoder = StaticEncoder(model())
    assert encoder.dimensions == 3
    assert encoder.encode(["夜校"])[0] == pytest.approx([0.6, 0.8, 0])
    # (3, 4, 0) and (0, 0, -2): mean (1.5, 2, -1), of length 2.6926
    assert encoder.encode(["夜校码头"])[0] == pytest.approx(
        np.array([1.5, 2, -1]) / np.sqrt(7.25), abs=1e-6
    )


def test_an_empty_text_is_a_row_of_zeros(model: Model) -> None:
    vectors = StaticEncoder(model()).encode(["", "夜"])
    assert vectors.tolist() == [[0, 0, 0], [1, 0, 0]]
    assert StaticEncoder(model("again")).encode([]).shape == (0, 3)


def test_a_run_of_unknown_characters_is_one_unknown_token(model: Model) -> None:
    vectors = StaticEncoder(model()).encode(["山水", "山水夜"])
    assert vectors[0] == pytest.approx([0, 0, 1])
    assert vectors[1] == pytest.approx(np.array([0.5, 0, 0.5]) / np.sqrt(0.5))


def test_forms_of_print_have_one_vector(model: Model) -> None:
    vectors = StaticEncoder(model()).encode(["碼頭", "码头"])
    assert vectors[0].tolist() == vectors[1].tolist()


def test_many_texts_at_once_are_the_same_as_one_at_a_time(model: Model) -> None:
    encoder = StaticEncoder(model())
    texts = ["夜校", "码头夜", "", "山"] * 600
    one_by_one = np.concatenate([encoder.encode([text]) for text in texts[:4]])
    assert np.array_equal(encoder.encode(texts), np.tile(one_by_one, (600, 1)))


def test_weights_in_half_precision_are_computed_in_single(model: Model) -> None:
    encoder = StaticEncoder(model(rows=ROWS.astype(np.float16)))
    vectors = encoder.encode(["夜校码头"])
    assert vectors.dtype == np.float32
    assert vectors[0] == pytest.approx(np.array([1.5, 2, -1]) / np.sqrt(7.25), abs=1e-6)


def test_the_weights_are_found_where_the_model_lists_them(model: Model) -> None:
    listed, plain = StaticEncoder(model("a", listed=True)), StaticEncoder(model("b"))
    assert listed.fingerprint == plain.fingerprint
    assert listed.encode(["夜"]).tolist() == plain.encode(["夜"]).tolist()


def test_the_fingerprint_changes_with_the_weights(model: Model) -> None:
    assert (
        StaticEncoder(model("a")).fingerprint
        != StaticEncoder(model("b", rows=2 * ROWS)).fingerprint
    )


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_named(model: Model, file: str) -> None:
    folder = model()
    (folder / file).unlink()
    with pytest.raises(ModelError) as error:
        StaticEncoder(folder)
    assert str(error.value) == f"模型文件夹 {folder} 里缺 {file}；请重新安装 quanwen"


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_file_is_refused(model: Model, file: str) -> None:
    folder = model()
    (folder / file).write_bytes(b"damaged")
    with pytest.raises(ModelError, match=r"模型文件夹 .* 不完整（.*）；请重新安装 quanwen"):
        StaticEncoder(folder)


@pytest.mark.parametrize("modules", ["{", "[]", "{}", "[1]"])
def test_a_damaged_list_of_modules_is_refused(model: Model, modules: str) -> None:
    folder = model()
    (folder / "modules.json").write_text(modules, encoding="utf-8")
    with pytest.raises(ModelError) as error:
        StaticEncoder(folder)
    assert str(error.value) == (f"模型文件夹 {folder} 里的 modules.json 已损坏；请重新安装 quanwen")


# --- both readers ----------------------------------------------------------------------------------

TEXTS = [
    "洛江区今年建多少个教育项目？",
    "鯉城區旅遊收入超１２０億元。",
    "夜校",
    "",
    "mixed 中英 text, 38.2亿元；𠮷野家",
    "第二件事是办好夜校，让外来工友晚上也能学到手艺。" * 20,
]


def test_both_readers_of_the_bundled_model_agree() -> None:
    if not (bundled_folder() / "model.safetensors").exists():
        pytest.skip("index/model is missing: python -m index.training makes it")
    light = bundled_encoder()
    full = SentenceTransformerEncoder(bundled_folder())
    assert full.dimensions == light.dimensions
    assert np.abs(full.encode(list(map(fold, TEXTS))) - light.encode(TEXTS)).max() < 1e-5


def test_the_bundled_encoder_is_loaded_by_its_name() -> None:
    if not (bundled_folder() / "model.safetensors").exists():
        pytest.skip("index/model is missing: python -m index.training makes it")
    assert load_encoder(BUNDLED) is bundled_encoder()
    assert load_encoder(BUNDLED).name == BUNDLED
    lengths = np.linalg.norm(load_encoder(BUNDLED).encode(TEXTS), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 0, 1, 1], abs=1e-5)


def test_a_folder_that_holds_no_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError) as error:
        load_encoder(str(tmp_path))
    assert str(error.value).startswith(f"模型 {tmp_path} 载入失败（")
    assert str(error.value).endswith("）；请给出 sentence-transformers 模型的文件夹")
