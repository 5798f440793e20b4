"""Prints blocks and reads the pages back: as words, as ink, as the file's own tables."""

import re
import unicodedata
import zlib

from app.domain.paper import Block, PageStyle, Paper
from app.printing.pdf import pdf_bytes
from app.printing.preview import PageImages, RenderedPage

SENTENCE = "Tôi dự đủ các kỳ sinh hoạt, góp ý thẳng trong tổ và chấp hành kết luận chung của chi bộ. "


def paper(*blocks: Block, style: PageStyle | None = None, subject: str = "Trần Thị Hoài An") -> Paper:
    """A paper of these blocks."""
    return Paper("Bản kiểm điểm", subject, blocks, style or PageStyle())


def printed(*blocks: Block, style: PageStyle | None = None) -> bytes:
    """The PDF of one paper of these blocks."""
    return pdf_bytes([paper(*blocks, style=style)], "Giấy tờ thử")


def read_pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    with PageImages(pdf) as pages:
        return list(pages.texts())


def read(*blocks: Block) -> list[str]:
    """The lines of all pages of these blocks, page numbers among them."""
    return "\n".join(read_pages(printed(*blocks))).split("\n")


def flowing(text: str) -> str:
    """Words without the line breaks of the page, in NFC."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def picture(pdf: bytes, index: int = 0, dpi: float = 72) -> RenderedPage:
    """A page as pixels; at 72 dpi one pixel is one point."""
    with PageImages(pdf) as pages:
        return pages.render(index, dpi)


def ink(page: RenderedPage, left: int, top: int, right: int, bottom: int) -> int:
    """How many dark pixels a rectangle of the picture has."""
    dark = 0
    for y in range(top, bottom):
        row = page.data[y * page.stride + 4 * left : y * page.stride + 4 * right]
        dark += sum(1 for green in row[1::4] if green < 128)
    return dark


def streams(pdf: bytes) -> list[bytes]:
    """The unpacked streams of a PDF: page contents, fonts, character maps."""
    found = re.findall(rb"stream\n(.*?)endstream", pdf, re.S)
    return [zlib.decompress(stream) for stream in found]
