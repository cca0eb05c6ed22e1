var a = Environment.GetEnvironmentVariable("NOTION_TOKEN");
                                            ^^^^^^^^^^^^ reads
