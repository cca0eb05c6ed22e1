<?php

final class Notes
{
    public function token(): string
    {
        return $_SERVER['NOTION_TOKEN'] ?? throw new \RuntimeException('NOTION_TOKEN is not set');
    }
}
