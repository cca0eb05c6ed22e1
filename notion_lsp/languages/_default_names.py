"""What people call the values that others are laid over later, in any language."""

# For `#match?` in a query, which is why it has no backslash.
DEFAULTS_NAME = (
    "(?i)^[$]?_*defaults?(_?(config|configuration|options|opts|params|settings|values))?$"
)
