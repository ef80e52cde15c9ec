// The rules, in order of precedence where evidence leaves a tie: what stands lower in the layers or is more common comes first.

import type { Rule } from '../rule.ts'
import { addressFamilyMismatch } from './address-family-mismatch.ts'
import { answeredByOther } from './answered-by-other.ts'
import { bucketPolicyDenies } from './bucket-policy-denies.ts'
import { certificateExpired } from './certificate-expired.ts'
import { certificateOtherHost } from './certificate-other-host.ts'
import { clockSkew } from './clock-skew.ts'
import { credentialsExpired } from './credentials-expired.ts'
import { credentialsInvalid } from './credentials-invalid.ts'
import { credentialsOverrideRole } from './credentials-override-role.ts'
import { customDnsBypassesVpc } from './custom-dns-bypasses-vpc.ts'
import { databaseStopped } from './database-stopped.ts'
import { deniedUnattributed } from './denied-unattributed.ts'
import { dnsNameUnknown } from './dns-name-unknown.ts'
import { dnsServerFails } from './dns-server-fails.ts'
import { dnsServerUnreachable } from './dns-server-unreachable.ts'
import { dnsUnreliable } from './dns-unreliable.ts'
import { endpointNameNotCovered } from './endpoint-name-not-covered.ts'
import { endpointNotReady } from './endpoint-not-ready.ts'
import { endpointPolicyDenies } from './endpoint-policy-denies.ts'
import { endpointSecurityGroup } from './endpoint-security-group.ts'
import { endpointZoneUnreachable } from './endpoint-zone-unreachable.ts'
import { eniSecurityGroup } from './eni-security-group.ts'
import { firewallDropsLargeHello } from './firewall-drops-large-hello.ts'
import { firewallDropsName } from './firewall-drops-name.ts'
import { gatewayEndpointMissing } from './gateway-endpoint-missing.ts'
import { hostUnreachable } from './host-unreachable.ts'
import { hostsFileOverrides } from './hosts-file-overrides.ts'
import { httpSilent } from './http-silent.ts'
import { identityPolicyDenies } from './identity-policy-denies.ts'
import { instanceStopped } from './instance-stopped.ts'
import { interfaceEndpointMissing } from './interface-endpoint-missing.ts'
import { internetNotReachable } from './internet-not-reachable.ts'
import { kmsDenies } from './kms-denies.ts'
import { metadataHopLimit } from './metadata-hop-limit.ts'
import { metadataUnreachable } from './metadata-unreachable.ts'
import { networkAcl } from './network-acl.ts'
import { noCredentials } from './no-credentials.ts'
import { notTls } from './not-tls.ts'
import { nothingListens } from './nothing-listens.ts'
import { objectMissingLooksDenied } from './object-missing-looks-denied.ts'
import { otherRegion } from './other-region.ts'
import { packageFilesElsewhere } from './package-files-elsewhere.ts'
import { packageIndexIsPublic } from './package-index-is-public.ts'
import { packageIndexUnauthorized } from './package-index-unauthorized.ts'
import { packageIndexUnreachable } from './package-index-unreachable.ts'
import { pathFlaky } from './path-flaky.ts'
import { pathMtu } from './path-mtu.ts'
import { permissionsBoundaryDenies } from './permissions-boundary-denies.ts'
import { privateDnsCapturesPublicApi } from './private-dns-captures-public-api.ts'
import { privateDnsDisabled } from './private-dns-disabled.ts'
import { privateZoneShadows } from './private-zone-shadows.ts'
import { proxyCapturesMetadata } from './proxy-captures-metadata.ts'
import { proxyRefuses } from './proxy-refuses.ts'
import { proxyUnreachable } from './proxy-unreachable.ts'
import { rcpDenies } from './rcp-denies.ts'
import { regionMismatch } from './region-mismatch.ts'
import { regionNotEnabled } from './region-not-enabled.ts'
import { regionUnset } from './region-unset.ts'
import { resourceMissing } from './resource-missing.ts'
import { resourcePolicyDenies } from './resource-policy-denies.ts'
import { scaledToZero } from './scaled-to-zero.ts'
import { scheduledStop } from './scheduled-stop.ts'
import { scpDenies } from './scp-denies.ts'
import { serviceHasNoEndpoint } from './service-has-no-endpoint.ts'
import { serviceHasNoRunningTask } from './service-has-no-running-task.ts'
import { sessionPolicyDenies } from './session-policy-denies.ts'
import { targetSecurityGroup } from './target-security-group.ts'
import { throttled } from './throttled.ts'
import { tlsInspected } from './tls-inspected.ts'
import { vpcDnsAttributesOff } from './vpc-dns-attributes-off.ts'
import { webGatewayBlocks } from './web-gateway-blocks.ts'

export const rules: readonly Rule[] = [
  hostsFileOverrides,
  regionUnset,
  proxyUnreachable,
  proxyRefuses,
  dnsServerUnreachable,
  dnsUnreliable,
  dnsServerFails,
  customDnsBypassesVpc,
  privateZoneShadows,
  dnsNameUnknown,
  endpointNameNotCovered,
  serviceHasNoEndpoint,
  otherRegion,
  gatewayEndpointMissing,
  interfaceEndpointMissing,
  privateDnsDisabled,
  vpcDnsAttributesOff,
  endpointSecurityGroup,
  targetSecurityGroup,
  packageFilesElsewhere,
  packageIndexIsPublic,
  internetNotReachable,
  eniSecurityGroup,
  networkAcl,
  endpointZoneUnreachable,
  addressFamilyMismatch,
  pathFlaky,
  databaseStopped,
  instanceStopped,
  scheduledStop,
  scaledToZero,
  endpointNotReady,
  nothingListens,
  hostUnreachable,
  firewallDropsName,
  firewallDropsLargeHello,
  pathMtu,
  tlsInspected,
  certificateExpired,
  certificateOtherHost,
  notTls,
  packageIndexUnauthorized,
  webGatewayBlocks,
  privateDnsCapturesPublicApi,
  answeredByOther,
  serviceHasNoRunningTask,
  httpSilent,
  metadataHopLimit,
  metadataUnreachable,
  noCredentials,
  proxyCapturesMetadata,
  credentialsOverrideRole,
  credentialsExpired,
  clockSkew,
  credentialsInvalid,
  regionNotEnabled,
  regionMismatch,
  throttled,
  kmsDenies,
  identityPolicyDenies,
  permissionsBoundaryDenies,
  sessionPolicyDenies,
  scpDenies,
  rcpDenies,
  endpointPolicyDenies,
  bucketPolicyDenies,
  resourcePolicyDenies,
  deniedUnattributed,
  objectMissingLooksDenied,
  resourceMissing,
  packageIndexUnreachable,
]
