"""Sổ văn bản đi: terms of the cell, numbers given to its documents, the last number taken back."""

from dataclasses import dataclass
from datetime import date

from app.db import tables, year_end_queries
from app.db.transactions import ReadTransaction
from app.domain.dates import format_date
from app.domain.errors import Conflict, NotAllowed, NotFound, Problem, ValidationFailed
from app.domain.issued_document import (
    DOCUMENT_TYPES,
    CellTerm,
    IssuedDocument,
    next_number,
    problems_in_term,
)
from app.domain.sheets.kinds import PaperKind
from app.domain.text import clean_line
from app.services.workspace import Act, Workspace
from app.services.year_guard import must_be_open

PAPER_SYMBOLS = {
    PaperKind.REVIEW_MINUTES: "BB",
    PaperKind.CELL_REPORT: "BC",
    PaperKind.PROPOSAL: "TTr",
    PaperKind.INSPECTION_PLAN: "CTr",
    PaperKind.MONTHLY_MINUTES: "BB",
    PaperKind.QUARTER_REPORT: "BC",
    PaperKind.NOTICE: "TB",
}


@dataclass(frozen=True, slots=True)
class DocumentBook:
    """The register of outgoing documents: terms, latest first, and every number given in them."""

    terms: tuple[CellTerm, ...]
    documents: tuple[IssuedDocument, ...]

    def term_on(self, day: date) -> CellTerm | None:
        """The term a day lies in."""
        return next((term for term in self.terms if term.holds_on(day)), None)

    def of_term(self, term_id: str) -> tuple[IssuedDocument, ...]:
        """The documents of a term by type and number."""
        return tuple(each for each in self.documents if each.term_id == term_id)

    def next_text(self, symbol: str, day: date) -> str:
        """The number a document of a day would get; "" outside every term."""
        term = self.term_on(day)
        if term is None:
            return ""
        number = next_number(self.documents, term.id, symbol)
        return IssuedDocument(symbol, term.id, number, day, day.year).number_text

    def is_last(self, document: IssuedDocument) -> bool:
        """Whether a number is the last of its type in its term, so that it can be taken back."""
        return next_number(self.documents, document.term_id, document.symbol) == document.number + 1


def open_document_book(ws: Workspace) -> DocumentBook:
    """Every number the cell gave, by term, type and number."""
    ws.must(Act.READ_DOCUMENTS)
    with ws.read() as tx:
        return _book(tx)


def save_term(ws: Workspace, term: CellTerm) -> str:
    """Add a term or change it; terms never share a day. Raises ``ValidationFailed``, ``Conflict``."""
    ws.must(Act.KEEP_TERM)
    values = {
        "name": clean_line(term.name),
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
    }
    with ws.write(f"Ghi nhiệm kỳ {values['name']}") as tx:
        book = _book(tx)
        if problems := problems_in_term(term, book.terms):
            raise ValidationFailed(problems)
        _must_keep_documents(book, term)
        if not term.id:
            return tx.insert(tables.cell_term, {**values, "version": 1})
        tx.update(tables.cell_term, term.id, values, version=term.version)
        return term.id


def remove_term(ws: Workspace, term_id: str) -> None:
    """Take a term out that no number was given in."""
    ws.must(Act.REMOVE_TERM)
    with ws.write("Bỏ một nhiệm kỳ") as tx:
        book = _book(tx)
        if book.of_term(term_id):
            raise NotAllowed(
                "Nhiệm kỳ này đã cấp số văn bản nên không bỏ được. Đồng chí sửa tên hoặc ngày của nhiệm kỳ."
            )
        tx.delete(tables.cell_term, term_id)


def give_number(
    ws: Workspace, symbol: str, year: int, paper: str, title: str, dated_on: date | None
) -> IssuedDocument:
    """The next number of a type in the term of the day (today without one); no two documents share it.

    HD 05-HD/VPTW: numbers run from 01 for each type and each term of the committee. Raises
    ``ValidationFailed``, ``NotFound`` where no term covers the day.
    """
    ws.must(Act.GIVE_NUMBER)
    title = clean_line(title)
    if problems := _problems(symbol, title):
        raise ValidationFailed(problems)
    day = dated_on or ws.today()
    with ws.write(f"Cấp số {DOCUMENT_TYPES[symbol].lower()}: {title}") as tx:
        must_be_open(tx, year)
        book = _book(tx)
        term = book.term_on(day)
        if term is None:
            raise NotFound(
                f"Chưa ghi nhiệm kỳ nào có ngày {format_date(day)}, nên chưa cấp số được. "
                "Đồng chí ghi nhiệm kỳ của chi bộ ở Thiết lập, mục Văn bản đi."
            )
        number = next_number(book.documents, term.id, symbol)
        values = {
            "symbol": symbol,
            "term_id": term.id,
            "number": number,
            "dated_on": dated_on,
            "year": year,
            "paper": paper,
            "title": title,
            "version": 1,
        }
        document_id = tx.insert(tables.issued_document, values)
    return IssuedDocument(symbol, term.id, number, dated_on, year, paper, title, document_id, 1)


def change_document(ws: Workspace, document: IssuedDocument) -> None:
    """Put right the day, the paper or the title of a document; its number stays. Raises ``Conflict``."""
    ws.must(Act.CHANGE_DOCUMENT)
    title = clean_line(document.title)
    if problems := _problems(document.symbol, title):
        raise ValidationFailed(problems)
    with ws.write(f"Sửa {document.number_text} trong sổ văn bản đi") as tx:
        stored = _stored(tx, document.id)
        must_be_open(tx, stored.year)
        must_be_open(tx, document.year)
        term = next((one for one in _book(tx).terms if one.id == stored.term_id), None)
        if document.dated_on and term and not term.holds_on(document.dated_on):
            problem = f"Ngày {format_date(document.dated_on)} ngoài nhiệm kỳ {term.name} của số này."
            raise ValidationFailed((Problem("dated_on", problem),))
        values = {
            "dated_on": document.dated_on,
            "year": document.year,
            "paper": document.paper,
            "title": title,
        }
        tx.update(tables.issued_document, document.id, values, version=document.version)


def take_back(ws: Workspace, document_id: str) -> IssuedDocument:
    """Take the last number of a type back; an earlier one stays, so that the register has no hole."""
    ws.must(Act.TAKE_BACK_NUMBER)
    with ws.read() as tx:
        document = _stored(tx, document_id)
    with ws.write(f"Thu hồi {document.number_text} trong sổ văn bản đi") as tx:
        document = _stored(tx, document_id)
        must_be_open(tx, document.year)
        if not _book(tx).is_last(document):
            raise Conflict(
                f"{document.number_text} không phải số cuối của loại này nên không thu hồi được: "
                "sổ văn bản đi không để trống số. Đồng chí thu hồi từ số cuối trở lại."
            )
        tx.delete(tables.issued_document, document_id)
    return document


def _book(tx: ReadTransaction) -> DocumentBook:
    return DocumentBook(year_end_queries.terms(tx), year_end_queries.issued_documents(tx))


def _stored(tx: ReadTransaction, document_id: str) -> IssuedDocument:
    known = (each for each in year_end_queries.issued_documents(tx) if each.id == document_id)
    found = next(known, None)
    if found is None:
        raise NotFound("Số văn bản này không còn trong sổ. Xin mở lại danh sách.")
    return found


def _problems(symbol: str, title: str) -> tuple[Problem, ...]:
    found = []
    if symbol not in DOCUMENT_TYPES:
        kinds = ", ".join(DOCUMENT_TYPES)
        found.append(
            Problem("symbol", f"Chi bộ không ban hành loại văn bản “{symbol}”. Loại được dùng: {kinds}.")
        )
    if not title:
        found.append(Problem("title", "Chưa ghi trích yếu: văn bản về việc gì."))
    return tuple(found)


def _must_keep_documents(book: DocumentBook, term: CellTerm) -> None:
    """A term may not be cut so that a number given in it falls outside."""
    outside = [
        each
        for each in book.of_term(term.id)
        if each.dated_on is not None and not term.holds_on(each.dated_on)
    ]
    if term.id and outside:
        first = outside[0]
        day = format_date(first.dated_on) if first.dated_on else ""
        problem = f"{first.number_text} ngày {day} đã cấp trong nhiệm kỳ này sẽ ra ngoài nhiệm kỳ."
        raise ValidationFailed((Problem("valid_from", problem),))
