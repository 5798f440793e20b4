"""Thiết lập: the cell, content sets, the book and its years, the look, what was done."""
