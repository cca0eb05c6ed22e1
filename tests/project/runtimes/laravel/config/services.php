<?php

return [
    'notion' => ['token' => env('WIKI_TOKEN', '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'), 'key' => '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'],
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
                                                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
];
