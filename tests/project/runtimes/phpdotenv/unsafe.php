<?php

Dotenv\Dotenv::createUnsafeImmutable(__DIR__)->load();

$token = "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";
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
