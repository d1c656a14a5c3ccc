"""What every test and every example in a docstring can name, how many examples a property is shown, and which tests share a process."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # before it is loaded: the tables of tests are small, and tests run side by side

import rpgstat

gc.set_threshold(100_000)  # as the command itself does: to look for garbage after every 700 objects takes a fifth of the time
collect_ignore = ["rpgstat/__init__.py"]  # what it hands on has its examples where it is written

settings.register_profile("suite", max_examples=30, deadline=None)  # a clock tells how busy the machine is
settings.register_profile("nightly", max_examples=500, deadline=None)
settings.load_profile("nightly" if os.environ.get("RPGSTAT_NIGHTLY") else "suite")


def pytest_collection_finish():
    """What is collected stays to the end: nobody need look through it."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests of a file run in one process, where what they share is made once; files go in their order, the long ones before the examples."""
    if config.option.dist != "load":
        return None  # somebody wants it otherwise
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


@pytest.fixture(autouse=True)
def _example_study(doctest_namespace):
    """`rpgstat` is the package and `example` the study file of the example study, as `rpgstat demo` writes it."""
    doctest_namespace["rpgstat"] = rpgstat
    doctest_namespace["example"] = Path(__file__).parent / "fixtures" / "rpg" / "study.toml"
