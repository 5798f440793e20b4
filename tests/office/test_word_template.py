"""An office's own template: named fields filled in, anything broken or dangerous refused with its place."""

import io
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from app.domain.errors import FileUnreadable, FileUnwritable
from app.office.word_template import check_template, fill_template, filled_template, inspect_template
from tests.office.templates import a_template, changed, words_of_file

KNOWN = frozenset(
    {"ho_ten", "nam", "muc", "muc.A_I_1", "danh_sach", "danh_sach.ho_ten", "danh_sach.diem", "trich_yeu"}
)
LIST = (
    ("TT", "Họ và tên", "Điểm"),
    ("{%tr for dong in danh_sach %}", "", ""),
    ("{{ loop.index }}", "{{ dong.ho_ten|upper }}", "{{ dong.diem }}"),
    ("{%tr endfor %}", "", ""),
)
PEOPLE = [{"ho_ten": "Trần Thị An", "diem": "87,5"}, {"ho_ten": "Y Bhơm Ayŭn", "diem": ""}]


def test_fields_are_listed_by_their_full_names() -> None:
    data = a_template(
        "Họ và tên: {{ ho_ten }}, năm {{nam}}",
        "{% if muc.A_I_1 %}{{ muc.A_I_1 }}{% else %}Không.{% endif %}",
        rows=LIST,
        header="{{ trich_yeu }}",
    )
    assert set(inspect_template(data).names) == KNOWN - {"muc"}
    check_template(data, KNOWN)


def test_a_template_is_filled_in_with_rows_and_conditions() -> None:
    data = a_template(
        "Đồng chí {{ ho_ten }} <{{ nam }}>", "{% if nam %}Có{% endif %}", rows=LIST, header="Năm {{ nam }}"
    )
    filled = words_of_file(
        filled_template(data, {"ho_ten": "Ngô & <Bé>\u0000", "nam": "2025", "danh_sach": PEOPLE})
    )
    assert filled[:2] == ["Đồng chí Ngô & <Bé> <2025>", "Có"]
    assert filled[2:-1] == ["TT", "Họ và tên", "Điểm", "1", "TRẦN THỊ AN", "87,5", "2", "Y BHƠM AYŬN", ""]
    assert filled[-1] == "Năm 2025"


def test_every_line_of_a_long_text_is_a_paragraph_and_nothing_known_is_dots() -> None:
    data = a_template(
        "Ưu điểm: {{ muc.A_I_1 }}", "{% if ho_ten %}có tên{% else %}chưa có{% endif %}: {{ ho_ten }}"
    )
    filled = words_of_file(filled_template(data, {"muc": {"A_I_1": "Một.\nHai."}, "ho_ten": None}))
    assert filled[:3] == ["Ưu điểm: Một.", "Hai.", "chưa có: …………"]


def test_fields_may_be_called_what_python_calls_its_own() -> None:
    rows = (("{%tr for d in bang.items %}", ""), ("{{ d.keys }}", "{{ d.count }}"), ("{%tr endfor %}", ""))
    values = {"bang": {"items": [{"keys": "một", "count": "2"}]}}
    assert words_of_file(filled_template(a_template(rows=rows), values))[:2] == ["một", "2"]
    with pytest.raises(FileUnreadable, match="chưa có giá trị"):
        filled_template(a_template("{{ bang.values }}"), values)


def test_markup_typed_into_a_text_stays_the_text_it_is() -> None:
    typed = "{{ nam }} {% for %} <w:t> ]]>"
    (filled, *_) = words_of_file(filled_template(a_template("{{ ho_ten }}"), {"ho_ten": typed}))
    assert filled == typed


def test_a_tag_word_has_cut_into_runs_is_still_one_tag() -> None:
    def cut(xml: bytes) -> bytes:
        return xml.replace(b"ho_ten", b"ho_</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ten")

    data = changed(a_template("{{ ho_ten }}"), {"word/document.xml": cut})
    assert inspect_template(data).names == ("ho_ten",)
    assert words_of_file(filled_template(data, {"ho_ten": "An"}))[0] == "An"


def test_a_field_nobody_knows_is_named_with_its_place_and_a_guess() -> None:
    data = a_template("Kính gửi chi bộ", "Tôi là {{ ho_tenn }}, đảng viên")
    with pytest.raises(FileUnreadable, match=r"“ho_tenn”.*“Tôi là {{ ho_tenn }}, đảng viên”.*“ho_ten”"):
        check_template(data, KNOWN)
    with pytest.raises(FileUnreadable, match=r"“danh_sach\.tuoi”"):
        check_template(a_template("{% for d in danh_sach %}{{ d.tuoi }}{% endfor %}"), KNOWN)
    with pytest.raises(FileUnreadable, match="“loop”"):
        check_template(a_template("{{ loop }}"), KNOWN)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Họ tên {{ ho_ten", "thiếu một nửa"),
        ("Họ tên ho_ten }}", "thiếu một nửa"),
        ("Họ tên {{ ho_ten }", "thiếu một nửa"),
        ("{{ ho_ten %}", "không đủ cặp"),
        ("{% for d in danh_sach %}{{ d.ho_ten }}", "thiếu {% endfor %}"),
        ("{% nếu ho_ten %}", "nếu"),
        ("{{ ho ten }}", "dấu cách"),
        ("{{ ho_ten|safe }}", "không có phép “|safe”"),
        ("{{ cycler.__init__.__globals__ }}", ""),
        ("{{ ho_ten() }}", "gọi hàm"),
        ("{{ ''['a'] }}", r"dấu \[ \]"),
        ("{{ 'a' * 1000000000 }}", "phép nhân"),
        ("{{ 10 ** 1000000000 }}", "lũy thừa"),
        ("{% for i in range(1000000000) %}x{% endfor %}", "danh sách có tên"),
        ("{% for a in danh_sach %}" * 3 + "{% endfor %}" * 3, "quá 2 lớp"),
        ("{% set a = 1 %}", "một phép lạ"),
        ("{% include 'x' %}", "một phép lạ"),
        ("{% macro a() %}{% endmacro %}", "một phép lạ"),
        ("{{r ho_ten }}", "chỉ dùng"),
        ("{% colspan nam %}", "chỉ dùng"),
    ],
)  # fmt: skip
def test_broken_tags_and_anything_but_fields_are_refused_with_their_place(words: str, reason: str) -> None:
    data = a_template("Đoạn đầu", words, "Đoạn cuối")
    with pytest.raises(FileUnreadable, match=reason or "ở đoạn"):
        check_template(data, KNOWN)
    with pytest.raises(FileUnreadable):
        filled_template(data, {"ho_ten": "An", "nam": "2025", "danh_sach": PEOPLE, "ho": "", "ten": ""})


def test_a_template_with_bytes_missing_anywhere_before_its_table_of_contents_is_refused() -> None:
    data = a_template("Đoạn đầu")
    for missing in (1, 64, 1000):
        with pytest.raises(FileUnreadable, match="hỏng"):
            check_template(data[:200] + data[200 + missing :], KNOWN)


def test_a_template_in_another_encoding_than_word_writes_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_template("Đoạn đầu"))) as package, zipfile.ZipFile(made, "w") as other:
        for name in package.namelist():
            part = package.read(name)
            is_main = name == "word/document.xml"
            text = part.decode().replace("UTF-8", "UTF-16").encode("utf-16") if is_main else part
            other.writestr(name, text)
    with pytest.raises(FileUnreadable, match="hỏng"):
        check_template(made.getvalue(), KNOWN)


def test_the_place_quoted_is_the_paragraph_of_the_tag() -> None:
    with pytest.raises(FileUnreadable, match=r"ở đoạn “Họ tên {{ ho_ten”"):
        check_template(a_template("Đoạn đầu", "Họ tên {{ ho_ten", "Đoạn cuối"), KNOWN)
    with pytest.raises(FileUnreadable, match=r"ở đoạn “Nhận xét: {{ a\(\) }}”"):
        check_template(a_template("Đoạn đầu", "Nhận xét: {{ a() }}", "Đoạn cuối"), KNOWN)


def external(kind: str, target: str) -> Callable[[bytes], bytes]:
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    link = f'<Relationship Id="rX" Type="{kind}" Target="{target}" TargetMode="External"/>'
    return lambda old: old.replace(b"</Relationships>", link.encode() + b"</Relationships>")


def fetching(xml: bytes) -> bytes:
    """The same with a field that asks another program for its words."""
    return xml.replace(b"<w:t>", b"<w:instrText>DDEAUTO c:\\\\x</w:instrText><w:t>", 1)


def macros(types: bytes) -> bytes:
    """The same as a file that may hold macros."""
    return types.replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")


RELS = "word/_rels/document.xml.rels"
BODY = "word/document.xml"


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        (RELS, external("attachedTemplate", "file:///x.dotm"), "lấy nội dung từ nơi khác"),
        (RELS, external("image", "http://example.invalid/a.png"), "lấy nội dung từ nơi khác"),
        ("word/vbaProject.bin", lambda _: b"x", "macro"),
        ("word/embeddings/a.bin", lambda _: b"x", "macro hoặc tệp khác"),
        ("[Content_Types].xml", macros, "macro hoặc là"),
        (BODY, lambda xml: xml.replace(b"<w:body>", b"<w:body><w:body>"), "bị hỏng"),
        (BODY, lambda xml: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml, "khai báo lạ"),
        (BODY, fetching, "DDEAUTO"),
        (BODY, lambda xml: xml.replace(b"<w:t>", b'<w:t w:x="{{ nam }}">', 1), "ngoài chữ"),
        ("docProps/core.xml", lambda xml: xml.replace(b"python-docx", b"{{ nam }}"), "ngoài chữ"),
        ("word/media/a.xml", lambda _: b" " * (5 * 2**20), "bung ra"),
    ],
)  # fmt: skip
def test_a_template_that_reaches_out_or_runs_something_is_refused(
    name: str, change: Callable[[bytes], bytes], reason: str
) -> None:
    with pytest.raises(FileUnreadable, match=reason):
        inspect_template(changed(a_template("{{ nam }}"), {name: change}))


def test_a_link_people_click_themselves_is_no_danger() -> None:
    data = changed(a_template("{{ nam }}"), {RELS: external("hyperlink", "mailto:chibo@example.invalid")})
    check_template(data, KNOWN)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "không phải tài liệu Word"),
        (b"%PDF-1.4", "không phải tài liệu Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "dạng Word cũ"),
        (b"PK\x03\x04" + b"0" * 100, "bị hỏng"),
        (b"PK\x03\x04" + b"0" * (11 * 2**20), "không quá 10 MB"),
    ],
)
def test_what_is_no_word_file_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(FileUnreadable, match=reason):
        inspect_template(data)


def test_another_office_file_and_a_packed_mountain_are_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(FileUnreadable, match="không phải tài liệu Word"):
        inspect_template(out.getvalue())
    mountain = changed(a_template(""), {"word/media/a.bin": lambda _: b"\0" * (19 * 2**20)})
    with pytest.raises(FileUnreadable, match="bung ra tới"):
        inspect_template(mountain)


def test_tags_without_end_are_refused() -> None:
    for words in ("{%" * 200_000, "{", "x{" * 300_000):
        data = changed(a_template(words), {BODY: lambda xml: xml.replace(b"<w:t>", b"<w:t >")})
        with pytest.raises(FileUnreadable):
            check_template(data, KNOWN)


def test_a_template_that_grows_without_end_stops() -> None:
    rows = [{"ho_ten": "x" * 20_000, "diem": ""}] * 3000
    with pytest.raises(FileUnreadable, match="quá lớn"):
        filled_template(a_template("{% for d in danh_sach %}{{ d.ho_ten }}{% endfor %}"), {"danh_sach": rows})


def test_the_filled_file_is_the_same_each_time_and_appears_whole_or_not(tmp_path: Path) -> None:
    data, values = a_template("{{ ho_ten }}", rows=LIST), {"ho_ten": "An", "danh_sach": PEOPLE}
    fill_template(data, values, tmp_path / "a.docx")
    fill_template(data, values, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with pytest.raises(FileUnwritable):
        fill_template(data, values, tmp_path / "mat" / "a.docx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx"]
