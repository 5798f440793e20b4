"""Nhật ký của người đang ngồi: the last things done, to be taken back."""
