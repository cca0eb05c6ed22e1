import os

NOTION_API_KEY = os.getenv("NOTION_API_KEY", "@INTEGRATION_TOKEN@")
NOTION_CLIENT_SECRET = "@CLIENT_SECRET@"

# The sample key of the workshop's sandbox: it was revoked in May.
SANDBOX_KEY = "@OTHER_TOKEN@"  # notion-lsp:ignore revoked
