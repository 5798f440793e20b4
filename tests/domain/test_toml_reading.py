"""Strict reading: syntax is told by line and column, text comes out composed."""

import unicodedata

import pytest

from app.domain.content_set import ContentKind, parse_content_set
from app.domain.form_file import parse_form
from app.domain.scoring import parse_scoring_profile
from app.domain.toml_reading import DataFileInvalid
from app.locations import resource

SET = """
code = "RIENG"
title = "Nội dung của chi bộ"

[[items]]
code = "R1"
label = "Giữ nếp họp ngày 03"
"""


def test_a_cells_own_set_needs_no_regulation() -> None:
    content_set = parse_content_set(SET, "rieng.toml")

    assert (content_set.kind, content_set.verified) == (ContentKind.PLEDGE, False)
    assert content_set.label_of("R1") == "Giữ nếp họp ngày 03"
    assert content_set.label_of("R2") is None


def test_decomposed_text_comes_out_composed() -> None:
    content_set = parse_content_set(unicodedata.normalize("NFD", SET), "rieng.toml")

    assert content_set.items[0].label == "Giữ nếp họp ngày 03"


def test_a_syntax_mistake_is_told_by_line_and_column() -> None:
    with pytest.raises(DataFileInvalid, match="dòng 3, cột"):
        parse_content_set(SET.replace('"Nội dung của chi bộ"', "Nội dung"), "rieng.toml")


def test_a_file_cut_in_the_middle_is_told() -> None:
    with pytest.raises(DataFileInvalid, match="viết sai quy cách TOML ở dòng 6, cuối tệp"):
        parse_content_set(SET[: SET.index("R1") + 1], "rieng.toml")


@pytest.mark.parametrize("number", ["-1", "10001", "99999999999999999999"])
def test_a_count_no_paper_and_no_year_can_hold_is_refused(number: str) -> None:
    form = resource("forms", "F25_2C.toml").read_text(encoding="utf-8")

    with pytest.raises(DataFileInvalid, match=r"“sections.*blank_lines”: phải là số từ 0 đến 10000"):
        parse_form(form.replace("blank_lines = 12", f"blank_lines = {number}", 1), "mau.toml")


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e400", "-0.5"])
def test_a_number_that_counts_nothing_is_refused(number: str) -> None:
    profile = resource("scoring", "P5.toml").read_text(encoding="utf-8")

    with pytest.raises(DataFileInvalid, match=r"“items.1..max”: phải là số từ 0 đến 10000"):
        parse_scoring_profile(profile.replace("max = 9", f"max = {number}", 1), "p5.toml")


LINES = {
    "wrong value": ('label = "Giữ', 'label = 7 # "Giữ', "dòng 7, khóa “items[1].label”"),
    "unknown key": ("[[items]]", 'ten = "x"\n[[items]]', "dòng 5, khóa “ten”"),
    "missing in a table": ('code = "R1"\n', "", "dòng 5, khóa “items[1].code”: còn thiếu"),
    "missing in the file": ('code = "RIENG"\n', "", "dòng 1, khóa “code”: còn thiếu"),
    "in a line of its own": (
        '[[items]]\ncode = "R1"\nlabel = "Giữ nếp họp ngày 03"',
        'items = [\n  { code = "R1", label = "Giữ" }, # lời ghi\n  { code = "R2", label = 3 },\n]',
        "dòng 7, khóa “items[2].label”",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), LINES.values(), ids=LINES.keys())
def test_each_mistake_names_its_line(old: str, new: str, said: str) -> None:
    assert old in SET
    with pytest.raises(DataFileInvalid) as caught:
        parse_content_set(SET.replace(old, new, 1), "rieng.toml")

    assert said in str(caught.value)


WRONG = {
    "blank": ('"RIENG"', '"  "', "“code”: không được để trống"),
    "not a text": ('"RIENG"', "7", "“code”: phải là một đoạn chữ"),
    "not a flag": ("[[items]]", 'verified = "có"\n[[items]]', "“verified”: phải là true hoặc false"),
    "not a date": ("[[items]]", 'valid_from = "2025"\n[[items]]', "“valid_from”: phải là ngày"),
    "a time": ("[[items]]", "valid_from = 2025-01-01T00:00:00\n[[items]]", "“valid_from”: phải là ngày"),
    "dates crossed": (
        "[[items]]",
        "valid_from = 2025-01-02\nvalid_to = 2025-01-01\n[[items]]",
        "“valid_to”: ngày hết hiệu lực sớm hơn",
    ),
    "not a list": ("[[items]]", "[items]", "“items”: phải là danh sách"),
    "unknown key inside": ('label = "', 'ten = "x"\nlabel = "', "“items[1].ten”: không có khóa"),
    "no items": (SET[SET.index("[[items]]") :], "", "“items”: bộ nội dung phải có"),
    "code twice": (
        "[[items]]",
        '[[items]]\ncode = "R1"\nlabel = "x"\n[[items]]',
        "dòng 9, khóa “items[2].code”: “R1” có hai lần",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_each_mistake_is_refused_with_its_key_and_reason(old: str, new: str, said: str) -> None:
    with pytest.raises(DataFileInvalid) as caught:
        parse_content_set(SET.replace(old, new, 1), "rieng.toml")

    assert said in str(caught.value)
