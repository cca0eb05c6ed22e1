from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    notion_token: str
    ^^^^^^^^^^^^ reads
key = Settings().notion_token
                 ^^^^^^^^^^^^ reads
