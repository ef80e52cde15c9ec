// Every cause in plain English: its title in a finding, and what `explain` says about it.

import type { CauseCode } from '@eniprobe/core'

export interface CauseText {
  readonly title: string
  readonly what: string
  readonly shows: string
  readonly fix: string
}

type Row = readonly [title: string, what: string, shows: string, fix: string]

const rows: Readonly<Record<CauseCode, Row>> = {
  'interface-endpoint-missing': [
    'No interface endpoint for this service',
    'The VPC has no interface endpoint for the service, so its name leads to a public address that this subnet cannot reach.',
    'The regional name resolves to a public address and TCP to it is silent, while the endpoints of other services answer.',
    'Create the interface endpoint in this VPC with private DNS on, in the subnets of the workload, with a security group that lets in 443 from it.',
  ],
  'private-dns-disabled': [
    'Private DNS is off on the endpoint',
    "The endpoint exists, but its private DNS is off, so the service's usual name still leads to public addresses.",
    "As a missing endpoint; the endpoint's own vpce- name answers.",
    'Turn private DNS on for the endpoint, or give clients its own name as endpoint URL.',
  ],
  'gateway-endpoint-missing': [
    "No gateway endpoint on this subnet's route table",
    "S3 or DynamoDB has no gateway endpoint in this VPC, or this subnet's route table is not associated with it.",
    "The service's public addresses are silent although interface endpoints answer.",
    "Create the gateway endpoint, or associate this subnet's route table with it.",
  ],
  'endpoint-name-not-covered': [
    'The endpoint does not cover the name that the client uses',
    'An endpoint exists for the service, but its private DNS covers another name (regional, not global; not dual-stack or FIPS).',
    'One name of the service resolves privately, the one asked for is public and silent.',
    'Make the client use the covered name (region, AWS_STS_REGIONAL_ENDPOINTS, dual-stack and FIPS settings), or add DNS for the other one.',
  ],
  'service-has-no-endpoint': [
    'This service has no VPC endpoint',
    'AWS offers no PrivateLink or gateway endpoint for this service here, so a closed network cannot reach it.',
    'Public address, silent, and no endpoint service of that name exists.',
    'Call it from where there is a way out, through a proxy, or do without it in the closed network.',
  ],
  'other-region': [
    'The host is in another region',
    'The name belongs to another region than this VPC; endpoints here do not serve it.',
    "A public, silent address of another region's name.",
    "Use this region's name, or reach the other region by peering and an endpoint there.",
  ],
  'endpoint-not-ready': [
    'The endpoint is not ready',
    'The endpoint is still pending, was rejected, or has failed.',
    'Its name is not private yet, or is private and silent.',
    'Wait for state "available", or accept the connection request.',
  ],
  'internet-not-reachable': [
    'The internet cannot be reached from here',
    'The host is on the internet, and this subnet has no way out. In a closed network that is the design.',
    "A host that is not AWS's is public and silent; so is every other one.",
    'Use a mirror, an endpoint or a proxy in its place.',
  ],
  'endpoint-security-group': [
    "The endpoint's security group does not let this in",
    'The security group of the endpoint has no rule for 443 from this ENI.',
    'The addresses of one endpoint are silent while other endpoints answer.',
    "Add an inbound rule for TCP 443 from this ENI's security group or subnet to the endpoint's group.",
  ],
  'eni-security-group': [
    "This ENI's security group lets nothing out",
    'The outbound rules of the security group on this side do not allow the traffic.',
    "Every private and public address is silent, yet the VPC's DNS and the metadata service answer.",
    "Add an outbound rule for TCP 443 (and the ports you need) to this ENI's group.",
  ],
  'target-security-group': [
    "The target's security group does not let this in",
    'The group of the database, file system or instance has no rule for this port from here.',
    'A private address that is no endpoint is silent while endpoints answer.',
    "Add an inbound rule for the port from this ENI's group to the target's group.",
  ],
  'network-acl': [
    'A network ACL drops the traffic',
    'The ACL of one of the two subnets denies the request, or the replies to ephemeral ports.',
    'Addresses in our subnet answer and those in others are silent, or one range alone is.',
    'Allow the port out and 1024-65535 back, in the ACLs of both subnets.',
  ],
  'endpoint-zone-unreachable': [
    'The endpoint is unreachable in one zone',
    'Some network interfaces of the endpoint cannot be reached from this subnet.',
    'Some addresses of one endpoint answer and some are silent.',
    "Look at the routes and ACLs of that zone's subnet, and add the endpoint to the workload's own zone.",
  ],
  'nothing-listens': [
    'Nothing listens on that port',
    'The host is there and refuses the connection, or a firewall refuses in its name.',
    'A reset (ECONNREFUSED) at once.',
    'Start the service, or use the port it listens on.',
  ],
  'host-unreachable': [
    'There is no way to this host',
    'A router says that the host or network cannot be reached, or there is no route at all.',
    'EHOSTUNREACH or ENETUNREACH at once.',
    'Add the route, or use the right address.',
  ],
  'address-family-mismatch': [
    'The name leads to IPv6, and IPv6 leads nowhere',
    'The name has only IPv6 addresses, or the client tries them first, and this network carries IPv4 alone.',
    'IPv6 addresses fail while IPv4 ones answer, or there are none.',
    'Use the IPv4 name, turn dual-stack endpoints off, or give the subnet IPv6.',
  ],
  'path-mtu': [
    'Large packets get lost on the way',
    'A hop drops packets above some size without saying so.',
    'TCP and small exchanges work, large ones stall.',
    'Let ICMP "fragmentation needed" through, or lower the MTU of the interface.',
  ],
  'path-flaky': [
    'The path loses packets',
    'Some tries get through and some do not.',
    'Repeated tries at one address answer only in part.',
    'Look at the load and the health of what lies between: appliances, VPN, peering.',
  ],
  'firewall-drops-name': [
    'A firewall drops this name',
    'Something on the way reads the name in the TLS hello and drops it.',
    'TCP answers; the hello with this name is silent or reset, one with another name to the same address is answered.',
    'Ask for the name to be allowed in the firewall.',
  ],
  'firewall-drops-large-hello': [
    'A firewall drops large TLS hellos',
    'A hello that spans two packets (post-quantum key share) is dropped.',
    'A small hello with the same name is answered, the large one is not.',
    'Update the firewall, or turn the post-quantum key share off in the client.',
  ],
  'tls-inspected': [
    'TLS is opened on the way',
    'A proxy or firewall answers with a certificate of its own.',
    'The issuer is not a public authority that AWS uses.',
    "Exempt AWS names from inspection, or give clients the company's CA bundle (AWS_CA_BUNDLE, NODE_EXTRA_CA_CERTS).",
  ],
  'web-gateway-blocks': [
    "A web gateway answers in AWS's place",
    'What answers is no AWS service but a block page or portal.',
    'An HTTP answer with no mark of AWS.',
    'Ask for the name to be allowed in the gateway, or go past it with NO_PROXY.',
  ],
  'proxy-unreachable': [
    'The proxy cannot be reached',
    'The environment names a proxy that does not answer.',
    'TCP to the proxy is silent or refused.',
    "Mend the proxy's address in HTTPS_PROXY, or open the way to it; exempt AWS names with NO_PROXY.",
  ],
  'proxy-refuses': [
    'The proxy refuses this host',
    'The proxy answers, and says no.',
    'CONNECT is answered with 403, 407 or 502.',
    'Ask for the host to be allowed, give the proxy its credentials, or exempt the host with NO_PROXY.',
  ],
  'proxy-captures-metadata': [
    'Metadata or endpoint traffic would go to the proxy',
    "NO_PROXY lacks the link-local addresses or the endpoints' names.",
    'A proxy is set and NO_PROXY does not cover 169.254.169.254, 169.254.170.2 or the endpoints.',
    'Add them to NO_PROXY.',
  ],
  'dns-server-unreachable': [
    'The DNS server does not answer',
    'The configured DNS server is silent.',
    "No answer to any question; the VPC's own server may answer.",
    "Open UDP and TCP 53 to it, or use the VPC's own (base + 2).",
  ],
  'dns-server-fails': [
    'The DNS server answers with an error',
    'The DNS server is there and fails.',
    'SERVFAIL or REFUSED.',
    "Look at its forwarding rules; for AWS names it should ask the VPC's own server.",
  ],
  'custom-dns-bypasses-vpc': [
    "The DNS server in use does not ask the VPC's",
    "A DNS server of your own answers without the VPC's private zones.",
    "Its answer is public or NXDOMAIN, that of the VPC's own server is private.",
    "Forward amazonaws.com (and your private zones) from it to the VPC's server, or use a Resolver inbound endpoint.",
  ],
  'private-zone-shadows': [
    'A private zone hides this name',
    'A private hosted zone for a parent name holds no record for this one.',
    'NXDOMAIN or no record for a name that must exist; its siblings fail alike.',
    'Add the record to the zone, or take the zone off this VPC.',
  ],
  'dns-name-unknown': [
    'This name does not exist',
    'DNS knows no such name.',
    'NXDOMAIN for a name that only you know.',
    'Look for a typo, a deleted resource, or a service with nothing registered.',
  ],
  'vpc-dns-attributes-off': [
    "The VPC's DNS attributes are off",
    'enableDnsSupport or enableDnsHostnames is off, so no endpoint has its private name.',
    "Every endpoint's name resolves to public addresses although endpoints exist.",
    'Turn both attributes on.',
  ],
  'dns-unreliable': [
    'DNS answers only sometimes',
    'Questions get lost: more than 1,024 packets a second from one ENI, or a failing server.',
    'The same question repeated is answered in part.',
    'Cache names on the machine and lower ndots.',
  ],
  'hosts-file-overrides': [
    'The hosts file says otherwise than DNS',
    '/etc/hosts (or another local source) gives applications another address.',
    'getaddrinfo and DNS disagree.',
    'Take the line out of the hosts file.',
  ],
  'certificate-expired': [
    'The certificate is out of date',
    'The certificate is not valid now.',
    'Its dates do not cover the local clock.',
    'Renew it, or set the clock right.',
  ],
  'certificate-other-host': [
    "The certificate is another host's",
    'What answers at this address is another host.',
    'The names in the certificate do not include the one asked for.',
    'Point the name at the right address: a private zone or the hosts file is wrong.',
  ],
  'not-tls': [
    'What answers does not speak TLS',
    'Something else listens on this port.',
    'The first bytes are no TLS.',
    'Use the right port or scheme.',
  ],
  'http-silent': [
    'TLS works, and HTTP gets no answer',
    'The host takes the request and says nothing.',
    'TLS answers, the request is silent.',
    'Look at the service behind it, at large packets, and at inspection on the way.',
  ],
  'answered-by-other': [
    'Something else answers in its place',
    "The answer is not the service's.",
    'An HTTP answer without the marks of the service.',
    'Look at where DNS leads, and at what listens there.',
  ],
  'no-credentials': [
    'No credentials were found',
    'The chain of sources that SDKs ask gave nothing.',
    'Every source was asked, and none gave credentials.',
    'Give the workload a role, or set a profile.',
  ],
  'metadata-hop-limit': [
    'The metadata answer dies on its way into the container',
    'The hop limit of the metadata service is 1, and the container is one hop further.',
    'The token request is silent in a container.',
    'Set HttpPutResponseHopLimit to 2, or give the container its own role.',
  ],
  'metadata-unreachable': [
    'The metadata service cannot be reached',
    'The credentials endpoint at a link-local address does not answer, or refuses.',
    'Silence, a refusal or 403 from 169.254.169.254 or 169.254.170.2.',
    'Turn it on for the instance, and let nothing on the machine block it.',
  ],
  'credentials-expired': [
    'The credentials have expired',
    'The temporary credentials in use are past their end.',
    'AWS answers ExpiredToken.',
    'Get new ones; see why they are not refreshed.',
  ],
  'credentials-invalid': [
    'AWS does not know these credentials',
    'The key does not exist, is inactive, or its secret is wrong.',
    'InvalidClientTokenId, UnrecognizedClientException, or a signature that does not match although the clock is right.',
    'Use the right keys, or the role in their place.',
  ],
  'credentials-override-role': [
    'Static keys hide the role that would work',
    'AWS_* variables or a profile win over the role of the machine.',
    "Static keys fail, while the role's are there.",
    'Unset the variables.',
  ],
  'clock-skew': [
    'The clock is wrong',
    'The local clock is more than five minutes off, and signatures are refused.',
    'The Date of answers differs from the local clock.',
    "Set the clock: 169.254.169.123 is AWS's time source in every VPC.",
  ],
  'region-mismatch': [
    'The region is wrong',
    "The call was signed for, or sent to, another region than the resource's.",
    'A redirect, or an error that names another region.',
    'Set the region it names.',
  ],
  'region-not-enabled': [
    'This region is not enabled for the account',
    'The account has not opted in to the region.',
    'OptInRequired, or unknown credentials in this region alone.',
    'Enable the region in the account.',
  ],
  'region-unset': [
    'No region is set',
    'Nothing tells the SDK which region to use, so no name can be built.',
    'No variable, no profile and no metadata gave a region.',
    'Set AWS_REGION, or give --region.',
  ],
  throttled: [
    'AWS asks to slow down',
    'AWS was reached and answered with throttling.',
    'Throttling, TooManyRequests, SlowDown or 503.',
    'Call less often, or ask for a higher quota. It says nothing about permission.',
  ],
  'identity-policy-denies': [
    "The role's policy does not allow this",
    'The identity policies of the caller do not allow the action, or deny it.',
    'The denial says so.',
    "Allow the action on the resource in the role's policy.",
  ],
  'permissions-boundary-denies': [
    'The permissions boundary does not allow this',
    'A boundary on the role leaves the action out.',
    'The denial names a permissions boundary.',
    'Add the action to the boundary.',
  ],
  'session-policy-denies': [
    'The session policy does not allow this',
    'The policy given when the role was assumed leaves the action out.',
    'The denial names a session policy.',
    'Add the action to the session policy.',
  ],
  'scp-denies': [
    'A service control policy denies this',
    "The organization's SCP denies the action.",
    'The denial names a service control policy.',
    'Ask who runs the organization.',
  ],
  'rcp-denies': [
    'A resource control policy denies this',
    "The organization's RCP denies access to the resource.",
    'The denial names a resource control policy.',
    'Ask who runs the organization.',
  ],
  'endpoint-policy-denies': [
    "The endpoint's policy denies this",
    'The network is fine; the policy of the VPC endpoint leaves this action, resource or caller out.',
    'The denial names the endpoint policy, or signed and unsigned calls are refused alike.',
    "Allow it in the endpoint's policy.",
  ],
  'bucket-policy-denies': [
    "The bucket's policy denies this",
    "The bucket's own policy denies the caller, often by network (aws:SourceVpce, aws:SourceVpc).",
    'The denial names the bucket policy, or other buckets pass the same call.',
    "Allow this caller and this endpoint in the bucket's policy.",
  ],
  'resource-policy-denies': [
    "The resource's policy denies this",
    'The policy on the resource denies the caller.',
    'The denial names a resource-based policy.',
    "Allow the caller in the resource's policy.",
  ],
  'kms-denies': [
    'KMS denies the key behind this',
    'The data is encrypted with a key that the caller may not use.',
    'The denial names kms:, or listing passes and reading fails.',
    "Allow kms:Decrypt (and GenerateDataKey to write) in the key's policy and the role's.",
  ],
  'denied-unattributed': [
    'AWS denies this without saying why',
    'The network, DNS and TLS are fine. The denial does not say which policy.',
    'A bare AccessDenied.',
    'Compare another action and another resource, or simulate the policy.',
  ],
  'private-dns-captures-public-api': [
    'Private DNS of execute-api hides a public API',
    'The endpoint for API Gateway takes every execute-api name, those of public APIs too.',
    'The name is private and answers 403 Forbidden.',
    'Use a custom domain for the public API, or turn private DNS off.',
  ],
  'object-missing-looks-denied': [
    'The object is missing, and that looks like a denial',
    'Without s3:ListBucket, S3 says 403 for a key that is not there.',
    '403 for one key alone.',
    'Check the key, or allow s3:ListBucket.',
  ],
  'instance-stopped': [
    'The instance is stopped',
    'The address belongs to an instance that is not running.',
    'Silence; EC2 says stopped.',
    'Start it.',
  ],
  'database-stopped': [
    'The database is stopped',
    'The database is not running.',
    'Its name may still resolve; the port is silent.',
    'Start it.',
  ],
  'service-has-no-running-task': [
    'The ECS service has no running task',
    'No task of the service is running.',
    'No address is registered, the load balancer says 503, or nothing listens.',
    "Look at the service's events for why tasks do not start.",
  ],
  'scaled-to-zero': [
    'The group is scaled to zero',
    'Its desired count is 0.',
    'Nothing answers; the scaling group is at 0.',
    'Raise the desired count.',
  ],
  'scheduled-stop': [
    'A schedule has stopped it',
    'A scheduled action stops it at this time.',
    'Stopped or scaled down, and a schedule says so.',
    'Wait, change the schedule, or start it by hand.',
  ],
  'resource-missing': [
    'The resource does not exist',
    'AWS knows nothing of that name here.',
    'A "not found" answer.',
    'Check the name, the region and the account.',
  ],
  'package-index-is-public': [
    'The package index in use is a public one',
    'pip, npm, conda, dnf or docker is set to an index on the internet.',
    'The index is public and silent.',
    'Set a private index: CodeArtifact, a mirror, or ECR.',
  ],
  'package-index-unreachable': [
    'The private package index cannot be reached',
    'A private index is set and the way to it fails.',
    'The path to its host fails.',
    'Mend the path: see the finding beside it.',
  ],
  'package-index-unauthorized': [
    'The package index refuses the token',
    'The token is missing or has expired.',
    '401 or 403; a CodeArtifact token lasts 12 hours.',
    'Log in again.',
  ],
  'package-files-elsewhere': [
    'The index answers, and the files lie elsewhere',
    'The index links to files on another host that cannot be reached.',
    'The index answers and the host of its files does not.',
    'Open the way to that host too: S3 for CodeArtifact.',
  ],
  'internet-reachable': [
    'The internet can be reached',
    'This network is expected to be closed, and it is not.',
    'A public host answers.',
    'Take the route to the NAT or internet gateway out, or filter it.',
  ],
  'traffic-leaves-vpc': [
    'AWS traffic leaves the VPC',
    'An AWS service answers over a public address, past the endpoint.',
    'The name is public and answers.',
    'Create the endpoint, or turn its private DNS on.',
  ],
}

export const causeTexts = Object.fromEntries(
  Object.entries(rows).map(([code, [title, what, shows, fix]]) => [code, { title, what, shows, fix }]),
) as Readonly<Record<CauseCode, CauseText>>
