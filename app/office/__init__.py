"""The door to office files: member lists in Excel, papers as Word and Excel, an office's own Word template."""
