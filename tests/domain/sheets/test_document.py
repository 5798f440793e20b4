"""A document of the cell: head by its day, words with values, dots for what nobody knows yet."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import UserError
from app.domain.form_file import parse_form
from app.domain.form_template import FormTemplate
from app.domain.paper import Letterhead, Paper, Paragraph, SignatureBlock, TitleBlock
from app.domain.sheets.document import DocumentContent, document_paper
from app.domain.sheets.facts import CellSigner
from app.domain.sheets.organs import cell_in_text, superior_in_text
from tests.domain.sheets.sheet_material import (
    facts,
    fields,
    headings,
    person,
    signatures,
    tables,
    words,
)

REPORT = """
code = "R"
name = "Báo cáo"
title = ["BÁO CÁO"]
source = "Thể thức văn bản của Đảng"
verified = false

[document]
symbol = "BC"
abstract = ["kết quả năm {year}"]
addressed_to = "{superior}"
receivers = ["{superior} (để báo cáo)", "Lưu Chi bộ."]

[[sections]]
key = "facts"
heading = "I- Tình hình"
kind = "fields"
fields = [{ fields = [{ key = "place", label = "Địa điểm" }, { key = "hour", label = "Giờ" }] }]

[[sections]]
key = "done"
heading = "II- Kết quả"
kind = "text"
blank_lines = 5

[[sections]]
key = "article"
kind = "fixed_text"
lead = "Điều 1. Công nhận {count} đồng chí.\\n(Có danh sách kèm theo.)"

[[sections]]
key = "list"
kind = "table"
rows = "people"
blank_rows = 3
if_empty = "Không có đồng chí nào."
columns = [{ key = "order", title = "TT", align = "center" }, { key = "full_name", title = "Họ và tên" }]

[[sections]]
key = "heard"
kind = "listed"
rows = "heard"
lead = "{order}. Đồng chí {full_name}"
blank_rows = 1
columns = [{ key = "opinions", title = "Ý kiến góp ý" }]

[[signatures]]
key = "head"
row = 1
formula = ["T/M CHI BỘ"]
title = "BÍ THƯ"
signer = "cell_head"
"""
FILLED = DocumentContent(
    texts={"done": "Đã họp.\nĐã bỏ phiếu."},
    rows={"people": [{"full_name": "An"}, {"full_name": "Bình"}], "heard": [{"full_name": "An"}]},
    number="Số 05-BC/CB",
    values={"count": "2"},
)


def report(text: str = REPORT) -> FormTemplate:
    return parse_form(text, "R.toml")


def letterhead(paper: Paper) -> Letterhead:
    return next(block for block in paper.blocks if isinstance(block, Letterhead))


def test_a_document_carries_number_abstract_addressee_and_receivers() -> None:
    paper = document_paper(report(), facts(dated_on=date(2025, 12, 5)), FILLED)
    title = next(block for block in paper.blocks if isinstance(block, TitleBlock))
    signed = next(block for block in paper.blocks if isinstance(block, SignatureBlock))

    assert letterhead(paper).number == "Số 05-BC/CB"
    assert letterhead(paper).place_date == "Hòa Sơn, ngày 05 tháng 12 năm 2025"
    assert (title.lines, title.abstract, title.size, title.ruled) == (
        ("BÁO CÁO",),
        ("kết quả năm 2025",),
        16.0,
        True,
    )
    assert "Kính gửi: Đảng ủy xã Hòa Sơn" in words(paper)
    assert signed.receivers == ("Đảng ủy xã Hòa Sơn (để báo cáo)", "Lưu Chi bộ.")
    assert [(one.formula, one.title, one.name) for one in signatures(paper)] == [
        (("T/M CHI BỘ",), "BÍ THƯ", "Trương Đình Lộc")
    ]


def test_what_is_known_stands_in_its_place_and_the_rest_is_dots() -> None:
    paper = document_paper(report(), facts(), FILLED)

    assert "Điều 1. Công nhận 2 đồng chí." in words(paper)
    assert fields(paper) == {"Địa điểm": "Hòa Sơn", "Giờ": None}
    assert tables(paper) == [[["1", "An"], ["2", "Bình"]]]
    assert "1. Đồng chí An" in words(paper)
    assert "Ý kiến góp ý" not in words(paper)


def test_a_blank_document_has_every_heading_and_no_content() -> None:
    paper = document_paper(report(), facts(signer=CellSigner()))

    assert headings(paper) == headings(document_paper(report(), facts(), FILLED))
    assert letterhead(paper).number == "Số     -BC/CB"
    assert "Công nhận ……… đồng chí" in words(paper)
    assert tables(paper) == [[["", ""]] * 3]
    assert "Ý kiến góp ý …" in words(paper)


def test_a_list_of_nobody_says_so_in_words() -> None:
    paper = document_paper(report(), facts(), replace(FILLED, rows={"people": [], "heard": []}))

    assert tables(paper) == []
    assert "Không có đồng chí nào." in words(paper)


def test_an_article_begins_in_bold_and_a_remark_is_italic() -> None:
    paper = document_paper(report(), facts(), FILLED)
    article, remark = [
        block
        for block in paper.blocks
        if isinstance(block, Paragraph) and block.text[0].text.startswith(("Điều", "(Có"))
    ]

    assert [(run.text, run.bold) for run in article.text] == [
        ("Điều 1.", True),
        (" Công nhận 2 đồng chí.", False),
    ]
    assert remark.text[0].italic


@pytest.mark.parametrize(
    ("day", "right"), [(date(2025, 12, 31), 20.0), (date(2026, 1, 8), 20.0), (date(2026, 1, 9), 15.0)]
)
def test_the_right_margin_is_that_of_the_documents_day(day: date, right: float) -> None:
    assert document_paper(report(), facts(as_of=day), FILLED).style.right == right


def test_a_document_of_the_committee_above_has_its_head_and_leaves_open_what_nobody_knows() -> None:
    above = report(
        REPORT.replace('symbol = "BC"', 'symbol = "QĐ"\norgan = "ĐU"\nissuer = "superior"\ndated = false')
    )
    head = letterhead(document_paper(above, facts()))

    assert set(head.upper) == {"…"}
    assert (head.own, head.number, head.place_date) == ("ĐẢNG ỦY XÃ HÒA SƠN", "Số     -QĐ/ĐU", "")
    named = parse_form(
        REPORT.replace('symbol = "BC"', 'issuer = "superior"\nupper = "Đảng bộ tỉnh Lâm Đồng"'), "R.toml"
    )
    assert letterhead(document_paper(named, facts())).upper == "ĐẢNG BỘ TỈNH LÂM ĐỒNG"
    assert letterhead(document_paper(named, facts())).number == ""


def test_who_signs_minutes_is_named_by_place() -> None:
    minutes = report(REPORT.replace('signer = "cell_head"', 'signer = "named"'))
    content = replace(FILLED, signers={"head": CellSigner("Nguyễn Văn Ký", "PHÓ BÍ THƯ")})

    assert [(one.title, one.name) for one in signatures(document_paper(minutes, facts(), content))] == [
        ("PHÓ BÍ THƯ", "Nguyễn Văn Ký")
    ]
    assert [(one.title, one.name) for one in signatures(document_paper(minutes, facts(), FILLED))] == [
        ("BÍ THƯ", "")
    ]


def test_a_letter_about_a_member_names_them() -> None:
    letter = report(REPORT.replace("Công nhận {count} đồng chí", "Về đồng chí {full_name}"))

    assert "Về đồng chí Trần Thị Hoài An." in words(document_paper(letter, facts(person())))


def test_a_part_left_out_is_left_out() -> None:
    assert headings(document_paper(report(), facts(), replace(FILLED, omit=frozenset({"done"})))) == [
        "I- Tình hình"
    ]


@pytest.mark.parametrize(
    ("upper", "superior"),
    [
        ("ĐẢNG BỘ XÃ HÒA SƠN", "Đảng ủy xã Hòa Sơn"),
        ("Đảng ủy phường Tân Lập", "Đảng ủy phường Tân Lập"),
        ("ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG XÃ EA KAR", "Đảng ủy các cơ quan Đảng xã Ea Kar"),
        ("ĐẢNG BỘ BỘ PHẬN KHỐI TRƯỜNG HỌC", ""),
        ("TỔNG CÔNG TY", ""),
    ],
)
def test_the_committee_above_is_named_from_the_first_line_of_the_head(upper: str, superior: str) -> None:
    assert superior_in_text(upper) == superior


@pytest.mark.parametrize(
    ("own", "named"),
    [
        ("CHI BỘ THÔN ĐỒNG TIẾN", "Chi bộ thôn Đồng Tiến"),
        ("CHI BỘ TỔ DÂN PHỐ SỐ 3", "Chi bộ tổ dân phố số 3"),
        ("CHI BỘ VĂN PHÒNG HĐND VÀ UBND", "Chi bộ Văn phòng HĐND và UBND"),
        (
            "CHI BỘ VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN XÃ HÒA SƠN",
            "Chi bộ Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã Hòa Sơn",
        ),
        ("CHI BỘ TRƯỜNG THCS LÊ HỒNG PHONG", "Chi bộ Trường THCS Lê Hồng Phong"),
        ("CHI BỘ BUÔN KRÔNG ANA", "Chi bộ buôn Krông Ana"),
        ("CHI BỘ TRẠM Y TẾ", "Chi bộ Trạm Y tế"),
        ("Chi bộ Phòng Kinh tế xã Hòa Sơn", "Chi bộ Phòng Kinh tế xã Hòa Sơn"),
    ],
)
def test_the_cell_is_named_in_a_sentence(own: str, named: str) -> None:
    assert cell_in_text(own) == named


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('kind = "fields"\nfields = [', "fields"),
        ('kind = "listed"\nrows = "heard"', "columns"),
    ],
)
def test_a_part_without_what_it_lists_is_refused(line: str, told: str) -> None:
    broken = REPORT.replace(line, line.split("\n")[0] + ("\nx = [" if "fields" in line else ""), 1)

    with pytest.raises(UserError, match=told):
        parse_form(broken, "R.toml")
