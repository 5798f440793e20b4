"""The look: every colour readable, every letter in the font, every icon there, in all themes and sizes."""

import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QApplication

from app.locations import resource
from app.ui.icons import icon_pixmap
from app.ui.marks import MARKS, draw_mark
from app.ui.theme import apply_theme, next_scale, px, theme
from app.ui.tokens import DARK, LIGHT, TYPE_SIZES, Tokens

TONES = ("pri", "ok", "late", "bad", "exc", "na", "gold")


def contrast(one: str, other: str) -> float:
    def light(color: str) -> float:
        parts = [channel / 255 for channel in QColor(color).getRgb()[:3]]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_is_readable_on_every_ground(tokens: Tokens) -> None:
    pairs = [(tokens.ink, ground) for ground in (tokens.paper, tokens.sheet, tokens.side, tokens.sel)]
    pairs += [(tokens.ink2, ground) for ground in (tokens.paper, tokens.sheet, tokens.sunken, tokens.side)]
    pairs += [(getattr(tokens, tone), getattr(tokens, f"{tone}_ground")) for tone in TONES]
    pairs += [(tokens.prit, tokens.pri), (tokens.ink3, tokens.sheet)]

    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert contrast(tokens.edge, tokens.sheet) >= 3
    assert contrast(tokens.edge, tokens.paper) >= 3


def test_no_text_is_smaller_than_ten_points() -> None:
    assert min(size for sizes in TYPE_SIZES.values() for size in sizes) == 10


def test_the_bundled_font_has_the_weights_and_every_letter_of_our_names(qapp: QApplication) -> None:
    letters = "ĂăÂâĐđÊêÔôƠơƯưẮắẰằẲẳẴẵẶặẤấẦầẨẩẪẫẬậỄễỆệỒồỘộỚớỢợỨứỰựỲỳỴỵỶỷỸỹŬŭŎŏĬĭČčÑñ’“”…–·²•"

    for weight in (400, 600, 700):
        raw = QRawFont.fromFont(theme.font("body", weight))
        assert QFontInfo(theme.font("body", weight)).weight() == weight
        assert [letter for letter in letters if not raw.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize(("scale", "body"), [(1.0, 11), (1.5, 16.5), (2.0, 22)])
def test_sizes_follow_the_text_scale(qapp: QApplication, scale: float, body: float) -> None:
    apply_theme(qapp, scale)

    assert theme.points("body") == body
    assert px(36) == round(36 * scale)
    assert qapp.font().pointSizeF() == body


def test_scale_steps_stop_at_the_ends() -> None:
    assert [next_scale(1.0, 1), next_scale(2.0, 1), next_scale(1.0, -1)] == [1.5, 2.0, 1.0]


def test_the_stylesheet_has_only_colours_of_the_tokens(qapp: QApplication) -> None:
    for dark, tokens in ((False, LIGHT), (True, DARK)):
        apply_theme(qapp, 1.0, dark)
        known = {getattr(tokens, name) for name in Tokens.__slots__}

        assert set(re.findall(r"#[0-9A-Fa-f]{6}", qapp.styleSheet())) <= known


ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_in_the_token_s_colour(qapp: QApplication, name: str) -> None:
    image = icon_pixmap(name, "bad", 20, 1.0).toImage()
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]

    assert solid
    assert all(abs(color.red() - QColor(LIGHT.bad).red()) < 12 for color in solid)


def test_icons_keep_their_licence() -> None:
    assert "ISC" in resource("icons", "LICENSE").read_text(encoding="utf-8")
    assert "Open Font License" in resource("fonts", "noto-sans", "LICENSE_FONT").read_text(encoding="utf-8")


def drawn(state: str) -> tuple[bytes, int]:
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    draw_mark(painter, QRectF(0, 0, 24, 24), state)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Alpha8)
    inked = sum(image.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))
    return bytes(grey.constBits()), inked


def test_every_state_has_a_shape_of_its_own_without_colour(qapp: QApplication) -> None:
    shapes = {state: drawn(state) for state in MARKS}

    assert len({shape for shape, _inked in shapes.values()}) == len(MARKS)
    assert all(inked > 0 for _shape, inked in shapes.values())


def test_every_state_but_the_future_has_a_word_and_all_are_spoken() -> None:
    assert [state for state, mark in MARKS.items() if not mark.word] == ["future"]
    assert all(mark.spoken for mark in MARKS.values())
