"""Who can open the book: passwords added, changed, forgotten and taken away, and the recovery sheet."""

import logging
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import key_file
from app.db.key_slots import KdfCost, KeyRing, SlotKind
from app.domain.errors import (
    BookUnavailable,
    FileUnwritable,
    NotAllowed,
    NotFound,
    PasswordNeeded,
    ValidationFailed,
    WrongSecret,
)
from app.services import key_holders
from app.services.books import create_book, open_book
from app.services.keys import NewKeys, Unlocked, backup_openers, keys_of, new_keys, unlock
from app.services.seats import sit_down
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock
from tests.builders import a_book, add_member

ROOT = Path(__file__).parents[2]
PHRASE, OTHER, THIRD = "trâu ra bờ giếng", "hạt gạo làng ta", "bến nước sông quê"


@pytest.fixture
def keys() -> NewKeys:
    return new_keys(PHRASE, datetime(2026, 3, 20, 8, 0), KdfCost())


@pytest.fixture
def locked(tmp_path: Path, keys: NewKeys, clock: FakeClock) -> Iterator[Workspace]:
    """A book with a password, open, its maker at the PC."""
    made = create_book(tmp_path / "dong-tien", a_book(), keys, clock)
    yield made
    made.close()


def opens(folder: Path, secret: str) -> bool:
    try:
        unlocked = unlock(keys_of(folder), secret)
    except WrongSecret:
        return False
    ws = open_book(folder, unlocked=unlocked, read_only=True)
    ws.close()
    return True


def told(ws: Workspace) -> str:
    """Everything the history holds, as text."""
    with ws.read() as tx:
        lines = tx.connection.execute(
            text("SELECT name, old, new FROM action JOIN change ON action_id=action.id")
        )
        return "\n".join(str(tuple(line)) for line in lines)


def test_a_locked_book_opens_with_its_password_and_its_sheet_only(locked: Workspace, keys: NewKeys) -> None:
    locked.close()

    with pytest.raises(PasswordNeeded, match="phiếu khôi phục"):
        open_book(locked.folder)
    assert opens(locked.folder, PHRASE)
    assert opens(locked.folder, keys.recovery_code.lower().replace("-", " "))
    assert not opens(locked.folder, "trâu ra bờ giêng")
    assert not opens(locked.folder, "so-mau")


def test_a_password_typed_in_parts_is_the_same_password(locked: Workspace) -> None:
    apart = unicodedata.normalize("NFD", PHRASE)

    assert apart != PHRASE
    assert opens(locked.folder, apart)
    key_holders.change_own_password(locked, apart, unicodedata.normalize("NFD", OTHER))
    assert opens(locked.folder, OTHER)
    locked.close()


def test_changing_ones_password_leaves_the_sheet_and_the_others_as_they_are(
    locked: Workspace, keys: NewKeys, clock: FakeClock
) -> None:
    key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)
    clock.day = clock.day.replace(month=5)

    key_holders.change_own_password(locked, PHRASE, THIRD)

    locked.close()
    assert not opens(locked.folder, PHRASE)
    assert all(opens(locked.folder, secret) for secret in (THIRD, OTHER, keys.recovery_code))
    again = open_book(locked.folder, unlocked=unlock(keys_of(locked.folder), THIRD), clock=clock)
    mine = [holder for holder in key_holders.list_holders(again) if holder.is_mine]
    again.close()
    assert [holder.made_at[:10] for holder in mine] == ["2026-05-20"]


def test_a_wrong_old_password_or_a_weak_new_one_changes_nothing(locked: Workspace) -> None:
    before = keys_of(locked.folder)

    with pytest.raises(WrongSecret, match="đang dùng"):
        key_holders.change_own_password(locked, OTHER, THIRD)
    with pytest.raises(ValidationFailed, match="10 ký tự"):
        key_holders.change_own_password(locked, PHRASE, "1234")
    with pytest.raises(ValidationFailed, match="chỉ có số"):
        key_holders.add_holder(locked, None, "Trần Thị Bình", "0912345678")

    assert keys_of(locked.folder) == before
    locked.close()


def test_holders_are_listed_with_whose_they_are(locked: Workspace) -> None:
    binh = add_member(locked, "Trần Thị Bình")
    slot_id = key_holders.add_holder(locked, binh, "", OTHER)

    first, second, sheet = key_holders.list_holders(locked)

    assert (first.name, first.is_mine, first.opened_it) == ("Người lập sổ", True, True)
    assert (second.slot_id, second.name, second.member_id) == (slot_id, "Trần Thị Bình", binh)
    assert (second.is_mine, second.opened_it) == (False, False)
    assert (sheet.kind, sheet.proved_at) == (SlotKind.RECOVERY, None)
    seated = sit_down(locked, binh)
    mine = key_holders.own_holder(seated)
    assert mine is not None
    assert mine.slot_id == slot_id
    assert key_holders.own_holder(sit_down(locked, add_member(locked, "Lê Văn Cường"))) is None
    with pytest.raises(NotAllowed, match="đã giữ một mật khẩu"):
        key_holders.add_holder(locked, binh, "", THIRD)
    locked.close()


def test_a_password_of_nobody_yet_is_linked_to_a_member(locked: Workspace) -> None:
    an = add_member(locked, "Nguyễn Văn An")

    key_holders.link_holder(locked, locked.slot_id, an)

    (mine,) = [holder for holder in key_holders.list_holders(locked) if holder.opened_it]
    assert (mine.name, mine.member_id) == ("Nguyễn Văn An", an)
    locked.close()


def test_who_holds_no_password_is_told_so(locked: Workspace) -> None:
    an, binh = add_member(locked, "Nguyễn Văn An"), add_member(locked, "Trần Thị Bình")
    key_holders.link_holder(locked, locked.slot_id, an)

    with pytest.raises(NotFound, match="chưa giữ mật khẩu"):
        key_holders.change_own_password(sit_down(locked, binh), PHRASE, OTHER)
    locked.close()


def test_a_forgotten_password_is_set_anew_without_the_old_one(locked: Workspace) -> None:
    slot_id = key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)

    key_holders.reset_holder(locked, slot_id, THIRD)

    assert not opens(locked.folder, OTHER)
    assert opens(locked.folder, THIRD)
    assert opens(locked.folder, PHRASE)
    locked.close()


def test_a_holder_is_taken_away_but_never_the_last_one(locked: Workspace) -> None:
    slot_id = key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)

    key_holders.remove_holder(locked, slot_id)

    assert not opens(locked.folder, OTHER)
    with pytest.raises(NotAllowed, match="duy nhất"):
        key_holders.remove_holder(locked, locked.slot_id)
    with pytest.raises(NotFound, match="không còn"):
        key_holders.remove_holder(locked, slot_id)
    assert opens(locked.folder, PHRASE)
    locked.close()


def test_a_new_sheet_ends_the_old_one_and_is_proved_by_typing_it_back(
    locked: Workspace, keys: NewKeys
) -> None:
    code = key_holders.new_recovery_sheet(locked)

    assert not opens(locked.folder, keys.recovery_code)
    assert opens(locked.folder, code)
    with pytest.raises(WrongSecret, match="nhóm 2"):
        key_holders.prove_recovery_sheet(locked, code[:6] + "?" + code[7:])
    with pytest.raises(WrongSecret, match="phiếu khác"):
        key_holders.prove_recovery_sheet(locked, keys.recovery_code)
    key_holders.prove_recovery_sheet(locked, code.lower())
    assert key_holders.list_holders(locked)[-1].proved_at == "2026-03-20 08:30:00"
    locked.close()


def test_nobody_but_the_cells_leaders_changes_other_peoples_ways_in(locked: Workspace) -> None:
    plain = sit_down(locked, add_member(locked, "Nguyễn Văn An"))
    acts: list[Callable[[], object]] = [
        lambda: key_holders.add_holder(plain, None, "Trần Thị Bình", OTHER),
        lambda: key_holders.reset_holder(plain, locked.slot_id, OTHER),
        lambda: key_holders.remove_holder(plain, locked.slot_id),
        lambda: key_holders.new_recovery_sheet(plain),
    ]
    before = keys_of(locked.folder)

    for act in acts:
        with pytest.raises(NotAllowed):
            act()

    assert keys_of(locked.folder) == before
    locked.close()


def test_the_sample_keeps_its_known_password(ws: Workspace) -> None:
    with pytest.raises(NotAllowed, match="ai cũng biết"):
        key_holders.add_holder(ws, None, "Trần Thị Bình", OTHER)


# Key file and book at odds


def test_what_a_killed_program_left_at_odds_is_put_right_by_the_key_file(locked: Workspace) -> None:
    ring = keys_of(locked.folder)
    key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)
    locked.close()

    key_file.write_keys(locked.folder, ring)  # as when killed before the key file was put in place
    again = open_book(locked.folder, unlocked=unlock(ring, PHRASE))
    assert [holder.name for holder in key_holders.list_holders(again)] == ["Người lập sổ", ""]
    again.close()


@pytest.mark.parametrize("secret", [PHRASE, OTHER])
def test_who_was_taken_away_is_no_holder_again_by_an_old_key_file(locked: Workspace, secret: str) -> None:
    slot_id = key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)
    old = keys_of(locked.folder)
    key_holders.remove_holder(locked, slot_id)
    locked.close()
    key_file.write_keys(locked.folder, old)

    again = open_book(locked.folder, unlocked=unlock(old, secret))  # the data key is still the same

    assert [holder.name for holder in key_holders.list_holders(again)] == ["Người lập sổ", ""]
    assert keys_of(locked.folder).slot(slot_id) is None
    again.close()
    assert opens(locked.folder, PHRASE)
    assert not opens(locked.folder, OTHER)


def test_nobody_takes_their_own_password_away(locked: Workspace) -> None:
    key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)

    with pytest.raises(NotAllowed, match="tự bỏ mật khẩu của mình"):
        key_holders.remove_holder(locked, locked.slot_id)

    assert opens(locked.folder, PHRASE)


def test_a_slot_the_book_knows_nothing_of_is_kept_and_named_so(locked: Workspace) -> None:
    with locked.write("thử") as tx:
        tx.connection.execute(text("DELETE FROM key_holder"))
    locked.close()

    again = open_book(locked.folder, unlocked=unlock(keys_of(locked.folder), PHRASE))

    assert [holder.name for holder in key_holders.list_holders(again)] == ["Chưa rõ của ai", ""]
    again.close()


@pytest.mark.parametrize("taken", ["khoa-1.json.dang-ghi", "khoa-1.json"])
def test_a_key_file_that_cannot_be_written_changes_neither_file_nor_book(
    locked: Workspace, taken: str
) -> None:
    before = [(holder.name, holder.made_at) for holder in key_holders.list_holders(locked)]
    (locked.folder / taken).unlink(missing_ok=True)
    (locked.folder / taken).mkdir()

    with pytest.raises(FileUnwritable, match="vẫn như trước"):
        key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)
    with pytest.raises(FileUnwritable, match="vẫn như trước"):
        key_holders.change_own_password(locked, PHRASE, THIRD)

    assert [(holder.name, holder.made_at) for holder in key_holders.list_holders(locked)] == before
    assert opens(locked.folder, PHRASE)
    assert not opens(locked.folder, OTHER)
    (locked.folder / taken).rmdir()
    key_holders.change_own_password(locked, PHRASE, THIRD)
    assert opens(locked.folder, THIRD)


def test_one_key_file_in_its_place_is_enough_for_a_change(locked: Workspace) -> None:
    second = locked.folder / key_file.NAMES[1]
    second.unlink()
    second.mkdir()

    key_holders.change_own_password(locked, PHRASE, OTHER)

    assert opens(locked.folder, OTHER)
    second.rmdir()


def test_killed_at_any_step_of_a_change_of_keys_a_password_opens_the_book(
    locked: Workspace, tmp_path: Path, keys: NewKeys
) -> None:
    locked.close()
    into = tmp_path / "killed"
    command = [
        sys.executable,
        "-m",
        "tests.services.killed_key_change",
        "holders",
        str(locked.folder),
        str(into),
    ]
    subprocess.run(command, cwd=ROOT, check=True)

    killed = sorted(into.iterdir())
    assert len(killed) > 10
    for place in killed:
        folder = place / locked.folder.name
        ring = keys_of(folder)
        unlocked = next(found for secret in (PHRASE, OTHER) if (found := unlocked_by(ring, secret)))
        ws = open_book(folder, unlocked=unlocked)
        holders = key_holders.list_holders(ws)
        ws.close()
        assert {holder.slot_id for holder in holders} == {slot.id for slot in keys_of(folder).slots}
        assert [holder.kind for holder in holders].count(SlotKind.RECOVERY) == 1


def unlocked_by(ring: KeyRing, secret: str) -> Unlocked | None:
    try:
        return unlock(ring, secret)
    except WrongSecret:
        return None


def test_opening_twice_writes_nothing(locked: Workspace) -> None:
    locked.close()
    counts = []
    for _ in range(2):
        ws = open_book(locked.folder, unlocked=unlock(keys_of(locked.folder), PHRASE))
        with ws.read() as tx:
            counts.append(tx.connection.execute(text("SELECT writes FROM book_head")).scalar())
        ws.close()

    assert counts[0] == counts[1]


# The key files


@pytest.mark.parametrize("name", key_file.NAMES)
def test_any_wrong_byte_in_one_key_file_is_found_and_mended_from_the_other(
    locked: Workspace, name: str
) -> None:
    locked.close()
    path = locked.folder / name
    whole = path.read_bytes()
    places = range(0, len(whole), 9)
    for place in places:
        wrong = bytearray(whole)
        wrong[place] ^= 1 << place % 8
        path.write_bytes(wrong)
        assert key_file.keys_of_text(bytes(wrong)) is None
    assert opens(locked.folder, PHRASE)

    open_book(locked.folder, unlocked=unlock(keys_of(locked.folder), PHRASE)).close()

    assert path.read_bytes() == whole


def test_a_lost_key_file_comes_back_and_two_lost_ones_are_said(locked: Workspace) -> None:
    locked.close()
    first, second = (locked.folder / name for name in key_file.NAMES)
    first.unlink()
    open_book(locked.folder, unlocked=unlock(keys_of(locked.folder), PHRASE)).close()
    assert first.read_bytes() == second.read_bytes()

    first.write_bytes(b"")
    second.unlink()
    with pytest.raises(BookUnavailable, match=r"đều hỏng hoặc thiếu.*bản sao"):
        open_book(locked.folder)


def test_a_cost_no_pc_can_pay_is_not_tried(locked: Workspace) -> None:
    ring = keys_of(locked.folder)
    dear = (
        key_file.keys_text(ring)
        .partition(b"\n")[0]
        .replace(b'"memory_kib":65536', b'"memory_kib":4294967295')
    )
    assert key_file.keys_of_text(dear + b"\n" + sha256(dear).hexdigest().encode() + b"\n") is None
    locked.close()


# What is said of backups, and what is never said


def test_a_backup_names_the_password_and_the_sheet_that_open_it(locked: Workspace, clock: FakeClock) -> None:
    binh = add_member(locked, "Trần Thị Bình")
    key_holders.add_holder(locked, binh, "", OTHER)
    ring, names = keys_of(locked.folder), key_holders.holder_names(locked)

    assert backup_openers(ring, names) == (
        "Mở bằng mật khẩu đặt ngày 20/03/2026, hoặc phiếu khôi phục in ngày 20/03/2026, "
        "hoặc mật khẩu của đồng chí Trần Thị Bình đặt ngày 20/03/2026."
    )
    assert "Trần Thị Bình" not in backup_openers(ring, {})
    locked.close()


def test_no_secret_is_in_the_history_the_log_or_a_description(
    locked: Workspace, keys: NewKeys, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slot_id = key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)
    key_holders.change_own_password(locked, PHRASE, THIRD)
    code = key_holders.new_recovery_sheet(locked)
    key_holders.reset_holder(locked, slot_id, PHRASE)
    unlocked = unlock(keys_of(locked.folder), THIRD)
    assert locked.key is not None
    said = "\n".join([told(locked), caplog.text, repr(locked), repr(keys), repr(unlocked)])
    locked.close()
    secrets = [PHRASE, OTHER, THIRD, code, keys.recovery_code, locked.key.hex(), repr(locked.key)[2:-1]]

    assert [secret for secret in secrets if secret in said] == []
    files = b"".join(path.read_bytes() for path in locked.folder.iterdir())
    assert [secret for secret in secrets if secret.encode() in files] == []
    assert locked.key not in files


def test_the_history_tells_what_was_done_to_the_keys(locked: Workspace) -> None:
    slot_id = key_holders.add_holder(locked, None, "Trần Thị Bình", OTHER)
    key_holders.remove_holder(locked, slot_id)
    key_holders.new_recovery_sheet(locked)

    names = re.findall(r"\('(.*?)'", told(locked))

    assert list(dict.fromkeys(names))[1:] == [
        "Thêm người giữ mật khẩu mở sổ: Trần Thị Bình",
        "Bỏ người giữ mật khẩu mở sổ: Trần Thị Bình",
        "Lập phiếu khôi phục mới, bỏ phiếu cũ",
    ]
    locked.close()
