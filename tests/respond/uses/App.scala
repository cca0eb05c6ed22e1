val a = sys.env("NOTION_TOKEN")
                 ^^^^^^^^^^^^ reads
