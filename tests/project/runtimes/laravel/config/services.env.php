<?php

return [
    'notion' => ['token' => env('WIKI_TOKEN'), 'key' => env('NOTION_TOKEN')],
];
