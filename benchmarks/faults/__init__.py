"""Harm done on purpose: what the program loses, refuses or shows when the PC fails it. Figures by seed."""
