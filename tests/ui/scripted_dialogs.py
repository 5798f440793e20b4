"""Dialogs that answer by themselves: answers go in, what was asked and told comes out."""

from pathlib import Path

from app.ui.dialogs import Dialogs
from app.ui.preferences import Preferences

Answer = bool | str | Path | None


class ScriptedDialogs(Dialogs):
    """Answers in the order given; a question nobody expected fails the test."""

    def __init__(self, answers: list[Answer] | None = None, preferences: Preferences | None = None) -> None:
        super().__init__(None, preferences or Preferences())
        self.answers = list(answers or [])
        self.asked: list[tuple[str, str]] = []
        self.told: list[tuple[str, str]] = []

    def _next(self, question: str, more: str) -> Answer:
        self.asked.append((question, more))
        assert self.answers, f"nobody answers: {question} {more}"
        return self.answers.pop(0)

    def ask(
        self,
        question: str,
        consequence: str,
        *,
        act_label: str,
        keep_label: str = "Thôi",
        dangerous: bool = False,
        icon: str = "",
    ) -> bool:
        return bool(self._next(question, consequence))

    def ask_text(
        self,
        question: str,
        consequence: str,
        *,
        label: str = "Lý do",
        act_label: str,
        keep_label: str = "Thôi",
        placeholder: str = "",
    ) -> str | None:
        answer = self._next(question, consequence)
        return answer if isinstance(answer, str) else None

    def tell(self, title: str, text: str, *, close_label: str = "Đã rõ") -> None:
        self.told.append((title, text))

    def choose_open_file(self, title: str, filters: str, *, purpose: str) -> Path | None:
        return self._path(title, purpose)

    def choose_folder(self, title: str, *, purpose: str) -> Path | None:
        return self._path(title, purpose)

    def choose_save_file(self, title: str, name: str, filters: str, *, purpose: str) -> Path | None:
        return self._path(title, purpose)

    def _path(self, title: str, purpose: str) -> Path | None:
        answer = self._next(title, purpose)
        return answer if isinstance(answer, Path) else None
