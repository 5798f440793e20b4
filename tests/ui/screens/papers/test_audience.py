"""For whom papers are printed: one, some or everybody."""

from pytestqt.qtbot import QtBot

from app.services.papers import PaperPerson
from app.ui.screens.papers.audience import Audience

PEOPLE = (PaperPerson("a", "Bùi Thị Lành", ""), PaperPerson("b", "Lò Văn Sơn", "Bí thư"))


def test_somebody_asked_for_before_the_people_are_known_is_chosen_once_they_are(qtbot: QtBot) -> None:
    audience = Audience()
    qtbot.addWidget(audience)

    audience.choose(["b"])
    asked_at_once = audience.member_ids()
    audience.show_people(PEOPLE)

    assert (asked_at_once, audience.member_ids(), audience.one.value()) == (("b",), ("b",), "b")


def test_another_person_chosen_later_stays_chosen(qtbot: QtBot) -> None:
    audience = Audience()
    qtbot.addWidget(audience)
    audience.choose(["b"])
    audience.show_people(PEOPLE)

    audience.one.set_value("a")
    audience.show_people(PEOPLE)

    assert audience.member_ids() == ("a",)
