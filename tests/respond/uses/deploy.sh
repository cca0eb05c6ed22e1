export TF_VAR_notion_token=$NOTION_TOKEN
       ^^^^^^^^^^^^^^^^^^^ sets
                            ^^^^^^^^^^^^ reads
