"""What cannot be right in one row of a member list, and what a careful secretary would look at twice."""

from collections.abc import Iterator
from datetime import date

from app.domain.dates import BirthDate, format_date
from app.domain.list_headings import ListField
from app.domain.member_list import ImportProblem, ListedMember
from app.domain.member_proposals import KnownMember, is_probationary_note, role_of

_AGE_OF_ADMISSION = 18
_BIRTH_FIELDS = (ListField.BIRTH, ListField.BIRTH_MALE, ListField.BIRTH_FEMALE)


def problems_of_row(listed: ListedMember, known: KnownMember | None, today: date) -> list[ImportProblem]:
    """Dates that contradict each other, also against what the book has, and remarks that block nothing.

    The age of admission is 18 (Điều lệ Đảng, Điều 1); older files hold exceptions, so it is a remark only.
    """
    return [*_wrong_dates(listed, known, today), *_remarks(listed)]


def _birth_field(listed: ListedMember) -> ListField:
    """The birth column this row uses."""
    return next((field for field in _BIRTH_FIELDS if listed.says(field)), ListField.BIRTH)


def _cells(listed: ListedMember, *fields: ListField) -> str:
    return " và ".join(listed.cell(field) for field in fields if listed.says(field))


def _wrong_dates(listed: ListedMember, known: KnownMember | None, today: date) -> Iterator[ImportProblem]:
    born, admitted, confirmed = listed.birth, listed.admitted_on, listed.confirmed_on
    if born is not None and born.year >= today.year and born.earliest > today:
        yield listed.problem(_birth_field(listed), f"Ngày sinh {born} chưa tới. Sửa ô {{cell}}.")
    if admitted is not None and admitted > today:
        yield _not_yet(listed, ListField.ADMITTED_ON, admitted)
    if confirmed is not None and confirmed > today:
        yield _not_yet(listed, ListField.CONFIRMED_ON, confirmed)
    if known is not None:
        born, admitted = born or known.birth, admitted or known.admitted_on
        confirmed = confirmed or known.confirmed_on
    if admitted is not None:
        if born is not None and admitted.year - born.year <= _AGE_OF_ADMISSION:
            yield from _admission_and_birth(listed, born, admitted)
        if confirmed is not None and confirmed < admitted:
            yield from _official_too_early(listed, admitted, confirmed)
    elif listed.confirmed_on is not None and not listed.says(ListField.ADMITTED_ON):
        field = ListField.ADMITTED_ON if ListField.ADMITTED_ON in listed.columns else ListField.CONFIRMED_ON
        yield listed.problem(field, "Có ngày chính thức mà thiếu ngày vào Đảng. Ghi thêm ngày vào Đảng.")


def _not_yet(listed: ListedMember, field: ListField, day: date) -> ImportProblem:
    return listed.problem(field, f"{field.label} {format_date(day)} chưa tới. Sửa ô {{cell}}.")


def _official_too_early(listed: ListedMember, admitted: date, confirmed: date) -> Iterator[ImportProblem]:
    field = ListField.CONFIRMED_ON if listed.confirmed_on is not None else ListField.ADMITTED_ON
    if listed.says(field):
        yield listed.problem(
            field,
            f"Ngày chính thức {format_date(confirmed)} trước ngày vào Đảng {format_date(admitted)}. "
            f"Đối chiếu ô {_cells(listed, ListField.ADMITTED_ON, ListField.CONFIRMED_ON)}, sửa ngày sai.",
        )


def _admission_and_birth(listed: ListedMember, born: BirthDate, admitted: date) -> Iterator[ImportProblem]:
    birth_field = _birth_field(listed)
    field = ListField.ADMITTED_ON if listed.admitted_on is not None else birth_field
    if not listed.says(field):
        return
    if admitted < born.earliest:
        where = _cells(listed, birth_field, ListField.ADMITTED_ON)
        yield listed.problem(
            field,
            f"Ngày vào Đảng {format_date(admitted)} trước ngày sinh {born}. "
            f"Đối chiếu ô {where}, sửa ngày sai.",
        )
        return
    age = admitted.year - born.year - ((admitted.month, admitted.day) < (born.month or 1, born.day or 1))
    if age < _AGE_OF_ADMISSION:
        yield listed.problem(
            field,
            f"Vào Đảng khi mới {age} tuổi. Đối chiếu ngày sinh và ngày vào Đảng với hồ sơ.",
            blocking=False,
        )


def _remarks(listed: ListedMember) -> Iterator[ImportProblem]:
    if listed.post and role_of(listed.post) is None:
        yield listed.problem(
            ListField.POST,
            f"“{listed.post}” không phải chức vụ trong chi bộ, chưa đưa vào sổ. Thêm ở hồ sơ đảng viên.",
            blocking=False,
        )
    if listed.gender == "male" and " thị " in f" {listed.full_name.lower()} ":
        field = ListField.GENDER if listed.says(ListField.GENDER) else listed.name_field
        yield listed.problem(field, "Tên có đệm “Thị” mà ghi là nam. Xem lại ô {cell}.", blocking=False)
    probationary = bool(listed.note) and is_probationary_note(listed.note)
    if probationary and listed.confirmed_on is not None:
        yield listed.problem(
            ListField.NOTE,
            f"Ghi chú là dự bị mà ô {listed.cell(ListField.CONFIRMED_ON)} đã có ngày chính thức. Xem lại.",
            blocking=False,
        )
    elif probationary:
        yield listed.problem(
            ListField.NOTE, "Đảng viên dự bị: sổ ghi là chưa có ngày chính thức.", blocking=False
        )
    elif _lacks_confirmation(listed):
        yield listed.problem(
            ListField.CONFIRMED_ON,
            "Chưa có ngày chính thức: sổ sẽ coi là đảng viên dự bị. Nếu không phải, ghi ngày vào ô {cell}.",
            blocking=False,
        )


def _lacks_confirmation(listed: ListedMember) -> bool:
    return (
        listed.admitted_on is not None
        and ListField.CONFIRMED_ON in listed.columns
        and not listed.says(ListField.CONFIRMED_ON)
    )
