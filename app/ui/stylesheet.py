"""The one stylesheet, made from tokens and the text scale; parts that need more are painted by hand."""

from collections.abc import Callable

from app.ui.tokens import TYPE_WEIGHTS, Tokens


def build_stylesheet(t: Tokens, points: Callable[[str], float], px: Callable[[float], int]) -> str:
    """The stylesheet of every window for these tokens at this scale."""
    return "\n".join(
        (_texts(t, points), _grounds(t, px), _fields(t, points, px), _lists(t, points, px), _bars(t, px))
    )


def _texts(t: Tokens, points: Callable[[str], float]) -> str:
    rules = [f"* {{ font-size: {points('body')}pt; }}", f"QWidget {{ color: {t.ink}; }}"]
    for role, weight in TYPE_WEIGHTS.items():
        rules.append(f'QLabel[role="{role}"] {{ font-size: {points(role)}pt; font-weight: {weight}; }}')
    for weight in (400, 600, 700):
        rules.append(f'QLabel[weight="{weight}"] {{ font-weight: {weight}; }}')
    for tone in ("ink2", "ink3", "pri", "ok", "late", "bad", "exc", "na", "gold"):
        rules.append(f'QLabel[tone="{tone}"] {{ color: {getattr(t, tone)}; }}')
    rules.append("QLabel { background: transparent; }")
    return "\n".join(rules)


def _grounds(t: Tokens, px: Callable[[float], int]) -> str:
    tones = "\n".join(
        f'QFrame[ground="{tone}"] {{ background: {getattr(t, tone + "_ground")};'
        f" border: 1px solid {getattr(t, tone)}; border-radius: {px(6)}px; }}"
        for tone in ("pri", "ok", "late", "bad")
    )
    return f"""
QMainWindow, QDialog, QWidget[ground="paper"] {{ background: {t.paper}; }}
QWidget[ground="sheet"] {{ background: {t.sheet}; }}
QWidget[ground="side"] {{ background: {t.side}; }}
QFrame[ground="header"] {{ background: {t.sheet}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[ground="action"] {{ background: {t.sheet}; border: none; border-top: 1px solid {t.line}; }}
QFrame[ground="card"] {{ background: {t.sheet}; border: 1px solid {t.line}; border-radius: {px(6)}px; }}
QFrame[ground="drop"] {{ background: {t.sheet}; border: 2px dashed {t.edge}; border-radius: {px(8)}px; }}
QFrame[ground="quote"] {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: {px(6)}px; }}
{tones}
QFrame[rule="h"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[rule="v"] {{ background: {t.line}; border: none; max-width: 1px; min-width: 1px; }}
QToolTip {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.edge};
    padding: {px(4)}px {px(6)}px; }}
QScrollArea, QScrollArea > QWidget > QWidget[ground="none"] {{ background: transparent; border: none; }}
QSplitter::handle {{ background: transparent; }}
"""


def _fields(t: Tokens, points: Callable[[str], float], px: Callable[[float], int]) -> str:
    # A focused edge is 2 px; the padding gives the pixel back so that nothing moves.
    pad, tight = px(9), px(9) - 1
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {{
    background: {t.sheet}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {px(4)}px;
    selection-background-color: {t.pri}; selection-color: {t.prit}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ placeholder-text-color: {t.ink3}; }}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox {{ padding: 0 {pad}px; min-height: {px(36) - 2}px; }}
QPlainTextEdit {{ padding: {px(3)}px {px(6)}px; }}
QPlainTextEdit[role="lead"] {{ font-size: {points("lead")}pt; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {{
    border: 2px solid {t.pri}; padding: 0 {tight}px; min-height: {px(36) - 4}px; }}
QPlainTextEdit:focus {{ border: 2px solid {t.pri}; padding: {px(3) - 1}px {px(6) - 1}px; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QSpinBox[wrong="true"], QDoubleSpinBox[wrong="true"] {{
    border: 2px solid {t.bad}; padding: 0 {tight}px; min-height: {px(36) - 4}px; }}
QPlainTextEdit[wrong="true"] {{ border: 2px solid {t.bad}; padding: {px(3) - 1}px {px(6) - 1}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled,
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{
    background: {t.sunken}; color: {t.ink}; border-color: {t.line}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: {px(32)}px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.edge};
    selection-background-color: {t.sel}; selection-color: {t.ink}; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: {px(34)}px; padding: 0 {px(9)}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.sel}; color: {t.ink}; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: {px(20)}px; }}
"""


def _lists(t: Tokens, points: Callable[[str], float], px: Callable[[float], int]) -> str:
    return f"""
QAbstractItemView {{ background: {t.sheet}; color: {t.ink}; border: none; outline: none;
    selection-background-color: {t.sel}; selection-color: {t.ink}; }}
QTableView {{ gridline-color: {t.line}; border: 1px solid {t.line}; border-radius: {px(6)}px; }}
QHeaderView {{ background: {t.sunken}; border: none; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.ink2};
    border: none; border-bottom: 1px solid {t.line}; padding: {px(7)}px {px(9)}px;
    font-size: {points("cap")}pt; font-weight: 600; }}
QTableCornerButton::section {{ background: {t.sunken}; border: none; }}
QMenu {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.edge}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {t.sel}; color: {t.ink}; }}
QMenu::item:disabled {{ color: {t.ink3}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px; }}
QCalendarWidget QWidget {{ background: {t.sheet}; color: {t.ink}; alternate-background-color: {t.sunken}; }}
QCalendarWidget QToolButton {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.line};
    border-radius: {px(4)}px; padding: {px(4)}px {px(8)}px; min-height: {px(24)}px; }}
QCalendarWidget QToolButton:focus, QCalendarWidget QToolButton:hover {{ border: 1px solid {t.pri}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t.pri}; selection-color: {t.prit}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; background: transparent; }}
"""


def _bars(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; margin: {px(2)}px {px(3)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; margin: {px(3)}px {px(2)}px; }}
QScrollBar::handle:hover {{ background: {t.ink2}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.na_ground}; border: none; border-radius: {px(4)}px; min-height: {px(8)}px;
    max-height: {px(8)}px; }}
QProgressBar::chunk {{ background: {t.pri}; border-radius: {px(4)}px; }}
"""
