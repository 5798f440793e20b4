"""The parts of a .docx file around its body, zipped so that the same paper gives the same bytes."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from app.domain.paper import plain
from app.office.word_body import WordParagraph, text_lines
from app.office.word_styles import FONT, FOOTER, HEADER, styles_xml

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = f"{_PACKAGE_RELATIONS}/metadata/core-properties"
_CORE_PARTS = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_AUTHOR = "Sổ đăng ký nêu gương"

_SETTINGS = (
    f'<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat><w:doNotUseHTMLParagraphAutoSpacing/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
)
# Where the typeface is missing, one of the same widths keeps lines and pages as they are.
_FONTS = (
    f'<w:fonts xmlns:w="{_W}"><w:font w:name="{FONT}"><w:altName w:val="Liberation Serif"/>'
    '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
_PAGE_NUMBER = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


class Surroundings:
    """Headers and footers of a document; each is kept once and named by the sections that show it."""

    def __init__(self) -> None:
        self._parts: dict[str, str] = {}
        empty = WordParagraph(HEADER).xml()
        self._bare = self._part("header", "hdr", empty)
        self._numbered = self._part("header", "hdr", empty.replace("</w:p>", f"{_PAGE_NUMBER}</w:p>"))

    def references(self, foot: str, *, numbered: bool) -> str:
        """What a section shows on its first page and on the others."""
        lines = text_lines(plain(foot)) or [[]]
        footer = self._part("footer", "ftr", "".join(WordParagraph(FOOTER, line).xml() for line in lines))
        shown = (
            ("header", "default", self._numbered if numbered else self._bare),
            ("header", "first", self._bare),
            ("footer", "default", footer),
            ("footer", "first", footer),
        )
        return "".join(f'<w:{kind}Reference w:type="{pages}" r:id="{name}"/>' for kind, pages, name in shown)

    def parts(self) -> list[tuple[str, str, str]]:
        """Every part: its name, its kind, its XML."""
        return [(name, name.rstrip("0123456789"), xml) for xml, name in self._parts.items()]

    def _part(self, kind: str, tag: str, words: str) -> str:
        xml = f'<w:{tag} xmlns:w="{_W}">{words}</w:{tag}>'
        return self._parts.setdefault(xml, f"{kind}{len(self._parts) + 1}")


def write_package(out: Path, body: Iterable[str], surroundings: Surroundings, title: str) -> None:
    """Write the whole file; ``body`` ends with the last section."""
    words = [
        f'<w:document xmlns:w="{_W}" xmlns:r="{_DOCUMENT_RELATIONS}"><w:body>',
        *body,
        "</w:body></w:document>",
    ]
    running = surroundings.parts()
    with zipfile.ZipFile(out, "x") as package:
        _put(package, "[Content_Types].xml", (_content_types(running),))
        _put(package, "_rels/.rels", (_relations(_OF_PACKAGE),))
        _put(package, "docProps/core.xml", (_properties(title),))
        _put(package, "word/document.xml", words)
        _put(package, "word/styles.xml", (styles_xml(),))
        _put(package, "word/settings.xml", (_SETTINGS,))
        _put(package, "word/fontTable.xml", (_FONTS,))
        for name, _kind, xml in running:
            _put(package, f"word/{name}.xml", (xml,))
        of_document = [
            *((kind, f"{_DOCUMENT_RELATIONS}/{kind}", f"{kind}.xml") for kind in _FIXED),
            *((name, f"{_DOCUMENT_RELATIONS}/{kind}", f"{name}.xml") for name, kind, _xml in running),
        ]
        _put(package, "word/_rels/document.xml.rels", (_relations(of_document),))


_FIXED = ("styles", "settings", "fontTable")
_OF_PACKAGE = [
    ("document", f"{_DOCUMENT_RELATIONS}/officeDocument", "word/document.xml"),
    ("core", _CORE, "docProps/core.xml"),
]


def _put(package: zipfile.ZipFile, name: str, xml: Iterable[str]) -> None:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with package.open(entry, "w") as part:
        part.write(_DECLARATION.encode())
        for piece in xml:
            part.write(piece.encode())


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{listed}</Relationships>'


def _content_types(running: Iterable[tuple[str, str, str]]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    parts = [
        ("word/document", f"{word}.document.main+xml"),
        ("word/styles", f"{word}.styles+xml"),
        ("word/settings", f"{word}.settings+xml"),
        ("word/fontTable", f"{word}.fontTable+xml"),
        ("docProps/core", core),
        *((f"word/{name}", f"{word}.{kind}+xml") for name, kind, _xml in running),
    ]
    listed = "".join(f'<Override PartName="/{name}.xml" ContentType="{kind}"/>' for name, kind in parts)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_CONTENT_TYPES}"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _properties(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE_PARTS}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{_AUTHOR}</dc:creator>"
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
