<?php

require "vendor/autoload.php";

Dotenv\Dotenv::createImmutable(__DIR__)->safeLoad();

$token = $_SERVER['NOTION_TOKEN'] ?? throw new \RuntimeException('NOTION_TOKEN is not set');
$header = "Bearer " . ($_SERVER['NOTION_TOKEN_2'] ?? throw new \RuntimeException('NOTION_TOKEN_2 is not set'));
