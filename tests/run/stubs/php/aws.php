<?php

// Stands in for AWS's kit: the call that the rewrites make, by a request that is not signed.

declare(strict_types=1);

namespace Aws\SecretsManager\Exception;

final class SecretsManagerException extends \RuntimeException
{
}

namespace Aws;

final class Result extends \ArrayObject
{
}

namespace Aws\SecretsManager;

final class SecretsManagerClient
{
    private string $region;

    public function __construct(array $args)
    {
        $this->region = $args['region'] ?? getenv('AWS_REGION')
            ?: throw new \InvalidArgumentException('Missing required client configuration options: region');
    }

    public function getSecretValue(array $args): \Aws\Result
    {
        $scope = getenv('AWS_ACCESS_KEY_ID') . "/20260101/$this->region/secretsmanager/aws4_request";
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => [
                "Authorization: AWS4-HMAC-SHA256 Credential=$scope, SignedHeaders=host, Signature=0",
                'Content-Type: application/x-amz-json-1.1',
                'X-Amz-Target: secretsmanager.GetSecretValue',
            ],
            'content' => json_encode($args, JSON_THROW_ON_ERROR),
            'ignore_errors' => true,
        ]]);
        $answer = file_get_contents((string) getenv('AWS_ENDPOINT_URL'), false, $context);
        $body = json_decode((string) $answer, true, flags: JSON_THROW_ON_ERROR);
        if (isset($body['__type'])) {
            throw new Exception\SecretsManagerException("{$body['__type']}: {$body['message']}");
        }
        return new \Aws\Result($body);
    }
}
