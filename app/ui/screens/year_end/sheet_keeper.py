"""Keeps what is typed on a review: as a draft within two seconds, in the book on leaving a section."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import UserError
from app.domain.review import Review, ReviewKey, ReviewState
from app.services import drafts, reviews
from app.services.drafts import StoredDraft
from app.services.workspace import Workspace
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.draft_keeper import DraftKeeper
from app.ui.screens.year_end.review_sheet import ReviewSheet
from app.ui.screens.year_end.sheet_draft import draft_payload, take_draft

_FORM = "review"
Act = Callable[[Workspace, Review], Review]


class SheetKeeper(QObject):
    """``saved`` carries the review as the book has it now, ``said`` what is kept, ``refused`` an error."""

    saved = Signal(object)
    said = Signal(str)
    refused = Signal(object)

    def __init__(self, page: DeskPage, key: ReviewKey) -> None:
        super().__init__(page)
        self._page = page
        self._ws = page.desk.ws
        self._draft_key = f"{key.subject_id}/{key.kind.value}/{key.period_text}"
        self.sheet: ReviewSheet | None = None
        self._kept: dict[str, Any] = {}
        self._draft = DraftKeeper(page, _FORM, self._typed, self.flush)
        self._draft.begin(self._draft_key)
        self._draft.kept.connect(lambda at: self.said.emit(f"Đã lưu nháp lúc {at[11:16]}."))
        self.edited = self._draft.touch

    def find_draft(self) -> StoredDraft | None:
        """What this person left on the sheet; asked off the window's thread."""
        return drafts.find_draft(self._ws, _FORM, self._draft_key)

    def take(self, sheet: ReviewSheet, draft: StoredDraft | None) -> bool:
        """Keep this sheet from now on; True when a draft brought back more than the book has."""
        self.sheet = sheet
        self._kept = draft_payload(sheet)
        if draft is None or sheet.is_locked:
            return False
        take_draft(sheet, draft.payload)
        return not self.is_clean()

    def is_clean(self) -> bool:
        """Whether nothing was typed since the last save."""
        return self.sheet is None or draft_payload(self.sheet) == self._kept

    def accept(self) -> None:
        """Take the sheet as it stands for saved."""
        if self.sheet is not None:
            self._kept = draft_payload(self.sheet)

    def keep_draft(self) -> None:
        """Store what is on the page; only its author gets it back."""
        if self._typed() is not None:
            self._draft.touch()
            self._draft.flush()

    def _typed(self) -> dict[str, Any] | None:
        sheet = self.sheet
        return None if sheet is None or sheet.is_locked or self.is_clean() else draft_payload(sheet)

    def flush(self) -> None:
        """Save what was typed. A sheet its member has handed in keeps it as a draft until handed in again."""
        sheet = self.sheet
        if sheet is None or self._typed() is None:
            self._draft.flush()
            return
        is_held_back = sheet.review.state is ReviewState.SUBMITTED and not sheet.leads
        if is_held_back or sheet.has_loose_ends:
            self.keep_draft()
        if not is_held_back:
            self.save()

    def after_kept(self, then: Callable[[], object]) -> None:
        """Save what was typed and go on; where neither book nor draft can take it the page stays."""
        is_clean = self._typed() is None
        self.flush()
        if is_clean:
            self._draft.after_kept(then)
        else:
            # Behind the saving: what the book refused is by then on its way to the draft.
            self._page.read(lambda: None, lambda _none: self._draft.after_kept(then), key="kept sheet")

    def save(self) -> None:
        """Write the sheet into the book; what cannot be taken as typed stays in the draft."""
        assert self.sheet is not None
        self._draft.settle()
        self._kept = draft_payload(self.sheet)
        keeps_draft = self.sheet.has_loose_ends
        self._write(reviews.save_review, f"Đã lưu lúc {self._ws.now()[11:16]}.", keeps_draft=keeps_draft)

    def submit(self, on_done: Callable[[], None]) -> None:
        """Hand the sheet to the cell."""
        self._draft.settle()
        self._kept = draft_payload(self.sheet) if self.sheet else {}
        self._write(reviews.submit_review, "", on_done)

    def _write(
        self, act: Act, words: str, on_done: Callable[[], None] | None = None, *, keeps_draft: bool = False
    ) -> None:
        assert self.sheet is not None
        sheet = self.sheet

        def done(saved: Review) -> None:
            sheet.saved_as(saved)
            self.said.emit(words)
            self.saved.emit(saved)
            if on_done is not None:
                on_done()

        def failed(error: UserError) -> None:
            self._kept = {}
            self.keep_draft()
            self.refused.emit(error)

        work = partial(self._save_and_drop, act, sheet.review, keeps_draft)
        self._page.write(work, changes={Topic.REVIEWS}, on_done=done, on_error=failed)

    def _save_and_drop(self, act: Act, review: Review, keeps_draft: bool) -> Review:
        saved = act(self._ws, review)
        if not keeps_draft:
            drafts.drop_draft(self._ws, _FORM, self._draft_key)
        return saved

    def drop(self, on_done: Callable[[], None]) -> None:
        """Give up what was typed and not saved."""
        self._draft.settle()
        self.sheet = None
        work = partial(drafts.drop_draft, self._ws, _FORM, self._draft_key)
        self._page.write(work, changes={Topic.DRAFTS}, on_done=lambda _none: on_done())
