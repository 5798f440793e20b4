"""Around a locked book: opening it, forgotten passwords, the recovery sheet, books of an earlier version."""
