"""The door to office files: member lists in Excel."""
