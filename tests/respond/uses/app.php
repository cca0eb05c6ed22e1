<?php
$a = getenv('NOTION_TOKEN');
             ^^^^^^^^^^^^ reads
$b = $_ENV['NOTION_TOKEN'];
            ^^^^^^^^^^^^ reads
