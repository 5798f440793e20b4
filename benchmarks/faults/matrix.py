"""Every role, act, whose record and state: run for real by its own test, counted here."""

import subprocess
import sys
import time

from app.domain.permissions import count_combinations
from benchmarks.faults.outcome import Line, Plan
from benchmarks.faults.shim import ROOT

_TEST = "tests/services/test_permission_matrix.py"


def run(_plan: Plan) -> Line:
    """The test, and how many combinations the table has."""
    begun = time.perf_counter()
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", _TEST]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    told = ended.stdout.strip().splitlines()[-1:] if ended.returncode else []
    return Line(
        "matrix",
        f"Mỗi vai × việc × trang của ai × trạng thái, gọi thật từng việc trên một cuốn sổ ({_TEST})",
        count_combinations(),
        "tổ hợp làm được hoặc đọc được điều không được phép",
        "0" if ended.returncode == 0 else "kiểm tra không qua",
        ended.returncode == 0,
        time.perf_counter() - begun,
        tuple(told),
    )
