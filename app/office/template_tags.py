"""What an office may write in ``{{ }}`` and ``{% %}``: fields, rows of a list, a condition; nothing else.

A template comes on a stick from somewhere, so whatever is not known to be harmless is refused by name.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from app.domain.errors import FileUnreadable

LARGEST_FILLED = 30 * 2**20
_DEEPEST = 2
_PARAGRAPH = re.compile(r"<w:p([ >])")
_MARKUP = re.compile(r"<[^>]+>")
_TAG_SIGNS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_GUID = re.compile(r"\{[0-9A-Fa-f-]{36}\}")
_MOST_BRACES = 5000
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LAYOUT_TAGS = re.compile(r"\{\{\s*(?:r|p|tr|tc)\s|\{%-?\s*(?:colspan|cellbg|hm|vm)\b|\{%r\s")
_LONGEST_TAG = 300
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "length")
_LOOP = ("loop.index", "loop.first", "loop.last", "loop.length")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.CondExpr,
    nodes.Filter,
)
_CALLED = {nodes.Call: "gọi hàm", nodes.Getitem: "dấu [ ]", nodes.Mul: "phép nhân", nodes.Pow: "lũy thừa"}
_REASONS = (
    (r"Unexpected end of template.* closed is '(\w+)'", "thiếu {{% end{0} %}}"),
    (r"unknown tag '(\w+)'", "không có lệnh “{0}”"),
    (r"unexpected '(.)'", "thừa hoặc sai dấu “{0}”"),
)


class _CappedTemplate(Template):
    """A template that stops before it fills the memory."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        size, pieces = 0, []
        for piece in self.generate(*args, **kwargs):
            size += len(piece)
            if size > LARGEST_FILLED:
                raise FileUnreadable(
                    "Điền mẫu ra một tài liệu quá lớn nên chương trình dừng lại. "
                    "Đồng chí xem lại các vòng lặp {% for %} trong mẫu."
                )
            pieces.append(piece)
        return "".join(pieces)


class _FieldEnvironment(SandboxedEnvironment):
    """A sandbox in which a name behind a dot is a field: ``bang.items`` is a table, not Python's method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def environment() -> SandboxedEnvironment:
    """Where templates are read and filled: in the sandbox, nothing but a few plain filters, no functions."""
    env = _FieldEnvironment(undefined=StrictUndefined, autoescape=True)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in _FILTERS}
    env.tests.clear()
    env.template_class = _CappedTemplate
    return env


@dataclass(slots=True)
class UsedField:
    """A field a template uses, by its full name, and the words of the paragraph it stands in."""

    name: str
    near: str


@dataclass(slots=True)
class _Walk:
    lines: list[str]
    used: list[UsedField] = field(default_factory=list)

    def near(self, line: int) -> str:
        """The words of a paragraph, by its line in the source."""
        return words_near(self.lines, line)

    def visit(self, node: nodes.Node, names: dict[str, str], depth: int = 0) -> None:
        if not isinstance(node, _ALLOWED):
            self._refuse(node)
        if isinstance(node, nodes.Name | nodes.Getattr):
            self._use(node, names)
            return
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise _broken(self.near(node.lineno), f"không có phép “|{node.name}”")
        if isinstance(node, nodes.For):
            self._loop(node, names, depth)
            return
        for child in node.iter_child_nodes():
            self.visit(child, names, depth)

    def _loop(self, node: nodes.For, names: dict[str, str], depth: int) -> None:
        near = self.near(node.lineno)
        if depth == _DEEPEST:
            raise _broken(near, f"vòng lặp lồng nhau quá {_DEEPEST} lớp")
        if node.test is not None or node.recursive or not isinstance(node.target, nodes.Name):
            raise _broken(near, "vòng lặp phải viết gọn: {% for dong in danh_sach %}")
        rows = self._path(node.iter, names)
        if rows is None:
            raise _broken(near, "vòng lặp phải đi qua một danh sách có tên")
        self.used.append(UsedField(rows, near))
        inner = {**names, node.target.name: rows, "loop": "loop"}
        for child in (*node.body, *node.else_):
            self.visit(child, inner, depth + 1)

    def _use(self, node: nodes.Node, names: dict[str, str]) -> None:
        path = self._path(node, names)
        if path is None:
            self._refuse(node)
        elif path in _LOOP:
            return
        else:
            self.used.append(UsedField(path, self.near(node.lineno)))

    def _path(self, node: nodes.Node, names: dict[str, str]) -> str | None:
        """The full name a node says: a row's column by the name of its list."""
        if isinstance(node, nodes.Name):
            return names.get(node.name, node.name)
        if isinstance(node, nodes.Getattr):
            before = self._path(node.node, names)
            return None if before is None else f"{before}.{node.attr}"
        return None

    def _refuse(self, node: nodes.Node) -> None:
        what = next((words for kind, words in _CALLED.items() if isinstance(node, kind)), "một phép lạ")
        raise _broken(self.near(node.lineno), f"chương trình không nhận {what} trong mẫu")


def check_tags(xml: bytes) -> None:
    """Refuse tags that are not whole in one paragraph, or stand anywhere but in its words.

    Everything later may take tags for well formed; badly formed ones would cost it hours.
    """
    seen = 0
    for paragraph in etree.fromstring(xml).iter(f"{_W}p"):
        words = "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
        signs = [(sign[0], sign.start()) for sign in _TAG_SIGNS.finditer(words)]
        seen += words.count("{")
        if _LAYOUT_TAGS.search(words):
            raise _broken(words[:120], "chỉ dùng {{ tên }}, {%tr for … %} và {%p for … %}")
        for (opening, start), (closing, end) in zip(signs[::2], signs[1::2], strict=False):
            if closing != _CLOSING.get(opening) or end - start > _LONGEST_TAG:
                raise _broken(words[:120], "dấu {{ }} hoặc {% %} không đủ cặp")
        if len(signs) % 2 or words.endswith("{") or words.startswith("}"):
            raise _broken(words[:120], "dấu {{ }} hoặc {% %} thiếu một nửa")
    braces = _GUID.sub("", xml.decode("utf-8", "replace")).count("{")
    if braces > min(seen, _MOST_BRACES):
        raise _broken("", "có thẻ nằm ngoài chữ của các đoạn văn")


def fields_used(env: SandboxedEnvironment, source: str) -> list[UsedField]:
    """The fields a part of a template uses; a tag that is broken or does more is said with its place."""
    source = lines_of(source)
    lines = source.split("\n")
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as error:
        raise _broken(words_near(lines, error.lineno), _reason(str(error.message))) from error
    walk = _Walk(lines)
    walk.visit(tree, {})
    return walk.used


def lines_of(source: str) -> str:
    """The XML with each paragraph beginning a line, so that a line tells the place."""
    return _PARAGRAPH.sub(r"\n<w:p\1", source)


def words_near(lines: list[str], number: int) -> str:
    """What a person reads in a line of the source, or in the nearest one with words."""
    for at in (number - 1, number, number - 2):
        if 0 <= at < len(lines):
            words = _MARKUP.sub("", lines[at]).strip()
            if words:
                return words[:120]
    return ""


def unknown_field(used: UsedField, known: frozenset[str]) -> FileUnreadable:
    """The sentence about a field the program has no value for."""
    close = difflib.get_close_matches(used.name, sorted(known), 1, 0.6)
    hint = f" Có phải là “{close[0]}”?" if close else ""
    where = f", ở đoạn “{used.near}”" if used.near else ""
    return FileUnreadable(
        f"Mẫu dùng trường “{used.name}” mà chương trình không có{where}.{hint} "
        "Đồng chí sửa tên trường theo danh sách trường rồi chọn lại mẫu."
    )


def _broken(near: str, reason: str) -> FileUnreadable:
    where = f" ở đoạn “{near}”" if near else ""
    return FileUnreadable(
        f"Thẻ trong mẫu viết chưa đúng{where}: {reason}. Đồng chí sửa trong Word rồi chọn lại."
    )


def _reason(message: str) -> str:
    for pattern, words in _REASONS:
        if found := re.search(pattern, message):
            return words.format(*found.groups())
    return "dấu {{ }} hoặc {% %} chưa đủ cặp, hoặc tên trường có dấu cách"
