"""What is left to do about a book's keys, said above the page once for each opening."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.desk import Desk
from app.ui.shell import Shell

if TYPE_CHECKING:
    from app.services.key_reminders import KeyReminder


class KeyReminding:
    """Says it to who may do something about it, with the way to it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._is_said = False

    def begin(self) -> None:
        """A book was opened."""
        self._is_said = False

    def remind(self, desk: Desk) -> None:
        """Somebody sat down; the first who may manage the keys is told."""
        if not self._is_said:
            from app.services.key_reminders import key_reminder  # not needed before the first page stands

            work = partial(key_reminder, desk.ws)
            self._shell.background.read(desk, work, partial(self._say, desk), key="keys")

    def _say(self, desk: Desk, reminder: "KeyReminder | None") -> None:
        from app.services.key_reminders import KeyTask

        message = self._shell.message
        if reminder is None or message.text:
            return
        self._is_said = True
        if reminder.task is KeyTask.PRINT_SHEET:
            action, act = "Lập phiếu", partial(desk.go_to, "settings", panel="keys")
        elif reminder.task is KeyTask.MOVE_ORIGINAL:
            action, act = "Chuyển đi…", partial(self._move_original, desk)
        else:
            action, act = "Xóa tệp chưa khóa", partial(self._destroy_original, desk)
        message.show_message("warning", reminder.sentence, action, act)

    def _destroy_original(self, desk: Desk) -> None:
        from app.services.book_conversion import DESTROYING_SAYS, settle_original

        if desk.dialogs.ask(
            "Xóa hẳn tệp chưa khóa?",
            DESTROYING_SAYS,
            act_label="Xóa hẳn",
            keep_label="Để sau",
            dangerous=True,
        ):
            self._settle(desk, partial(settle_original, desk.ws.folder), "Đã xóa tệp chưa khóa.")

    def _move_original(self, desk: Desk) -> None:
        from app.services.book_conversion import settle_original

        title = "Chuyển tệp chưa khóa vào thư mục nào"
        chosen = desk.dialogs.choose_folder(title, purpose="plain-book")
        if chosen is not None:
            work = partial(settle_original, desk.ws.folder, chosen)
            self._settle(desk, work, f"Đã chuyển tệp chưa khóa vào {chosen}.")

    def _settle(self, desk: Desk, work: Callable[[], None], words: str) -> None:
        def done(_none: None) -> None:
            self._shell.message.close_message()
            desk.say_done(words)

        self._shell.background.write(desk, work, changes=set(), on_done=done)
