"""The door to paper: papers described in blocks become PDF pages and page pictures."""
