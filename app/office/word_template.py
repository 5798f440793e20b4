"""An office's own Word template: which named fields it uses, whether it is fit, and filling it in."""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from app.domain.errors import FileUnreadable
from app.office.packing import repacked
from app.office.template_package import looked_through
from app.office.template_tags import UsedField, check_tags, environment, fields_used, unknown_field
from app.office.writing import replacing

_NOT_XML = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_FILLED_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
_NEW_PARAGRAPH = "\a"
_DOTS = "…………"


@dataclass(frozen=True, slots=True)
class TemplateFields:
    """The fields a template uses, by their full names: ``ho_ten``, ``muc.A_I_1``, ``danh_sach.full_name``."""

    names: tuple[str, ...]


def inspect_template(data: bytes) -> TemplateFields:
    """Look through a template without filling it in. Raises ``FileUnreadable`` where it is not fit."""
    return TemplateFields(tuple(dict.fromkeys(used.name for used in _used(data))))


def check_template(data: bytes, known_fields: frozenset[str]) -> None:
    """Refuse a template that is damaged, dangerous, has a broken tag or a field that is not known.

    The sentence names the field or tag and quotes the paragraph it stands in.
    """
    for used in _used(data):
        if used.name not in known_fields:
            raise unknown_field(used, known_fields)


def fill_template(data: bytes, values: Mapping[str, object], target: Path) -> None:
    """Fill a template in and save it: whole or not at all."""
    filled = filled_template(data, values)
    with replacing(target) as unfinished:
        unfinished.write_bytes(filled)


def filled_template(data: bytes, values: Mapping[str, object]) -> bytes:
    """The filled-in Word file. What has no value yet becomes dots to write on."""
    tuple(_used(data))
    template = DocxTemplate(io.BytesIO(data))
    try:
        template.render(_ready(values), environment())
    except UndefinedError as error:
        raise FileUnreadable(
            f"Không điền được mẫu: có trường chưa có giá trị ({error.message}). "
            "Đồng chí kiểm tra lại mẫu ở Thiết lập, mục Mẫu giấy tờ."
        ) from error
    except (TemplateError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise FileUnreadable(
            "Không điền được mẫu: các thẻ trong mẫu làm hỏng bố cục của tài liệu. "
            "Đồng chí đặt mỗi thẻ {% … %} trong một đoạn hoặc một dòng của bảng rồi thử lại."
        ) from error
    out = io.BytesIO()
    template.save(out)
    return repacked(out.getvalue())


def _used(data: bytes) -> Iterator[UsedField]:
    parts = looked_through(data)
    env = environment()
    template = DocxTemplate(io.BytesIO(data))
    for name, xml in parts.items():
        if _FILLED_PARTS.fullmatch(name):
            check_tags(xml)
            yield from _used_in(env, template, xml.decode("utf-8-sig"))


def _used_in(env: SandboxedEnvironment, template: DocxTemplate, xml: str) -> Iterator[UsedField]:
    yield from fields_used(env, template.patch_xml(re.sub(r"^<\?xml.*?\?>", "", xml)))


class _Dots(str):
    """Dots where a value is not known: printed, but no value when a template asks ``{% if … %}``."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def _ready(value: Any, blank: str = _Dots(_DOTS)) -> Any:
    """Values as a template takes them: clean text, each of its lines a paragraph, dots for nothing.

    In the rows of a list nothing stays nothing.
    """
    if isinstance(value, Mapping):
        return {name: _ready(each, blank) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_ready(each, blank="") for each in value]
    text = _NOT_XML.sub("", unicodedata.normalize("NFC", str("" if value is None else value))).strip()
    return text.replace("\n", _NEW_PARAGRAPH) if text else blank
