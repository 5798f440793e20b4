"""The window: everything people see. The only place that knows Qt."""
