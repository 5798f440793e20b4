"""Nhìn lại: results over years."""
