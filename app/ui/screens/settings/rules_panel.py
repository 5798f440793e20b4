"""Quy định: the rule sets and scoring profiles in use with their years; right what the chosen one says."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.rule_facts import RuleFact, facts_of
from app.domain.rule_file import RuleFile, RuleFileKind
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile
from app.services.rule_book import RuleSetUse
from app.services.rule_files import RuleOverview, RuleTarget, look_at_rules
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import Desk, DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, FlowLayout, clear_layout
from app.ui.parts.messages import MessageBar
from app.ui.parts.record_model import Column as TableColumn
from app.ui.parts.record_table import RecordTable
from app.ui.parts.segmented import Segmented
from app.ui.screens.settings.fact_form import FactForm
from app.ui.screens.settings.fact_rows import PARAMETERS, fact_cards
from app.ui.screens.settings.profile_view import profile_cards
from app.ui.screens.settings.rule_acts import RuleActs, TwoSides, long_words_body
from app.ui.theme import px

_SIDE_BY_SIDE = 640
_SHOWN = (("parameters", "Thông số"), ("unverified", "Chưa đối chiếu"), ("all", "Tất cả"))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of the list: a rule set over its years, or a scoring profile."""

    target: RuleTarget
    name: str
    title: str
    below: str
    year: int
    last_year: int | None
    file: RuleFile | None
    content: RuleSet | ScoringProfile

    @property
    def id(self) -> str:
        """What tells the line from the others."""
        return line_id(self.target, self.year)


def line_id(target: RuleTarget, year: int) -> str:
    """What a line is known by: the rule and the first year it is used for."""
    return f"{target.kind} {target.key} {year}"


@dataclass(frozen=True, slots=True)
class _Found:
    overview: RuleOverview
    lines: tuple[RuleLine, ...]


def _read_rules(ws: Workspace) -> _Found:
    overview = look_at_rules(ws)
    uses = overview.book.sets_in_use(overview.this_year)
    year = overview.this_year
    profiles = (_profile_line(overview, profile, year) for profile in overview.book.profiles(year))
    return _Found(overview, (*(_set_line(use) for use in uses), *profiles))


def _set_line(use: RuleSetUse) -> RuleLine:
    below = ", ".join(source.number for source in use.rule_set.sources[:2])
    if use.file is not None:
        below = f"Tệp của chi bộ · {below}"
    target = RuleTarget(RuleFileKind.RULE_SET, use.rule_set.key)
    return RuleLine(
        target, use.rule_set.key, use.years_text, below, use.first_year, use.last_year, use.file, use.rule_set
    )


def _profile_line(overview: RuleOverview, profile: ScoringProfile, year: int) -> RuleLine:
    kept = overview.book.file_in_use(RuleFileKind.SCORING, profile.id, year)
    below = f"Tệp của chi bộ · {profile.title}" if kept else profile.title
    target = RuleTarget(RuleFileKind.SCORING, profile.id)
    title = f"Bảng điểm: {profile.subject_kind.short}"
    return RuleLine(target, profile.id, title, below, year, None, kept.file if kept else None, profile)


_COLUMNS: tuple[TableColumn[RuleLine], ...] = (
    TableColumn("Bộ", lambda line: line.name, width=84, bold=True),
    TableColumn("Áp dụng", lambda line: line.title, width=130, stretch=1, below=lambda line: line.below),
)


class RulesPanel(DeskPage):
    """``load_requested``: look at the file chosen."""

    topics = frozenset({Topic.RULES, Topic.BOOK})
    load_requested = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: _Found | None = None
        self._line: RuleLine | None = None
        self._wanted = ""  # the line to show when the list has been read again
        self._sides = TwoSides(self, wide_from=_SIDE_BY_SIDE)
        Column(self, spacing=0).addWidget(self._sides.body)
        self.message = MessageBar()
        self.acts = RuleActs(self, self.message)
        self._sides.row.addLayout(self._left(), 3)
        self._sides.row.addWidget(self._right(), 6)

    def _left(self) -> Column:
        left = Column(spacing=10)
        self.table: RecordTable[RuleLine] = RecordTable(
            _COLUMNS, lambda line: line.id, name="Quy định đang dùng", row_height=52
        )
        self.table.setMinimumHeight(px(150))
        self.table.current_changed.connect(self._show_line)
        left.addWidget(self.table, 1)
        self.load_button = make_button("outlined", "Nạp quy định từ tệp…", "file-input", "Ctrl+N", self._load)
        self.pack_button = make_button(
            "outlined", "Lập gói cho chi bộ khác…", "file-down", on_click=self._pack
        )
        for button in (self.load_button, self.pack_button):
            left.addWidget(button)
            button.setVisible(not self.desk.ws.read_only)
        left.addWidget(Label("Năm đã khóa giữ nguyên bộ quy định của năm đó.", "cap", "ink2"))
        return left

    def _right(self) -> QWidget:
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(px(240))
        self._reading = long_words_body(10)
        self._reading.body.addWidget(self.message)
        self._head = Label("", "h2")
        self._facts = Label("", "body", "ink2")
        self._reading.body.addWidget(self._head)
        self._reading.body.addWidget(self._facts)
        acts = FlowLayout(spacing=8)
        self.save_button = make_button("outlined", "Lưu ra tệp", "file-output", on_click=self._save_out)
        self.stop_button = make_button("outlined", "Thôi dùng tệp này", "undo-2", on_click=self._stop)
        for button in (self.save_button, self.stop_button):
            acts.addWidget(button)
        self._reading.body.addLayout(acts)
        self.shown = Segmented(_SHOWN, name="Xem", chosen="parameters")
        self.shown.chosen.connect(lambda _key: self._show_content())
        self._reading.body.addWidget(self.shown)
        self._cards = Column(spacing=10)
        self._reading.body.addLayout(self._cards)
        self._stack.addWidget(self._reading)
        editing = long_words_body(10)
        self.form = FactForm(self)
        self.form.closed.connect(self._close_form)
        self.form.saved.connect(self._look_from)
        editing.body.addWidget(self.form)
        self._stack.addWidget(editing)
        return self._stack

    # What it shows

    def reload(self) -> None:
        self.read(partial(_read_rules, self.desk.ws), self._show)

    def _show(self, found: _Found) -> None:
        self._found = found
        self._tell_broken(found.overview)
        wanted = self._wanted or (self._line.id if self._line else "")
        self._wanted = ""
        self.table.set_records(found.lines)
        known = {line.id for line in found.lines}
        self.table.choose(wanted if wanted in known else found.lines[0].id)
        self._show_line(self.table.current_record())

    def _tell_broken(self, overview: RuleOverview) -> None:
        """A kept file this version does not take stays out of use until it is replaced or dropped."""
        if not overview.broken:
            return
        first = overview.broken[0]
        words = f"Tệp đã nạp “{first.file.title}” không dùng được ở bản chương trình này. {first.reason}"
        self.message.show_message("error", words, "Thôi dùng tệp này", partial(self.acts.stop, first.file))

    def _show_line(self, line: RuleLine | None) -> None:
        if line is None:
            return
        if line != self._line:
            self._stack.setCurrentIndex(0)
            if self._found is not None and not self._found.overview.broken:
                self.message.close_message()
        self._line = line
        is_set = line.target.kind is RuleFileKind.RULE_SET
        self.save_button.set_words(f"Lưu {'bộ' if is_set else 'bảng điểm'} {line.name} ra tệp")
        self.stop_button.setVisible(line.file is not None and not self.desk.ws.read_only)
        self._head.setText(line.content.title)
        self._show_content()

    def _show_content(self) -> None:
        line = self._line
        if line is None:
            return
        clear_layout(self._cards)
        content = line.content
        self.shown.setVisible(isinstance(content, RuleSet))
        if isinstance(content, ScoringProfile):
            self._facts.setText(_profile_facts(content, line.file))
            widgets = profile_cards(content)
        else:
            widgets = self._set_cards(line, content)
        for widget in widgets:
            self._cards.addWidget(widget)

    def _set_cards(self, line: RuleLine, rule_set: RuleSet) -> list[QWidget]:
        facts = facts_of(rule_set)
        unverified = [fact for fact in facts if not fact.verified]
        self.shown.set_counts({"unverified": len(unverified)})
        can_edit = bool(self._years()) and not self.desk.ws.read_only
        self._facts.setText(_set_facts(line, len(unverified), can_edit=can_edit))
        chosen = {
            "parameters": [fact for fact in facts if fact.group in PARAMETERS],
            "unverified": unverified,
        }.get(self.shown.choice(), list(facts))
        return fact_cards(chosen, self._edit if can_edit else None)

    def _years(self) -> range:
        """The years a correction of the chosen set could begin in."""
        line, found = self._line, self._found
        if line is None or found is None:
            return range(0)
        first = max(found.overview.first_open, line.year)
        last = found.overview.this_year + 1 if line.last_year is None else line.last_year
        return range(first, max(last, first if line.last_year is None else last) + 1)

    # What the person does

    def _edit(self, fact: RuleFact) -> None:
        line, found = self._line, self._found
        years = self._years()
        if line is None or found is None or not years:
            return
        chosen = min(max(found.overview.this_year, years[0]), years[-1])
        self.form.show_fact(line.target.key, fact, years, chosen)
        self._stack.setCurrentIndex(1)

    def _look_from(self, year: int) -> None:
        """What was corrected is shown as it is from its year on."""
        if self._line is not None:
            self._wanted = line_id(self._line.target, max(year, self._line.year))

    def _close_form(self) -> None:
        self._stack.setCurrentIndex(0)
        self.shown.setFocus()

    def flush(self) -> None:
        """What is typed is in the book before the page goes."""
        self.form.flush()

    def go_back(self) -> bool:
        """Esc closes the form; what was typed in it is kept."""
        if self._stack.currentIndex() == 0:
            return False
        self._close_form()
        return True

    def _load(self) -> None:
        if path := self.acts.choose("Nạp quy định từ tệp"):
            self.load_requested.emit(path, "")

    def _save_out(self) -> None:
        if self._line is not None:
            self.acts.save_out(self._line.target, self._line.year)

    def _stop(self) -> None:
        if self._line is not None and self._line.file is not None:
            self.acts.stop(self._line.file)

    def _pack(self) -> None:
        """The office's own files; while it has none, what is looked at."""
        line, found = self._line, self._found
        if line is None or found is None:
            return
        own = [RuleTarget(file.kind, file.key) for file in found.overview.files]
        year = max((found.overview.this_year, *(file.from_year for file in found.overview.files)))
        targets = tuple(dict.fromkeys(own)) or (line.target,)
        self.acts.hand_out(targets, year if own else line.year)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.fit()


def _set_facts(line: RuleLine, unverified: int, *, can_edit: bool) -> str:
    parts = [line.title]
    if line.file is not None:
        parts.append(f"tệp {line.file.origin} của chi bộ, từ năm {line.file.from_year}")
    parts.append(f"còn {unverified} chỗ chưa đối chiếu bản gốc" if unverified else "đã đối chiếu hết")
    words = " · ".join(parts)
    if not can_edit:
        words += ". Các năm này đã qua hoặc đã khóa nên giữ nguyên, không sửa."
    elif unverified:
        words += ". Chỗ chưa đối chiếu vẫn dùng được; có văn bản trong tay thì bấm Sửa tại chỗ đó."
    return words


def _profile_facts(profile: ScoringProfile, file: RuleFile | None) -> str:
    where = f"tệp {file.origin} của chi bộ, từ năm {file.from_year}" if file else "kèm theo chương trình"
    return " · ".join(
        part for part in (profile.subject_kind.label, profile.source, where, profile.note) if part
    )
