"""Pages as they will be printed, one under another; only those in sight are rendered."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.services.page_pictures import PagePicture
from app.ui.parts.buttons import Button, make_button
from app.ui.parts.fields import LineField
from app.ui.parts.labels import Label
from app.ui.parts.layout import Column, Row
from app.ui.parts.segmented import Segmented
from app.ui.theme import px, theme

_KEPT = 8
_ROOMY = 480  # narrower than this at 100 %, the number alone says what it is
_POINTS_PER_INCH = 72
_A4_POINTS = (595.0, 842.0)


Render = Callable[[int, float], PagePicture]


class _Pages(QAbstractScrollArea):
    """The scrolled pages themselves."""

    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Trang xem trước")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "quote")
        self._sizes: list[tuple[float, float]] = []
        self._render: Render | None = None
        self._images: dict[tuple[int, int], QImage] = {}
        self._whole = False
        self._current = 0
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._arrange)

    def show_pages(self, sizes: list[tuple[float, float]], render: Render | None) -> None:
        self._sizes, self._render = sizes, render
        self._images.clear()
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def set_whole(self, whole: bool) -> None:
        current = self._current
        self._whole = whole
        self._images.clear()
        self._arrange()
        self.go_to(current)

    @property
    def count(self) -> int:
        return len(self._sizes)

    @property
    def current(self) -> int:
        return self._current

    def go_to(self, page: int) -> None:
        if self._sizes:
            page = max(0, min(page, len(self._sizes) - 1))
            self.verticalScrollBar().setValue(self._tops()[page] - px(12))
            self._set_current(page)

    def _scale(self, page: int) -> float:
        width, height = self._sizes[page]
        across = (self.viewport().width() - 2 * px(20)) / width
        if self._whole:
            return max(0.05, min(across, (self.viewport().height() - 2 * px(14)) / height))
        return max(0.05, min(across, px(860) / width))

    def _page_size(self, page: int) -> QSize:
        scale = self._scale(page)
        return QSize(round(self._sizes[page][0] * scale), round(self._sizes[page][1] * scale))

    def _tops(self) -> list[int]:
        tops, y = [], px(14)
        for page in range(len(self._sizes)):
            tops.append(y)
            y += self._page_size(page).height() + px(14)
        return [*tops, y]

    def _arrange(self) -> None:
        bar = self.verticalScrollBar()
        height = self._tops()[-1] if self._sizes else 0
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(px(48))
        self.viewport().update()

    def _scrolled(self) -> None:
        if self._sizes:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 3
            tops = self._tops()
            self._set_current(
                max(page for page in range(len(self._sizes)) if page == 0 or tops[page] <= middle)
            )
        else:
            self._set_current(0)
        self.viewport().update()

    def _set_current(self, page: int) -> None:
        self._current = page
        self.page_changed.emit(page)

    def _image(self, page: int, size: QSize) -> QImage | None:
        if self._render is None:
            return None
        ratio = self.devicePixelRatioF()
        key = (page, round(size.width() * ratio))
        if key not in self._images:
            dpi = size.width() * ratio / self._sizes[page][0] * _POINTS_PER_INCH
            rendered = self._render(page, dpi)
            image = QImage(
                rendered.pixels, rendered.width, rendered.height, rendered.stride, QImage.Format.Format_RGB32
            )
            while len(self._images) >= _KEPT:
                self._images.pop(next(iter(self._images)))
            # The copy owns its pixels; the bytes it was made from may go.
            self._images[key] = image.copy()
        return self._images[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self.verticalScrollBar().value()
        for page, top in enumerate(self._tops()[:-1]):
            size = self._page_size(page)
            box = QRect(QPoint((self.viewport().width() - size.width()) // 2, top - offset), size)
            if not box.intersects(self.viewport().rect()):
                continue
            image = self._image(page, size)
            # Paper stays white in the dark theme too.
            painter.fillRect(box, Qt.GlobalColor.white)
            if image is not None:
                painter.drawImage(box, image)
            painter.setPen(theme.color("line"))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        current = self._current
        self._arrange()
        self.go_to(current)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        step = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Space: bar.pageStep(),
        }.get(Qt.Key(event.key()), 0)
        if step:
            bar.setValue(bar.value() + step)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and not event.modifiers():
            self.go_to(self._current + (1 if event.key() == Qt.Key.Key_PageDown else -1))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.count - 1)
        else:
            super().keyPressEvent(event)


class PdfPreview(QWidget):
    """Shows pages given by ``render(page, dpi)``; PgUp/PgDn turn pages, the width or the whole page fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column = Column(self, spacing=10)
        self.pages = _Pages()
        self.tools = Row(spacing=8)
        self.previous: Button = make_button("outlined", "Trang trước", "chevron-left", on_click=self._back)
        self.next: Button = make_button("outlined", "Trang sau", "chevron-right", on_click=self._on)
        for button in (self.previous, self.next):
            button.set_compact(True)
        self.number = LineField()
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName("Tới trang")
        self.number.returnPressed.connect(self._jump)
        self.number.editingFinished.connect(self._show_place)
        self.before = Label("Trang", "body", wrap=False)
        self.place = Label("", "body", wrap=False)
        self.fit = Segmented(
            (("whole", "Cả trang"), ("width", "Vừa ngang")), name="Cỡ trang xem trước", chosen="width"
        )
        self.fit.chosen.connect(lambda key: self.pages.set_whole(key == "whole"))
        self.tools.addWidget(self.previous)
        self.tools.addWidget(self.before)
        self.tools.addWidget(self.number)
        self.tools.addWidget(self.place)
        self.tools.addWidget(self.next)
        self.tools.addStretch(1)
        self.tools.addWidget(self.fit)
        column.addLayout(self.tools)
        self.pages.page_changed.connect(lambda _page: self._show_place())
        column.addWidget(self.pages, 1)
        theme.changed.connect(self._fit)
        self._fit()
        self._show_place()

    def show_pages(
        self, count: int, render: Render | None, sizes: list[tuple[float, float]] | None = None
    ) -> None:
        """Show ``count`` pages; ``sizes`` in points when they are not all upright A4."""
        self.pages.show_pages(sizes or [_A4_POINTS] * count, render)
        self._show_place()

    def clear(self) -> None:
        """Show nothing."""
        self.show_pages(0, None)

    @property
    def current_page(self) -> int:
        """The page looked at, counted from 0."""
        return self.pages.current

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self.pages.count

    def go_to(self, page: int) -> None:
        """Turn to a page, counted from 0."""
        self.pages.go_to(page)

    def _back(self) -> None:
        self.go_to(self.pages.current - 1)

    def _on(self) -> None:
        self.go_to(self.pages.current + 1)

    def _jump(self) -> None:
        written = self.number.value()
        if written.isdecimal():
            self.go_to(int(written) - 1)
        self._show_place()
        self.number.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_place()

    def _fit(self) -> None:
        self.number.setFixedWidth(px(58))

    def _show_place(self) -> None:
        count = self.pages.count
        self.number.set_value(str(self.pages.current + 1) if count else "")
        self.number.setVisible(bool(count))
        self.before.setVisible(bool(count) and self.width() >= px(_ROOMY))
        self.place.setText(f"/ {count}" if count else "Chưa có trang nào")
        self.previous.setEnabled(self.pages.current > 0)
        self.next.setEnabled(self.pages.current + 1 < count)
