val a = System.getenv("NOTION_TOKEN") ?: error("")
                       ^^^^^^^^^^^^ reads
