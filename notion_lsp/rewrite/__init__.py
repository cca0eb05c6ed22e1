"""Findings, a language and a store in; edits out, or the reason why there are none."""
