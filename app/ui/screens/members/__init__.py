"""Đảng viên: the list, one member's record, and bringing a list in from Excel."""
