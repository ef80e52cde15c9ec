// Sentences of proof about package indexes, in English.

export const packagesPhrases = {
  'packages.default': 'no other place is configured: {host} is where {manager} looks by default',
  'packages.configured': '{manager} looks at {host} because of: {from}',
  'packages.linksLead': 'the answer of {index} leads to {host}',
  'packages.refusesSent': '{host} answers {status} to the credentials that {manager} has in its URL ({from})',
  'packages.refusesNone':
    '{host} answers {status}, and no credentials of {manager} for it were found: none in its configuration, no netrc, no keyring',
  'packages.tokenExpired': 'the CodeArtifact token in that URL ended at {at}, by its own word',
  'packages.tokenOther':
    'the CodeArtifact token in that URL ends only at {at}, by its own word: it is of another domain, account or region, or was revoked',
} as const
