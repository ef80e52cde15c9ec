// Which AWS error codes mean what, when the code alone decides. Codes that need their message read are in denial.ts.

import type { DenialKind } from './denial.ts'

/** The codes that the AWS SDKs' own retry logic counts as throttling, and their spellings outside the SDKs. */
const throttled = [
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
  'TooManyRequests',
  'TOOMANYREQUESTS', // OCI registries
  'ThrottlingErrorException',
  'RequestThrottle',
  'KMSThrottlingException',
  'KMS.ThrottlingException',
  'KmsThrottled',
  '429',
]

const byKind: Partial<Record<DenialKind, readonly string[]>> = {
  throttled,
  expired: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'ExpiredTokenId', 'RequestExpired'],
  'invalid-credentials': [
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'InvalidAccessKeyId',
    'AuthFailure',
    'InvalidToken',
    'InvalidSecurity',
    'InvalidSecurityToken',
    'InvalidIdentityToken',
    'InvalidKeyPair',
  ],
  'signature-mismatch': ['SignatureDoesNotMatch', 'InvalidSignatureException', 'InvalidSignature', 'XAmzContentSHA256Mismatch'],
  'clock-skew': ['RequestTimeTooSkewed', 'RequestInTheFuture'],
  'malformed-signature': [
    'IncompleteSignature',
    'IncompleteSignatureException',
    'AuthorizationHeaderMalformed',
    'AuthorizationQueryParametersError',
  ],
  'missing-auth': [
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'MissingSecurityHeader',
    'UNAUTHORIZED', // OCI registries
    '401',
  ],
  'not-opted-in': [
    'OptInRequired',
    'SubscriptionRequired',
    'SubscriptionRequiredException',
    'NotSignedUp',
    'RegionDisabledException',
  ],
  'account-not-authorized': ['AccountProblem', 'Blocked', 'PendingVerification'],
  'all-access-disabled': ['AllAccessDisabled'],
  'region-mismatch': [
    'PermanentRedirect',
    'TemporaryRedirect',
    'Redirect',
    'BucketRegionError',
    'IllegalLocationConstraintException',
    '301',
    '307',
  ],
  'forbidden-no-detail': ['ForbiddenException'],
  'dry-run-ok': ['DryRunOperation', 'DryRunOperationException'],
  'access-denied': [
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'AuthorizationError',
    'AuthorizationErrorException',
    'UnauthorizedAccess',
    'NotAuthorized',
    'NotAuthorizedException',
    'UnauthorizedException',
    'AccessForbidden',
    'KMSAccessDeniedException',
    'KMS.AccessDeniedException',
    'KmsAccessDenied',
    'VpceAccessDenied',
    'DENIED', // OCI registries
    '403', // HEAD answers carry no body
  ],
  kms: [
    'KMSDisabledException',
    'KMSInvalidStateException',
    'KMSNotFoundException',
    'KMSOptInRequired',
    'KMSInvalidKeyUsageException',
    'KmsDisabled',
    'KmsInvalidKeyUsage',
    'KmsInvalidState',
    'KmsNotFound',
    'KmsOptInRequired',
    'KMSInternalException',
    'EncryptionFailure',
    'DecryptionFailure',
    'DecryptionFailureException',
    'InvalidKMSKey',
    'KMS.NotFoundException',
    'KMS.DisabledException',
    'KMS.InvalidStateException',
    'KMS.OptInRequired',
    'DisabledException',
  ],
  // A service says these only after it has let the caller in.
  'past-authorization': [
    'ConditionalCheckFailedException',
    'NoSuchUpload',
    'PreconditionFailed',
    'BLOB_UPLOAD_UNKNOWN',
    'BLOB_UPLOAD_INVALID',
  ],
  'not-found': [
    'NoSuchKey',
    'NoSuchBucket',
    'NoSuchEntity',
    'NotFound',
    'NotFoundException',
    'UnknownResource',
    'UnknownResourceFault',
    'NAME_UNKNOWN',
    'MANIFEST_UNKNOWN',
    'BLOB_UNKNOWN',
    'ParameterNotFound',
    '404',
  ],
}

const kindByCode = new Map<string, DenialKind>(
  (Object.entries(byKind) as [DenialKind, readonly string[]][]).flatMap(([kind, codes]) =>
    codes.map((code): [string, DenialKind] => [code.toLowerCase(), kind]),
  ),
)

const looksNotFound = /notfound|nosuch|doesnotexist|nonexistent|resourcenotexist/i

/** What the code alone says; undefined when it says nothing about access, credentials or existence. */
export function findKindOfCode(code: string): DenialKind | undefined {
  return kindByCode.get(code.toLowerCase()) ?? (looksNotFound.test(code) ? 'not-found' : undefined)
}
