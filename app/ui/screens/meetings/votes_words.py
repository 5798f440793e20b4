"""What the page of votes says in sentences."""

from collections import Counter
from collections.abc import Sequence

from app.domain.attendance import count_attendance
from app.domain.dates import format_date
from app.domain.grade import Grade
from app.domain.review import COLLECTIVES
from app.domain.vote_results import VERDICTS, FinalResult, MeetingVotes
from app.services.votes import VotesPage

_NAMED_AT_MOST = 6


def header_facts(page: VotesPage) -> str:
    """Day, way of voting: "Họp ngày 12/12/2025 · một vòng, bốn mức · phiếu kín"."""
    meeting = page.meeting
    day = f"Họp ngày {format_date(meeting.held_on)}" if meeting.held_on else "Chưa ghi ngày họp"
    rounds = "một vòng, bốn mức" if meeting.rounds == 1 else "hai vòng"
    facts = [day, rounds, "phiếu kín" if meeting.secret else "công khai"]
    facts += ["không tự bỏ phiếu cho mình"] if meeting.recuse_self else []
    return " · ".join(facts)


def record_question(page: VotesPage, results: MeetingVotes) -> tuple[str, str]:
    """What is asked before results are written, and what follows from it."""
    given = [final for final in results.finals if final.grade is not None]
    counts = Counter(final.grade for final in given)
    parts = [f"{VERDICTS[grade].lower()} {counts[grade]}" for grade in Grade if counts[grade]]
    sentences = [f"{', '.join(parts).capitalize()}." if parts else ""]
    left = [final for final in results.finals if final.grade is None]
    if left:
        sentences.append(f"Để lại {len(left)}: {_named(page, left)}.")
    counted = count_attendance(page.meeting.attendance)
    if counted.unknown:
        sentences.append(f"Còn {counted.unknown} đồng chí chưa điểm danh.")
    sentences.append("Đây là kết quả biểu quyết, chưa phải mức đề xuất hay quyết định.")
    question = f"Ghi kết quả biểu quyết của {counted_words([final.subject_id for final in given])}?"
    return question, " ".join(sentence for sentence in sentences if sentence)


def counted_words(subjects: Sequence[str]) -> str:
    """How many of what: "40 đồng chí và 2 tập thể"."""
    collectives = sum(subject in COLLECTIVES for subject in subjects)
    people = len(subjects) - collectives
    words = [f"{people} đồng chí"] if people or not collectives else []
    return " và ".join([*words, f"{collectives} tập thể"] if collectives else words)


def _named(page: VotesPage, left: Sequence[FinalResult]) -> str:
    words = [
        f"{page.names.get(each.subject_id, '')} ({'chưa nhập đủ' if each.is_pending else each.text.lower()})"
        for each in left[:_NAMED_AT_MOST]
    ]
    more = f" và {len(left) - _NAMED_AT_MOST} đồng chí khác" if len(left) > _NAMED_AT_MOST else ""
    return ", ".join(words) + more


def left_words(left: Sequence[tuple[str, str]]) -> str:
    """Whose results were not written, with the reason."""
    words = [f"{name} ({why})" for name, why in left[:_NAMED_AT_MOST]]
    more = f" và {len(left) - _NAMED_AT_MOST} đồng chí khác" if len(left) > _NAMED_AT_MOST else ""
    return f"Để lại {len(left)}: {', '.join(words)}{more}."
