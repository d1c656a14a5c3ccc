from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes a file and gives its path."""

    def write(content: str | bytes, name: str = "wave.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
