"""Between two people at one PC: whose turn it is."""
