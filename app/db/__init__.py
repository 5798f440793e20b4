"""The door to the book file: tables, engine, transactions with history, schema revisions."""
