"""Hiển thị: text size, light or dark, the bundled letters. Of this PC, not of the book."""

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.parts.labels import Label
from app.ui.parts.layout import Card, Column, Row, ScrollBody
from app.ui.parts.look import use_look
from app.ui.parts.segmented import Segmented
from app.ui.theme import theme
from app.ui.tokens import SCALE_WORDS

_THEMES = (("light", "Sáng"), ("dark", "Tối"), ("system", "Theo máy"))
_LETTERS = (("own", "Chữ của máy"), ("noto", "Dùng chữ Noto"))


class LookPanel(QWidget):
    """Each choice takes hold at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._preferences = desk.preferences
        body = ScrollBody()
        Column(self, spacing=0).addWidget(body)
        card = Card(spacing=14)
        body.body.addWidget(card)
        scales = [(str(scale), word) for scale, word in SCALE_WORDS.items()]
        self.text_size = Segmented(scales, name="Cỡ chữ", chosen=str(theme.scale))
        self.theme = Segmented(_THEMES, name="Nền", chosen=self._preferences.theme)
        letters = "noto" if self._preferences.prefers_noto else "own"
        self.letters = Segmented(_LETTERS, name="Kiểu chữ", chosen=letters)
        for title, words, choice in (
            ("Cỡ chữ", "Ctrl và dấu cộng, dấu trừ đổi ở mọi trang; Ctrl+0 về thường.", self.text_size),
            ("Nền", "Giấy tờ xem trước vẫn trắng như bản in.", self.theme),
            ("Kiểu chữ", "Chữ Noto đi kèm chương trình, có đủ chữ của các dân tộc.", self.letters),
        ):
            row = Row(spacing=16)
            labels = Column(spacing=1)
            labels.addWidget(Label(title, "body", weight=600))
            labels.addWidget(Label(words, "cap", "ink2"))
            row.addLayout(labels, 1)
            row.addWidget(choice)
            card.body.addLayout(row)
        self.text_size.chosen.connect(self._use_size)
        self.theme.chosen.connect(self._use_theme)
        self.letters.chosen.connect(self._use_letters)
        theme.changed.connect(self._follow)

    def _follow(self) -> None:
        self.text_size.set_choice(str(theme.scale))

    def _use_size(self, scale: str) -> None:
        self._preferences.text_scale = float(scale)
        use_look(self._preferences)

    def _use_theme(self, chosen: str) -> None:
        self._preferences.theme = chosen
        use_look(self._preferences)

    def _use_letters(self, chosen: str) -> None:
        self._preferences.prefers_noto = chosen == "noto"
        use_look(self._preferences)
