<?php

final class Notes
{
    public function token(): string
    {
        return "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";
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
    }
}
