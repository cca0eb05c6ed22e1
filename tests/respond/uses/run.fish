set -gx NOTION_TOKEN abc
        ^^^^^^^^^^^^ sets
echo $NOTION_TOKEN
      ^^^^^^^^^^^^ reads
