import os
token = os.environ["NOTION_TOKEN"]
                    ^^^^^^^^^^^^ reads
token = os.getenv("NOTION_TOKEN")
                   ^^^^^^^^^^^^ reads
if os.environ.get("NOTION_TOKEN"):
                   ^^^^^^^^^^^^ reads
    pass
os.environ["NOTION_TOKEN"] = token
            ^^^^^^^^^^^^ sets
run(env={"NOTION_TOKEN": token})
          ^^^^^^^^^^^^ sets
if os.environ["NOTION_TOKEN"] == "":
               ^^^^^^^^^^^^ reads
    pass
class Settings(BaseSettings):
    NOTION_TOKEN: str
    ^^^^^^^^^^^^ names
from config import NOTION_TOKEN
                   ^^^^^^^^^^^^ names
MY_NOTION_TOKEN = NOTION_TOKENS
