"""Text in, findings out: the kinds of token, and all ways in which one can be written."""
