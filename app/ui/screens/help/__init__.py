"""Help of the page shown, in the window."""
