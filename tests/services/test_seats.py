"""Turns at the PC: who is asked for what, wrong PINs counted on disk, the password that stands for a PIN."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from app.db.key_slots import KdfCost
from app.domain.errors import BookUnavailable, NotAllowed, NotFound, PinRefused, ValidationFailed, WrongSecret
from app.domain.member import CellRole
from app.domain.permissions import ActorRole
from app.domain.seat import SeatSecret, Security
from app.services import seat_proof
from app.services.accounts import (
    add_account,
    list_accounts,
    read_security,
    save_security,
    stop_account,
)
from app.services.books import create_book, open_book
from app.services.desks import take_first_seat, take_seat, unlock_screen
from app.services.history import action_changes, list_actions
from app.services.key_holders import add_holder
from app.services.keys import keys_of, new_keys, unlock
from app.services.pin_slips import pin_slips_pdf
from app.services.seat_pins import give_starting_pins, lift_wait, list_users, set_own_pin
from app.services.seats import find_seat, list_seats, sit_down
from app.services.undo import can_undo
from app.services.workspace import Workspace
from tests.book_fixtures import FakeClock, People
from tests.builders import a_book, add_member
from tests.printing.printed import flowing, read_pages

PASSWORD = "cửa sổ mở ra đồng lúa"


@pytest.fixture
def pins_ws(secretary_ws: Workspace) -> Workspace:
    """The cell of four, with PINs asked for."""
    save_security(secretary_ws, Security(pins_required=True))
    return secretary_ws


def with_pin(ws: Workspace, member_id: str, pin: str) -> None:
    """This member chose a PIN of their own."""
    set_own_pin(sit_down(ws, member_id), "", pin, pin)


def wrong(ws: Workspace, seat_id: str, pin: str = "9999") -> PinRefused:
    with pytest.raises(PinRefused) as refused:
        take_seat(ws, seat_id, pin)
    return refused.value


def test_a_cell_without_pins_asks_nothing(secretary_ws: Workspace, people: People) -> None:
    choice = list_seats(secretary_ws)

    assert not choice.pins_required
    assert {seat.secret for seat in choice.people} == {SeatSecret.NOTHING}
    assert take_seat(secretary_ws, people.plain).ws.actor.member_id == people.plain


def test_the_right_pin_seats_its_member(pins_ws: Workspace, people: People) -> None:
    with_pin(pins_ws, people.plain, "2580")

    desk = take_seat(pins_ws, people.plain, "2580")

    assert desk.ws.actor.member_id == people.plain
    assert desk.idle_minutes == 5
    assert not desk.must_change_pin


def test_a_member_without_a_pin_is_sent_to_the_secretary(pins_ws: Workspace, people: People) -> None:
    assert find_seat(pins_ws, people.plain).secret is SeatSecret.MISSING
    with pytest.raises(NotAllowed, match="nhờ bí thư cấp mã"):
        take_seat(pins_ws, people.plain, "2580")


def test_wrong_pins_wait_longer_and_longer(pins_ws: Workspace, people: People, clock: FakeClock) -> None:
    with_pin(pins_ws, people.plain, "2580")

    assert "Còn 2 lần" in str(wrong(pins_ws, people.plain))
    assert "Còn 1 lần" in str(wrong(pins_ws, people.plain))
    third = wrong(pins_ws, people.plain)
    assert third.wait == 5
    early = wrong(pins_ws, people.plain, "2580")

    assert "Xin đợi 5 giây" in str(early)
    clock.hour = time(8, 30, 6)
    assert wrong(pins_ws, people.plain).wait == 15
    clock.hour = time(8, 31)
    assert take_seat(pins_ws, people.plain, "2580")
    assert "Còn 2 lần" in str(wrong(pins_ws, people.plain))


def test_the_wait_outlives_the_program_and_a_clock_set_back(
    pins_ws: Workspace, people: People, clock: FakeClock
) -> None:
    with_pin(pins_ws, people.plain, "2580")
    for _ in range(3):
        wrong(pins_ws, people.plain)
    pins_ws.close()
    again = open_book(pins_ws.folder, clock=clock)

    (waiting,) = [user for user in list_users(sit_down(again, people.secretary)) if user.wait]
    assert (waiting.seat.id, waiting.wait) == (people.plain, 5)
    clock.day = date(2026, 3, 19)
    assert wrong(again, people.plain, "2580").wait == 5
    clock.hour = time(8, 30, 4)
    assert wrong(again, people.plain, "2580").wait == 1
    clock.hour = time(8, 30, 5)
    assert take_seat(again, people.plain, "2580")
    again.close()


def test_a_wrong_pin_is_counted_although_the_program_is_killed_on_it(
    pins_ws: Workspace, people: People, clock: FakeClock
) -> None:
    """The count is on disk before the PIN is looked at."""
    with_pin(pins_ws, people.plain, "2580")
    pins_ws.close()
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "import app.services.seat_proof as proof\n"
        "from app.services.books import open_book\n"
        "from app.services.desks import take_seat\n"
        "proof.pin_fits = lambda stored, pin: os._exit(9)\n"
        "ws = open_book(Path(sys.argv[1]))\n"
        "take_seat(ws, sys.argv[2], '9999')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(pins_ws.folder), people.plain], check=False, timeout=60
    )
    assert done.returncode == 9

    again = open_book(pins_ws.folder, clock=clock)
    assert "Còn 1 lần" in str(wrong(again, people.plain))
    again.close()


def test_a_window_that_only_looks_counts_too(pins_ws: Workspace, people: People, clock: FakeClock) -> None:
    with_pin(pins_ws, people.plain, "2580")
    looking = open_book(pins_ws.folder, read_only=True, clock=clock)

    wrong(looking, people.plain)
    wrong(looking, people.plain)

    assert wrong(looking, people.plain).wait == 5
    clock.hour = time(9)
    assert take_seat(looking, people.plain, "2580")
    looking.close()


def test_a_full_disk_keeps_nobody_from_their_words_and_lets_nobody_guess(
    pins_ws: Workspace, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pin(pins_ws, people.plain, "2580")

    def full(*_given: object) -> None:
        raise BookUnavailable("Ổ đĩa chứa sổ đã đầy")

    with monkeypatch.context() as patch:
        patch.setattr(seat_proof, "writing", full)
        assert take_seat(pins_ws, people.plain, "2580")
        assert [wrong(pins_ws, people.plain).wait for _ in range(3)] == [0, 0, 5]

    assert wrong(pins_ws, people.plain, "2580").wait == 5


def test_what_a_looking_window_counted_does_not_stand_for_the_book(
    pins_ws: Workspace, people: People, clock: FakeClock
) -> None:
    with_pin(pins_ws, people.plain, "2580")
    looking = open_book(pins_ws.folder, read_only=True, clock=clock)
    take_seat(looking, people.plain, "2580")
    looking.close()

    assert [wrong(pins_ws, people.plain).wait for _ in range(3)] == [0, 0, 5]


def test_the_password_of_a_holder_outside_the_cell_is_not_the_secretarys(
    tmp_path: Path, clock: FakeClock
) -> None:
    keys, theirs = new_keys(PASSWORD, clock.now(), KdfCost()), "hạt gạo làng ta"
    ws = create_book(tmp_path / "khoa", a_book(pins_required=True), keys, clock)
    secretary = add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    with_pin(ws, secretary, "2580")
    add_holder(take_first_seat(ws, secretary).ws, None, "Vũ Văn Ngoài", theirs)
    ws.close()

    again = open_book(ws.folder, unlocked=unlock(keys_of(ws.folder), theirs), clock=clock)

    assert (list_seats(again).opener, list_seats(again).first) == (None, frozenset())
    with pytest.raises(WrongSecret, match="của người khác"):
        take_seat(again, secretary, theirs)
    assert take_seat(again, secretary, PASSWORD).ws.actor.member_id == secretary
    again.close()


def test_simple_pins_are_refused_with_a_sentence(pins_ws: Workspace, people: People) -> None:
    own = sit_down(pins_ws, people.plain)
    for pin in ("1111", "1234", "4321", "1212", "1985", "1204", "12a4", "123", "1234567"):
        with pytest.raises(ValidationFailed) as failed:
            set_own_pin(own, "", pin, pin)
        assert [problem.field for problem in failed.value.problems] == ["new"]
    with pytest.raises(ValidationFailed, match="chưa giống nhau"):
        set_own_pin(own, "", "2580", "2581")


def test_a_pin_is_changed_only_by_who_knows_it(pins_ws: Workspace, people: People) -> None:
    with_pin(pins_ws, people.plain, "2580")
    own = sit_down(pins_ws, people.plain)

    with pytest.raises(PinRefused):
        set_own_pin(own, "0000", "7139", "7139")
    set_own_pin(own, "2580", "713946", "713946")

    assert take_seat(pins_ws, people.plain, "713946")
    assert find_seat(pins_ws, people.plain).pin_length == 6


def test_a_starting_pin_is_to_be_changed_and_stands_in_no_history(pins_ws: Workspace, people: People) -> None:
    (given,) = give_starting_pins(pins_ws, [people.plain])

    desk = take_seat(pins_ws, people.plain, given.pin)
    assert desk.must_change_pin
    set_own_pin(desk.ws, given.pin, "2580", "2580")

    assert not take_seat(pins_ws, people.plain, "2580").must_change_pin
    names = [line.name for line in list_actions(pins_ws, 10)]
    assert "Cấp mã PIN mới cho Nguyễn Văn Đạt" in names
    assert "Đổi mã PIN của mình" in names
    said = repr([action_changes(pins_ws, line.id) for line in list_actions(pins_ws, 10)])
    assert given.pin not in said
    assert "argon2" not in said
    assert given.pin not in repr(given)


def test_pins_are_not_taken_back_by_undoing(pins_ws: Workspace, people: People) -> None:
    give_starting_pins(pins_ws, [people.plain])
    (given,) = [line for line in list_actions(pins_ws, 10) if line.name.startswith("Cấp mã PIN")]

    assert "Người dùng và mã PIN" in can_undo(pins_ws, given.id)


def test_the_secretary_resets_a_forgotten_pin_and_ends_a_wait(pins_ws: Workspace, people: People) -> None:
    with_pin(pins_ws, people.plain, "2580")
    for _ in range(3):
        wrong(pins_ws, people.plain)
    waiting = {user.seat.id: user.wait for user in list_users(pins_ws)}
    assert waiting[people.plain] == 5

    lift_wait(pins_ws, people.plain)
    assert take_seat(pins_ws, people.plain, "2580")
    (given,) = give_starting_pins(pins_ws, [people.plain])

    assert take_seat(pins_ws, people.plain, given.pin).must_change_pin


def test_nobody_but_the_secretary_sets_the_secretarys_pin(
    pins_ws: Workspace, deputy_ws: Workspace, people: People
) -> None:
    with pytest.raises(NotAllowed, match="chính bí thư"):
        give_starting_pins(sit_down(pins_ws, people.deputy), [people.secretary])


def test_members_neither_give_pins_nor_make_accounts(plain_ws: Workspace, people: People) -> None:
    acts: list[Callable[[], object]] = [
        lambda: give_starting_pins(plain_ws, [people.plain]),
        lambda: lift_wait(plain_ws, people.plain),
        lambda: list_users(plain_ws),
        lambda: add_account(plain_ws, "Đỗ Thị Hiền", ActorRole.TYPIST),
        lambda: list_accounts(plain_ws),
        lambda: save_security(plain_ws, Security(pins_required=False)),
        lambda: pin_slips_pdf(plain_ws, []),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_slips_carry_name_and_digits(pins_ws: Workspace, people: People) -> None:
    given = give_starting_pins(pins_ws, [people.plain, people.deputy, people.committee])

    words = flowing(" ".join(read_pages(pin_slips_pdf(pins_ws, given))))

    for each in given:
        assert each.name in words
        assert " ".join(each.pin) in words
    assert "Đổi mã này" in words


def test_typists_and_readers_sit_by_account_until_stopped(pins_ws: Workspace, people: People) -> None:
    typist = add_account(pins_ws, "  Đỗ Thị  Hiền ", ActorRole.TYPIST)
    add_account(pins_ws, "Ngô Minh Hùng", ActorRole.READER)
    (given,) = give_starting_pins(pins_ws, [typist])

    actor = take_seat(pins_ws, typist, given.pin).ws.actor

    assert (actor.name, actor.role, actor.member_id, actor.seat_id) == (
        "Đỗ Thị Hiền",
        ActorRole.TYPIST,
        None,
        typist,
    )
    assert [seat.post for seat in list_seats(pins_ws).others] == ["Người nhập giúp", "Người xem của cấp trên"]
    stop_account(pins_ws, typist)
    with pytest.raises(NotFound):
        take_seat(pins_ws, typist, given.pin)


def test_a_member_made_typist_keeps_one_seat(pins_ws: Workspace, people: People) -> None:
    account = add_account(pins_ws, "", ActorRole.TYPIST, people.plain)

    actor = sit_down(pins_ws, people.plain).actor
    assert (actor.role, actor.member_id, actor.account_id) == (ActorRole.TYPIST, people.plain, account)
    assert list_seats(pins_ws).others == ()
    stop_account(pins_ws, account)
    assert sit_down(pins_ws, people.plain).actor.role is ActorRole.MEMBER
    assert add_account(pins_ws, "", ActorRole.TYPIST, people.plain) == account


def test_accounts_that_make_no_sense_are_refused(pins_ws: Workspace, people: People) -> None:
    for name, role, member_id in (
        ("", ActorRole.TYPIST, None),
        ("", ActorRole.READER, people.plain),
        ("", ActorRole.TYPIST, people.deputy),
        ("Đỗ Thị Hiền", ActorRole.SECRETARY, None),
    ):
        with pytest.raises(ValidationFailed):
            add_account(pins_ws, name, role, member_id)


def test_switching_pins_on_locks_nobody_out(secretary_ws: Workspace, people: People) -> None:
    with_pin(secretary_ws, people.deputy, "2580")

    without = save_security(secretary_ws, Security(pins_required=True, member_idle_minutes=3))

    assert set(without) == {people.secretary, people.committee, people.plain}
    assert read_security(secretary_ws).member_idle_minutes == 3
    # The demo book's password is nobody's own, so it stands for the secretary's PIN.
    assert take_seat(secretary_ws, people.secretary, "so-mau").idle_minutes == 15
    with pytest.raises(ValidationFailed):
        save_security(secretary_ws, Security(pins_required=True, member_idle_minutes=0))


@pytest.fixture
def locked_book(tmp_path: Path, clock: FakeClock) -> Path:
    """A closed book with a password, PINs asked for, its secretary and a plain member."""
    keys = new_keys(PASSWORD, clock.now(), KdfCost())
    ws = create_book(tmp_path / "khoa", a_book(pins_required=True), keys, clock)
    add_member(ws, "Trần Thị Bình", CellRole.SECRETARY)
    add_member(ws, "Nguyễn Văn Đạt")
    ws.close()
    return ws.folder


def opened(folder: Path, clock: FakeClock) -> Workspace:
    return open_book(folder, unlocked=unlock(keys_of(folder), PASSWORD), clock=clock)


def ids(ws: Workspace) -> dict[str, str]:
    return {seat.name: seat.id for seat in list_seats(ws).people}


def test_a_password_that_is_nobodys_becomes_the_first_secretarys(locked_book: Path, clock: FakeClock) -> None:
    ws = opened(locked_book, clock)
    binh, dat = ids(ws)["Trần Thị Bình"], ids(ws)["Nguyễn Văn Đạt"]
    assert list_seats(ws).opener is None
    with pytest.raises(NotAllowed):
        take_first_seat(ws, dat)

    assert take_first_seat(ws, binh).ws.actor.role is ActorRole.SECRETARY
    ws.close()
    ws = opened(locked_book, clock)

    assert list_seats(ws).opener == binh
    assert take_first_seat(ws, binh).seat.secret is SeatSecret.PASSWORD
    ws.close()


def test_a_password_holder_without_a_pin_comes_back_by_the_password(
    locked_book: Path, clock: FakeClock
) -> None:
    ws = opened(locked_book, clock)
    desk = take_first_seat(ws, ids(ws)["Trần Thị Bình"])

    unlock_screen(desk.ws, PASSWORD)
    with pytest.raises(WrongSecret):
        unlock_screen(desk.ws, "mật khẩu khác hẳn")
    set_own_pin(desk.ws, "", "2580", "2580")
    unlock_screen(desk.ws, "2580")
    unlock_screen(desk.ws, PASSWORD)
    with pytest.raises(PinRefused):
        unlock_screen(desk.ws, "2581")
    ws.close()


def test_the_password_of_one_seats_no_other(locked_book: Path, clock: FakeClock) -> None:
    ws = opened(locked_book, clock)
    desk = take_first_seat(ws, ids(ws)["Trần Thị Bình"])
    dat = ids(ws)["Nguyễn Văn Đạt"]
    give_starting_pins(desk.ws, [dat])

    with pytest.raises(PinRefused):
        take_seat(ws, dat, PASSWORD)
    ws.close()
