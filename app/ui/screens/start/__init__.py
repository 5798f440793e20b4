"""Before a book is open: recent books, a new book, a book elsewhere, the sample book."""
