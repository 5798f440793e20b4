"""Whatever paper there is: Word says what the printed page says, for every kind, written out and blank."""

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.office.docx_paper import write_docx
from app.office.xlsx_paper import has_tables, write_xlsx
from app.printing.pdf import pdf_bytes
from app.printing.preview import PageImages
from app.services.books import open_book
from app.services.paper_jobs import paper_job
from app.services.papers import PaperKind, PaperRequest, offered_kinds
from app.services.sample_book import ensure_sample_book
from app.services.workspace import Workspace
from tests.services.test_sample_book import FixedClock

YEAR = 2025
PAGE_NUMBER = re.compile(r"\d+")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of the sample book, which is made once for all tests that use it."""
    kept = ensure_sample_book(clock=FixedClock())
    folder = tmp_path_factory.mktemp("mau") / kept.name
    shutil.copytree(kept, folder)
    ws = open_book(folder, read_only=True)
    yield ws
    ws.close()


def bare(text: str) -> str:
    """Letters only, as they are read: no spaces, no dots to write on."""
    return re.sub(r"[\s\u00a0.…]+", "", unicodedata.normalize("NFC", text))


def printed_words(pdf: bytes) -> str:
    with PageImages(pdf) as pages:
        lines = [page.split("\n") for page in pages.texts()]
    return bare("".join("".join(page[1:] if PAGE_NUMBER.fullmatch(page[0]) else page) for page in lines))


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("kind", offered_kinds())
def test_word_and_excel_say_what_the_page_says(
    sample: Workspace, kind: PaperKind, blank: bool, tmp_path: Path
) -> None:
    job = paper_job(sample, PaperRequest((kind,), YEAR, () if blank else None, blank=blank))
    if not job.sheets:
        return  # nothing of this kind in the sample's year
    paper = job.sheets[0].build()
    printed = printed_words(pdf_bytes([paper], "Thử"))

    write_docx([paper], tmp_path / "a.docx", title="Thử")
    paragraphs = [
        bare("".join(text.text or "" for text in paragraph.iter(qn("w:t"))))
        for paragraph in Document(str(tmp_path / "a.docx")).element.body.iter(qn("w:p"))
    ]
    said = [words for words in paragraphs if len(words) > 1]
    assert [words for words in said if words not in printed] == []
    assert len("".join(said)) > 0.5 * len(printed)

    if has_tables(paper):
        write_xlsx([paper], tmp_path / "a.xlsx", title="Thử")
        assert (tmp_path / "a.xlsx").stat().st_size > 0
