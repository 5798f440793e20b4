"""Quy định, Mẫu giấy tờ: what is used is read, corrected with its document, and replaced from a file."""

import zipfile
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.domain.rule_file import RuleFileKind
from app.domain.rule_set import CapRounding
from app.locations import resource
from app.services.rule_book import RuleBook, rule_book_in
from app.services.rule_files import (
    RuleTarget,
    keep_rule_file,
    list_rule_files,
    look_at_rule_file,
    save_bundle,
)
from app.services.workspace import Workspace
from app.ui.parts.buttons import Button
from app.ui.parts.chips import Chip
from app.ui.parts.labels import Label
from app.ui.parts.segmented import Segmented
from app.ui.screens.settings.contents_panel import ContentsPanel
from app.ui.screens.settings.forms_panel import FormsPanel
from app.ui.screens.settings.load_page import LoadPage
from app.ui.screens.settings.rules_panel import RulesPanel
from app.ui.screens.settings.settings_page import SettingsPage
from tests.ui.scripted_dialogs import ScriptedDialogs
from tests.ui.typing_keys import type_text

RULES_2025 = resource("rule_sets", "2025.toml").read_text(encoding="utf-8")
F25_2C = resource("forms", "F25_2C.toml").read_text(encoding="utf-8")


def rules_panel(page: SettingsPage, qtbot: QtBot) -> RulesPanel:
    page.show_panel("rules")
    qtbot.waitUntil(page.desk.background.idle)
    panel = page.panels["rules"]
    assert isinstance(panel, RulesPanel)
    return panel


def forms_panel(page: SettingsPage, qtbot: QtBot) -> FormsPanel:
    page.show_panel("forms")
    qtbot.waitUntil(page.desk.background.idle)
    panel = page.panels["forms"]
    assert isinstance(panel, FormsPanel)
    return panel


def loading(page: SettingsPage, qtbot: QtBot) -> LoadPage:
    qtbot.waitUntil(page.desk.background.idle)
    shown = page.stack.currentWidget()
    assert isinstance(shown, LoadPage)
    return shown


def book_of(ws: Workspace) -> RuleBook:
    with ws.read() as tx:
        return rule_book_in(tx)


def words(widget: object) -> str:
    assert hasattr(widget, "findChildren")
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed_rules(folder: Path, percent: int, name: str = "huong-dan-2026.toml") -> Path:
    return written(folder, name, RULES_2025.replace("\npercent = 20\n", f"\npercent = {percent}\n", 1))


def test_sets_are_listed_with_their_years_and_what_was_not_compared(qtbot: QtBot, page: SettingsPage) -> None:
    panel = rules_panel(page, qtbot)

    lines = panel.table.records.shown
    assert [(line.name, line.title) for line in lines[:4]] == [
        ("2025", "Năm 2025 trở đi"),
        ("2023", "Năm 2023–2024"),
        ("2019", "Năm 2019–2022"),
        ("2018", "Năm 2018"),
    ]
    assert "chỗ chưa đối chiếu bản gốc" in panel._facts.text()
    qtbot.waitUntil(lambda: "Mức tối đa" in words(panel))
    panel.shown.word_button("unverified").click()
    qtbot.waitUntil(lambda: "Khi lẻ" in words(panel))
    assert "Mức tối đa" not in words(panel)


def test_a_fact_is_corrected_with_its_document_and_can_be_taken_back(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace
) -> None:
    panel = rules_panel(page, qtbot)
    fix = next(b for b in panel.findChildren(Button) if b.accessibleName() == "Sửa: Khi lẻ")
    fix.click()
    rounding = panel.form._inputs["cap.rounding"]
    assert isinstance(rounding, Segmented)
    rounding.word_button("half_up").click()
    panel.form.save_button.click()
    qtbot.waitUntil(page.desk.background.idle)
    assert "Chưa ghi văn bản đã đối chiếu" in panel.form._source_field.error

    type_text(panel.form.source, "Công văn 12-CV/BTCTU")
    with qtbot.waitSignal(page.desk.done) as done:
        panel.form.save_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert done.args[0] == "Đã ghi “Khi lẻ”, dùng từ năm 2026."
    assert book_of(secretary_ws).rules_of(2026).cap.rounding is CapRounding.HALF_UP
    assert book_of(secretary_ws).rules_of(2025).cap.rounding is CapRounding.FLOOR
    assert [line.title for line in panel.table.records.shown[:2]] == ["Năm 2026 trở đi", "Năm 2025"]
    assert "từ năm 2026" in panel._facts.text()
    done.args[1]()
    qtbot.waitUntil(page.desk.background.idle)
    assert list_rule_files(secretary_ws) == ()


def test_a_correction_being_typed_comes_back(qtbot: QtBot, page: SettingsPage) -> None:
    panel = rules_panel(page, qtbot)
    fix = next(b for b in panel.findChildren(Button) if b.accessibleName() == "Sửa: Khi lẻ")
    fix.click()
    type_text(panel.form.source, "Công văn 12")
    assert page.go_back()
    fix.click()

    assert panel.form.source.value() == "Công văn 12"
    assert "chưa ghi vào sổ" in panel.form.message.text


def test_a_rule_set_from_a_file_is_looked_at_then_used(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    panel = rules_panel(page, qtbot)
    dialogs.answers = [changed_rules(tmp_path, 15)]
    panel.load_button.click()
    look = loading(page, qtbot)
    qtbot.waitUntil(lambda: "Khác bản đang dùng ở 1 chỗ" in words(look))
    assert list_rule_files(secretary_ws) == ()

    with qtbot.waitSignal(page.desk.done) as done:
        look.keep_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert "dùng từ năm 2026" in done.args[0]
    assert page.stack.currentWidget() is panel
    assert book_of(secretary_ws).rules_of(2026).cap.percent == 15
    with qtbot.waitSignal(page.desk.done):
        panel.table.choose(panel.table.records.shown[0].id)
        panel.stop_button.click()
    qtbot.waitUntil(page.desk.background.idle)
    assert list_rule_files(secretary_ws) == ()


def test_a_file_that_cannot_be_used_says_the_line_and_is_not_kept(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path
) -> None:
    rules_panel(page, qtbot)
    page.look_at_file(
        written(tmp_path, "sai.toml", RULES_2025.replace("points_below = 90", "points_below = 89"))
    )
    look = loading(page, qtbot)
    qtbot.waitUntil(lambda: "dòng " in words(look))

    assert "có khoảng điểm trống" in words(look)
    assert not look.keep_button.isEnabled()
    assert page.go_back()
    assert page.stack.currentWidget() is page.panels["rules"]


def test_another_version_for_the_same_year_is_asked_about(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    for percent, name in ((15, "mot.toml"), (18, "hai.toml")):
        page.look_at_file(changed_rules(tmp_path, percent, name))
        dialogs.answers = [True]
        with qtbot.waitSignal(page.desk.done):
            loading(page, qtbot).keep_button.click()
        qtbot.waitUntil(page.desk.background.idle)

    ((question, consequence),) = dialogs.asked
    assert question == "Thay tệp đã nạp?"
    assert "mot.toml" in consequence
    assert [file.origin for file in list_rule_files(secretary_ws)] == ["hai.toml"]


def test_a_dropped_file_is_looked_at(qtbot: QtBot, page: SettingsPage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(changed_rules(tmp_path, 15)))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    page.dropEvent(drop)

    assert "huong-dan-2026.toml" in loading(page, qtbot).title.text()


def test_a_form_from_a_file_shows_its_paper_before_it_is_used(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace, tmp_path: Path
) -> None:
    panel = forms_panel(page, qtbot)
    assert panel.preview.page_count > 0
    page.look_at_file(written(tmp_path, "2c.toml", F25_2C.replace("1. Hạn chế", "1. Những hạn chế", 1)))
    look = loading(page, qtbot)
    qtbot.waitUntil(lambda: look.preview.page_count > 0)
    with qtbot.waitSignal(page.desk.done):
        look.keep_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert page.stack.currentWidget() is panel
    first = panel.table.records.shown[0]
    assert first.file is not None
    assert (first.form.code, first.file.origin) == ("F25_2C", "2c.toml")
    panel.table.choose("F25_2C")
    with qtbot.waitSignal(page.desk.done):
        panel.stop_button.click()
    qtbot.waitUntil(page.desk.background.idle)
    assert list_rule_files(secretary_ws) == ()


def test_a_word_template_needs_its_form_and_a_real_word_file(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path
) -> None:
    path = tmp_path / "mau.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("khac.txt", "x")
    page.look_at_file(path)
    look = loading(page, qtbot)
    assert not look.keep_button.isEnabled()
    assert not look._form_field.isHidden()

    look.form.set_value("F25_2C")
    look.form.chosen.emit("F25_2C")
    qtbot.waitUntil(page.desk.background.idle)

    qtbot.waitUntil(lambda: "Tệp “mau.docx”" in words(look))


def test_a_word_template_is_made_from_the_fields_of_its_form_and_used(
    qtbot: QtBot,
    page: SettingsPage,
    secretary_ws: Workspace,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    panel = forms_panel(page, qtbot)
    panel.table.choose("F25_2C")
    dialogs.answers = [tmp_path / "truong.docx", tmp_path / "truong.docx"]
    with qtbot.waitSignal(page.desk.done):
        panel.fields_button.click()
    panel.word_button.click()
    look = loading(page, qtbot)
    assert look.form.value() == "F25_2C"

    with qtbot.waitSignal(page.desk.done):
        look.keep_button.click()
    qtbot.waitUntil(page.desk.background.idle)

    assert [(file.kind, file.key) for file in list_rule_files(secretary_ws)] == [
        (RuleFileKind.TEMPLATE, "F25_2C")
    ]
    panel.table.choose("F25_2C")
    with qtbot.waitSignal(page.desk.done):
        panel.stop_word_button.click()
    assert list_rule_files(secretary_ws) == ()


def test_what_is_used_is_saved_out_and_handed_to_other_cells(
    qtbot: QtBot, page: SettingsPage, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    panel = rules_panel(page, qtbot)
    dialogs.answers = [tmp_path / "2025.toml", tmp_path / "goi.goiquydinh"]
    for button in (panel.save_button, panel.pack_button):
        with qtbot.waitSignal(page.desk.done):
            button.click()

    assert (tmp_path / "2025.toml").read_text(encoding="utf-8").endswith(RULES_2025)
    page.look_at_file(tmp_path / "goi.goiquydinh")
    look = loading(page, qtbot)
    qtbot.waitUntil(lambda: "CHI BỘ THÔN ĐỒNG TIẾN" in words(look))
    assert [chip.spec.word for chip in look.findChildren(Chip)] == ["Như bản đang dùng"]


def test_a_content_set_from_a_file_can_be_chosen_from_and_dropped(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace, tmp_path: Path
) -> None:
    text = 'code = "HSON"\ntitle = "Xã Hòa Sơn"\n\n[[items]]\ncode = "HSON.1"\nlabel = "Giữ rừng"\n'
    page.look_at_file(written(tmp_path, "hson.toml", text))
    look = loading(page, qtbot)
    qtbot.waitUntil(lambda: "1. Giữ rừng" in words(look))
    with qtbot.waitSignal(page.desk.done):
        loading(page, qtbot).keep_button.click()
    qtbot.waitUntil(page.desk.background.idle)
    panel = page.panels["contents"]
    assert isinstance(panel, ContentsPanel)
    qtbot.waitUntil(lambda: any(each.code == "HSON" for each in panel.table.records.shown))
    panel.table.choose("HSON")
    qtbot.waitUntil(lambda: "Giữ rừng" in words(panel))

    with qtbot.waitSignal(page.desk.done):
        panel.stop_button.click()

    assert list_rule_files(secretary_ws) == ()


def test_a_package_keeps_all_its_files_at_once(
    qtbot: QtBot, page: SettingsPage, secretary_ws: Workspace, ws: Workspace, tmp_path: Path
) -> None:
    form = written(tmp_path, "2c.toml", F25_2C.replace("1. Hạn chế", "1. Những hạn chế", 1))
    for path in (form, changed_rules(tmp_path, 15)):
        keep_rule_file(ws, look_at_rule_file(ws, path).files[0], 2026)
    targets = [RuleTarget(file.kind, file.key) for file in list_rule_files(ws)]
    unchanged = RuleTarget(RuleFileKind.SCORING, "P5")
    page.look_at_file(save_bundle(ws, [*targets, unchanged], 2026, tmp_path / "goi"))
    look = loading(page, qtbot)
    assert look.keep_button.text() == "Dùng 2 tệp từ năm 2026"

    with qtbot.waitSignal(page.desk.done):
        look.keep_button.click()

    assert [file.key for file in list_rule_files(secretary_ws)] == ["F25_2C", "2025"]
