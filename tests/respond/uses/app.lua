local a = os.getenv("NOTION_TOKEN")
                     ^^^^^^^^^^^^ reads
