System.fetch_env!("NOTION_TOKEN")
                   ^^^^^^^^^^^^ reads
