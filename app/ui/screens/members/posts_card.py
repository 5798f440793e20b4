"""The posts a member holds or held in the three spheres, each from one date to another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from app.domain.dates import format_date
from app.domain.errors import UserError, ValidationFailed
from app.domain.member import CellRole, Member, Post, Sphere
from app.services.member_overview import sorted_posts
from app.services.members import save_posts
from app.ui.changes import Topic
from app.ui.desk import DeskPage
from app.ui.parts.buttons import make_button
from app.ui.parts.date_field import DateField
from app.ui.parts.fields import Choice, FormField, LineField
from app.ui.screens.members.dated_card import DatedCard, DatedLine, Editor
from app.ui.screens.members.form_parts import FieldGrid, Payload

_OTHER = "-"


class PostsCard(DatedCard):
    """The member's posts by sphere. ``saved`` is called when the book has changed."""

    def __init__(self, page: DeskPage, saved: Callable[[], None]) -> None:
        self._page, self._saved = page, saved
        self._member: Member | None = None
        self._post_id = ""
        self._sphere = Choice([(each.value, each.label) for each in Sphere])
        roles = [(_OTHER, "Chức vụ khác"), *((role.value, role.label) for role in CellRole)]
        self._role = Choice(roles)
        self._title = LineField()
        self._from, self._to = DateField(), DateField()
        grid = FieldGrid(
            {
                "sphere": FormField("Khối", self._sphere),
                "role": FormField("Chức vụ trong chi bộ", self._role),
                "title": FormField("Tên chức vụ", self._title),
                "valid_from": FormField("Từ ngày", self._from),
                "valid_to": FormField("Đến ngày", self._to, hint="Để trống nếu còn giữ"),
            },
            {"title": 2},
        )
        self._sphere.chosen.connect(lambda _key: self._fit_fields())
        self._role.chosen.connect(lambda _key: self._fit_fields())
        self.add_button = make_button("outlined", "Ghi chức vụ", "plus", on_click=self.start_adding)
        super().__init__("Chức vụ", Editor(grid), (self.add_button,), page.desk.ws.read_only)

    def show_member(self, member: Member) -> None:
        """Show a member's posts, sphere by sphere, the latest first."""
        self._member = member
        today = self._page.desk.ws.today()
        lines: list[DatedLine] = []
        for sphere in Sphere:
            for number, post in enumerate(sorted_posts(member, sphere)):
                acts = [("Sửa", partial(self.start_correcting, post)), ("Bỏ", partial(self._remove, post))]
                if post.valid_to is None:
                    acts.insert(0, ("Thôi giữ", partial(self.start_ending, post)))
                heading = sphere.label if not number else ""
                lines.append(DatedLine(_sentence(post), tuple(acts), heading, post.holds_on(today)))
        self.show_dated(lines, "Chưa ghi chức vụ nào.")

    def start_adding(self) -> None:
        """Record a new post."""
        self._open("", "Ghi chức vụ mới", "Ghi chức vụ", {"sphere": Sphere.PARTY.value, "role": _OTHER})
        self.editor.grid.fields["sphere"].focus_field()

    def start_correcting(self, post: Post) -> None:
        """Put a post right."""
        self._open(post.id, "Sửa chức vụ", "Lưu chỗ sửa", _texts(post))
        self.editor.grid.fields["title"].focus_field()

    def start_ending(self, post: Post) -> None:
        """A post is laid down."""
        self._open(post.id, "Thôi giữ chức vụ", "Ghi ngày thôi giữ", _texts(post))
        self.editor.grid.fields["valid_to"].focus_field()

    def _open(self, post_id: str, title: str, take: str, texts: Payload) -> None:
        self._post_id = post_id
        self.open_editor(title, "", take, texts)
        self._fit_fields()

    def _fit_fields(self) -> None:
        """A post in the cell needs no words of its own; other spheres have no posts in the cell."""
        is_party = self._sphere.value() == Sphere.PARTY.value
        names = ["sphere", "title", "valid_from", "valid_to"]
        if is_party:
            names.insert(1, "role")
        has_role = is_party and self._role.value() != _OTHER
        self._title.setPlaceholderText("để trống cũng được" if has_role else "ví dụ: Trưởng thôn")
        self.editor.grid.show_only(names)

    def take(self) -> None:
        """Save the post the editor holds, with the others as they are."""
        if self._member is None:
            return
        if problems := self.editor.grid.unreadable():
            self.editor.grid.show_problems(problems)
            return
        sphere = Sphere(self._sphere.value())
        has_role = sphere is Sphere.PARTY and self._role.value() != _OTHER
        role = CellRole(self._role.value()) if has_role else None
        post = Post(sphere, self._title.value(), role, self._from.value(), self._to.value(), self._post_id)
        others = [each for each in self._member.posts if each.id != self._post_id]
        said = f"Đã ghi chức vụ của {self._member.name}."
        self._write([*others, post], said, None, self._refused)

    def _write(
        self,
        posts: list[Post],
        said: str,
        undo: Callable[[], object] | None = None,
        on_error: Callable[[UserError], None] | None = None,
    ) -> None:
        assert self._member is not None

        def done(_none: None) -> None:
            if self.is_open:
                self.drop()
            self._page.desk.say_done(said, undo)
            self._saved()

        work = partial(save_posts, self._page.desk.ws, self._member.id, posts)
        self._page.write(work, changes={Topic.MEMBERS}, on_done=done, on_error=on_error)

    def _refused(self, error: UserError) -> None:
        if isinstance(error, ValidationFailed):
            self.editor.grid.show_problems(error.problems)
        else:
            self._page.desk.background.failed.emit(str(error))

    def _remove(self, post: Post) -> None:
        if self._member is None:
            return
        rest = [each for each in self._member.posts if each.id != post.id]
        back = partial(self._write, [*rest, replace(post, id="")], f"Đã ghi lại: {_sentence(post)}.")
        self._write(rest, f"Đã bỏ: {_sentence(post)}.", back)

    def payload(self) -> Payload:
        """What is being written, with the post it is about."""
        texts = super().payload()
        return {**texts, "post_id": self._post_id} if texts else {}

    def restore(self, payload: Payload) -> None:
        """Open the editor again with what was being written."""
        self._open(payload.get("post_id", ""), "Chức vụ đang ghi dở", "Ghi chức vụ", payload)


def _sentence(post: Post) -> str:
    words = post.title or (post.role.label if post.role else "")
    if post.valid_from and post.valid_to:
        return f"{words}, {_day(post.valid_from)}–{_day(post.valid_to)}"
    if post.valid_from:
        return f"{words}, từ {_day(post.valid_from)}"
    return f"{words}, đến {_day(post.valid_to)}" if post.valid_to else words


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _texts(post: Post) -> Payload:
    return {
        "sphere": post.sphere.value,
        "role": post.role.value if post.role else _OTHER,
        "title": post.title,
        "valid_from": _day(post.valid_from),
        "valid_to": _day(post.valid_to),
    }
