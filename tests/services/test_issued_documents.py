"""Numbers of the cell's documents: from 01 for each type and term, never twice, only the last taken back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import Conflict, NotAllowed, NotFound, ValidationFailed
from app.domain.issued_document import CellTerm, IssuedDocument
from app.domain.sheets.kinds import PaperKind
from app.services.issued_documents import (
    PAPER_SYMBOLS,
    change_document,
    give_number,
    open_document_book,
    remove_term,
    save_term,
    take_back,
)
from app.services.papers import PaperRequest, preview_pdf
from app.services.workspace import Workspace
from tests.builders import lock_year
from tests.printing.printed import flowing, read_pages

OLD = CellTerm("2020-2025", date(2020, 5, 1), date(2025, 4, 30))
NEW = CellTerm("2025-2030", date(2025, 5, 1))


@pytest.fixture
def with_terms(secretary_ws: Workspace) -> Workspace:
    save_term(secretary_ws, OLD)
    save_term(secretary_ws, NEW)
    return secretary_ws


def given(ws: Workspace, symbol: str = "BC", day: date | None = date(2025, 12, 20)) -> IssuedDocument:
    return give_number(ws, symbol, 2025, "", "Kết quả xếp loại năm 2025", day)


def test_numbers_run_from_01_for_each_type_and_each_term(with_terms: Workspace) -> None:
    numbers = [
        given(with_terms, "BC").number_text,
        given(with_terms, "BC").number_text,
        given(with_terms, "NQ").number_text,
        given(with_terms, "BC", date(2025, 3, 3)).number_text,
        given(with_terms, "BC", None).number_text,
    ]

    assert numbers == ["Số 01-BC/CB", "Số 02-BC/CB", "Số 01-NQ/CB", "Số 01-BC/CB", "Số 03-BC/CB"]
    book = open_document_book(with_terms)
    assert book.next_text("BC", date(2026, 1, 2)) == "Số 04-BC/CB"
    assert [term.name for term in book.terms] == ["2025-2030", "2020-2025"]


def test_only_the_last_number_of_a_type_is_taken_back_and_then_given_again(with_terms: Workspace) -> None:
    first, second = given(with_terms), given(with_terms)
    book = open_document_book(with_terms)

    assert [book.is_last(each) for each in (first, second)] == [False, True]
    with pytest.raises(Conflict, match="Số 01-BC/CB không phải số cuối"):
        take_back(with_terms, first.id)
    assert take_back(with_terms, second.id) == second
    assert given(with_terms).number == 2


def test_a_day_without_a_term_gets_no_number(with_terms: Workspace) -> None:
    with pytest.raises(NotFound, match="Chưa ghi nhiệm kỳ nào có ngày 03/02/2019"):
        given(with_terms, "BC", date(2019, 2, 3))
    assert open_document_book(with_terms).next_text("BC", date(2019, 2, 3)) == ""


@pytest.mark.parametrize(
    ("symbol", "title", "told"),
    [("HD", "Hướng dẫn", "không ban hành"), ("CT", "Chỉ thị", "không ban hành"), ("BC", "  ", "trích yếu")],
)
def test_what_a_cell_may_not_issue_is_refused(
    with_terms: Workspace, symbol: str, title: str, told: str
) -> None:
    with pytest.raises(ValidationFailed, match=told):
        give_number(with_terms, symbol, 2025, "", title, None)


def test_terms_never_share_a_day(with_terms: Workspace) -> None:
    with pytest.raises(ValidationFailed, match="Trùng ngày với nhiệm kỳ 2025-2030"):
        save_term(with_terms, CellTerm("Khác", date(2026, 1, 1)))
    with pytest.raises(ValidationFailed, match="sớm hơn ngày bắt đầu"):
        save_term(with_terms, CellTerm("Khác", date(2019, 1, 1), date(2018, 1, 1)))
    with pytest.raises(ValidationFailed, match="Chưa ghi tên nhiệm kỳ"):
        save_term(with_terms, CellTerm(" ", date(2010, 1, 1), date(2015, 1, 1)))


def test_a_term_with_numbers_keeps_its_days_and_is_not_removed(with_terms: Workspace) -> None:
    given(with_terms)
    new, old = open_document_book(with_terms).terms

    with pytest.raises(ValidationFailed, match="ra ngoài nhiệm kỳ"):
        save_term(with_terms, replace(new, valid_to=date(2025, 6, 1)))
    with pytest.raises(NotAllowed, match="đã cấp số"):
        remove_term(with_terms, new.id)
    remove_term(with_terms, old.id)
    assert [term.name for term in open_document_book(with_terms).terms] == ["2025-2030"]


def test_a_term_changed_meanwhile_is_not_overwritten(with_terms: Workspace) -> None:
    seen = open_document_book(with_terms).terms[0]
    save_term(with_terms, replace(seen, name="Nhiệm kỳ 2025-2030"))

    with pytest.raises(Conflict):
        save_term(with_terms, replace(seen, name="Khóa XX"))


def test_a_document_is_put_right_and_keeps_its_number(with_terms: Workspace) -> None:
    document = given(with_terms)

    change_document(with_terms, replace(document, title="Kết quả  kiểm điểm", dated_on=date(2025, 12, 21)))

    (kept,) = open_document_book(with_terms).documents
    assert (kept.number, kept.title, kept.dated_on) == (1, "Kết quả kiểm điểm", date(2025, 12, 21))
    with pytest.raises(ValidationFailed, match="ngoài nhiệm kỳ 2025-2030"):
        change_document(with_terms, replace(kept, dated_on=date(2024, 1, 1)))


def test_a_locked_years_register_stays_as_it_is(with_terms: Workspace) -> None:
    document = given(with_terms)
    lock_year(with_terms, 2025, date(2026, 1, 5))

    for act in (lambda: given(with_terms), lambda: take_back(with_terms, document.id)):
        with pytest.raises(NotAllowed, match="Năm 2025 đã khóa"):
            act()


def test_the_register_is_for_those_who_lead(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        open_document_book(plain_ws)
    with pytest.raises(NotAllowed):
        given(plain_ws)


def test_the_paper_prints_the_number_and_the_day_it_was_given(with_terms: Workspace) -> None:
    request = PaperRequest((PaperKind.CELL_REPORT,), 2025)
    assert "Số -BC/CB" in flowing(" ".join(read_pages(preview_pdf(with_terms, request).pdf)))

    kind = PaperKind.CELL_REPORT
    day = date(2025, 12, 20)
    give_number(with_terms, PAPER_SYMBOLS[kind], 2025, kind.value, "Kết quả xếp loại", day)

    text = flowing(" ".join(read_pages(preview_pdf(with_terms, request).pdf)))
    assert "Số 01-BC/CB" in text
    assert "Hòa Sơn, ngày 20 tháng 12 năm 2025" in text
