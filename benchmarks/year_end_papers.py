"""Every paper of a sixty-member cell's year-end as PDF against LibreOffice merging as many pages.

Run alone with ``python -m benchmarks year_end_papers``; without LibreOffice and its ``uno`` it says so.
"""

import csv
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from app.domain.cell import NewBook
from app.domain.dates import BirthDate
from app.domain.grade import Grade
from app.domain.meeting import MeetingKind, Presence
from app.domain.member import CellRole, MemberDraft, Post, Sphere
from app.domain.review import GradeStage, ItemScore, ReviewKey, SectionText, StageGrade, YearTasks
from app.domain.sheets.kinds import PaperGroup
from app.domain.voting import RoundKind, VoteCount
from app.services import decisions, meetings, members, reviews, votes
from app.services.books import create_book, open_book
from app.services.keys import demo_keys
from app.services.papers import PaperRequest, offered_kinds, save_pdf
from app.services.seats import sit_down
from app.services.workspace import Workspace
from benchmarks.papers import merged_texts

LABEL = "Every year-end paper of a 60-member cell ÷ LibreOffice mail merge of as many pages"
BAR = 0.33  # at least three times faster
YEAR, _MEMBERS, _PAGES_A_PERSON = 2025, 60, 3
_GROUPS = (PaperGroup.REVIEW_MEETING, PaperGroup.AFTER_MEETING, PaperGroup.REQUESTS, PaperGroup.FOR_ABOVE)
_JOB = Path(__file__).with_name("mail_merge_job.py")


class NoOffice(Exception):
    """LibreOffice, or a Python that can speak with it, is not on this machine."""


def measure() -> tuple[str, float, float, float]:
    """Seconds for the whole year-end set, and for the mail merge of the same number of pages."""
    office = _office()
    with tempfile.TemporaryDirectory() as place:
        ws = year_end_book(Path(place) / "so")
        try:
            pages, ours = _print_everything(ws, Path(place))
        finally:
            ws.close()
        theirs = _merge(office, Path(place), -(-pages // _PAGES_A_PERSON))
    return f"{LABEL} ({pages} pages)", ours, theirs, BAR


def _print_everything(ws: Workspace, place: Path) -> tuple[int, float]:
    kinds = tuple(kind for kind in offered_kinds() if kind.group in _GROUPS)
    seconds, pages = [], 0
    for _ in range(3):
        begun = time.perf_counter()
        pages = save_pdf(ws, PaperRequest(kinds, YEAR), place / "bo.pdf").page_count
        seconds.append(time.perf_counter() - begun)
    return pages, median(seconds)


def year_end_book(folder: Path) -> Workspace:
    """A cell of sixty at the end of its year: sheets handed in, meeting held, votes counted, decided."""
    book = NewBook("ĐẢNG BỘ XÃ HÒA SƠN", "CHI BỘ THÔN ĐỒNG TIẾN", "Hòa Sơn", YEAR)
    ws = create_book(folder, book, demo_keys())
    texts = merged_texts(_MEMBERS)
    people = []
    for number, (name, _) in enumerate(texts):
        born, admitted = BirthDate(1950 + number % 30), date(2000, 1, 1)
        draft = MemberDraft(f"{name} {number}", birth=born, admitted_on=admitted, confirmed_on=admitted)
        people.append(members.save_member(ws, draft))
    head = Post(Sphere.PARTY, "Bí thư Chi bộ", CellRole.SECRETARY, date(YEAR - 3, 1, 1))
    members.save_posts(ws, people[0], [head])
    ws.close()
    ws = sit_down(open_book(ws.folder), people[0])
    for member_id, (_, words) in zip(people, texts, strict=True):
        _hand_in(ws, ReviewKey(member_id, YEAR), words)
    _hold_meeting(ws, people)
    day = date(YEAR, 12, 20)
    everybody = dict.fromkeys(people, Grade.GOOD)
    decisions.propose_all(ws, YEAR, everybody, day, "Biên bản kiểm phiếu")
    paper = decisions.DecisionPaper("12-QĐ/ĐU", day, "Đảng ủy xã Hòa Sơn")
    decisions.enter_decisions(ws, YEAR, paper, everybody)
    return ws


def _hand_in(ws: Workspace, key: ReviewKey, words: list[str]) -> None:
    page = reviews.open_review(ws, key)
    written = [section for section in page.form.written_sections if section.kind.value == "text"]
    assert page.profile is not None
    reviews.submit_review(
        ws,
        replace(
            page.review,
            dated_on=date(YEAR, 12, 1),
            sections=tuple(SectionText(s.key, words[n % len(words)]) for n, s in enumerate(written)),
            scores=tuple(ItemScore(item.code, item.max) for item in page.profile.items),
            tasks=YearTasks(5, 5, 0, 2, 0),
            grades=(StageGrade(GradeStage.SELF, Grade.GOOD),),
        ),
    )


def _hold_meeting(ws: Workspace, people: list[str]) -> None:
    new = meetings.new_meeting(ws, MeetingKind.REVIEW, YEAR).meeting
    lines = tuple(replace(line, presence=Presence.PRESENT) for line in new.attendance)
    held = meetings.save_meeting(ws, replace(new, held_on=date(YEAR, 12, 12), attendance=lines))
    begun = votes.add_round(ws, held.id, RoundKind.FOUR_GRADES, people).rounds[-1]
    voters = len(people)
    counts = tuple(VoteCount(each, 0, voters - 4, 4, 0, blank=0) for each in people)
    totals = replace(begun, issued=voters, returned=voters, valid=voters, invalid=0, counts=counts)
    votes.save_round(ws, totals)
    votes.record_results(ws, held.id)


def _office() -> tuple[str, str]:
    """The office program and a Python that knows ``uno``."""
    program = shutil.which("soffice")
    if program is None:
        raise NoOffice("LibreOffice is not on this machine")
    beside = Path(program).resolve().with_name("python")
    for python in (str(beside), "/usr/bin/python3", sys.executable):
        try:
            found = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
        except OSError:
            continue
        if found.returncode == 0:
            return program, python
    raise NoOffice("no Python with LibreOffice's uno is on this machine")


def _merge(office: tuple[str, str], place: Path, people: int) -> float:
    program, python = office
    data, out = place / "danh-sach", place / "tron-thu"
    data.mkdir()
    out.mkdir()
    texts = merged_texts(people)
    with (data / "nguoi.csv").open("w", encoding="utf-8", newline="") as listed:
        writer = csv.writer(listed)
        writer.writerow(["ten", *(f"muc{number}" for number in range(len(texts[0][1])))])
        writer.writerows([name, *words] for name, words in texts)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            f"--accept=socket,host=127.0.0.1,port={port};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        job = [python, str(_JOB), str(port), str(data), str(out)]
        told = subprocess.run(job, capture_output=True, text=True, check=True).stdout
    finally:
        running.terminate()
        running.wait()
    made = len(list(out.glob("*.pdf")))
    if made != people:
        raise RuntimeError(f"the mail merge made {made} of {people} files")
    return float(told)
