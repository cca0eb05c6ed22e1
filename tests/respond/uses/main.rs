let a = std::env::var("NOTION_TOKEN");
                       ^^^^^^^^^^^^ reads
let b = env!("NOTION_TOKEN");
              ^^^^^^^^^^^^ reads
