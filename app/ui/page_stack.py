"""The pages of a desk: made when first shown, kept after, with pages laid over them that come and go."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the sidebar: how it is called and how it is made when first shown."""

    key: str
    label: str
    short: str
    icon: str
    factory: Callable[[], QWidget]
    is_below: bool = False


class PageStack(QStackedWidget):
    """Pages by key, and over them pages without one (``push``)."""

    def __init__(self) -> None:
        super().__init__()
        self.specs: dict[str, PageSpec] = {}
        self.current_key = ""
        self._pages: dict[str, QWidget] = {}
        self._pushed: list[QWidget] = []

    def set_specs(self, specs: tuple[PageSpec, ...]) -> None:
        """These pages can be shown; those shown before are gone."""
        self.clear()
        self.specs = {spec.key: spec for spec in specs}

    def clear(self) -> None:
        """Drop every page."""
        for page in (*self._pushed, *self._pages.values()):
            self._drop(page)
        self.specs, self._pages, self._pushed, self.current_key = {}, {}, [], ""

    def page(self, key: str) -> QWidget | None:
        """A page that has been shown already."""
        return self._pages.get(key)

    def show_key(self, key: str) -> QWidget:
        """Show the page of a key, made now if it was not; what was laid over goes."""
        for pushed in self._pushed:
            self._drop(pushed)
        self._pushed = []
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self.specs[key].factory()
            self.addWidget(page)
        self.current_key = key
        self.setCurrentWidget(page)
        return page

    def push(self, page: QWidget) -> None:
        """Lay a page over the one shown."""
        self._pushed.append(page)
        self.addWidget(page)
        self.setCurrentWidget(page)
        focus_first(page)

    def pop(self) -> None:
        """Take the uppermost page away; the one under it comes back as it was."""
        below = self._pushed[-2] if len(self._pushed) > 1 else self._pages.get(self.current_key)
        if self._pushed and below is not None:
            self._drop(self._pushed.pop())
            self.setCurrentWidget(below)
            focus_first(below)

    def _drop(self, page: QWidget) -> None:
        self.removeWidget(page)
        page.hide()
        page.deleteLater()


def focus_first(page: QWidget) -> None:
    """Put the cursor where the page wants it: its ``first_focus()``, else its first control."""
    first = getattr(page, "first_focus", None)
    target = first() if callable(first) else None
    if isinstance(target, QWidget):
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    link = page.nextInFocusChain()
    while link is not None and link is not page:
        takes_tab = (link.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
        if takes_tab and page.isAncestorOf(link) and link.isEnabled() and not link.isHidden():
            link.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        link = link.nextInFocusChain()
