"""The form of a member's record: every field with its words, to and from what the services take."""

from dataclasses import replace
from typing import Any

from app.domain.dates import format_date
from app.domain.member import MemberDraft
from app.ui.parts.date_field import BirthDateField, DateField
from app.ui.parts.fields import FormField, LineField, TextArea
from app.ui.parts.segmented import Segmented
from app.ui.screens.members.form_parts import CardField, FieldGrid, Payload, text_of

_GENDERS = (("male", "Nam"), ("female", "Nữ"))


class MemberForm(FieldGrid):
    """What is known of a member."""

    def __init__(self) -> None:
        self._birth = BirthDateField()
        self._decided, self._admitted, self._confirmed = DateField(), DateField(), DateField()
        given = LineField(placeholder="chữ cuối của họ và tên")
        fields = {
            "full_name": FormField("Họ và tên", LineField(), required=True),
            "given_name": FormField("Tên gọi, nếu không phải chữ cuối", given),
            "gender": FormField("Giới tính", Segmented(_GENDERS, name="Giới tính")),
            "birth": FormField("Ngày sinh", self._birth),
            "ethnicity": FormField("Dân tộc", LineField()),
            "admitted_on": FormField("Ngày vào Đảng", self._admitted),
            "confirmed_on": FormField("Ngày chính thức", self._confirmed),
            "card_number": FormField("Số thẻ đảng viên", CardField()),
            "admission_decision_on": FormField("Ngày quyết định kết nạp", self._decided),
            "occupation": FormField("Nghề nghiệp", LineField()),
            "workplace": FormField("Nơi làm việc", LineField()),
            "residence": FormField("Nơi ở", LineField()),
            "phone": FormField("Điện thoại", LineField()),
            "file_number": FormField("Số lý lịch", LineField()),
            "note": FormField("Ghi chú", TextArea(min_lines=2, max_lines=6)),
        }
        super().__init__(fields, {"full_name": 2, "note": 3})
        self.setAccessibleName("Hồ sơ đảng viên")

    def draft(self) -> MemberDraft:
        """What is written, as it is to be saved."""
        draft = MemberDraft(
            birth=self._birth.birth_value(),
            admission_decision_on=self._decided.value(),
            admitted_on=self._admitted.value(),
            confirmed_on=self._confirmed.value(),
        )
        texts: dict[str, Any] = {
            name: text_of(shown.field)
            for name, shown in self.fields.items()
            if not isinstance(shown.field, DateField)
        }
        return replace(draft, **texts)

    def show_draft(self, draft: MemberDraft) -> None:
        """Show a record."""
        self.put_texts(texts_of(draft))


def texts_of(draft: MemberDraft) -> Payload:
    """A record as the form's fields write it."""
    texts: Payload = {}
    for name in MemberDraft.__dataclass_fields__:
        value = getattr(draft, name)
        if name == "birth":
            texts[name] = value.format() if value else ""
        elif name in ("admission_decision_on", "admitted_on", "confirmed_on"):
            texts[name] = format_date(value) if value else ""
        else:
            texts[name] = value
    return texts
