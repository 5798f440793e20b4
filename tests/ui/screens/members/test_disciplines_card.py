"""Discipline on a member's page: recorded, put right, taken back, kept while it is written."""

from datetime import date

from app.domain.discipline import DisciplineForm, DutyRelated
from app.services.disciplines import list_disciplines
from app.services.workspace import Workspace
from app.ui.parts.fields import Choice
from app.ui.parts.labels import Label
from tests.book_fixtures import People
from tests.ui.screens.members.sitting import Sitting


def fill(sitting: Sitting, **texts: str) -> None:
    for name, text in texts.items():
        field = sitting.page.record_page.disciplines.editor.grid.fields[name].field
        if isinstance(field, Choice):
            field.set_value(text)
            field.chosen.emit(text)
        else:
            sitting.fill(field, text)


def lines(sitting: Sitting) -> list[str]:
    card = sitting.page.record_page.disciplines
    return [label.text() for label in card.findChildren(Label) if label.isVisibleTo(card)]


def test_a_discipline_is_recorded_and_read_on_the_page(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.disciplines
    secretary.qtbot.waitUntil(lambda: "Không có quyết định kỷ luật nào trong sổ." in lines(secretary))

    card.add_button.click()
    fill(secretary, form="reprimand", decided_on="05/06/2025", decision_ref="12-QĐ/UBKT", duty_related="yes")
    card.editor.take.click()
    secretary.settle()

    (kept,) = list_disciplines(secretary_ws, people.plain)
    assert (kept.form, kept.decided_on, kept.duty_related) == (
        DisciplineForm.REPRIMAND,
        date(2025, 6, 5),
        DutyRelated.YES,
    )
    told = "Khiển trách ngày 05/06/2025 (12-QĐ/UBKT) (liên quan công vụ)"
    secretary.qtbot.waitUntil(lambda: told in lines(secretary))


def test_what_is_missing_is_said_beside_its_field(secretary: Sitting) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.disciplines
    card.add_button.click()
    fill(secretary, arose_year="năm kia")

    card.editor.take.click()

    errors = {name: field.error for name, field in card.editor.grid.fields.items() if field.error}
    assert errors == {
        "form": "Chưa chọn hình thức kỷ luật.",
        "decided_on": "Chưa ghi ngày quyết định.",
        "arose_year": "Năm ghi bốn chữ số, ví dụ 2024.",
    }


def test_it_is_put_right_and_taken_back_with_undo(
    secretary: Sitting, secretary_ws: Workspace, people: People
) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.disciplines
    card.add_button.click()
    fill(secretary, form="warning", decided_on="05/06/2025")
    card.editor.take.click()
    secretary.settle()
    (kept,) = list_disciplines(secretary_ws, people.plain)

    card.start_correcting(kept)
    fill(secretary, remedied="yes")
    card.editor.take.click()
    secretary.settle()
    (now,) = list_disciplines(secretary_ws, people.plain)
    assert now.remedied

    card._remove(now)
    secretary.settle()
    assert list_disciplines(secretary_ws, people.plain) == ()
    undo = secretary.undos[-1]
    assert undo is not None
    undo()
    secretary.settle()
    assert len(list_disciplines(secretary_ws, people.plain)) == 1


def test_what_is_written_and_left_comes_back(secretary: Sitting, people: People) -> None:
    secretary.open("Nguyễn Văn Đạt")
    card = secretary.page.record_page.disciplines
    card.add_button.click()
    fill(secretary, content="Vắng họp nhiều kỳ")
    secretary.page.record_page.open(people.deputy)
    secretary.settle()

    secretary.page.record_page.open(people.plain)
    secretary.settle()

    assert card.is_open
    assert card.editor.grid.texts()["content"] == "Vắng họp nhiều kỳ"
