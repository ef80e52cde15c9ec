// Sentences of proof about resources that the user named, in English.

export const resourcesPhrases = {
  'resource.alsoDenied': 'AWS denies these on the same resource too: {actions}',
  'resource.alsoAllowed': 'on the same resource AWS allows {actions}',
  'resource.listed': 'the listing of {resource} is allowed: there S3 says 404 of a key that is missing',
  'resource.hidesMissing': '{action} was refused, and no listing shows the key: S3 may answer so of a key that is missing',
  'resource.judgesListing': 'asked for {action}, S3 judged {judged}: so it does when the key is missing',
  'resource.secretSuffix':
    'the refusal does not show the six characters at the end of the secret’s ARN: it reads the same when the secret is missing',
  'resource.oneAnswer':
    'the service gives the same answer to whoever lacks the permission and to whoever asks for what is missing',
  'resource.state': 'the key says of itself: {state} ({action})',
} as const
