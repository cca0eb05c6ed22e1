a = ENV.fetch("NOTION_TOKEN")
               ^^^^^^^^^^^^ reads
ENV['NOTION_TOKEN'] = a
     ^^^^^^^^^^^^ sets
