"""The list of a subject's file (Mẫu 04): what is there, what is missed, what nothing calls for."""

from app.domain.review import CELL_SUBJECT
from app.domain.year_file import FileFacts, file_items


def missing(facts: FileFacts) -> list[str]:
    return [item.label for item in file_items(facts) if item.is_missing]


def test_a_member_with_nothing_misses_the_papers_everybody_has() -> None:
    assert missing(FileFacts("m")) == [
        "Bản kiểm điểm cá nhân",
        "Nhận xét của cấp ủy nơi cư trú",
        "Biên bản hội nghị kiểm điểm",
        "Tổng hợp kết quả thẩm định",
        "Kết luận, kết quả đánh giá, xếp loại, kèm phụ lục chấm điểm",
    ]


def test_an_excused_opinion_is_not_missed_and_says_why() -> None:
    item = file_items(FileFacts("m", residence_excused="quân nhân ở doanh trại"))[1]

    assert not item.is_missing
    assert item.note == "không cần: quân nhân ở doanh trại"


def test_a_members_list_has_the_nine_parts_of_article_17_in_their_order() -> None:
    items = file_items(FileFacts("m"))

    assert [item.number for item in items] == list(range(1, 10))
    assert [item.label.split()[0] for item in items] == [
        *("Bản", "Nhận", "Biên", "Tổng", "Kết", "Văn", "Văn", "Hồ", "Tài")
    ]
    assert items[-1].label == "Tài liệu khác có liên quan (nếu có)"
    assert not items[-1].is_missing


def test_a_collective_has_a_report_and_no_opinion_of_a_residence() -> None:
    labels = [item.label for item in file_items(FileFacts(CELL_SUBJECT))]

    assert labels[0] == "Báo cáo kiểm điểm của tập thể"
    assert "Nhận xét của cấp ủy nơi cư trú" not in labels
    assert [item.number for item in file_items(FileFacts(CELL_SUBJECT))] == list(range(1, len(labels) + 1))


def test_papers_if_any_are_missed_only_when_something_calls_for_them() -> None:
    facts = FileFacts("m", True, True, "", 2, 1, True, True, True, 3, 1, 1, 1)

    assert missing(facts) == ["Văn bản góp ý, nhận xét khác (nếu có)"]
    notes = [item.note for item in file_items(facts)]
    assert "đã trả lời 1/3 điểm" in notes
    assert "đã xếp loại lại 1 lần" in notes
