// An image repository, by the calls that a pull makes: token, layer availability, manifest, a layer's address; then the manifest
// at the registry itself, with the token. Pushing is proven by completing an upload that does not exist.

import { isRecord } from '../../model/json.ts'
import { json, rest } from '../noop-rows.ts'
import { arnOf, type NamedResource, noName, type ResourceStep, readJson, textOf } from './resource.ts'

const prefix = 'AmazonEC2ContainerRegistry_V20150921'
const noDigest = `sha256:${'0'.repeat(64)}`
const noRepository = [{ code: 'RepositoryNotFoundException' }, { code: 'NAME_UNKNOWN' }]

export function ecrSteps(named: NamedResource): readonly ResourceStep[] {
  const repositoryName = named.name
  const repository = arnOf(named, 'ecr', `repository/${repositoryName}`)
  const base = { kind: 'read', purpose: 'use', signingName: 'ecr', missing: noRepository } as const
  const on = (action: string) => ({ action, permissions: [{ action, resource: repository }] })
  return [
    {
      ...base,
      action: 'ecr:GetAuthorizationToken',
      evidence: 'documented',
      permissions: [{ action: 'ecr:GetAuthorizationToken', resource: '*' }],
      request: () => json(`${prefix}.GetAuthorizationToken`),
      learn: ({ body }) => readToken(body),
    },
    {
      ...base,
      ...on('ecr:BatchCheckLayerAvailability'),
      evidence: 'documented',
      request: () => json(`${prefix}.BatchCheckLayerAvailability`, { repositoryName, layerDigests: [noDigest] }),
    },
    {
      ...base,
      ...on('ecr:GetDownloadUrlForLayer'),
      evidence: 'inferred',
      allowed: [{ code: 'LayersNotFoundException' }, { code: 'LayerInaccessibleException' }],
      request: () => json(`${prefix}.GetDownloadUrlForLayer`, { repositoryName, layerDigest: noDigest }),
    },
    {
      ...base,
      ...on('ecr:BatchGetImage'),
      evidence: 'documented',
      // By a tag that is not there: a real image would have its time of the last pull set.
      request: () => json(`${prefix}.BatchGetImage`, { repositoryName, imageIds: [{ imageTag: noName }] }),
    },
    {
      ...base,
      ...on('ecr:CompleteLayerUpload'),
      kind: 'write',
      evidence: 'inferred',
      allowed: [{ code: 'UploadNotFoundException' }],
      request: () =>
        json(`${prefix}.CompleteLayerUpload`, {
          repositoryName,
          uploadId: '00000000-0000-0000-0000-000000000000',
          layerDigests: [noDigest],
        }),
    },
  ]
}

/** At the registry itself, with the token that the call before was given. */
export function registrySteps(named: NamedResource): readonly ResourceStep[] {
  return [
    {
      action: 'ecr:BatchGetImage',
      kind: 'read',
      purpose: 'use',
      evidence: 'inferred',
      signingName: 'ecr',
      permissions: [{ action: 'ecr:BatchGetImage', resource: arnOf(named, 'ecr', `repository/${named.name}`) }],
      allowed: [{ code: 'MANIFEST_UNKNOWN' }],
      missing: noRepository,
      // GET, not HEAD: the refusal of a HEAD has no words.
      request: ({ token, registryHost }) =>
        token === undefined || registryHost === undefined
          ? undefined
          : {
              ...rest('GET', `/v2/${named.name}/manifests/${noName}`, '', {
                authorization: `Basic ${token}`,
                accept: 'application/vnd.docker.distribution.manifest.v2+json',
              }),
              host: registryHost,
              unsigned: true,
            },
    },
  ]
}

/** The token is base64 of `AWS:password`, as Basic wants it. It only goes to a registry of AWS's. */
function readToken(body: string): Readonly<Record<string, string>> {
  const list = readJson(body).authorizationData
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  if (!isRecord(first)) return {}
  const token = textOf(first, 'authorizationToken')
  const endpoint = textOf(first, 'proxyEndpoint', 512)
  if (token === undefined || !/^[A-Za-z0-9+/=]+$/.test(token) || endpoint === undefined || !URL.canParse(endpoint)) return {}
  const { protocol, hostname, port } = new URL(endpoint)
  const isOwn = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.test(hostname)
  return protocol === 'https:' && port === '' && isOwn ? { token, registryHost: hostname } : {}
}
