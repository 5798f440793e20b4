"""Kiểm tra sổ on a real book: what is hurt or contradicts itself is said, let be, and said again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from app import locations
from app.db.book_folder import DATABASE
from app.db.key_file import NAMES
from app.domain.backup_keeping import BackupReason
from app.domain.dates import Month
from app.domain.errors import BookUnavailable, NotAllowed
from app.domain.finding import Part, Weight, place
from app.domain.grade import Grade
from app.domain.member import CellRole
from app.domain.pledge import Pledge
from app.domain.review import ReviewKey
from app.services import health_file
from app.services.backups import take_backup
from app.services.books import open_book
from app.services.drafts import store_draft
from app.services.health import check_book, ignore_finding, remind_of_finding
from app.services.members import save_member
from app.services.months import confirm_months
from app.services.pledges import pass_pledges, submit_pledge
from app.services.reviews import open_review, save_review, submit_review, with_self_grade
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_member, a_pledge, add_member, handed_in


def change_behind(ws: Workspace, sql: str) -> None:
    """What another program with the key does to the file."""
    assert ws.key is not None
    other = driver.connect(str(ws.folder / DATABASE))
    other.execute(f"PRAGMA key = \"x'{ws.key.hex()}'\"")
    other.execute(sql)
    other.commit()
    other.close()


def add_twin(ws: Workspace) -> str:
    return save_member(ws, a_member(full_name="Nguyễn Văn Đạt"), alike=True)


def passed_today(ws: Workspace, member_id: str) -> Pledge:
    saved = submit_pledge(ws, a_pledge(member_id))
    pass_pledges(ws, 2026, [member_id], ws.today())
    return saved


def codes(ws: Workspace) -> list[str]:
    return [finding.code for finding in check_book(ws).findings]


def test_a_book_in_order_has_nothing_to_say_and_counts_what_was_looked_at(
    deputy_ws: Workspace, people: People
) -> None:
    handed_in(deputy_ws, passed_today(deputy_ws, people.plain), Month(2026, 2))
    confirm_months(deputy_ws, Month(2026, 2), [people.plain], deputy_ws.today())

    health = check_book(deputy_ws)

    assert health.findings == ()
    assert (health.members, health.pledges, health.months) == (4, 1, 1)


def test_content_is_looked_at_with_a_link_to_the_place(secretary_ws: Workspace) -> None:
    twin = add_twin(secretary_ws)
    add_member(secretary_ws, "Lý Thị Hoa", CellRole.SECRETARY, birth=None)

    found = {finding.code: finding for finding in check_book(secretary_ws).findings}

    assert set(found) == {"members_alike", "two_secretaries"}
    where = found["members_alike"].place
    assert where is not None
    assert where.page == "members"
    assert twin in found["members_alike"].key


def test_what_was_looked_at_is_left_out_until_it_is_asked_for_again(secretary_ws: Workspace) -> None:
    add_twin(secretary_ws)
    (finding,) = check_book(secretary_ws).findings

    ignore_finding(secretary_ws, finding)
    ignore_finding(secretary_ws, finding)
    quiet = check_book(secretary_ws)
    remind_of_finding(secretary_ws, finding)

    assert (quiet.findings, quiet.ignored) == ((), (finding,))
    assert codes(secretary_ws) == ["members_alike"]


def test_a_book_not_backed_up_for_a_week_is_said(
    secretary_ws: Workspace, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "du-lieu"))
    clock.day = date(2026, 4, 1)
    (never,) = check_book(secretary_ws).findings
    take_backup(secretary_ws, BackupReason.BY_HAND)
    fresh = check_book(secretary_ws).findings
    clock.day = date(2026, 4, 9)

    (old,) = check_book(secretary_ws).findings

    assert "chưa có bản sao nào" in never.sentence
    assert fresh == ()
    assert (old.code, "01/04/2026" in old.sentence) == ("backup_old", True)


def test_nobody_but_who_leads_checks_the_book(plain_ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        check_book(plain_ws)


def test_a_broken_key_file_is_said_and_put_right_from_the_other(secretary_ws: Workspace) -> None:
    path = secretary_ws.folder / NAMES[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:-3] + b"xyz")

    (finding,) = check_book(secretary_ws).findings

    assert finding.code == "key_copy_broken"
    assert "Đã chép lại từ tệp kia" in finding.sentence
    assert path.read_bytes() == whole
    assert codes(secretary_ws) == []


def test_both_key_files_broken_is_said_while_the_book_is_still_open(secretary_ws: Workspace) -> None:
    for name in NAMES:
        (secretary_ws.folder / name).write_bytes(b"")

    (finding,) = check_book(secretary_ws).findings

    assert (finding.code, finding.weight, finding.can_be_ignored) == ("keys_lost", Weight.BROKEN, False)
    assert "trước khi đóng sổ" in finding.sentence


ALTERED = [
    ("UPDATE book_head SET chain = 'x'", {"head_differs", "history_broken"}),
    ("UPDATE book_head SET writes = writes - 1", {"writes_lost"}),
    ("UPDATE monthly SET cell_comment = 'khác' WHERE state = 'confirmed'", {"seal_broken"}),
]


@pytest.mark.parametrize(("sql", "expected"), ALTERED)
def test_what_another_program_did_to_the_file_is_found(
    deputy_ws: Workspace, people: People, sql: str, expected: set[str]
) -> None:
    handed_in(deputy_ws, passed_today(deputy_ws, people.plain), Month(2026, 2))
    confirm_months(deputy_ws, Month(2026, 2), [people.plain], deputy_ws.today())

    change_behind(deputy_ws, sql)

    assert set(codes(deputy_ws)) == expected


def test_a_month_changed_behind_the_cells_back_leads_to_that_month(
    deputy_ws: Workspace, people: People
) -> None:
    handed_in(deputy_ws, passed_today(deputy_ws, people.plain), Month(2026, 2))
    confirm_months(deputy_ws, Month(2026, 2), [people.plain], deputy_ws.today())
    change_behind(deputy_ws, "UPDATE monthly SET cell_comment = 'khác'")

    (finding,) = check_book(deputy_ws).findings

    assert finding.place == place("months", member=people.plain, month="2026-02", act="open")


def test_references_to_nothing_are_named_and_the_rest_is_not_believed(secretary_ws: Workspace) -> None:
    change_behind(secretary_ws, "UPDATE member_post SET member_id = 'gone'")

    (finding,) = check_book(secretary_ws).findings

    assert (finding.code, finding.part) == ("references_broken", Part.FILE)


def test_a_flipped_byte_deep_in_the_file_is_found(secretary_ws: Workspace) -> None:
    folder = secretary_ws.folder
    secretary_ws.close()
    content = bytearray((folder / DATABASE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / DATABASE).write_bytes(content)
    ws = open_book(folder, check=False)

    found = check_book(ws).findings

    ws.close()
    assert [finding.code for finding in found] == ["file_damaged"]


def damage_toml(place: Path) -> None:
    (place / "x.toml").write_text("a = = 1", encoding="utf-8")


def damage_font(place: Path) -> None:
    font = bytearray((place / "a.ttf").read_bytes())
    font[len(font) // 2] ^= 1
    (place / "a.ttf").write_bytes(font)


def remove_fonts(place: Path) -> None:
    (place / "a.ttf").unlink()


@pytest.mark.parametrize("harm", [damage_toml, damage_font, remove_fonts])
def test_files_of_the_program_that_are_gone_or_damaged_are_said(
    harm: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = locations.resource("fonts", "tinos", "Tinos-Regular.ttf").read_bytes()
    (tmp_path / "a.ttf").write_bytes(font)
    monkeypatch.setattr(health_file, "resource", lambda: tmp_path)
    assert list(health_file.shipped_files()) == []

    harm(tmp_path)

    (finding,) = health_file.shipped_files()
    assert "cài lại chương trình" in finding.sentence


def test_no_word_of_a_draft_comes_out_of_a_check(plain_ws: Workspace, people: People) -> None:
    store_draft(plain_ws, "month", "2026-03", {"text": "điều chỉ mình tôi biết"})
    keeper = open_book(plain_ws.folder, read_only=True, clock=plain_ws.clock)

    health = check_book(keeper)

    keeper.close()
    assert date(2026, 3, 20) == plain_ws.today()
    assert "điều chỉ mình" not in repr(health)


def test_no_day_of_an_unsent_review_comes_out_of_a_check(
    secretary_ws: Workspace, plain_ws: Workspace, people: People
) -> None:
    key, ahead = ReviewKey(people.plain, 2025), date(2031, 5, 4)
    review = replace(open_review(plain_ws, key).review, dated_on=ahead)
    graded = replace(with_self_grade(review, Grade.GOOD), dated_on=ahead)
    save_review(plain_ws, replace(graded, grades=tuple(replace(g, dated_on=ahead) for g in graded.grades)))

    assert "date_ahead" not in codes(secretary_ws)
    submit_review(plain_ws, open_review(plain_ws, key).review)
    assert "date_ahead" in codes(secretary_ws)


def test_a_file_that_is_gone_just_now_is_not_called_damaged(secretary_ws: Workspace) -> None:
    secretary_ws.engine.dispose()
    away = secretary_ws.folder.with_name("nơi khác")
    secretary_ws.folder.rename(away)

    with pytest.raises(BookUnavailable, match="Không mở được tệp sổ"):
        check_book(secretary_ws)

    away.rename(secretary_ws.folder)
    assert codes(secretary_ws) == []
