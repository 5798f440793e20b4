"""What the PC remembers survives a restart, and nonsense in the file is forgotten."""

from pathlib import Path

from app.ui.preferences import Preferences


def test_what_is_remembered_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "cua-so.ini"
    first = Preferences(file)
    first.text_scale = 1.5
    first.theme = "dark"
    first.remember_book(tmp_path / "chi-bo-thôn.neuguong")
    first.remember_place("sổ", {"page": "members", "person": "Hà"})
    first.sync()

    again = Preferences(file)

    assert (again.text_scale, again.theme) == (1.5, "dark")
    assert again.recent_books() == (tmp_path / "chi-bo-thôn.neuguong",)
    assert again.last_place("sổ") == {"page": "members", "person": "Hà"}


def test_the_book_opened_last_comes_first_and_only_once(preferences: Preferences) -> None:
    for name in ("a", "b", "a", "c"):
        preferences.remember_book(Path(name))

    assert preferences.recent_books() == (Path("c"), Path("a"), Path("b"))


def test_a_book_can_be_forgotten(preferences: Preferences) -> None:
    preferences.remember_book(Path("a"))

    preferences.forget_book(Path("a"))

    assert preferences.recent_books() == ()


def test_nonsense_in_the_file_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "cua-so.ini"
    file.write_text("[hien-thi]\nco-chu=to\nnen=tím\n[so]\ngan-day={hỏng\n[cua-so]\no=x\n", encoding="utf-8")

    preferences = Preferences(file)

    assert (preferences.text_scale, preferences.theme) == (1.0, "light")
    assert preferences.recent_books() == ()
    assert preferences.last_place("x") == {}


def test_a_folder_that_is_gone_is_not_offered(preferences: Preferences, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    preferences.remember_folder("nhap", folder)
    there = preferences.folder("nhap")
    folder.rmdir()

    assert (there, preferences.folder("nhap")) == (folder, None)
