"""Seals printed small on request: of the confirmed months a sheet tells of, or of the locked year."""

from dataclasses import replace
from datetime import date

from app.domain.dates import Month
from app.domain.month_seal import joint_seal, seal_words
from app.domain.sheets.kinds import PaperKind
from app.services.months import comment_month, confirm_months
from app.services.paper_jobs import PaperRequest, paper_job
from app.services.workspace import Workspace
from tests.book_fixtures import People
from tests.builders import handed_in, lock_year, passed_pledge

FEBRUARY = Month(2026, 2)
DAY = date(2026, 3, 18)


def foot(ws: Workspace, people: People, kind: PaperKind = PaperKind.REGISTER, **how: bool) -> str:
    """The foot of one member's sheet."""
    request = replace(PaperRequest((kind,), 2026, (people.plain,)), **how)  # type: ignore[arg-type]
    (sheet,) = paper_job(ws, request).sheets
    return sheet.build().foot


def confirmed(ws: Workspace, people: People) -> None:
    handed_in(ws, passed_pledge(ws, people.plain), FEBRUARY)
    confirm_months(ws, FEBRUARY, [people.plain], DAY)


def test_no_seal_stands_on_paper_unasked(secretary_ws: Workspace, people: People) -> None:
    confirmed(secretary_ws, people)

    assert foot(secretary_ws, people) == ""
    assert foot(secretary_ws, people, seals=True, blank=True) == ""


def test_register_tells_the_seal_of_its_confirmed_months(secretary_ws: Workspace, people: People) -> None:
    assert foot(secretary_ws, people, blank=True) == ""
    confirmed(secretary_ws, people)

    first = foot(secretary_ws, people, seals=True)

    assert first.startswith("Mã niêm phong 1 tháng đã xác nhận: ")
    assert foot(secretary_ws, people, seals=True) == first
    assert foot(secretary_ws, people, PaperKind.PLEDGE, seals=True) == ""
    comment_month(secretary_ws, people.plain, FEBRUARY, "Cần đều hơn", None)
    assert foot(secretary_ws, people, seals=True) != first


def test_locked_year_stands_on_every_paper_with_its_own_seal(secretary_ws: Workspace, people: People) -> None:
    confirmed(secretary_ws, people)
    lock_year(secretary_ws, 2026, DAY)

    assert foot(secretary_ws, people, PaperKind.PLEDGE, seals=True).startswith(
        "Mã niêm phong năm 2026, khóa 20/03/2026: "
    )


def test_seal_of_several_months_changes_with_any_of_them() -> None:
    assert joint_seal(["ab", "cd"]) == joint_seal(["ab", "cd"])
    assert len({joint_seal(["ab", "cd"]), joint_seal(["cd", "ab"]), joint_seal(["ab"])}) == 3
    assert len(seal_words(joint_seal(["ab"]))) == 19
