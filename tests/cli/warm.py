"""Runs the installed command over and over in a process that has loaded its libraries once: each run is a fork of it, with arguments and streams of its own."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import NoReturn

LIBRARIES = ("fastexcel", "rich.console", "rich.table", "typer.core", "typer.rich_utils", "scipy.special", "scipy.stats", "matplotlib.backends.backend_agg")
"""What many commands load. Polars is loaded and never asked anything here: its threads, once begun, would be missing in a fork."""


class Warm:
    """The waiting process. `run` is like `subprocess.run` of the installed script: exit code, standard output, standard error."""

    def __init__(self, script: Path) -> None:
        ours, theirs = socket.socketpair()
        self._line = ours
        line = [sys.executable, __file__, str(script), str(theirs.fileno())]
        self._process = subprocess.Popen(line, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True)
        theirs.close()

    def run(self, arguments: Sequence[str], folder: Path | None, stdin: bytes, env: Mapping[str, str], seconds: float) -> tuple[int, bytes, bytes]:
        pipes = [os.pipe() for _ in range(3)]
        theirs, ours = [pipes[0][0], pipes[1][1], pipes[2][1]], [pipes[0][1], pipes[1][0], pipes[2][0]]
        call = {"arguments": list(arguments), "folder": str(folder or Path.cwd()), "env": dict(env)}
        socket.send_fds(self._line, [json.dumps(call).encode() + b"\n"], theirs)
        for number in theirs:
            os.close(number)
        with ThreadPoolExecutor(3) as pool:
            fed, *said = pool.submit(_feed, ours[0], stdin), pool.submit(_drained, ours[1]), pool.submit(_drained, ours[2])
            self._line.settimeout(seconds)
            try:
                code = int(self._line.recv(16))
            except TimeoutError:
                os.killpg(self._process.pid, signal.SIGKILL)  # the run as well, which would be waited for
                raise
            fed.result()
            return code, said[0].result(), said[1].result()

    def close(self) -> None:
        self._line.close()
        self._process.wait()


def _feed(number: int, words: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), os.fdopen(number, "wb") as stream:
        stream.write(words)


def _drained(number: int) -> bytes:
    with os.fdopen(number, "rb") as stream:
        return stream.read()


def _serve(script: str, line: socket.socket) -> None:
    """Forks for each call and answers with the code that the fork left with, until nobody is at the other end."""
    _load()
    while True:
        words, streams, _, _ = socket.recv_fds(line, 1 << 20, 3)
        if not words:
            return
        child = os.fork()
        if child == 0:
            line.close()
            _become(script, json.loads(words), streams)
        for number in streams:
            os.close(number)
        line.sendall(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _load() -> None:
    package = import_module("rpgstat")
    for module in pkgutil.walk_packages(package.__path__, "rpgstat."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in LIBRARIES:
        import_module(name)
    gc.freeze()  # what is loaded is shared with every fork, and never looked through


def _become(script: str, call: dict, streams: list[int]) -> NoReturn:
    """What the system does for a new process: its streams, folder, surroundings and arguments; then the installed script."""
    for place, number in enumerate(streams):
        os.dup2(number, place)
        os.close(number)
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["env"])
    sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape")
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace")
    sys.argv = [script, *call["arguments"]]
    runpy.run_path(script, run_name="__main__")
    os._exit(0)  # the command has left by itself


if __name__ == "__main__":
    _serve(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
