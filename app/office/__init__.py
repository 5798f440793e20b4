"""The door to office files: member lists, papers as Word and Excel, an office's own template."""
