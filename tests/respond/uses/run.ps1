$a = $env:NOTION_TOKEN
          ^^^^^^^^^^^^ reads
$env:NOTION_TOKEN = $a
     ^^^^^^^^^^^^ sets
