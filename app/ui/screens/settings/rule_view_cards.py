"""What a file of rules says, as cards: what it is, what it changes, what is wrong, the parts of a package."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.content_set import ContentSet
from app.domain.dates import format_date
from app.domain.rule_changes import RuleChange
from app.domain.rule_facts import facts_of
from app.domain.rule_file import RuleFile
from app.domain.rule_set import RuleSet
from app.domain.scoring import ScoringProfile
from app.services.rule_looking import RuleFileView, RuleLook
from app.ui.parts.chips import Chip, ChipSpec
from app.ui.parts.labels import IconLabel, Label
from app.ui.parts.layout import Card, Column, FlowLayout, Grid, Row, rule
from app.ui.screens.settings.fact_rows import PARAMETERS, fact_cards
from app.ui.screens.settings.profile_view import profile_cards

_MOST = 60
_NEW = ChipSpec("Mới", "pri", "plus")
_CHANGED = ChipSpec("Thay đổi", "late", "pencil")
_SAME = ChipSpec("Như bản đang dùng", "na", "equal")
_KNOWN = ChipSpec("Đã có trong sổ", "na", "check")
_WRONG = ChipSpec("Cần sửa", "bad", "circle-alert")


def problem_card(problems: Sequence[str]) -> QWidget:
    """Why the file cannot be used, each with its line."""
    card = Card(spacing=10)
    card.body.addWidget(Label("Tệp này chưa dùng được", "h3"))
    for problem in problems:
        card.body.addWidget(_line("circle-alert", "bad", problem))
    return card


def facts_card(view: RuleFileView) -> QWidget:
    """What the file is, where it comes from, for which years."""
    card = Card(spacing=8)
    card.body.addWidget(Label(f"{view.kind.label} {view.key}", "cap", "ink2"))
    card.body.addWidget(Label(view.title, "h3"))
    chips = FlowLayout(spacing=8)
    chips.addWidget(Chip(_chip(view)))
    if view.unverified:
        chips.addWidget(
            Chip(ChipSpec(f"{view.unverified} chỗ chưa đối chiếu bản gốc", "late", "triangle-alert"))
        )
    card.body.addLayout(chips)
    if view.source:
        card.body.addWidget(Label(f"Căn cứ: {view.source}"))
    if view.years_text:
        card.body.addWidget(Label(f"Dùng cho {view.years_text}."))
    for file in view.kept:
        card.body.addWidget(Label(_kept_words(file), "cap", "ink2"))
    for warning in view.warnings:
        card.body.addWidget(_line("triangle-alert", "late", warning))
    return card


def change_card(view: RuleFileView) -> QWidget:
    """What the file says otherwise than what is used now."""
    card = Card(spacing=8)
    if view.is_new:
        card.body.addWidget(Label("Chưa có bản nào cùng mã đang dùng: đây là bản mới."))
    elif not view.changes:
        card.body.addWidget(Label("Nội dung giống hệt bản đang dùng, chỉ có thể khác lời giải thích."))
    else:
        card.body.addWidget(Label(f"Khác bản đang dùng ở {len(view.changes)} chỗ", "h3"))
        card.body.addLayout(_changes(view.changes[:_MOST]))
        if len(view.changes) > _MOST:
            card.body.addWidget(Label(f"… và {len(view.changes) - _MOST} chỗ nữa.", "body", "ink2"))
    return card


def content_cards(view: RuleFileView) -> list[QWidget]:
    """What a new file says: the parameters, the items with their points, the contents."""
    content = view.content
    if not view.is_new or content is None:
        return []
    if isinstance(content, RuleSet):
        return fact_cards([fact for fact in facts_of(content) if fact.group in PARAMETERS], None)
    if isinstance(content, ScoringProfile):
        return profile_cards(content)
    if isinstance(content, ContentSet):
        card = Card(spacing=8)
        for number, item in enumerate(content.items, start=1):
            card.body.addWidget(Label(f"{number}. {item.label}"))
        return [card]
    return []


def fields_card(view: RuleFileView) -> QWidget:
    """The named fields a Word template uses; while something is wrong, those it may use."""
    card = Card(spacing=8)
    title = "Các trường mẫu này có thể dùng" if view.problems else f"Mẫu điền {len(view.fields)} trường"
    card.body.addWidget(Label(title, "h3"))
    grid = Grid(spacing=(14, 6))
    for row, field in enumerate(view.fields):
        grid.addWidget(Label(field.name, "cap", weight=600), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(field.meaning, "cap"), row, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    card.body.addLayout(grid)
    return card


def bundle_card(look: RuleLook) -> QWidget:
    """The parts of a package, each with how it stands."""
    card = Card(spacing=0, margins=(0, 0, 0, 0))
    made = f"Gói do {look.made_by} lập" + (f" ngày {format_date(look.made_on)}" if look.made_on else "")
    head = Column(spacing=2, margins=(18, 14, 18, 12))
    head.addWidget(Label(made, "h3"))
    head.addWidget(Label("Tệp nào cần sửa thì để lại, các tệp khác vẫn nạp được.", "cap", "ink2"))
    card.body.addLayout(head)
    for view in look.files:
        card.body.addWidget(rule())
        card.body.addWidget(_part(view))
    return card


def _part(view: RuleFileView) -> QWidget:
    line = QWidget()
    row = Row(line, spacing=14, margins=(18, 9, 18, 9))
    words = Column(spacing=2)
    words.addWidget(Label(view.title or view.origin, weight=600))
    words.addWidget(
        Label(" · ".join(part for part in (f"{view.kind.label} {view.key}", view.source) if part), "cap")
    )
    if view.changes:
        words.addWidget(Label(f"Khác bản đang dùng ở {len(view.changes)} chỗ", "cap", "ink2"))
    for problem in view.problems:
        words.addWidget(Label(problem, "cap", "bad"))
    row.addLayout(words, 1)
    row.addWidget(Chip(_chip(view)), 0, Qt.AlignmentFlag.AlignTop)
    return line


def _chip(view: RuleFileView) -> ChipSpec:
    if view.problems:
        return _WRONG
    if view.known_in(view.proposed_year):
        return _KNOWN
    if view.is_new:
        return _NEW
    return _CHANGED if view.changes else _SAME


def _changes(changes: Sequence[RuleChange]) -> Grid:
    grid = Grid(spacing=(14, 8))
    for column, words in enumerate(("Chỗ", "Đang dùng", "Tệp mới")):
        grid.addWidget(Label(words, "cap", "ink2", weight=600), 0, column)
        grid.setColumnStretch(column, 3)
    for row, change in enumerate(changes, start=1):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(change.place, "cap"), row, 0, top)
        grid.addWidget(Label(change.old or "chưa có", "cap", "" if change.old else "ink3"), row, 1, top)
        grid.addWidget(Label(change.new or "bỏ đi", "cap", "", weight=600), row, 2, top)
    return grid


def _kept_words(file: RuleFile) -> str:
    day = format_date(file.added_on)
    return f"Trong sổ đã có bản dùng từ năm {file.from_year}: {file.origin}, nạp ngày {day}."


def _line(icon: str, tone: str, words: str) -> QWidget:
    line = QWidget()
    row = Row(line, spacing=10)
    row.addWidget(IconLabel(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words), 1)
    return line
