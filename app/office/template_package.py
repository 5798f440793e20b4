"""The package of an office's Word template, looked through before it is used: a template is code."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from app.domain.errors import FileUnreadable

LARGEST_FILE = 10 * 2**20
LARGEST_UNPACKED = 20 * 2**20
_LARGEST_PART = 4 * 2**20
_MOST_PARTS = 400
_MOST_RATIO, _SMALL = 100, 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "word/document.xml"
_DOCX = b"wordprocessingml.document.main+xml"
_HARMLESS_LINKS = ("hyperlink",)
_FETCHING_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b", re.IGNORECASE
)
_ACTIVE_PARTS = ("vbaproject", "word/activex/", "word/embeddings/", "vbadata")
_FIELD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instrText"
_SAVE_AS = "Đồng chí mở mẫu trong Word, lưu thành Word Document (*.docx) rồi chọn lại."


def looked_through(data: bytes) -> dict[str, bytes]:
    """The XML parts of a template that is fit to be used, by name; says why another one is not."""
    _check_kind(data)
    with _translated():
        parts = _unpacked(data)
    if _MAIN not in parts or "[Content_Types].xml" not in parts:
        raise FileUnreadable(f"Tệp đã chọn không phải tài liệu Word (.docx). {_SAVE_AS}")
    if _DOCX not in parts["[Content_Types].xml"]:
        raise FileUnreadable(f"Mẫu có macro hoặc là dạng mẫu .dotx, .docm nên không dùng được. {_SAVE_AS}")
    for name, xml in parts.items():
        _check_part(name, xml)
    return parts


def _check_kind(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise FileUnreadable(
            f"Mẫu lớn {len(data) // 2**20} MB, một mẫu giấy tờ không quá {LARGEST_FILE // 2**20} MB. "
            "Đồng chí bỏ bớt hình trong mẫu rồi chọn lại."
        )
    if data.startswith(_OLE):
        raise FileUnreadable(f"Mẫu là dạng Word cũ (.doc) hoặc có đặt mật khẩu. {_SAVE_AS}")
    if not data.startswith(b"PK\x03\x04"):
        raise FileUnreadable(f"Tệp đã chọn không phải tài liệu Word (.docx). {_SAVE_AS}")


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        whole = sum(entry.file_size for entry in entries)
        largest = max((entry.file_size for entry in entries if _is_xml(entry.filename)), default=0)
        if (
            len(entries) > _MOST_PARTS
            or whole > LARGEST_UNPACKED
            or largest > _LARGEST_PART
            or (whole > _SMALL and whole > _MOST_RATIO * len(data))
        ):
            raise FileUnreadable(
                f"Mẫu bung ra tới {whole // 2**20 + 1} MB, {len(entries)} phần, không phải một mẫu giấy tờ "
                "bình thường nên chương trình không mở. Đồng chí làm lại mẫu từ một tài liệu Word mới."
            )
        active = next((e.filename for e in entries if e.filename.lower().startswith(_ACTIVE_PARTS)), "")
        active = active or next((e.filename for e in entries if "vbaproject" in e.filename.lower()), "")
        if active:
            raise FileUnreadable(
                "Mẫu có macro hoặc tệp khác nhúng bên trong, chương trình không dùng mẫu như vậy. "
                "Đồng chí bỏ phần đó, lưu thành .docx rồi chọn lại."
            )
        return {entry.filename: package.read(entry) for entry in entries if _is_xml(entry.filename)}


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _check_part(name: str, xml: bytes) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise FileUnreadable("Mẫu có phần khai báo lạ trong tệp nên chương trình không mở. " + _SAVE_AS)
    with _translated():
        xml.decode()  # Word writes UTF-8, and so reads what fills the template
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    if name.endswith(".rels"):
        _check_links(root)
    elif name.startswith("word/"):
        for field in root.iter(_FIELD_TEXT, "{*}fldSimple"):
            words = field.text or next((v for k, v in field.attrib.items() if k.endswith("}instr")), "")
            if _FETCHING_FIELDS.search(str(words)):
                raise FileUnreadable(
                    f"Mẫu có trường Word lấy dữ liệu từ nơi khác ({str(words).strip()[:40]}). "
                    "Đồng chí xóa trường đó trong Word rồi chọn lại."
                )


def _check_links(root: etree._Element) -> None:
    for link in root:
        kind = str(link.get("Type", "")).rpartition("/")[2]
        if kind == "aFChunk" or (link.get("TargetMode") == "External" and kind not in _HARMLESS_LINKS):
            raise FileUnreadable(
                f"Mẫu lấy nội dung từ nơi khác ({str(link.get('Target', ''))[:60]}), chương trình không dùng "
                "mẫu có liên kết như vậy. Đồng chí chép hẳn nội dung đó vào mẫu rồi chọn lại."
            )


# ValueError: zipfile seeking to before the file's beginning, as a damaged table of contents tells it to.
_DAMAGE = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, LookupError, ValueError)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise FileUnreadable(f"Mẫu được nén kèm mật khẩu. {_SAVE_AS}") from error
    except _DAMAGE as error:
        raise FileUnreadable(f"Mẫu bị hỏng, không đọc được. {_SAVE_AS}") from error
