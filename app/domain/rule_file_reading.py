"""Finding out what a data file of rules is, and reading it into what the program works with."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from app.domain.content_set import ContentSet, parse_content_set
from app.domain.form_file import parse_form
from app.domain.form_template import FormTemplate
from app.domain.rule_facts import unverified_facts
from app.domain.rule_file import RuleFileKind
from app.domain.rule_set import RuleSet
from app.domain.rule_set_file import parse_rule_set
from app.domain.scoring import ScoringProfile, parse_scoring_profile
from app.domain.toml_reading import DataFileInvalid, toml_values

RuleContent = RuleSet | ScoringProfile | ContentSet | FormTemplate

_MAX_BYTES = 1 << 20
# Keys only one kind of file has; the first kind with one of them is meant.
_TELLING = (
    (
        RuleFileKind.RULE_SET,
        {"year_from", "year_to", "cap", "vote", "ranges", "block_cases", "exempt_groups"},
    ),
    (
        RuleFileKind.FORM,
        {"sections", "signatures", "identity", "sublines", "number_in_text", "cover", "document"},
    ),
    (RuleFileKind.SCORING, {"annex", "step", "mode", "blocs", "subject_kind"}),
    (RuleFileKind.CONTENT_SET, {"items"}),
)
_PARSERS: dict[RuleFileKind, Callable[[str, str], RuleContent]] = {
    RuleFileKind.RULE_SET: parse_rule_set,
    RuleFileKind.SCORING: parse_scoring_profile,
    RuleFileKind.CONTENT_SET: parse_content_set,
    RuleFileKind.FORM: parse_form,
}


@dataclass(frozen=True, slots=True)
class ReadRules:
    """A data file read: what it is, its key and title, where it comes from, the years it can be used for."""

    kind: RuleFileKind
    key: str
    title: str
    source: str
    content: RuleContent
    first_year: int | None
    last_year: int | None

    @property
    def years_text(self) -> str:
        """The years the file says it is for; "" when it says none."""
        if isinstance(self.content, RuleSet):
            return self.content.years_text
        if self.first_year and self.last_year:
            return f"năm {self.first_year}–{self.last_year}"
        return f"năm {self.first_year} trở đi" if self.first_year else ""

    @property
    def unverified(self) -> int:
        """How many of its statements nobody compared with the original yet."""
        if isinstance(self.content, RuleSet):
            return len(unverified_facts(self.content))
        return _count_unverified(self.content)


def text_of(data: bytes, origin: str) -> str:
    """The text of a data file: UTF-8 and of a size such a file can have. Raises ``DataFileInvalid``."""
    if len(data) > _MAX_BYTES:
        raise DataFileInvalid(
            f"Tệp “{origin}” lớn hơn 1 MB, không phải tệp quy định. Đồng chí chọn tệp khác."
        )
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataFileInvalid(
            f"Tệp “{origin}”, dòng {line}: chữ không ở bảng mã UTF-8 nên không đọc được. "
            "Đồng chí mở tệp bằng Notepad, chọn Lưu thành (Save as), mã hóa UTF-8, rồi nạp lại."
        ) from error


def read_rules(text: str, origin: str) -> ReadRules:
    """Read a rule set, scoring profile, content set or form. Raises ``DataFileInvalid``."""
    kind = _kind_of(set(toml_values(text, origin)), origin)
    content = _PARSERS[kind](text, origin)
    if isinstance(content, RuleSet):
        numbers = ", ".join(source.number for source in content.sources)
        years = content.year_from, content.year_to
        return ReadRules(kind, content.key, content.title, numbers, content, *years)
    if isinstance(content, FormTemplate):
        title = f"{content.number} – {content.name}" if content.number else content.name
        return ReadRules(kind, content.code, title, content.source, content, None, None)
    key = content.id if isinstance(content, ScoringProfile) else content.code
    first = content.valid_from.year if content.valid_from else None
    last = content.valid_to.year if content.valid_to else None
    source = content.source or content.number or content.issuer
    return ReadRules(kind, key, content.title, source, content, first, last)


def _kind_of(keys: set[str], origin: str) -> RuleFileKind:
    for kind, telling in _TELLING:
        if keys & telling:
            return kind
    raise DataFileInvalid(
        f"Tệp “{origin}” không phải bộ quy định, bảng điểm, bộ nội dung hay mẫu giấy tờ: "
        "từ dòng 1 đến cuối tệp không có khóa nào của các loại đó. Đồng chí lưu bộ đang dùng ra tệp "
        "để xem cách viết, rồi nạp lại."
    )


def _count_unverified(part: Any) -> int:
    """Marks "verified = false" in a part and everything inside it."""
    if isinstance(part, tuple):
        return sum(_count_unverified(each) for each in part)
    if not is_dataclass(part):
        return 0
    own = getattr(part, "verified", True) is False
    return own + sum(_count_unverified(getattr(part, field.name)) for field in fields(part))
