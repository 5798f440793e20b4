"""No service forgets to ask whether the person at the PC may: the table of rights is asked everywhere."""

import ast

from app.domain.acts import Act
from app.domain.rights_table import TABLE
from tests.architecture.source_tree import modules, place, tree

# Services that ask nothing themselves, each with its reason.
NEEDS_NO_RIGHT = {
    # Before anybody sits: who may sit is asked by PIN or password there.
    "books.check_file": "the program looks whether the file is sound",
    "clock_watch.clock_set_back": "the program looks at the PC's clock",
    "seals.verify_at_opening": "the program looks whether what is sealed was touched",
    "key_holders.settle_keys": "the program puts right what a killed one left",
    "desks.take_seat": "asks for the PIN of who wants to sit",
    "desks.take_first_seat": "asks whose password opened the book",
    "desks.unlock_screen": "asks for the PIN of whose screen it is",
    "seat_proof.prove": "it is the asking for the PIN",
    "seats.list_seats": "the names to choose from",
    "seats.find_seat": "the names to choose from",
    "seats.sit_down": "seats whoever has proved who they are",
    "seats.seated": "seats whoever has proved who they are",
    # Copies are made by the program whoever sits; when and where tells nothing of what is in the book.
    "backups.write_copy": "inside a copying that asked",
    "backups.last_backup": "when the last copy was made",
    "backups.first_backup_on": "when the first copy was made",
    "second_place.second_place": "whether the stick is plugged in",
    "second_place.copy_to_second_place": "a copy that was made already",
    "health_file.page_checks": "inside the check of the book, which asked",
    "health_file.references": "inside the check of the book, which asked",
    "health_file.key_files": "inside the check of the book, which asked",
    "history.others_drafts": "a condition, reads nothing",
    # Papers are made from it by those who asked to print; drafts come wordless.
    "paper_gathering.gather_year": "what a paper is made from",
}
_ASKING = {"must", "may", "verdict"}


def _calls(function: ast.FunctionDef) -> set[str]:
    """What a function calls by name: the questions to ``ws``, functions of its own module, ``allowed``."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr in _ASKING and isinstance(owner, ast.Name) and owner.id == "ws":
                found.add(node.func.attr)
    return found


def _asking(functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The functions of a module that ask, by themselves or through a function beside them."""
    calls = {name: _calls(function) for name, function in functions.items()}
    asking: set[str] = set()
    questions = {*_ASKING, "allowed"}
    while more := {name for name, called in calls.items() if called & (questions | asking)} - asking:
        asking |= more
    return asking


def _is_entrance(function: ast.FunctionDef) -> bool:
    """Whether a public function takes a workspace and opens its own look: no part of another's."""
    arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    takes = {ast.unparse(arg.annotation) for arg in arguments if arg.annotation is not None}
    is_part = takes & {"ReadTransaction", "WriteTransaction"}
    return not function.name.startswith("_") and "Workspace" in takes and not is_part


def test_every_service_asks_the_table_of_rights() -> None:
    silent = set()
    for path in modules("app/services"):
        functions = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
        asking = _asking(functions)
        silent |= {
            f"{path.stem}.{name}"
            for name, function in functions.items()
            if _is_entrance(function) and name not in asking
        }

    assert sorted(silent - NEEDS_NO_RIGHT.keys()) == []
    assert sorted(NEEDS_NO_RIGHT.keys() - silent) == []  # nothing is excused that asks by now


def test_every_act_of_the_table_is_asked_for_somewhere() -> None:
    used = {
        node.attr
        for path in [*modules("app/services"), *modules("app/domain")]
        if path.name != "rights_table.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Act"
    }

    assert {act.name for act in Act} - used == set()


def test_the_table_has_one_row_for_each_act() -> None:
    acts = [row.act for row in TABLE]

    assert sorted(acts) == sorted(set(Act))


def test_no_service_decides_by_role_beside_the_table() -> None:
    deciding = [
        place(path)
        for path in modules("app/services")
        if path.name != "sample_months.py" and "role.leads" in path.read_text(encoding="utf-8")
    ]

    assert deciding == []
