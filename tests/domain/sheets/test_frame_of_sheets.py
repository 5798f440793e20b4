"""What every sheet prints around its content follows the day of the sheet."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.member import CellRole, DatedStatus, Post, Sphere, StatusKind
from app.domain.sheets.facts import (
    CellSigner,
    cell_heads,
    cell_signer,
    has_committee,
    identity_value,
    reference_day,
)
from tests.domain.sheets.sheet_material import CELL, facts, in_cell, person

DAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("year", "dated_on", "today", "day"),
    [
        (2025, date(2026, 1, 9), date(2026, 5, 1), date(2026, 1, 9)),
        (2025, None, date(2026, 5, 1), date(2025, 12, 31)),
        (2026, None, date(2026, 5, 1), date(2026, 5, 1)),
        (2027, None, date(2026, 5, 1), date(2027, 1, 1)),
    ],
)
def test_a_sheet_takes_names_of_its_own_day_or_of_its_year(
    year: int, dated_on: date | None, today: date, day: date
) -> None:
    assert reference_day(year, dated_on, today) == day


def test_nine_official_members_make_a_committee() -> None:
    official = [
        person(f"Người {n}", admitted_on=date(2010, 1, 1), confirmed_on=date(2011, 1, 1)) for n in range(9)
    ]
    gone = DatedStatus(StatusKind.LEFT, date(2025, 6, 1))
    guest = DatedStatus(StatusKind.TEMPORARY_IN, date(2025, 6, 1))
    not_yet = DatedStatus(StatusKind.MOVED_IN, date(2026, 3, 1))

    assert has_committee(official, DAY)
    assert not has_committee(official[:8], DAY)
    for status in (gone, guest, not_yet):
        assert not has_committee([*official[:8], replace(official[8], statuses=(status,))], DAY)
    new = person("Mới", admitted_on=date(2025, 8, 20))
    assert not has_committee([*official[:8], new], DAY)


def test_a_committee_post_makes_a_committee_however_small_the_cell() -> None:
    assert has_committee([person("Một", in_cell(CellRole.COMMITTEE_MEMBER))], DAY)
    assert not has_committee([person("Một", in_cell(CellRole.SECRETARY))], DAY)


def test_the_deputy_signs_the_secretarys_own_sheet() -> None:
    secretary, deputy = (
        person("Lộc", in_cell(CellRole.SECRETARY)),
        person("Ly", in_cell(CellRole.DEPUTY_SECRETARY)),
    )
    heads = cell_heads([deputy, secretary], DAY)

    assert cell_signer(heads) == CellSigner("Lộc", "BÍ THƯ")
    assert cell_signer(heads, secretary.id) == CellSigner("Ly", "PHÓ BÍ THƯ")
    assert cell_signer(cell_heads([secretary], DAY), secretary.id) == CellSigner()


def test_posts_stand_by_sphere_as_held_on_the_day() -> None:
    member = person(
        "Hưng",
        in_cell(CellRole.SECRETARY),
        Post(Sphere.GOVERNMENT, "Phó Chủ tịch UBND xã", None, date(2021, 6, 1), date(2025, 6, 30)),
        Post(Sphere.GOVERNMENT, "Chủ tịch UBND xã", None, date(2025, 7, 1)),
    )

    def said(key: str, day: date) -> str | None:
        return identity_value(key, facts(member, as_of=day))

    assert said("party_post", DAY) == "Bí thư chi bộ"
    assert said("government_post", DAY) == "Chủ tịch UBND xã"
    assert said("government_post", date(2025, 6, 1)) == "Phó Chủ tịch UBND xã"
    assert said("union_post", DAY) == "Không"
    assert said("posts", DAY) == "Bí thư chi bộ; Chủ tịch UBND xã"


def test_a_member_without_posts_is_called_a_member() -> None:
    new = person("Páo", admitted_on=date(2025, 8, 20))

    assert identity_value("posts", facts(person())) == "Đảng viên"
    assert identity_value("posts", facts(new)) == "Đảng viên dự bị"


def test_what_is_unknown_is_left_to_the_pen() -> None:
    unknown = person("Thịnh", birth=None, workplace="")

    assert identity_value("birth_date", facts(unknown)) is None
    assert identity_value("workplace", facts(unknown)) is None
    assert identity_value("occupation", facts(unknown)) is None
    assert identity_value("content_set", facts(unknown)) is None


def test_the_words_chi_bo_are_not_said_twice() -> None:
    assert identity_value("cell", facts()) == "thôn Đồng Tiến"
    assert (
        identity_value("cell", facts(cell=replace(CELL, own="CHI BỘ TỔ DÂN PHỐ SỐ 5"))) == "tổ dân phố số 5"
    )
    assert identity_value("cell", facts(cell=replace(CELL, own="CHI BỘ TRƯỜNG THCS"))) == "TRƯỜNG THCS"
    assert identity_value("cell", facts(cell=replace(CELL, own="ĐẢNG BỘ BỘ PHẬN A"))) == "ĐẢNG BỘ BỘ PHẬN A"
    assert identity_value("cell", facts(cell=replace(CELL, own="Chi bộ"))) == "Chi bộ"
