from kaggle_secrets import UserSecretsClient
from notion_client import Client

client = Client(auth=UserSecretsClient().get_secret("NOTION_TOKEN"))
