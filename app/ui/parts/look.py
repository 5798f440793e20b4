"""How large and how light everything is: put to use, kept for next time, and the choice of text size."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.parts.labels import Label
from app.ui.parts.layout import Row
from app.ui.parts.segmented import Segmented
from app.ui.preferences import Preferences
from app.ui.theme import apply_theme, theme
from app.ui.tokens import SCALE_WORDS


def use_look(preferences: Preferences) -> None:
    """Dress the program as this person likes it; "system" follows the PC's light or dark."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = preferences.theme == "dark"
    if preferences.theme == "system":
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    apply_theme(app, preferences.text_scale, dark, preferences.prefers_noto)


class TextSize(QWidget):
    """Cỡ chữ: Thường, Lớn, Rất lớn; takes hold at once."""

    def __init__(self, preferences: Preferences, *, has_label: bool = True) -> None:
        super().__init__()
        self._preferences = preferences
        row = Row(self, spacing=10)
        if has_label:
            row.addWidget(Label("Cỡ chữ", "cap", "ink2", wrap=False))
        options = [(str(scale), word) for scale, word in SCALE_WORDS.items()]
        self.choice = Segmented(options, name="Cỡ chữ", chosen=str(theme.scale))
        self.choice.chosen.connect(self._use)
        row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._follow)

    def _use(self, scale: str) -> None:
        self._preferences.text_scale = float(scale)
        use_look(self._preferences)

    def _follow(self) -> None:
        self.choice.set_choice(str(theme.scale))
