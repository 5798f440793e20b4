"""What is true: shapes, rules and calculations. Plain Python; no files, no SQL, no Qt."""
