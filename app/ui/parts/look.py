"""How large and how light everything is: put to use, kept for next time, and the choice of text size."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.parts.buttons import make_button
from app.ui.parts.labels import Label
from app.ui.parts.layout import Row
from app.ui.parts.page import logical_width
from app.ui.parts.segmented import Segmented
from app.ui.preferences import Preferences
from app.ui.theme import apply_theme, theme
from app.ui.tokens import FULL_WIDTH, SCALE_WORDS, SCALES


def use_look(preferences: Preferences) -> None:
    """Dress the program as this person likes it; "system" follows the PC's light or dark."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = preferences.theme == "dark"
    if preferences.theme == "system":
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    apply_theme(app, preferences.text_scale, dark, preferences.prefers_noto)


class TextSize(QWidget):
    """Cỡ chữ: Thường, Lớn, Rất lớn; takes hold at once. Narrow windows get one button for the next size."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        row = Row(self, spacing=10)
        self._words = Label("Cỡ chữ", "cap", "ink2", wrap=False)
        row.addWidget(self._words)
        options = [(str(scale), word) for scale, word in SCALE_WORDS.items()]
        self.choice = Segmented(options, name="Cỡ chữ", chosen=str(theme.scale))
        self.choice.chosen.connect(lambda scale: self._use(float(scale)))
        row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignVCenter)
        self.step = make_button("outlined", "Cỡ chữ", "a-large-small", on_click=self._step)
        self.step.set_compact(True)
        row.addWidget(self.step)
        theme.changed.connect(self._follow)
        self.fit()

    def _use(self, scale: float) -> None:
        self._preferences.text_scale = scale
        use_look(self._preferences)

    def _step(self) -> None:
        larger = [scale for scale in SCALES if scale > theme.scale]
        self._use(larger[0] if larger else SCALES[0])

    def _follow(self) -> None:
        self.choice.set_choice(str(theme.scale))
        self.fit()

    def fit(self) -> None:
        """All words, or one button, by the window's width; also for a page that hears of it first."""
        is_wide = logical_width(self) >= FULL_WIDTH if self.window() is not self else True
        self._words.setVisible(is_wide)
        self.choice.setVisible(is_wide)
        self.step.setVisible(not is_wide)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return super().event(event)
