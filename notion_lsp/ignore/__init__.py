"""Who has said no to a finding: comments, the ignore file, and the files of other scanners."""
