"""Khôi phục sổ: choosing a backup, with the book open or not."""
