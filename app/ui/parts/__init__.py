"""The parts screens are built from: they know how to look and answer keys, nothing of the book."""
