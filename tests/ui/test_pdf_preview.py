"""The preview renders only pages in sight and keeps its place when the window changes."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.page_pictures import PagePicture
from app.ui.parts.pdf_preview import PdfPreview


class Pages:
    """Renders white pages and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def render(self, page: int, dpi: float) -> PagePicture:
        self.asked.append(page)
        width, height = round(595 * dpi / 72), round(842 * dpi / 72)
        return PagePicture(width, height, width * 4, b"\xff" * (width * height * 4))


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def preview(qtbot: QtBot, pages: Pages) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_pages(600, pages.render)
    qtbot.waitUntil(lambda: bool(pages.asked))
    return made


def test_only_pages_in_sight_are_rendered(preview: PdfPreview, pages: Pages) -> None:
    preview.grab()

    assert set(pages.asked) <= {0, 1}


def test_turning_pages_says_where_one_is(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.next.click()
    here = preview.number.value()
    qtbot.keyClick(preview.pages, Qt.Key.Key_End)

    assert here == "2"
    assert (preview.number.value(), preview.place.text()) == ("600", "/ 600")
    assert not preview.next.isEnabled()


def test_the_page_stays_when_the_whole_page_is_shown(preview: PdfPreview, pages: Pages) -> None:
    preview.go_to(40)

    preview.fit.choose_number(1)
    preview.grab()

    assert preview.number.value() == "41"
    assert 40 in pages.asked


def test_a_page_number_typed_leads_to_the_page(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.number.setText("250")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)
    there = preview.current_page
    preview.number.setText("9999")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)

    assert there == 249
    assert preview.number.value() == "600"


def test_what_is_no_page_number_leads_nowhere(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.number.setText("mười")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)

    assert (preview.current_page, preview.number.value()) == (0, "1")


def test_nothing_to_show_is_said(preview: PdfPreview) -> None:
    preview.clear()

    assert preview.place.text() == "Chưa có trang nào"
    assert preview.page_count == 0
