"""Forms: a file that cannot be filled or printed is refused by name."""

import pytest

from app.domain.form_file import parse_form
from app.domain.form_template import Signer
from app.domain.toml_reading import DataFileInvalid
from app.locations import resource

F25_2C = resource("forms", "F25_2C.toml").read_text(encoding="utf-8")
REGISTER = resource("forms", "REGISTER.toml").read_text(encoding="utf-8")

WRONG = {
    "section twice": (F25_2C, 'key = "A.II.1"', 'key = "A.I.1"', "“A.I.1” có hai lần"),
    "no heading": (F25_2C, 'heading = "A. NỘI DUNG KIỂM ĐIỂM"\n', "", "“sections[1].heading”: còn thiếu"),
    "unknown kind": (F25_2C, 'kind = "heading"', 'kind = "tieu_de"', "chỉ nhận: heading, text"),
    "scores nowhere": (F25_2C, 'kind = "scores"', 'kind = "text"', "chỉ phần chấm điểm"),
    "grades nowhere": (F25_2C, 'kind = "four_grades"', 'kind = "text"', "chỉ phần chọn mức"),
    "unknown part": (F25_2C, 'part = "tasks"', 'part = "nhiem_vu"', "general, tasks, total"),
    "two from months": (F25_2C, "blank_lines = 12", "blank_lines = 12\nfrom_months = true", "from_months"),
    "criterion without boxes": (
        F25_2C,
        "blank_lines = 12",
        "blank_lines = 12\ntask_criterion = true",
        "four_levels",
    ),
    "no formula": (F25_2C, 'formula = ["NGƯỜI TỰ KIỂM ĐIỂM"]\n', "", "“signatures[1].formula”: còn thiếu"),
    "no title": (
        F25_2C,
        'title = ["BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN"]\n',
        "",
        "“title”: còn thiếu",
    ),
    "identity twice": (F25_2C, 'key = "cell", label', 'key = "workplace", label', "“workplace” có hai lần"),
    "fixed text empty": (F25_2C, 'lead = "(Gửi kèm', 'short = "(Gửi kèm', "phải có lời in"),
    "table without rows": (REGISTER, 'rows = "pledge_items"\n', "", "phải có cột và nguồn dòng"),
    "no room across": (REGISTER, "left = 25", "left = 200", "“page.left”: hai lề cộng lại hơn 140 mm"),
    "type too large": (REGISTER, "size = 13", "size = 400", "“page.size”: cỡ chữ lớn nhất là 40"),
    "no width": (F25_2C, "share = 3", "share = 0", "“identity[1].fields[1].share”: phải lớn hơn 0"),
    "margin": (REGISTER, "left = 25", "left = 0", "“page.left”: phải lớn hơn 0"),
}


@pytest.mark.parametrize(("text", "old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_form_that_cannot_be_used_is_refused(text: str, old: str, new: str, said: str) -> None:
    assert old in text
    with pytest.raises(DataFileInvalid) as caught:
        parse_form(text.replace(old, new, 1), "mau.toml")

    assert said in str(caught.value)


def test_written_sections_leave_out_headings_and_fixed_words() -> None:
    form = parse_form(F25_2C, "F25_2C.toml")

    assert [section.key for section in form.written_sections] == [
        *("A.I.1", "A.I.2", "A.I.3", "A.II.1", "A.II.2", "A.III", "A.IV", "A.V", "A.VI", "B.I", "B.II")
    ]
    assert [section.key for section in form.sections if section.from_months] == ["A.I.3"]
    assert form.section("A.I.9") is None
    assert [place.signer for place in form.signatures] == [Signer.MEMBER, Signer.CELL_HEAD, Signer.OTHER]
