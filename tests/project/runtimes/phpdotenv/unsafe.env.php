<?php

Dotenv\Dotenv::createUnsafeImmutable(__DIR__)->load();

$token = \getenv('NOTION_TOKEN') ?: throw new \RuntimeException('NOTION_TOKEN is not set');
