"""The command's work: find tokens in files, report them, rewrite them."""
