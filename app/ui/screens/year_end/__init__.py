"""Cuối năm: who writes which sheet, one member's review, the grades."""
