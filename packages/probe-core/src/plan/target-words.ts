// What one TARGET word of the command line means, as planned targets. It reads words only: nothing is looked up.

import { distance } from 'fastest-levenshtein'
import {
  findPartition,
  findService,
  readArn,
  readHost,
  remark,
  type Service,
  serviceIds,
  serviceWords,
  stepsOf,
} from '../catalog/index.ts'
import type { PlannedTarget } from '../model/target.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { bracketed, quote, readHostAndPort, readHostName } from './addresses.ts'
import { hasWrongLength, noBucketOfLength, readBucketWord } from './bucket-words.ts'
import { readServiceHostWord } from './host-words.ts'
import { packageTargets } from './package-targets.ts'
import { packageDefaults, type ResourceForm, resourceForms } from './resource-words.ts'
import { chooseHost, type HostContext } from './service-hosts.ts'
import { shownWord } from './shown-word.ts'

/** @throws ProbeUsageError for a word that is no target, with the nearest one that is */
export function readTargetWord(word: string, context: HostContext): PlannedTarget[] {
  const wantedBy = ['command-line']
  if (word === 'all') return serviceIds().map(id => serviceTarget(known(id), context, { id, wantedBy }))
  const scheme = /^([a-z0-9]+):\/\/(.*)$/is.exec(word)
  if (scheme !== null) return [readSchemeWord(word, (scheme[1] ?? '').toLowerCase(), scheme[2] ?? '', context)]
  if (Object.hasOwn(packageDefaults, word)) return packageTargets(word, context, given => hostTarget(given, context))
  const service = findService(word)
  if (service !== undefined) return [serviceTarget(service, context, { id: service.id, wantedBy })]
  const form = resourceForms.find(({ prefix }) => word.startsWith(`${prefix}:`))
  if (form !== undefined) return resourceTargets(word, form, context)
  throw unknownWord(word)
}

function resourceTargets(word: string, form: ResourceForm, context: HostContext): PlannedTarget[] {
  const resource = word.slice(form.prefix.length + 1)
  if (!form.pattern.test(resource))
    throw new ProbeUsageError(
      'bad-resource',
      {
        en: `${quote(word)} names no ${form.prefix} resource`,
        ja: `${quote(word)} は ${form.prefix} のリソースを示していません`,
      },
      { en: `write it like ${form.example}`, ja: `${form.example} のように書いてください` },
    )
  const there = { ...context, region: readArn(resource)?.region || context.region }
  const wantedBy = ['command-line']
  const targets = form.services.map((id, index): PlannedTarget => {
    const planned = serviceTarget(known(id), there, { id: index === 0 ? word : `${word} (${id})`, wantedBy })
    const own = planned.host === '' ? form.hostOf?.(id, resource, there.accountId ?? null) : undefined
    const host = own === undefined || there.region === null ? planned.host : fillHost(own, there.region)
    const target = { ...planned, host, kind: 'resource' as const, resource }
    const { note: standIn, ...sure } = target
    // "healthy" must not be read as a word about the instance or the database.
    const note = stepsOf(target) === undefined ? remark('endpointOnly', { service: id, form: form.prefix }) : form.reached?.[id]
    // What stands in for an account's host is asked under its own name once that is told.
    return note === undefined ? (standIn === undefined || target.host === '' ? target : sure) : { ...target, note }
  })
  return form.data === undefined ? targets : [...targets, ...dataTarget(word, form.data, there)]
}

function fillHost(template: string, region: string): string {
  return template.replaceAll('{region}', region).replaceAll('{dnsSuffix}', findPartition(region).dnsSuffix)
}

/** Where a resource's data comes from, which is no resource of the user's. */
function dataTarget(word: string, data: NonNullable<ResourceForm['data']>, context: HostContext): PlannedTarget[] {
  const { region } = context
  if (region === null) return []
  const host = fillHost(data.host, region)
  const { id, service, note } = data
  return [
    { id: `${word} (${id})`, kind: 'service', service, host, port: 443, region, wantedBy: ['command-line'], only: 'reach', note },
  ]
}

/** A target at the host the SDK of this environment would use for the service. */
export function serviceTarget(
  service: Service,
  context: HostContext,
  given: Pick<PlannedTarget, 'id' | 'wantedBy'> & Partial<PlannedTarget>,
): PlannedTarget {
  const { custom: _, ...choice } = chooseHost(service, context)
  return { kind: 'service', service: service.id, region: context.region, ...choice, ...given }
}

function readSchemeWord(word: string, scheme: string, rest: string, context: HostContext): PlannedTarget {
  if (scheme === 's3') return readBucketWord(word, rest, context)
  if (scheme === 'aws') return readServiceHostWord(word, rest, context)
  if (scheme === 'tcp' || scheme === 'tls') {
    const { host, port } = readHostAndPort(rest.replace(/\/$/, ''), word)
    if (port === null && scheme === 'tcp')
      throw new ProbeUsageError(
        'bad-port',
        { en: `${quote(word)} names no port`, ja: `${quote(word)} にポートがありません` },
        { en: `add it: ${word}:443`, ja: `${word}:443 のように付けてください` },
      )
    const actual = port ?? 443
    const id = `${scheme}://${bracketed(host)}${port === null ? '' : `:${port}`}`
    return hostTarget({ id: asWritten(id, word), kind: scheme, host, port: actual }, context)
  }
  if (scheme === 'dns') {
    const host = readHostName(rest.replace(/\/$/, ''), word)
    return hostTarget({ id: asWritten(`dns://${bracketed(host)}`, word), kind: 'tcp', host, port: 53, only: 'name' }, context)
  }
  if (scheme === 'https' || scheme === 'http') return readUrlWord(word, scheme, context)
  throw new ProbeUsageError(
    'bad-target',
    { en: `${quote(word)} is no kind of target`, ja: `${quote(word)} という種類の対象はありません` },
    {
      en: 'use s3://, tcp://, tls://, https:// or dns://, or a service id such as logs',
      ja: 's3://、tcp://、tls://、https://、dns://、または logs のようなサービス ID を使ってください',
    },
  )
}

function readUrlWord(word: string, scheme: 'http' | 'https', context: HostContext): PlannedTarget {
  const url = URL.canParse(word) ? new URL(word) : undefined
  if (url === undefined)
    throw new ProbeUsageError(
      'bad-url',
      { en: `${quote(word)} is not a URL`, ja: `${quote(word)} は URL ではありません` },
      { en: 'write it like https://pypi.org/simple/', ja: 'https://pypi.org/simple/ のように書いてください' },
    )
  if (url.username !== '' || url.password !== '') {
    // The word itself is not repeated: it holds the password.
    throw new ProbeUsageError(
      'bad-url',
      {
        en: `the URL for ${quote(url.host)} holds a user name or password`,
        ja: `${quote(url.host)} の URL にユーザー名またはパスワードが含まれています`,
      },
      { en: 'leave them out: eniprobe needs none', ja: '取り除いてください。eniprobe には不要です' },
    )
  }
  const host = readHostName(url.hostname, word.split('?')[0] ?? '')
  const path = url.pathname === '/' ? '' : url.pathname
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port)
  return hostTarget(
    {
      id: asWritten(`${scheme}://${url.host}${path}`, word),
      kind: 'https',
      host: asWritten(host, word),
      port,
      path: url.pathname,
      ...(scheme === 'http' ? { scheme } : {}),
      // A query may be a signature or a token; a report must hold neither, and reaching a host needs neither.
      ...(url.search === '' ? {} : { note: remark('queryLeftOut', {}) }),
    },
    context,
  )
}

/**
 * The word itself, where it says the same, or else a text of its own: what is put together of pieces keeps them all, what is cut out of a
 * text keeps that, and there may be thousands.
 */
function asWritten(text: string, word: string): string {
  return text === word ? word : JSON.parse(JSON.stringify(text))
}

/** A host the user named. One that the catalogue recognises keeps its kind, and says which service it is. */
function hostTarget(
  given: Pick<PlannedTarget, 'id' | 'kind' | 'host' | 'port'> & Partial<PlannedTarget>,
  context: HostContext,
): PlannedTarget {
  const named = readHost(given.host)
  return { service: named?.service?.id ?? null, region: named?.region ?? context.region, wantedBy: ['command-line'], ...given }
}

function known(id: string): Service {
  const service = findService(id)
  if (service === undefined) throw new Error(`the catalogue has no service ${id}`)
  return service
}

function unknownWord(word: string): ProbeUsageError {
  const what = { en: `${quote(word)} is no target`, ja: `${quote(word)} は対象として使えません` }
  if (word === '')
    return new ProbeUsageError(
      'bad-target',
      { en: 'a target is empty', ja: '空の対象があります' },
      { en: 'name a service, such as logs', ja: 'logs のようなサービスを指定してください' },
    )
  const bucket = /^arn:[a-z-]+:s3:::(.+)$/is.exec(word)?.[1]
  if (bucket !== undefined) {
    const [name = ''] = bucket.split('/')
    if (hasWrongLength(name)) return noBucketOfLength(word, name)
    return new ProbeUsageError('bad-target', what, {
      en: `write s3://${shownWord(bucket)}`,
      ja: `s3://${shownWord(bucket)} と書いてください`,
    })
  }
  const slip = /^(s3|https?|tcp|tls|aws|dns)(?::\/?|\/\/?)([^/].*)$/is.exec(word)
  if (slip !== null) {
    const meant = `${slip[1]?.toLowerCase()}://${slip[2]}`
    return new ProbeUsageError('bad-target', what, { en: `write ${meant}`, ja: `${meant} と書いてください` })
  }
  if (/^[^/\s]+:\d+$/.test(word))
    return new ProbeUsageError('bad-target', what, { en: `write tcp://${word}`, ja: `tcp://${word} と書いてください` })
  const nearest = nearestOf(word.toLowerCase(), [...serviceWords(), ...Object.keys(packageDefaults), 'all'])
  if (nearest !== undefined)
    return new ProbeUsageError('unknown-service', what, {
      en: `did you mean ${nearest}? "eniprobe list services" shows all`,
      ja: `${nearest} ではありませんか。一覧は "eniprobe list services"`,
    })
  if (/^[^/\s:]+\.[^/\s:]+$/.test(word))
    return new ProbeUsageError('bad-target', what, {
      en: `write https://${word} or tcp://${word}:PORT`,
      ja: `https://${word} または tcp://${word}:PORT と書いてください`,
    })
  return new ProbeUsageError('unknown-service', what, {
    en: 'name a service such as logs ("eniprobe list services" shows all), or HOST as tcp://HOST:PORT',
    ja: 'logs のようなサービス（一覧は "eniprobe list services"）か、tcp://HOST:PORT の形でホストを指定してください',
  })
}

/** The nearest of the words, if it is near enough to be a slip of the finger. */
export function nearestOf(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map(known => ({ known, far: distance(word, known) })).sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best !== undefined && best.far <= (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3)))
    ? best.known
    : undefined
}
