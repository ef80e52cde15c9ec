// The five layers, lowest first, and the four outcomes that one observation can have.

export type Layer = 'dns' | 'tcp' | 'tls' | 'http' | 'aws'

/** Lowest first: the order in which a target is climbed, and in which a failure explains those above it. */
export const layers: readonly Layer[] = ['dns', 'tcp', 'tls', 'http', 'aws']

/**
 * - `answered`: the far side did what this layer hopes for; says nothing about the layer above.
 * - `rejected`: something said no; a firewall can say it in the peer's place.
 * - `silent`: we sent, and nothing came back in the time stated; not *whose* filter dropped it.
 * - `skipped`: not tried, and why; never a failure of this layer.
 */
export type Outcome = 'answered' | 'rejected' | 'silent' | 'skipped'

export type SkipReason = 'below-failed' | 'not-asked' | 'no-time' | 'no-credentials'
