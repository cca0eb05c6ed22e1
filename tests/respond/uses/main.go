a := os.Getenv("NOTION_TOKEN")
                ^^^^^^^^^^^^ reads
os.Setenv("NOTION_TOKEN", a)
           ^^^^^^^^^^^^ reads
