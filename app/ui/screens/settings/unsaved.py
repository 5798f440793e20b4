"""What is typed in the settings and not saved yet, by the record it is of; the page's draft keeps it."""

from functools import partial

from app.services.drafts import StoredDraft, find_draft
from app.ui.desk import DeskPage
from app.ui.draft_keeper import DraftKeeper

_RECORD = "all"
Values = dict[str, str]


class Unsaved:
    """The unsaved fields of one form, by the record they are of ("" for a new one)."""

    def __init__(self, page: DeskPage, form: str) -> None:
        self._values: dict[str, Values] = {}
        self._keeper = DraftKeeper(page, form, lambda: self._values or None)
        self._keeper.begin(_RECORD)
        page.read(partial(find_draft, page.desk.ws, form, _RECORD), self._take, key=f"draft {form}")

    def _take(self, stored: StoredDraft | None) -> None:
        if stored is not None:
            self._values = {**stored.payload, **self._values}

    def of(self, key: str) -> Values | None:
        """What was typed for this record and never saved."""
        return self._values.get(key)

    def keep(self, key: str, values: Values) -> None:
        """Something was typed."""
        self._values[key] = values
        self._keeper.touch()

    def forget(self, key: str) -> None:
        """It is saved for good, or given up."""
        if self._values.pop(key, None) is None:
            return
        if self._values:
            self._keeper.touch()
            self._keeper.flush()
        else:
            self._keeper.forget()

    def flush(self) -> None:
        """Store now what is waiting."""
        self._keeper.flush()
