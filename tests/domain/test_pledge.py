"""The year's pledge: what keeps it from being handed in, what is only worth a word."""

from dataclasses import replace
from datetime import date

from app.domain.dates import Month
from app.domain.pledge import Origin, PledgeItem, problems_in_pledge, warnings_in_pledge

ITEM = PledgeItem("Q101.1", "Học đủ các chuyên đề trong năm", "4 chuyên đề")


def said(
    items: list[PledgeItem], last_year: list[PledgeItem] | None = None, faults: tuple[str, ...] = ()
) -> list[str]:
    return [problem.field for problem in warnings_in_pledge(items, last_year or [], faults)]


def test_pledge_without_items_or_with_an_empty_one_is_not_handed_in() -> None:
    assert [problem.field for problem in problems_in_pledge([])] == ["items"]
    assert [p.field for p in problems_in_pledge([ITEM, replace(ITEM, action=" \n")])] == ["items.2.action"]
    assert problems_in_pledge([ITEM]) == ()


def test_item_without_a_target_is_worth_a_word_only_when_it_says_something() -> None:
    assert said([replace(ITEM, target="")]) == ["items.1.target"]
    assert said([PledgeItem()]) == []


def test_item_like_last_year_is_worth_a_word_unless_it_was_carried_over() -> None:
    again = replace(ITEM, action="HOC ĐỦ các chuyên đề  trong năm.")

    assert said([again], [ITEM]) == ["items.1.action"]
    assert said([replace(again, origin=Origin.CARRIED_OVER)], [ITEM]) == []
    assert said([replace(ITEM, action="Giúp hai hộ nghèo")], [ITEM]) == []


def test_more_than_twelve_items_are_worth_a_word() -> None:
    assert said([ITEM] * 12) == []
    assert said([ITEM] * 13) == ["items"]


def test_faults_of_last_year_without_an_item_against_them_are_worth_a_word() -> None:
    assert said([ITEM], faults=("Chậm báo cáo",)) == ["items"]
    assert said([replace(ITEM, origin=Origin.FROM_LAST_REVIEW)], faults=("Chậm báo cáo",)) == []
    assert said([], faults=("Chậm báo cáo",)) == []


def test_finished_item_is_asked_for_up_to_the_month_it_was_finished_in() -> None:
    item = replace(ITEM, finished_on=date(2026, 2, 1))

    assert [item.is_open_in(Month(2026, month)) for month in (1, 2, 3)] == [True, True, False]
    assert ITEM.is_open_in(Month(2026, 12))
