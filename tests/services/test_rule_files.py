"""Files of rules: looked at, kept from a year on, replaced, dropped, handed out; past years stay."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from app.db.rule_tables import rule_file
from app.domain.errors import Conflict, FileUnreadable, NotAllowed, ValidationFailed
from app.domain.form_template import FormTemplate
from app.domain.grade import SubjectKind
from app.domain.review import ItemScore, ReviewKey, SectionText
from app.domain.rule_facts import facts_of, unverified_facts
from app.domain.rule_file import RuleFileKind
from app.domain.rule_set import CapRounding
from app.domain.scoring import totals
from app.locations import resource
from app.services.content_sets import list_content_sets, save_own_set
from app.services.papers import PaperKind, PaperRequest, save_pdf
from app.services.reviews import open_review, save_review
from app.services.rule_book import RuleBook, rule_book_in
from app.services.rule_corrections import correct_fact
from app.services.rule_files import (
    AlreadyKept,
    RuleTarget,
    keep_rule_file,
    keep_rule_files,
    list_rule_files,
    look_at_rule_file,
    look_at_rules,
    save_bundle,
    save_current,
    stop_using,
    take_back,
    use_again,
)
from app.services.rule_looking import RuleFileView
from app.services.rules import shipped_forms
from app.services.word_templates import problems_in_template, save_starting_template
from app.services.workspace import Workspace
from app.services.year_closing import close_year, year_open_items
from tests.book_fixtures import FakeClock, People

RULES_2025 = resource("rule_sets", "2025.toml").read_text(encoding="utf-8")
RULES_2023 = resource("rule_sets", "2023.toml").read_text(encoding="utf-8")
P5 = resource("scoring", "P5.toml").read_text(encoding="utf-8")
F23_02A = resource("forms", "F23_02A.toml").read_text(encoding="utf-8")
F25_2C = resource("forms", "F25_2C.toml").read_text(encoding="utf-8")


def lock(ws: Workspace, year: int) -> None:
    close_year(ws, year, date(year + 1, 1, 5), year_open_items(ws, year))


def look(ws: Workspace, folder: Path, text: str | bytes, name: str = "moi.toml") -> RuleFileView:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (view,) = look_at_rule_file(ws, path).files
    return view


def book_of(ws: Workspace) -> RuleBook:
    with ws.read() as tx:
        return rule_book_in(tx)


def swapped(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_newer_rule_set_is_looked_at_then_used_from_its_year(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    text = swapped(RULES_2025, "\npercent = 20\n", "\npercent = 15\n")
    view = look(secretary_ws, tmp_path, text, "huong-dan-2026.toml")

    assert (view.kind, view.key, view.years_text) == (RuleFileKind.RULE_SET, "2025", "năm 2025 trở đi")
    assert [(c.place, c.old, c.new) for c in view.changes] == [
        ("Tỉ lệ hoàn thành xuất sắc · Mức tối đa (%)", "20", "15")
    ]
    assert (view.problems, view.proposed_year) == ((), 2026)
    assert view.unverified == len(unverified_facts(book_of(secretary_ws).rules_of(2025)))
    kept = keep_rule_file(secretary_ws, view, 2026).file

    assert (kept.origin, kept.from_year, kept.added_on) == ("huong-dan-2026.toml", 2026, date(2026, 3, 20))
    assert kept.digest == sha256(text.encode()).hexdigest()
    assert list_rule_files(secretary_ws) == (kept,)
    book = book_of(secretary_ws)
    assert [book.rules_of(year).cap.percent for year in (2025, 2026, 2030)] == [20, 15, 15]


def test_of_two_sets_for_one_year_the_later_rules_and_begun_sheets_stay(
    secretary_ws: Workspace, people: People, clock: FakeClock, tmp_path: Path
) -> None:
    begun = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    save_review(secretary_ws, begun.review)
    for day, key in ((21, "Z-XA"), (22, "A-TINH")):
        clock.day = date(2026, 3, day)
        view = look(
            secretary_ws, tmp_path, swapped(RULES_2025, 'key = "2025"', f'key = "{key}"'), f"{key}.toml"
        )
        assert "bản đã lập vẫn theo bộ" in view.warnings[0]
        keep_rule_file(secretary_ws, view, 2026)

    book = book_of(secretary_ws)

    assert [book.rules_of(year).key for year in (2025, 2026)] == ["2025", "A-TINH"]
    assert open_review(secretary_ws, ReviewKey(people.plain, 2026)).rule_set.key == "2025"
    assert open_review(secretary_ws, ReviewKey(people.committee, 2026)).rule_set.key == "A-TINH"
    assert [(use.rule_set.key, use.years_text) for use in book.sets_in_use(2026)[:2]] == [
        ("A-TINH", "Năm 2026 trở đi"),
        ("2025", "Năm 2025"),
    ]


def test_of_two_sets_kept_on_one_day_the_one_kept_later_rules_as_its_preview_says(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    for key, percent in (("Z-XA", 22), ("A-TINH", 25)):
        text = swapped(RULES_2025, 'key = "2025"', f'key = "{key}"')
        view = look(secretary_ws, tmp_path, swapped(text, "\npercent = 20\n", f"\npercent = {percent}\n"))
        keep_rule_file(secretary_ws, view, 2026)

    assert "dùng thay bộ “Z-XA”" in view.warnings[0]
    assert [(change.old, change.new) for change in view.changes] == [("Z-XA", "A-TINH"), ("22", "25")]
    assert book_of(secretary_ws).rules_of(2026).key == "A-TINH"


def test_a_form_a_profile_and_a_content_set_are_told_by_what_they_say(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    contents = 'code = "HSON"\ntitle = "Xã Hòa Sơn"\n\n[[items]]\ncode = "H1"\nlabel = "Giữ rừng"\n'
    for text, kind, key in (
        (P5, RuleFileKind.SCORING, "P5"),
        (F25_2C, RuleFileKind.FORM, "F25_2C"),
        (contents, RuleFileKind.CONTENT_SET, "HSON"),
    ):
        view = look(secretary_ws, tmp_path, text)
        assert (view.kind, view.key, view.problems) == (kind, key, ())
    keep_rule_file(secretary_ws, view, 2026)

    assert "HSON" in [each.code for each in list_content_sets(secretary_ws)]
    assert "HSON" not in [each.code for each in list_content_sets(secretary_ws, year=2025)]


def test_an_own_profile_is_the_one_new_reviews_are_scored_by(
    secretary_ws: Workspace, people: People, tmp_path: Path
) -> None:
    text = swapped(P5, 'id = "P5"', 'id = "HOA-SON"')
    keep_rule_file(secretary_ws, look(secretary_ws, tmp_path, text), 2026)

    page = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    before = open_review(secretary_ws, ReviewKey(people.plain, 2025))

    assert page.profile
    assert page.review.subject_kind is SubjectKind.OUTSIDE
    assert (page.profile.id, before.profile.id if before.profile else "") == ("HOA-SON", "P5")


def test_a_sheet_scored_before_its_profile_was_replaced_can_still_be_saved(
    secretary_ws: Workspace, people: People, tmp_path: Path
) -> None:
    page = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    scored = (ItemScore("I.1.1", Decimal(9)), ItemScore("II.1", Decimal(40)))
    save_review(secretary_ws, replace(page.review, scores=scored))
    text = swapped(P5, 'code = "I.1.1"', 'code = "I.1.9"')
    keep_rule_file(secretary_ws, look(secretary_ws, tmp_path, text), 2026)

    again = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    save_review(secretary_ws, replace(again.review, sections=(SectionText("A.I.1", "Đã làm đủ."),)))

    after = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    assert {score.code for score in after.review.scores} == {"I.1.1", "II.1"}
    assert after.profile
    assert totals(after.profile, after.review.self_scores()).total == 40


WRONG = {
    "no signature": (
        F25_2C,
        F25_2C[F25_2C.index("[[signatures]]") :],
        "",
        "dòng 1, khóa “signatures”: mẫu chưa có",
    ),
    "unknown rows": (
        resource("forms", "REGISTER.toml").read_text(encoding="utf-8"),
        'rows = "pledge_items"',
        'rows = "viec"',
        "không có nguồn dòng “viec”; chỉ nhận: ",
    ),
    "unknown identity": (
        F25_2C,
        'key = "birth_date"',
        'key = "ngay_sinh"',
        "không có ô thông tin “ngay_sinh”",
    ),
    "unknown place": (
        F25_2C,
        'sublines = ["',
        'sublines = ["{ten} ',
        "“sublines[1]”: không có chỗ điền “{ten}”",
    ),
    "a gap": (RULES_2025, "points_below = 90", "points_below = 89", "có khoảng điểm trống"),
    "an overlap": (RULES_2025, "points_below = 90", "points_below = 91", "chồng lên"),
    "unknown form": (RULES_2025, '"F25_2C"', '"F26_2C"', "không có mẫu giấy tờ “F26_2C”; chỉ nhận: "),
    "another kind's form": (RULES_2025, '"F25_2C"', '"F25_2A"', "mẫu “F25_2A” không dành cho đối tượng"),
    "unknown profile": (RULES_2025, '"P5"', '"P9"', "chỉ nhận: P5; bảng điểm mới thì nạp tệp"),
    "another kind's profile": (RULES_2025, '"P5"', '"P3"', "bảng điểm “P3” dành cho đối tượng"),
    "unknown group": (RULES_2025, '"newly_admitted"', '"moi"', "không có nhóm đảng viên “moi”"),
    "points off": (P5, "max = 9", "max = 8", "nhóm tiêu chí chung (general) là 29, phải là 30"),
    "unknown key": (RULES_2025, "[vote]", "[vote]\nkieu = 1", "“vote.kieu”: không có khóa tên này"),
    "no toml": (RULES_2025, '"2025"', '"2025', "viết sai quy cách TOML ở dòng 4, cột"),
    "no rules": (RULES_2025, RULES_2025, 'ten = "x"', "không phải bộ quy định, bảng điểm"),
    "years gone": (RULES_2023, "year_from = 2023", "year_from = 2023", "các năm đó đã qua hoặc đã khóa"),
}


@pytest.mark.parametrize(("text", "old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_used_is_told_with_its_line(
    secretary_ws: Workspace, tmp_path: Path, text: str, old: str, new: str, said: str
) -> None:
    lock(secretary_ws, 2025)
    view = look(secretary_ws, tmp_path, swapped(text, old, new))

    (problem,) = view.problems
    assert said in problem
    assert "dòng" in problem or "năm" in problem
    with pytest.raises(ValidationFailed):
        keep_rule_file(secretary_ws, view, 2026)
    assert list_rule_files(secretary_ws) == ()


def test_a_file_of_another_encoding_or_size_is_told(secretary_ws: Workspace, tmp_path: Path) -> None:
    legacy = look(secretary_ws, tmp_path, RULES_2025.encode("utf-16"))
    heavy = look(secretary_ws, tmp_path, RULES_2025 + "#" * (1 << 20))

    assert "bảng mã UTF-8" in legacy.problems[0]
    assert "lớn hơn 1 MB" in heavy.problems[0]
    with pytest.raises(FileUnreadable, match="Chưa đọc được tệp"):
        look_at_rule_file(secretary_ws, tmp_path / "khong-co.toml")
    assert look(secretary_ws, tmp_path, b"\xef\xbb\xbf" + RULES_2025.encode()).problems == ()


def test_contents_may_not_take_codes_that_are_somebody_elses(secretary_ws: Workspace, tmp_path: Path) -> None:
    save_own_set(secretary_ws, "CB", "Chi bộ", "", ("Giữ đường sạch",))
    view = look(secretary_ws, tmp_path, 'code = "CB"\ntitle = "x"\n[[items]]\ncode = "G2"\nlabel = "y"\n')

    assert len(view.problems) == 2
    assert "chi bộ tự lập" in view.problems[0]
    assert "mã “G2” đã là của bộ nội dung “G”" in view.problems[1]


def test_locked_years_keep_their_rules(secretary_ws: Workspace, tmp_path: Path) -> None:
    lock(secretary_ws, 2025)
    view = look(secretary_ws, tmp_path, swapped(RULES_2025, "\npercent = 20\n", "\npercent = 15\n"))

    assert view.first_year == 2026
    kept = keep_rule_file(secretary_ws, view, 2020).file

    assert kept.from_year == 2026
    lock(secretary_ws, 2026)
    with pytest.raises(NotAllowed, match="Năm 2026 đã khóa với"):
        stop_using(secretary_ws, kept.id)
    with pytest.raises(NotAllowed, match="chọn từ năm 2027"):
        keep_rule_file(secretary_ws, replace(view, key="khac"), 2026)


def test_two_versions_of_one_rule_are_told_and_can_be_replaced(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    first = look(
        secretary_ws, tmp_path, swapped(RULES_2025, "\npercent = 20\n", "\npercent = 15\n"), "mot.toml"
    )
    keep_rule_file(secretary_ws, first, 2026)
    again = look(secretary_ws, tmp_path, first.data, "mot.toml")
    assert again.known_in(2026)
    assert not again.can_be_kept(2026)
    with pytest.raises(Conflict, match=r"Sổ đã có tệp này: .* nạp ngày 20/03/2026"):
        keep_rule_file(secretary_ws, again, 2026)
    second = look(
        secretary_ws, tmp_path, swapped(RULES_2025, "\npercent = 20\n", "\npercent = 18\n"), "hai.toml"
    )
    with pytest.raises(AlreadyKept, match=r"tệp “mot.toml” theo 366-QĐ/TW.*20/03/2026"):
        keep_rule_file(secretary_ws, second, 2026)

    now = keep_rule_file(secretary_ws, second, 2026, replaces=True)

    assert [file.origin for file in list_rule_files(secretary_ws)] == ["hai.toml"]
    assert book_of(secretary_ws).rules_of(2026).cap.percent == 18
    take_back(secretary_ws, [now])
    assert book_of(secretary_ws).rules_of(2026).cap.percent == 15


def test_a_file_no_record_rests_on_is_dropped_and_taken_up_again(
    secretary_ws: Workspace, people: People, tmp_path: Path
) -> None:
    kept = keep_rule_file(
        secretary_ws, look(secretary_ws, tmp_path, swapped(P5, 'id = "P5"', 'id = "HS"')), 2026
    ).file
    stop_using(secretary_ws, kept.id)
    assert list_rule_files(secretary_ws) == ()
    use_again(secretary_ws, kept)
    (kept,) = list_rule_files(secretary_ws)

    page = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    save_review(secretary_ws, page.review)
    with pytest.raises(NotAllowed, match="đang dùng cho 1 bản kiểm điểm"):
        stop_using(secretary_ws, kept.id)


def test_an_old_year_prints_as_it_did(secretary_ws: Workspace, people: People, tmp_path: Path) -> None:
    page = open_review(secretary_ws, ReviewKey(people.plain, 2024))
    save_review(
        secretary_ws, replace(page.review, sections=(SectionText("I.1", "Đã làm đủ việc được giao."),))
    )
    request = PaperRequest((PaperKind.REVIEW,), 2024, (people.plain,))
    before = save_pdf(secretary_ws, request, tmp_path / "truoc.pdf").path.read_bytes()
    rules = swapped(RULES_2023, "year_to = 2024\n", "")
    form = swapped(F23_02A, "BẢN KIỂM ĐIỂM", "BẢN TỰ KIỂM ĐIỂM")
    for text in (form, swapped(rules, "Đảng viên mới kết nạp", "Đảng viên vừa kết nạp")):
        keep_rule_file(secretary_ws, look(secretary_ws, tmp_path, text), 2026)

    after = save_pdf(secretary_ws, request, tmp_path / "sau.pdf").path.read_bytes()

    assert after == before
    now = open_review(secretary_ws, ReviewKey(people.plain, 2026))
    assert (now.form.title[0][:20], now.rule_set.key) == ("BẢN TỰ KIỂM ĐIỂM CÁ ", "2023")
    book = book_of(secretary_ws)
    assert (book.rules_of(2024).year_to, book.rules_of(2026).key) == (2024, "2023")
    assert book.form("F23_02A", 2026).title[0].startswith("BẢN TỰ KIỂM ĐIỂM")


def test_contents_made_on_screen_go_to_other_cells_as_a_file(
    secretary_ws: Workspace, ws: Workspace, tmp_path: Path
) -> None:
    save_own_set(secretary_ws, "CB", 'Việc "xanh"', "NQ 05", ("Giữ đường sạch", "Giúp hộ khó"))
    path = save_current(secretary_ws, RuleTarget(RuleFileKind.CONTENT_SET, "CB"), 2026, tmp_path / "cb.toml")

    keep_rule_file(ws, look_at_rule_file(ws, path).files[0], 2026)

    found = next(each for each in list_content_sets(ws) if each.code == "CB")
    assert (found.title, found.source) == ('Việc "xanh"', "NQ 05")
    assert [item.label for item in found.items] == ["Giữ đường sạch", "Giúp hộ khó"]


def test_what_is_used_is_saved_out_and_comes_back_unchanged(secretary_ws: Workspace, tmp_path: Path) -> None:
    for target, text in (
        (RuleTarget(RuleFileKind.RULE_SET, "2025"), RULES_2025),
        (RuleTarget(RuleFileKind.FORM, "F25_2C"), F25_2C),
        (RuleTarget(RuleFileKind.SCORING, "P5"), P5),
    ):
        path = save_current(secretary_ws, target, 2026, tmp_path / f"{target.key}.toml")
        written = path.read_text(encoding="utf-8")
        assert written.startswith("# Bản đang dùng trong sổ")
        assert written.endswith(text)
        view = look_at_rule_file(secretary_ws, path).files[0]
        assert (view.changes, view.problems) == ((), ())


def test_the_commune_hands_one_file_to_its_cells(
    secretary_ws: Workspace, ws: Workspace, tmp_path: Path
) -> None:
    profile = swapped(P5, 'id = "P5"', 'id = "HOA-SON"')
    rules = swapped(RULES_2025, 'profile = "P5"', 'profile = "HOA-SON"')
    keep_rule_file(secretary_ws, look(secretary_ws, tmp_path, profile), 2026)
    keep_rule_file(secretary_ws, look(secretary_ws, tmp_path, rules), 2026)
    targets = [RuleTarget(file.kind, file.key) for file in list_rule_files(secretary_ws)]
    packed = save_bundle(secretary_ws, targets, 2026, tmp_path / "hoa-son")
    assert packed.name == "hoa-son.goiquydinh"

    seen = look_at_rule_file(ws, packed)

    assert seen.is_bundle
    assert "THÔN ĐỒNG TIẾN" in seen.made_by
    assert [(view.kind, view.key, view.problems) for view in seen.files] == [
        (RuleFileKind.RULE_SET, "2025", ()),
        (RuleFileKind.SCORING, "HOA-SON", ()),
    ]
    keep_rule_files(ws, seen.usable(2026), 2026)
    assert len(list_rule_files(ws)) == 2
    assert look_at_rule_file(ws, packed).usable(2026) == ()


def repacked(source: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = changes.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def test_a_package_that_was_tampered_with_is_refused(secretary_ws: Workspace, tmp_path: Path) -> None:
    targets = [RuleTarget(RuleFileKind.RULE_SET, "2025"), RuleTarget(RuleFileKind.FORM, "F25_2C")]
    packed = save_bundle(secretary_ws, targets, 2026, tmp_path / "goi.goiquydinh")
    listed = zipfile.ZipFile(packed)
    with listed:
        newer = listed.read("goi.toml").replace(b"format = 1", b"format = 2")
    for changes, said in (
        ({"tep/001": b"khac"}, "không còn nguyên vẹn"),
        ({"tep/002": None}, "thiếu tệp “F25_2C.toml”"),
        ({"goi.toml": None}, "không có bảng kê"),
        ({"goi.toml": newer}, "bản chương trình mới hơn"),
    ):
        with pytest.raises(FileUnreadable, match=said):
            look_at_rule_file(secretary_ws, repacked(packed, tmp_path / "x.goiquydinh", changes))
    (tmp_path / "rac.goiquydinh").write_bytes(b"khong phai goi")
    with pytest.raises(FileUnreadable, match="gói bị hỏng"):
        look_at_rule_file(secretary_ws, tmp_path / "rac.goiquydinh")
    bomb = tmp_path / "bom.goiquydinh"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("goi.toml", b"#" * (25 << 20))
    with pytest.raises(FileUnreadable, match="nhiều hơn một gói"):
        look_at_rule_file(secretary_ws, bomb)


def test_the_same_package_gives_the_same_bytes(secretary_ws: Workspace, tmp_path: Path) -> None:
    targets = [RuleTarget(RuleFileKind.RULE_SET, "2025")]

    one = save_bundle(secretary_ws, targets, 2026, tmp_path / "a.goiquydinh").read_bytes()

    assert one == save_bundle(secretary_ws, targets, 2026, tmp_path / "b.goiquydinh").read_bytes()


def test_a_kept_file_no_longer_taken_can_still_be_replaced_or_dropped(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    kept = keep_rule_file(
        secretary_ws, look(secretary_ws, tmp_path, swapped(P5, "max = 9", "max =  9")), 2026
    )
    with secretary_ws.write("Làm hỏng tệp") as tx:
        tx.update(rule_file, kept.file.id, {"digest": tx.keep_content(b"cu = 1")})

    seen = look_at_rules(secretary_ws)

    assert [each.file.key for each in seen.broken] == ["P5"]
    assert "không phải bộ quy định" in seen.broken[0].reason
    assert seen.book.profile("P5", 2026) == seen.book.profile("P5", 2025)
    now = keep_rule_file(secretary_ws, look(secretary_ws, tmp_path, P5), 2026, replaces=True)
    assert look_at_rules(secretary_ws).broken == ()
    take_back(secretary_ws, [now])
    stop_using(secretary_ws, kept.file.id)
    assert list_rule_files(secretary_ws) == ()


def test_an_offices_word_template_is_checked_against_its_form_and_used(
    secretary_ws: Workspace, tmp_path: Path
) -> None:
    path = save_starting_template(secretary_ws, "F25_2C", 2026, tmp_path / "mau.docx")
    (nobodys,) = look_at_rule_file(secretary_ws, path).files
    (wrong,) = look_at_rule_file(secretary_ws, path, "REGISTER").files
    (view,) = look_at_rule_file(secretary_ws, path, "F25_2C").files

    assert "chọn giấy tờ dùng mẫu Word" in nobodys.problems[0]
    assert "muc.A" in wrong.problems[0]
    assert (view.kind, view.key, view.problems) == (RuleFileKind.TEMPLATE, "F25_2C", ())
    assert "ho_ten" in [field.name for field in view.fields]
    keep_rule_file(secretary_ws, view, 2026)
    book = book_of(secretary_ws)
    kept = book.template("F25_2C", 2026)
    assert kept is not None
    assert kept.data == path.read_bytes()
    assert book.template("F25_2C", 2025) is None
    target = RuleTarget(RuleFileKind.TEMPLATE, "F25_2C")
    assert save_current(secretary_ws, target, 2026, tmp_path / "ra.docx").read_bytes() == kept.data
    packed = save_bundle(secretary_ws, [target], 2026, tmp_path / "goi")
    assert [each.key for each in look_at_rule_file(secretary_ws, packed).files] == ["F25_2C"]


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.code)
def test_the_fields_offered_for_a_form_are_fields_its_template_may_use(
    ws: Workspace, tmp_path: Path, form: FormTemplate
) -> None:
    data = save_starting_template(ws, form.code, 2026, tmp_path / "mau.docx").read_bytes()

    assert problems_in_template(data, "mau.docx", form) == ()


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.code)
def test_every_shipped_form_saved_out_can_be_loaded_again(
    ws: Workspace, tmp_path: Path, form: FormTemplate
) -> None:
    path = save_current(ws, RuleTarget(RuleFileKind.FORM, form.code), 2026, tmp_path / "mau.toml")
    (view,) = look_at_rule_file(ws, path).files

    assert (view.key, view.problems, view.changes, view.is_new) == (form.code, (), (), False)


def test_a_fact_is_corrected_with_its_document_from_a_year_on(secretary_ws: Workspace) -> None:
    facts = facts_of(book_of(secretary_ws).rules_of(2026))
    rounding = next(fact for fact in facts if fact.label == "Khi lẻ")
    now = correct_fact(
        secretary_ws, "2025", rounding, {"cap.rounding": "half_up"}, "Công văn 12-CV/BTCTU", 2026
    )

    new, old = book_of(secretary_ws).rules_of(2026), book_of(secretary_ws).rules_of(2025)
    assert (new.cap.rounding, new.cap.rounding_verified, new.cap.rounding_source) == (
        CapRounding.HALF_UP,
        True,
        "Công văn 12-CV/BTCTU",
    )
    assert (old.cap.rounding, old.cap.rounding_verified) == (CapRounding.FLOOR, False)
    assert now.file.source == "Công văn 12-CV/BTCTU"
    form = next(fact for fact in facts_of(new) if fact.label == "Hình thức")
    correct_fact(secretary_ws, "2025", form, {}, "Công văn 12-CV/BTCTU", 2026)

    twice = book_of(secretary_ws).rules_of(2026)
    assert (twice.vote.form_verified, twice.vote.rounds_verified, twice.cap.rounding) == (
        True,
        False,
        CapRounding.HALF_UP,
    )
    assert len(unverified_facts(twice)) == len(unverified_facts(old)) - 2
    assert len(list_rule_files(secretary_ws)) == 1


def test_a_correction_without_a_document_or_a_number_is_refused(secretary_ws: Workspace) -> None:
    facts = facts_of(book_of(secretary_ws).rules_of(2026))
    share = next(fact for fact in facts if fact.label == "Mức tối đa")

    with pytest.raises(ValidationFailed) as caught:
        correct_fact(secretary_ws, "2025", share, {"cap.percent": "một phần năm"}, " ", 2026)
    assert [problem.field for problem in caught.value.problems] == ["cap.percent", "source"]
    with pytest.raises(ValidationFailed, match="từ 1 đến 100"):
        correct_fact(secretary_ws, "2025", share, {"cap.percent": "200"}, "CV 12", 2026)


def test_members_without_a_post_do_not_change_rules(
    plain_ws: Workspace, secretary_ws: Workspace, tmp_path: Path
) -> None:
    view = look(secretary_ws, tmp_path, P5)

    for act in (
        lambda: keep_rule_file(plain_ws, view, 2026),
        lambda: stop_using(plain_ws, "x"),
        lambda: save_bundle(plain_ws, [], 2026, tmp_path / "x"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_overview_names_the_first_year_new_rules_may_begin(
    secretary_ws: Workspace, clock: FakeClock
) -> None:
    lock(secretary_ws, 2025)

    seen = look_at_rules(secretary_ws)

    assert (seen.first_open, seen.this_year, seen.files) == (2026, 2026, ())
