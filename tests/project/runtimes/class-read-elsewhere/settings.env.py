import os
from dataclasses import dataclass
from dataclasses import field


@dataclass
class Settings:
    token: str = os.environ.get("NOTION_TOKEN", "")


@dataclass
class Page:
    token: str = field(default_factory=lambda: os.environ["NOTION_TOKEN"])
