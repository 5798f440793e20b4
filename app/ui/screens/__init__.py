"""The pages people work on; each folder one area, none knowing another."""
