"""How everything looks now: tokens, fonts and sizes at the chosen text scale, one stylesheet on Fusion."""

import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from app.locations import resource
from app.ui.stylesheet import build_stylesheet
from app.ui.tokens import DARK, LIGHT, SCALES, TYPE_SIZES, TYPE_WEIGHTS, Tokens

_FONT_FILES = (
    "NotoSans_400Regular.ttf",
    "NotoSans_400Regular_Italic.ttf",
    "NotoSans_600SemiBold.ttf",
    "NotoSans_700Bold.ttf",
)


class Theme(QObject):
    """The look in force. Hand-painted parts read it; ``changed`` tells them to measure again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT
        self.scale = 1.0
        self.dark = False
        self.families = ["Noto Sans"]
        self._fonts: dict[tuple[str, int], QFont] = {}
        self._metrics: dict[tuple[str, int], QFontMetrics] = {}

    def use(self, scale: float, dark: bool, families: list[str]) -> None:
        """Take another scale, colours or font family; nothing is drawn yet."""
        self.scale = scale
        self.dark = dark
        self.tokens = DARK if dark else LIGHT
        self.families = families
        self._fonts.clear()
        self._metrics.clear()

    def px(self, size: float) -> int:
        """Pixels for a size given at 100 %."""
        return round(size * self.scale)

    def points(self, role: str) -> float:
        """The size in points of a font role at the present scale."""
        return TYPE_SIZES[role][SCALES.index(self.scale)]

    def font(self, role: str = "body", weight: int | None = None) -> QFont:
        """The font of a role: disp, h1, h2, h3, lead, body, cap."""
        key = (role, weight or TYPE_WEIGHTS[role])
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(self.families)
            font.setPointSizeF(self.points(role))
            font.setWeight(QFont.Weight(key[1]))
            self._fonts[key] = font
        return self._fonts[key]

    def metrics(self, role: str = "body", weight: int | None = None) -> QFontMetrics:
        """Measures of a role's font, kept because asking Qt each time is slow."""
        key = (role, weight or TYPE_WEIGHTS[role])
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(self.font(role, weight))
        return self._metrics[key]

    def color(self, token: str) -> QColor:
        """A token's colour, by its name in ``Tokens``."""
        return QColor(getattr(self.tokens, token))


theme = Theme()


def px(size: float) -> int:
    """Pixels for a size given at 100 %, at the present text scale."""
    return theme.px(size)


@cache
def _load_bundled() -> None:
    """Once a run; asking Qt whether they are there already would list every font of the PC first."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", "noto-sans", name)))


def load_fonts(prefer_noto: bool = False) -> list[str]:
    """Make the bundled Noto Sans usable and return the families to use, the first one preferred."""
    _load_bundled()
    on_windows = sys.platform == "win32"
    return ["Segoe UI", "Noto Sans"] if on_windows and not prefer_noto else ["Noto Sans"]


def apply_theme(app: QApplication, scale: float = 1.0, dark: bool = False, prefer_noto: bool = False) -> None:
    """Dress the whole program: palette, font and the one stylesheet on Fusion; then tell every part."""
    theme.use(scale if scale in SCALES else 1.0, dark, load_fonts(prefer_noto))
    app.setPalette(_palette(theme.color))
    app.setFont(theme.font("body"))
    app.setStyleSheet(build_stylesheet(theme.tokens, theme.points, theme.px))
    theme.changed.emit()


def next_scale(scale: float, step: int) -> float:
    """The text scale one step larger (1) or smaller (-1); stays at the ends."""
    index = SCALES.index(scale) + step
    return SCALES[max(0, min(index, len(SCALES) - 1))]


def _palette(color: Callable[[str], QColor]) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, token in (
        (roles.Window, "paper"),
        (roles.WindowText, "ink"),
        (roles.Base, "sheet"),
        (roles.AlternateBase, "sunken"),
        (roles.Text, "ink"),
        (roles.Button, "sheet"),
        (roles.ButtonText, "ink"),
        (roles.ToolTipBase, "sheet"),
        (roles.ToolTipText, "ink"),
        (roles.Highlight, "pri"),
        (roles.HighlightedText, "prit"),
        (roles.PlaceholderText, "ink3"),
        (roles.Link, "pri"),
        (roles.Light, "sheet"),
        (roles.Midlight, "line"),
        (roles.Mid, "line"),
        (roles.Dark, "edge"),
        (roles.Accent, "pri"),
    ):
        palette.setColor(role, color(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("ink3"))
    return palette
