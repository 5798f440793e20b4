"""Each dangerous thing has one door: transactions, modal boxes, keys an input method takes for itself."""

import ast
import re
import sys
from pathlib import Path

from tests.architecture.source_tree import imported_by, modules, place, tree


def opens_transaction(path: Path) -> bool:
    """Whether the module has `with something.write(…)` or `with something.read(…)`."""
    openers = [
        item.context_expr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.With)
        for item in node.items
    ]
    return any(
        isinstance(opener, ast.Call)
        and isinstance(opener.func, ast.Attribute)
        and opener.func.attr in {"read", "write"}
        for opener in openers
    )


def names_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name)
    return found


def test_only_services_open_transactions() -> None:
    openers = [place(path) for path in modules("app") if opens_transaction(path)]

    assert [path for path in openers if not path.startswith("app/services/")] == []


def test_only_the_dialogs_module_opens_modal_boxes() -> None:
    boxes = {"QMessageBox", "QFileDialog", "QInputDialog", "QErrorMessage"}
    users = [place(path) for path in modules("app") if names_in(path) & boxes]

    assert [path for path in users if path != "app/ui/dialogs.py"] == []


def test_only_the_background_module_starts_threads_and_two_checks_of_files_some_of_their_own() -> None:
    threads = {"QThread", "QThreadPool", "QRunnable", "Thread", "ThreadPoolExecutor", "ProcessPoolExecutor"}
    users = [place(path) for path in modules("app") if names_in(path) & threads]

    assert users == ["app/db/backup_copy.py", "app/db/soundness.py", "app/ui/background.py"]


def test_no_shortcut_takes_the_keys_that_switch_vietnamese_typing() -> None:
    """Unikey switches with Ctrl+Shift and Alt+Z: a shortcut there turns typing off in mid-word."""
    taken = re.compile(
        r"Ctrl\+Shift|Shift\+Ctrl|Alt\+Z\b|ControlModifier\s*\|\s*\S*ShiftModifier", re.IGNORECASE
    )
    users = [place(path) for path in modules("app/ui") if taken.search(path.read_text(encoding="utf-8"))]

    assert users == []


def test_the_domain_needs_nothing_but_python() -> None:
    foreign = {
        f"{place(path)}: {name}"
        for path in modules("app/domain")
        for name in imported_by(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("app.domain")
    }

    assert foreign == set()


def test_only_widgets_themselves_listen_to_the_theme() -> None:
    """Qt forgets a listener that goes; a function or a plain object would be called after its widget went."""
    wrong = []
    for path in modules("app/ui"):
        for owner in (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)):
            for call in (node for node in ast.walk(owner) if isinstance(node, ast.Call)):
                if ast.unparse(call.func) != "theme.changed.connect":
                    continue
                is_own_method = ast.unparse(call.args[0]).startswith("self.")
                if not (is_own_method and owner.bases):
                    wrong.append(f"{place(path)}: {owner.name}")

    assert wrong == []
