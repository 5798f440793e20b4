"""Speed and memory, each line a ratio to a named baseline measured in the same run."""
