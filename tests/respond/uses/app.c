char *a = getenv("NOTION_TOKEN");
                  ^^^^^^^^^^^^ reads
