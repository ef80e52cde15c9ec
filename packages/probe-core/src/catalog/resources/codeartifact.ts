// A package repository: a token as every client fetches it, the host of the repository, and a package that cannot exist asked for
// there. The token stays in memory, goes to that one host, and is dropped.

import { rest } from '../noop-rows.ts'
import { arnOf, encode, type NamedResource, noName, type ResourceStep, readJson, textOf } from './resource.ts'

const noDomain = [{ code: 'ResourceNotFoundException' }]
/** 15 minutes: the shortest life that the service gives. */
const tokenSeconds = 900

export function codeartifactSteps(named: NamedResource): readonly ResourceStep[] {
  const [domain = '', repository = ''] = named.name.split('/')
  const repositoryArn = arnOf(named, 'codeartifact', `repository/${domain}/${repository}`)
  const base = { kind: 'read', purpose: 'use', signingName: 'codeartifact', evidence: 'documented', missing: noDomain } as const
  return [
    {
      ...base,
      action: 'codeartifact:GetAuthorizationToken',
      permissions: [
        { action: 'codeartifact:GetAuthorizationToken', resource: arnOf(named, 'codeartifact', `domain/${domain}`) },
        { action: 'sts:GetServiceBearerToken', resource: '*' },
      ],
      request: () => rest('POST', `/v1/authorization-token?domain=${encode(domain)}&duration=${tokenSeconds}`),
      learn: ({ body }) => {
        const token = textOf(readJson(body), 'authorizationToken')
        return token === undefined || !/^[\x21-\x7e]+$/.test(token) ? {} : { token }
      },
    },
    {
      ...base,
      action: 'codeartifact:GetRepositoryEndpoint',
      permissions: [{ action: 'codeartifact:GetRepositoryEndpoint', resource: repositoryArn }],
      request: () => rest('GET', `/v1/repository/endpoint?domain=${encode(domain)}&repository=${encode(repository)}&format=pypi`),
      learn: ({ body }) => readEndpoint(textOf(readJson(body), 'repositoryEndpoint', 1024)),
    },
  ]
}

/** At the repository's own host, with what the calls before were told. */
export function repositorySteps(named: NamedResource): readonly ResourceStep[] {
  const [domain = '', repository = ''] = named.name.split('/')
  return [
    {
      action: 'codeartifact:ReadFromRepository',
      kind: 'read',
      purpose: 'use',
      evidence: 'inferred',
      signingName: 'codeartifact',
      permissions: [
        {
          action: 'codeartifact:ReadFromRepository',
          resource: arnOf(named, 'codeartifact', `repository/${domain}/${repository}`),
        },
      ],
      // The package is made up: that it is not there is the answer to whoever may read.
      allowed: [{ code: '404' }, { code: 'ResourceNotFoundException' }],
      request: ({ token, endpointHost, endpointPath }) => {
        if (token === undefined || endpointHost === undefined || endpointPath === undefined) return undefined
        const authorization = `Basic ${btoa(`aws:${token}`)}`
        return {
          ...rest('GET', `${endpointPath}simple/${noName}/`, '', { authorization }),
          host: endpointHost,
          unsigned: true,
        }
      },
    },
  ]
}

/** Only a name of the service's own is believed: the token goes there. */
function readEndpoint(url: string | undefined): Readonly<Record<string, string>> {
  if (url === undefined || !URL.canParse(url)) return {}
  const { protocol, hostname, port, pathname } = new URL(url)
  const isOwn = /^[a-z0-9-]+\.d\.codeartifact\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.test(hostname)
  if (protocol !== 'https:' || port !== '' || !isOwn) return {}
  return { endpointHost: hostname, endpointPath: pathname.endsWith('/') ? pathname : `${pathname}/` }
}
