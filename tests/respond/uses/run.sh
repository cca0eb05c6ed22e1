curl -H "Authorization: Bearer $NOTION_TOKEN"
                                ^^^^^^^^^^^^ reads
echo "${NOTION_TOKEN:?}" "${NOTION_TOKEN-none}"
        ^^^^^^^^^^^^ reads
                            ^^^^^^^^^^^^ reads
export NOTION_TOKEN=
       ^^^^^^^^^^^^ sets
unset NOTION_TOKEN
      ^^^^^^^^^^^^ names
