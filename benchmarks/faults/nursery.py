"""Children ready to be killed at once: one process loads the program, then each child is a copy of it.

Where the system cannot copy a process (Windows) each child starts by itself, a second later.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from typing import Any

from benchmarks.faults.shim import ROOT

_CAN_COPY = hasattr(os, "fork")


class Child:
    """A process that may be killed without warning."""

    def __init__(self, pid: int, process: "subprocess.Popen[str] | None" = None) -> None:
        self._pid, self._process = pid, process

    def is_alive(self) -> bool:
        """Whether it has not ended by itself."""
        if self._process is not None:
            return self._process.poll() is None
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """kill -9, and wait until the system has taken everything back."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            return
        try:
            os.kill(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        while self.is_alive():
            time.sleep(0.001)


class Nursery:
    """Starts children that call ``module.function(*words)``."""

    def __init__(self, module: str, function: str) -> None:
        self._job = [module, function]
        self._lock = threading.Lock()
        self._server = self._started(*self._job) if _CAN_COPY else None

    def _started(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", __name__, *words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)  # type: ignore[call-overload,no-any-return]

    def start(self, *words: str | int) -> Child:
        """A new child at its work."""
        if self._server is None:
            process = self._started(*self._job, json.dumps(words))
            return Child(process.pid, process)
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with self._lock:
            self._server.stdin.write(json.dumps(words) + "\n")
            self._server.stdin.flush()
            return Child(int(self._server.stdout.readline()))

    def close(self) -> None:
        """No more children."""
        if self._server is not None:
            assert self._server.stdin is not None
            assert self._server.stdout is not None
            self._server.stdin.close()
            self._server.wait()
            self._server.stdout.close()


def _serve(module: str, function: str) -> None:
    work: Any = getattr(import_module(module), function)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a killed child
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            work(*json.loads(line))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        getattr(import_module(sys.argv[1]), sys.argv[2])(*json.loads(sys.argv[3]))
    else:
        _serve(sys.argv[1], sys.argv[2])
