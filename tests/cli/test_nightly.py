"""Damaged inputs of every kind through the command line: a result or an error that can be mended, in bounded time and memory.

RPGSTAT_NIGHTLY=1 runs 10,000 of them; without it a few seconds' worth. A failure names its seed: `python tests/cli/mutate.py SEED 1`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NIGHTLY

COUNT = 10_000 if NIGHTLY else 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a fork")
def test_damaged_inputs_end_in_a_result_or_an_error_within_bounds():
    program = Path(__file__).with_name("mutate.py")
    ran = subprocess.run([sys.executable, program, "0", str(COUNT)], capture_output=True, text=True, check=False)
    *wrong, totals = ran.stdout.splitlines() or ["it did not run"]
    assert (ran.returncode, wrong) == (0, []), f"{ran.stderr}\n{ran.stdout}"
    assert totals.startswith(f"{COUNT} runs from 0: ")
    assert "'answered'" in totals
    assert "'told'" in totals
