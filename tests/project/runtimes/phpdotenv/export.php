<?php

require "vendor/autoload.php";

Dotenv\Dotenv::createImmutable(__DIR__)->safeLoad();

$token = "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";
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
$header = "Bearer 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";
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
