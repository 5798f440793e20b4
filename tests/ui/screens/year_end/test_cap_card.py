"""The counter of the top grade on screen: figures, warning, how it is counted, groups."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade
from app.domain.review import ReviewKey
from app.services.cap_settings import read_cap
from app.services.reviews import open_review, submit_review, with_self_grade
from app.services.workspace import Workspace
from app.ui.background import Background
from app.ui.screens.year_end.cap_card import CapCard, GroupFigures
from tests.book_fixtures import People
from tests.ui.screens.year_end.conftest import MakeDesk, ShowPage
from tests.ui.typing_keys import commit


def hand_in(ws: Workspace, member_id: str, grade: Grade) -> None:
    review = open_review(ws, ReviewKey(member_id, 2025)).review
    submit_review(ws, with_self_grade(review, grade))


@pytest.fixture
def card(secretary_ws: Workspace, people: People, make_desk: MakeDesk, show_page: ShowPage) -> CapCard:
    """One says HTXS of themself, two HTT."""
    hand_in(secretary_ws, people.plain, Grade.EXCELLENT)
    hand_in(secretary_ws, people.deputy, Grade.GOOD)
    hand_in(secretary_ws, people.committee, Grade.GOOD)
    card = CapCard(make_desk(secretary_ws))
    show_page(card)
    return card


def groups(card: CapCard) -> list[GroupFigures]:
    return [each for each in card.findChildren(GroupFigures) if each.isVisible()]


def test_it_shows_number_most_and_ratio_and_warns_without_blocking(card: CapCard) -> None:
    (group,) = groups(card)

    words = [
        label.accessibleName()
        for figure in group.figures
        for label in figure.findChildren(object)
        if hasattr(label, "accessibleName") and label.accessibleName()
    ]
    assert words == [
        "1 tự nhận xuất sắc",
        "0 nhiều nhất (mức 20%)",
        "50,00% trên 2 hoàn thành tốt",
    ]
    assert "Tự nhận xuất sắc đã là 1, mức 20% cho nhóm này là 0" in group.warning.text


def test_the_working_is_one_press_away(card: CapCard) -> None:
    card.how.click()

    assert card.basis.isVisible()
    assert "20% của 2 người hoàn thành tốt là 0,4, bỏ phần lẻ còn 0." in card.basis.text()
    assert "Điều 11, điểm 1.5" in card.basis.text()


def test_counting_otherwise_needs_its_ground(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, card: CapCard
) -> None:
    card.how.click()
    card.change.click()
    card.form.rounding.set_value("half_up")

    card.form.save.click()
    qtbot.waitUntil(background.idle)
    assert "Chưa ghi căn cứ" in card.form.ground_field.error

    card.form.ground.setFocus()
    commit(card.form.ground, "Công văn 12-CV/ĐU")
    card.form.save.click()
    qtbot.waitUntil(lambda: card.form.isHidden())
    qtbot.waitUntil(background.idle)
    assert read_cap(secretary_ws, 2025).params.ground == "Công văn 12-CV/ĐU"
    assert "Từ 0,5" not in card.basis.text()
    assert "Phần lẻ từ 0,5 được làm tròn lên." in card.basis.text()


def test_ticked_members_are_put_into_a_group_of_their_own(
    qtbot: QtBot, background: Background, secretary_ws: Workspace, people: People, card: CapCard
) -> None:
    card.how.click()
    card.regroup.click()
    card.groups.assign.click()
    assert card.groups.name_field.error == "Chưa đánh dấu ai."

    card.groups.table.records.set_ticked({people.plain, people.deputy})
    card.groups.name.setFocus()
    commit(card.groups.name, "Đảng viên nông thôn")
    card.groups.assign.click()
    qtbot.waitUntil(lambda: len(groups(card)) == 2)
    qtbot.waitUntil(background.idle)

    assert {count.group for count in read_cap(secretary_ws, 2025).counts()} >= {"Đảng viên nông thôn"}


def test_a_year_without_any_grade_says_so(
    secretary_ws: Workspace, make_desk: MakeDesk, show_page: ShowPage
) -> None:
    card = CapCard(make_desk(secretary_ws))
    show_page(card)

    assert "Chưa ai có mức nào" in card.problem.text()
    assert groups(card) == []
