"""The papers as sheets: a form file and what the book holds become a paper in neutral blocks."""
