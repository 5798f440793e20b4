"""Sổ đăng ký nêu gương: the yearly book of a party cell (chi bộ), kept on one PC.

Arrows point down; a lower layer never imports a higher one (checked by the test run)::

    app/__main__.py            starts the program
    app/ui    | app/cli        what people see: the window | the same work without a window
    app/services               what people do: one function = one action = one transaction
    app/db | app/printing | app/office     the doors: SQL | paper | Excel and Word files
    app/domain | app/locations             what is true: shapes, rules, calculations | where files are
"""

__version__ = "0.2.0"
