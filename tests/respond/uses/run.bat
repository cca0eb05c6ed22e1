echo %NOTION_TOKEN%
      ^^^^^^^^^^^^ reads
set NOTION_TOKEN=x
    ^^^^^^^^^^^^ sets
