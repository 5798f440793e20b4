"""The digest of a locked year: the same for the same content, another for any change."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.year_closing import YearClosing, reopening_note
from app.domain.year_digest import digest_of

values = st.text(max_size=5) | st.integers() | st.dates() | st.none() | st.booleans()
rows = st.lists(st.dictionaries(st.sampled_from(["a", "b", "version"]), values), max_size=4).map(
    lambda found: [{**row, "id": str(n)} for n, row in enumerate(found)]
)


@given(st.dictionaries(st.sampled_from(["pledge", "review"]), rows))
def test_the_order_of_rows_and_fields_does_not_matter(content: dict[str, list[dict[str, object]]]) -> None:
    turned = {
        table: [dict(reversed(row.items())) for row in reversed(found)]
        for table, found in reversed(content.items())
    }

    assert digest_of(turned) == digest_of(content)
    assert len(digest_of(content)) == 64


def test_a_field_more_that_is_empty_a_version_and_an_empty_table_change_nothing() -> None:
    row = {"id": "1", "text": "Chậm báo cáo"}

    assert digest_of(
        {"review": [{**row, "new": "", "flag": False, "day": None, "version": 7}], "vote": []}
    ) == (digest_of({"review": [row]}))


def test_any_changed_word_day_or_point_changes_it() -> None:
    first = {"id": "1", "text": "Tốt", "day": date(2025, 12, 12), "points": Decimal("84.50")}
    base = digest_of({"review": [first]})

    assert digest_of({"review": [{**first, "text": "Tôt"}]}) != base
    assert digest_of({"review": [{**first, "day": date(2025, 12, 13)}]}) != base
    assert digest_of({"review": [{**first, "points": Decimal("84.51")}]}) != base
    assert digest_of({"review": [{**first, "points": Decimal("84.5")}]}) == base
    assert digest_of({"review": [first, {"id": "2"}]}) != base


def test_prints_of_a_reopened_year_say_when_and_why() -> None:
    locked = YearClosing(2025, "2025-12-31 19:30:00", "Lê Văn Cường", "x")
    again = YearClosing(2025, "2025-12-31", "", "x", "", "2026-01-05 08:00:00", "B", "sót một phiếu")

    assert reopening_note([locked]) == ""
    assert reopening_note([again, locked]) == (
        "Sổ năm 2025 đã khóa 31/12/2025, mở lại 05/01/2026: sót một phiếu"
    )
    assert "(lần 2)" in reopening_note([again, again])
