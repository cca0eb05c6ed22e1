"""The subcommands of `notion-lsp`: each is a module, found by being there.

A module has `HELP`, `add(parser)` for its arguments, and `run(options)`, which returns the exit
code.
"""
