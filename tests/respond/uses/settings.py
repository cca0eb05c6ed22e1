from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    notion_token: str
    ^^^^^^^^^^^^ names
key = Settings().notion_token
                 ^^^^^^^^^^^^ names
