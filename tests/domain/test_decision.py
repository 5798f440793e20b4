"""A decision is cited as documents of the Party cite one: number, day, issuer, each once."""

from datetime import date

import pytest

from app.domain.decision import cited_decision, number_of_decision

DAY = date(2025, 12, 5)


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        (
            "Quyết định số 45-QĐ/ĐU của Đảng ủy xã Hòa Sơn",
            "Quyết định số 45-QĐ/ĐU, ngày 05/12/2025 của Đảng ủy xã Hòa Sơn",
        ),
        ("45-QĐ/ĐU", "Quyết định số 45-QĐ/ĐU, ngày 05/12/2025"),
        (
            "Quyết định số 45-QĐ/ĐU, ngày 04/12/2025 của Đảng ủy",
            "Quyết định số 45-QĐ/ĐU, ngày 04/12/2025 của Đảng ủy",
        ),
        ("", ""),
    ],
)
def test_a_decision_is_cited_with_its_day_once_before_its_issuer(source: str, cited: str) -> None:
    assert cited_decision(source, DAY) == cited


def test_the_number_is_found_in_the_words_it_is_cited_by() -> None:
    assert number_of_decision("Quyết định số 214-QĐ/ĐU, ngày 24/12/2025 của Đảng ủy") == "214-QĐ/ĐU"
    assert number_of_decision("Biên bản họp") == ""
