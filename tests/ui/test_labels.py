"""Words on a page never push it aside."""

from PySide6.QtWidgets import QApplication

from app.ui.parts.labels import Label


def test_letters_without_a_space_are_broken_and_words_are_left_alone(qapp: QApplication) -> None:
    label = Label("d" * 10_000)
    label.adjustSize()

    assert label.minimumSizeHint().width() < 300
    words = Label("Tiếp tục giữ nếp ở /home/binh/Tai-lieu/chi-bo-thon-dong-tien.neuguong")
    assert words.text() == "Tiếp tục giữ nếp ở /home/binh/Tai-lieu/chi-bo-thon-dong-tien.neuguong"
    label.setText("Ngắn")
    assert label.text() == "Ngắn"
