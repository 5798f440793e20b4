"""The recovery code typed from paper: never rewritten, each group judged when it is whole."""

import secrets

from pytestqt.qtbot import QtBot

from app.domain.recovery_code import new_recovery_code
from app.ui.keys.code_groups import CodeField
from tests.ui.typing_keys import type_text

CODE = new_recovery_code(secrets.randbelow)


def shown(qtbot: QtBot, typed: str = "") -> CodeField:
    field = CodeField()
    qtbot.addWidget(field)
    field.show()
    type_text(field.line, typed)
    return field


def spoken(field: CodeField) -> list[str]:
    return [group.accessibleName() for group in field.groups.groups]


def test_what_is_typed_stays_and_is_read_below(qtbot: QtBot) -> None:
    typed = CODE.lower().replace("-", " ")[:14]
    field = shown(qtbot, typed)

    assert field.typing.text() == typed
    assert spoken(field)[0] == f"Nhóm 1: {' '.join(CODE[:5])}, đúng"
    assert not spoken(field)[2].endswith("đúng")


def test_wrong_group_is_marked_and_named(qtbot: QtBot) -> None:
    wrong = "2" if CODE[7] != "2" else "3"
    field = shown(qtbot, CODE[:7] + wrong + CODE[8:])

    assert spoken(field)[1].endswith("chưa đúng")
    assert field.problem() == "Nhóm 2 chưa đúng. Xin so lại từng chữ với phiếu."


def test_missing_groups_are_named(qtbot: QtBot) -> None:
    assert shown(qtbot, CODE[:23]).problem() == "Còn thiếu nhóm 5, 6."


def test_too_much_is_said(qtbot: QtBot) -> None:
    assert "thừa" in shown(qtbot, CODE + "-ABCDE").problem()


def test_whole_code_has_no_problem(qtbot: QtBot) -> None:
    field = shown(qtbot, CODE.replace("-", ""))

    assert field.problem() == ""
    assert field.typed().code == CODE
    assert all(words.endswith(", đúng") for words in spoken(field))
