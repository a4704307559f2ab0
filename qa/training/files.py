"""Weights as the package holds them: in half precision, in one safetensors file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file


def write_weights(
    tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str], out: Path
) -> int:
    """Write tensors of any shape into `out`, whole or not at all; return the file's size in bytes."""
    halves = {name: tensor.astype(np.float16) for name, tensor in tensors.items()}
    fresh = out.with_name(f".{out.name}.new")
    save_file(halves, fresh, dict(metadata))
    fresh.chmod(0o644)
    fresh.replace(out)
    return out.stat().st_size
