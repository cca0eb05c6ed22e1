#!/usr/bin/env python3
"""Print the open tasks of a database."""

from datetime import date

import requests
from notion_client import Client

DATABASE = "1f0c2b6de1b14a08a4f1c2f6a5b0d9e3"

notion = Client(auth="@ACCESS_TOKEN@")


def open_tasks():
    query = {"property": "Done", "checkbox": {"equals": False}}
    return notion.databases.query(DATABASE, filter=query)["results"]


def count_users():
    # worked before the new connection: "Bearer @INTEGRATION_TOKEN@"
    headers = {
        "Authorization": "Bearer @ACCESS_TOKEN@",
        "Notion-Version": "2022-06-28",
    }
    return len(requests.get("https://api.notion.com/v1/users", headers=headers).json()["results"])


if __name__ == "__main__":
    print(date.today(), f"{len(open_tasks())} tasks for {count_users()} people")
