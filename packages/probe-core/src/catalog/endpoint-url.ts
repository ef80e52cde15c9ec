// The settings that send a service's clients to another host than the region's name: an endpoint URL, by variable or by file.

/** Of `hostFrom`: the words that the plan puts there for an endpoint URL, and for no other setting. */
export function isEndpointUrlSetting(hostFrom: string | undefined): hostFrom is string {
  return hostFrom !== undefined && /^(?:AWS_ENDPOINT_URL|endpoint_url of )/.test(hostFrom)
}
