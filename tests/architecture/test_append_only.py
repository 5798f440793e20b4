"""The history is only added to: nothing in the program changes or removes a line of it."""

import ast
import re

from tests.architecture.source_tree import modules, place, tree

_HISTORY = re.compile(r"\b(tables\.|cell_tables\.)?(action|change)$")
_VERBS = ("update", "delete", "update_many", "delete_many")
_SQL = re.compile(r"\b(UPDATE|DELETE\s+FROM|DROP\s+TABLE)\s+(action|change)\b", re.IGNORECASE)


def _changes_history(node: ast.AST) -> bool:
    """update(action), tx.delete(tables.change, …), or the same as bare SQL."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(_SQL.search(node.value))
    if not isinstance(node, ast.Call) or not node.args:
        return False
    verb = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return verb in _VERBS and bool(_HISTORY.search(ast.unparse(node.args[0])))


def test_no_line_of_the_program_changes_or_removes_history() -> None:
    found = {
        f"{place(path)}:{getattr(node, 'lineno', 0)}"
        for path in modules("app")
        for node in ast.walk(tree(path))
        if _changes_history(node)
    }

    assert found == set()
