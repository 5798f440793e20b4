"""A plain member's own page."""
