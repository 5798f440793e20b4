"""What a newer file says otherwise is told field by field, in words."""

from dataclasses import fields, is_dataclass

from app.domain import content_set, form_template, grade_links, paper, rule_set, scoring
from app.domain.content_set import parse_content_set
from app.domain.form_file import parse_form
from app.domain.rule_changes import RuleChange, changes_between
from app.domain.rule_set_file import parse_rule_set
from app.domain.rule_words import field_label
from app.locations import resource


def text_of(*place: str) -> str:
    return resource(*place).read_text(encoding="utf-8")


def test_a_changed_number_an_added_and_a_dropped_part_are_told() -> None:
    text = text_of("rule_sets", "2025.toml")
    old = parse_rule_set(text, "cu.toml")
    changed = text.replace("\npercent = 20\n", "\npercent = 15\n", 1).replace('"MOVED"', '"MOVED_AWAY"')
    new = parse_rule_set(changed, "moi.toml")

    treatment = next(each.treatment for each in old.situations if each.code == "MOVED")

    assert changes_between(old, old) == ()
    assert changes_between(old, new) == (
        RuleChange("Tỉ lệ hoàn thành xuất sắc · Mức tối đa (%)", "20", "15"),
        RuleChange("Trường hợp riêng · MOVED", treatment, ""),
        RuleChange("Trường hợp riêng · MOVED_AWAY", "", treatment),
    )


def test_a_reworded_heading_and_another_order_of_signing_are_told() -> None:
    text = text_of("forms", "F25_2C.toml")
    old = parse_form(text, "cu.toml")
    new = parse_form(text.replace("1. Hạn chế, khuyết điểm", "1- Hạn chế, khuyết điểm", 1), "moi.toml")

    assert [change.place for change in changes_between(old, new)] == ["Phần · A.II.1 · Tiêu đề"]


def test_another_order_is_a_change() -> None:
    head = 'code = "CB"\ntitle = "Chi bộ"\n'
    first, second = '[[items]]\ncode = "1"\nlabel = "Một"\n', '[[items]]\ncode = "2"\nlabel = "Hai"\n'
    old = parse_content_set(head + first + second, "cu.toml")
    new = parse_content_set(head + second + first, "moi.toml")

    assert changes_between(old, new) == (RuleChange("Mục · Thứ tự", "1; 2", "2; 1"),)


def test_every_field_of_a_file_of_rules_has_its_words() -> None:
    for module in (rule_set, scoring, content_set, form_template, grade_links, paper):
        for name, kind in vars(module).items():
            if is_dataclass(kind) and (kind.__module__ == module.__name__) and name != "RuleFile":
                if module is paper and name != "PageStyle":
                    continue
                unnamed = [f.name for f in fields(kind) if field_label(f.name) == f.name]
                assert unnamed in ([], ["general", "tasks", "total"]), name
