import os

import adafruit_requests
import wifi


def require_env(name):
    value = os.getenv(name)
    if not value:
        raise RuntimeError(name + " is not set")
    return value


headers = {"Authorization": f"Bearer {require_env('NOTION_TOKEN')}"}
