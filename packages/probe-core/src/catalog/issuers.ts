// Public certificate authorities that AWS's endpoints are known to use. An issuer that is not among them points to TLS inspection;
// one that is among them does not prove that nobody inspects (a proxy may carry such a name without being trusted for it).

/** Organisations as they stand in an issuer's O=. */
const organisations = {
  // Amazon Trust Services, and the root it bought that old trust stores know: https://www.amazontrust.com/repository/
  everywhere: [
    'amazon',
    'amazon trust services',
    'amazon web services',
    'amazon web services, inc.',
    'starfield technologies, inc.',
  ],
  // China's regions and some older endpoints buy from DigiCert and the companies it took over.
  bought: [
    'digicert inc',
    'digicert, inc.',
    'digicert china co., ltd.',
    'symantec corporation',
    'verisign, inc.',
    'geotrust inc.',
  ],
} as const

/**
 * @param issuerDn a distinguished name as `CN=…, O=…`, of the leaf's issuer or of one above it
 * @param partition partition id; in the isolated partitions AWS uses authorities of the government, which nobody lists: any passes
 */
export function isAwsIssuer(issuerDn: string, partition: string): boolean {
  if (partition.startsWith('aws-iso')) return true
  const organisation = readOrganisation(issuerDn)
  if (organisation === undefined) return false
  const known: readonly string[] =
    partition === 'aws-us-gov' || partition === 'aws-cn' || partition === 'aws' ? all : organisations.everywhere
  return known.includes(organisation)
}

const all: readonly string[] = [...organisations.everywhere, ...organisations.bought]

/** O= of a distinguished name, lower case; commas inside it may be quoted, escaped or bare. */
function readOrganisation(dn: string): string | undefined {
  const match = /(?:^|[,\n/+]\s*)O\s*=\s*(?:"([^"]*)"|((?:\\.|[^\n/])*?))(?=\s*(?:,\s*[A-Za-z0-9.]+\s*=|[\n/]|$))/.exec(dn)
  const value = match?.[1] ?? match?.[2]
  return value?.replaceAll('\\', '').trim().toLowerCase()
}
