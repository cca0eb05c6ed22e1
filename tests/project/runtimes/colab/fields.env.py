from dataclasses import dataclass
from dataclasses import field

from google.colab import userdata
from pydantic import BaseModel
from pydantic import Field


@dataclass
class Client:
    token: str = field(default_factory=lambda: userdata.get("NOTION_TOKEN"))


class Model(BaseModel):
    token: str = Field(default_factory=lambda: userdata.get("NOTION_TOKEN"))
