"""A file of rules before it is used: what it is, what it changes, what is wrong, how its paper looks."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.rule_file import RuleFileKind
from app.services.form_preview import blank_pdf
from app.services.page_pictures import PagePictures
from app.services.rule_files import (
    AlreadyKept,
    KeptNow,
    RuleOverview,
    keep_rule_files,
    look_at_rule_file,
    look_at_rules,
    take_back,
)
from app.services.rule_looking import RuleFileView, RuleLook
from app.services.workspace import Workspace
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.fields import Choice, FormField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row, clear_layout
from app.ui.parts.messages import MessageBar
from app.ui.parts.page import ActionBar
from app.ui.parts.pdf_preview import PdfPreview
from app.ui.screens.settings.rule_acts import RULE_TOPICS, TwoSides, long_words_body
from app.ui.screens.settings.rule_view_cards import (
    bundle_card,
    change_card,
    content_cards,
    facts_card,
    fields_card,
    problem_card,
)
from app.ui.theme import px

_SIDE_BY_SIDE = 720


class LoadPage(DeskPage):
    """``closed``: back to the panels; carries the kind of what was kept, "" when nothing was."""

    closed = Signal(str)
    help_topic = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path = Path()
        self._look: RuleLook | None = None
        self._overview: RuleOverview | None = None
        column = Column(self, spacing=0)
        self._sides = TwoSides(self, wide_from=_SIDE_BY_SIDE, margins=(28, 14, 24, 12))
        left = long_words_body(12)
        left.setMinimumHeight(px(240))
        head = Row(spacing=14)
        head.addWidget(make_button("outlined", "Thôi, quay lại", "arrow-left", "Esc", self._leave))
        self.title = Label("", "h2")
        head.addWidget(self.title, 1)
        left.body.addLayout(head)
        self.message = MessageBar()
        left.body.addWidget(self.message)
        self.form = Choice(placeholder="Chọn giấy tờ")
        self.form.chosen.connect(lambda code: self.look_at(self._path, code))
        self._form_field = FormField("Mẫu Word này dùng in giấy tờ nào?", self.form, required=True)
        left.body.addWidget(self._form_field)
        self._cards = Column(spacing=12)
        left.body.addLayout(self._cards)
        self._sides.row.addWidget(left, 5)
        self.preview = PdfPreview()
        self.preview.setMinimumHeight(px(240))
        self._sides.row.addWidget(self.preview, 5)
        column.addWidget(self._sides.body, 1)
        self.keep_button = make_button("filled", "Dùng tệp này", "check", "Ctrl+Enter", self._keep)
        self.bar = ActionBar(self.keep_button)
        self.year = Choice()
        self.year.chosen.connect(lambda _year: self._show_year())
        self._year_words = Label("Dùng từ năm", wrap=False)
        self.bar.left.insertWidget(0, self._year_words)
        self.bar.left.insertWidget(1, self.year)
        column.addWidget(self.bar)

    def look_at(self, path: Path, form_code: str = "") -> None:
        """Look at a chosen or dropped file; a Word template needs the form it is for."""
        if path != self._path:
            clear_layout(self._cards)
            self.preview.hide()
        self._path, self._look = path, None
        self.title.setText(f"Xem trước {path.name}")
        self.message.close_message()
        self._form_field.hide()
        self._show_year()
        work = partial(_read, self.desk.ws, path, form_code)
        self.read(work, lambda found: self._show(*found, form_code), self._unreadable, key="look")

    def _unreadable(self, error: UserError) -> None:
        self.message.show_message("error", str(error))

    # What it shows

    def _show(self, look: RuleLook, overview: RuleOverview, form_code: str) -> None:
        self._look, self._overview = look, overview
        clear_layout(self._cards)
        first = look.files[0] if look.files else None
        is_template = first is not None and first.kind is RuleFileKind.TEMPLATE and not look.is_bundle
        self._form_field.setVisible(is_template)
        if is_template:
            forms = overview.book.forms(overview.this_year)
            self.form.set_options([(form.code, form.name) for form in forms])
            self.form.set_value(form_code)
        for card in self._look_cards(look, is_chosen=bool(form_code) or not is_template):
            self._cards.addWidget(card)
        self._offer_years(look, overview)
        self._preview_blank(look)
        self._show_year()

    def _look_cards(self, look: RuleLook, *, is_chosen: bool) -> list[QWidget]:
        if look.is_bundle:
            return [bundle_card(look)]
        view = look.files[0]
        cards: list[QWidget] = []
        if view.problems and is_chosen:
            cards.append(problem_card(view.problems))
        if view.key:
            cards.append(facts_card(view))
        if view.kind is RuleFileKind.TEMPLATE and view.fields:
            cards.append(fields_card(view))
        elif view.key and not view.problems:
            cards.append(change_card(view))
            cards += content_cards(view)
        return cards

    def _offer_years(self, look: RuleLook, overview: RuleOverview) -> None:
        usable = [view for view in look.files if not view.problems]
        if not usable:
            self.year.set_options([])
            return
        first = min(view.first_year for view in usable)
        proposed = max(view.proposed_year for view in usable)
        lasts = [view.last_year for view in usable if view.last_year is not None]
        last = min([max(overview.this_year + 1, proposed), *lasts]) if len(usable) == 1 else proposed + 1
        self.year.set_options([(str(year), str(year)) for year in range(first, max(first, last) + 1)])
        self.year.set_value(str(proposed))

    def _show_year(self) -> None:
        """What keeping from the chosen year means."""
        year, look = self._chosen_year(), self._look
        usable = look.usable(year) if look is not None and year else ()
        for widget in (self.year, self._year_words):
            widget.setVisible(bool(usable))
        self.keep_button.setEnabled(bool(usable))
        many = f"{len(usable)} tệp" if look is not None and look.is_bundle else "tệp này"
        self.keep_button.set_words(f"Dùng {many} từ năm {year}" if usable else "Dùng tệp này")
        self.bar.set_note(_year_note(look, year))

    def _chosen_year(self) -> int:
        return int(self.year.value() or 0)

    def _preview_blank(self, look: RuleLook) -> None:
        view = look.files[0] if len(look.files) == 1 else None
        is_form = view is not None and view.kind is RuleFileKind.FORM and not view.problems
        self.preview.setVisible(is_form)
        if view is not None and is_form:
            work = partial(_blank, self.desk.ws, view)
            self.read(work, self._show_paper, self._unreadable, key="blank")

    def _show_paper(self, pictures: PagePictures | None) -> None:
        self.preview.setVisible(pictures is not None)
        if pictures is not None:
            self.preview.show_pages(pictures.page_count, pictures.picture, list(pictures.sizes))

    # What the person does

    def _keep(self) -> None:
        self._write(replaces=False)

    def _write(self, *, replaces: bool) -> None:
        look, year = self._look, self._chosen_year()
        if look is None:
            return
        views = look.usable(year)
        self.write(
            partial(keep_rule_files, self.desk.ws, views, year, replaces=replaces),
            changes=RULE_TOPICS,
            on_done=lambda kept: self._kept(views, kept),
            on_error=self._not_kept,
        )

    def _kept(self, views: tuple[RuleFileView, ...], kept: tuple[KeptNow, ...]) -> None:
        def undo() -> None:
            self.write(partial(take_back, self.desk.ws, kept), changes=RULE_TOPICS, on_done=lambda _n: None)

        said = views[0].title if len(views) == 1 else f"{len(views)} tệp của gói"
        self.desk.say_done(f"Đã nạp {said}, dùng từ năm {kept[0].file.from_year}.", undo)
        self.closed.emit(views[0].kind.value)

    def _not_kept(self, error: UserError) -> None:
        if isinstance(error, AlreadyKept):
            desk = self.desk
            if desk.dialogs.ask("Thay tệp đã nạp?", str(error), act_label="Thay tệp", keep_label="Giữ lại"):
                self._write(replaces=True)
            return
        self.message.show_message("error", str(error))

    def _leave(self) -> None:
        self.closed.emit("")

    def first_focus(self) -> QWidget:
        """The year, or the form a template is for."""
        return self.form if self._form_field.isVisible() else self.year

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.fit()


def _read(ws: Workspace, path: Path, form_code: str) -> tuple[RuleLook, RuleOverview]:
    return look_at_rule_file(ws, path, form_code), look_at_rules(ws)


def _blank(ws: Workspace, view: RuleFileView) -> PagePictures | None:
    pdf = blank_pdf(ws, view.key, view.proposed_year, view)
    return None if pdf is None else PagePictures(pdf)


def _year_note(look: RuleLook | None, year: int) -> str:
    if look is None or not year:
        return ""
    if not look.usable(year):
        if look.is_bundle:
            return "Gói không có gì khác bản đang dùng."
        return "" if look.files[0].problems else "Sổ đã có tệp này, không phải nạp nữa."
    counts = {later: count for view in look.files for later, count in view.touched if later >= year}
    words = "Các năm trước giữ nguyên."
    if counts:
        reviews = ", ".join(f"{count} bản kiểm điểm năm {later}" for later, count in sorted(counts.items()))
        words += f" {reviews} sẽ tính và in theo tệp mới."
    return words
