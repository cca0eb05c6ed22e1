my $a = $ENV{NOTION_TOKEN};
             ^^^^^^^^^^^^ reads
