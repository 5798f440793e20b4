"""The help: each page's topic is there, none lies there unread, and each is written as the panel reads it."""

import re

from app.locations import resource
from app.ui.screens.settings.settings_page import OWN_HELP

TOPIC = re.compile(r'help_topic(?:: str)? = "(\w+)"|"help_topic", "(\w+)"')


def topics_of_pages() -> set[str]:
    pages = resource().parent.joinpath("app", "ui").rglob("*.py")
    found = [match.groups() for page in pages for match in TOPIC.finditer(page.read_text(encoding="utf-8"))]
    return {"settings", *OWN_HELP.values(), *(one or other for one, other in found)}


def test_every_topic_of_a_page_has_its_help_and_every_help_a_page() -> None:
    written = {path.stem for path in resource("help").glob("*.md")}

    assert topics_of_pages() == written


def test_help_is_written_in_what_the_panel_can_show() -> None:
    for path in resource("help").glob("*.md"):
        first, *rest = path.read_text(encoding="utf-8").strip().split("\n\n")
        assert first.startswith("# "), path.name
        for paragraph in rest:
            marks = {line[:2] == "- " for line in paragraph.split("\n")}
            assert len(marks) == 1, (path.name, paragraph)
            assert "**" not in paragraph, (path.name, paragraph)
            assert "](" not in paragraph, (path.name, paragraph)
