from kaggle_secrets import UserSecretsClient
from notion_client import Client

client = Client(auth="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")
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
