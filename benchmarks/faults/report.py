"""The table of faults as it stands in the document for people."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.faults.outcome import Line

BEGIN, END = "<!-- bảng: python3 run.py faults --write -->", "<!-- hết bảng -->"


def table(lines: Sequence[Line], left_out: Sequence[str], seed: int) -> str:
    """Markdown: what was tried, how often, what is counted, what came out."""
    rows = [
        f"| {each.tried} | {each.runs} | {each.counted} | **{each.result}** | {_verdict(each)} |"
        for each in lines
    ]
    head = ["| Đã thử | Số lần | Đếm | Kết quả | |", "|---|---:|---|---:|---|"]
    said = [f"* Không chạy được ở máy này: {reason}." for reason in left_out]
    return "\n".join([_machine(seed), "", *head, *rows, *([""] if said else []), *said])


def _verdict(line: Line) -> str:
    return "đạt" if line.is_met else "CHƯA ĐẠT"


def _machine(seed: int) -> str:
    system = f"{platform.system()} {platform.release().split('-')[0]}, {platform.machine()}"
    return (
        f"Chạy ngày {date.today():%d/%m/%Y} trên {system}, {os.cpu_count()} nhân, "
        f"Python {platform.python_version()}, hạt giống {seed}."
    )


def put_into(document: Path, text: str) -> None:
    """Replace what stands between the two marks."""
    before = document.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    document.write_text(marked.sub(lambda _: f"{BEGIN}\n\n{text}\n\n{END}", before), encoding="utf-8")
