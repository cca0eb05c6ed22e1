"""Which findings a person has said no to: in comments, the ignore file, other scanners' files."""
