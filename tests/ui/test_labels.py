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


def test_a_label_gives_back_what_it_was_given(qapp: QApplication) -> None:
    path = "/home/binh/mot_thu_muc_co_ten_rat_dai_khong_co_dau_cach/so.pdf"

    assert Label(path).text() == path
