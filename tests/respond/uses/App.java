String a = System.getenv("NOTION_TOKEN");
                          ^^^^^^^^^^^^ reads
