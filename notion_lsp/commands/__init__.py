"""The subcommands of `notion-lsp`: each is a module, found by being there.

A module has `HELP`, `add(parser)` for its arguments, and `run(options)`, which returns the exit
code. One that other programs call has `called(arguments)` too, which answers what they ask without
a parser: it returns the exit code, or `None` for what a person may have meant.
"""
