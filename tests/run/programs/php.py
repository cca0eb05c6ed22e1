"""PHP; a stub stands in for AWS's kit, and asks the real store."""

from pathlib import Path

from programs import Program

_STUB = Path(__file__).parents[1] / "stubs" / "php" / "aws.php"
_TEXT = """\
<?php

const NOTION_KEY = "TOKEN";
$headers = ['http' => ['header' => 'Authorization: Bearer ' . NOTION_KEY]];
file_get_contents(getenv('RECEIVER'), false, stream_context_create($headers));
"""
_NAMESPACE = """\
<?php

declare(strict_types=1);

namespace App\\Notion;

use RuntimeException;

final class Client
{
    public function send(string $address): void
    {
        $context = stream_context_create(['http' => ['header' => "Authorization: Bearer TOKEN"]]);
        if (file_get_contents($address, false, $context) === false) {
            throw new RuntimeException('nobody answers');
        }
    }
}

(new Client())->send((string) getenv('RECEIVER'));
"""

# What a machine's php.ini says of errors and of what runs first does not count.
_OPTIONS = ["-n", "-d", "display_errors=stderr", "-d", f"auto_prepend_file={_STUB}"]

PROGRAMS = [
    Program(
        name,
        "php",
        "program.php",
        text,
        run=lambda folder: ["php", *_OPTIONS, folder / "program.php"],
        needs=("php",),
        stubbed=("aws-secrets-manager",),
    )
    for name, text in (("php", _TEXT), ("php-namespace", _NAMESPACE))
]
