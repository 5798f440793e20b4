"""The program without a window, for scripts and for a PC without a screen."""
