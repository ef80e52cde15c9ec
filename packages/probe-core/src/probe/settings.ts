// The SDK settings of this environment that decide which names an SDK asks for: variables first, then the config file.

import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Said } from '../model/language.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import type { SdkSettings } from '../model/vantage.ts'
import { answersInTime } from './file-systems.ts'

interface SettingsResult {
  readonly settings: SdkSettings
  readonly profile: string
  /** Region of the profile, from the config file. */
  readonly profileRegion?: string
  /** `ca_bundle` of the profile: a path. */
  readonly caBundle?: string
  /** The caller's mistake, when there is one: whoever cannot go on without these settings throws it. */
  readonly problem?: ProbeUsageError
}

type Profile = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings that name endpoints. Neither file need exist, unless a profile is named.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export async function readSdkSettings(options: {
  readonly env: NodeJS.ProcessEnv
  /** `--profile`; else AWS_PROFILE, else `default`. */
  readonly profile?: string | undefined
  /** A file system that hangs is not waited for any longer. Default, and most, 2,000. */
  readonly withinMs?: number | undefined
}): Promise<SettingsResult> {
  const { env } = options
  const profile = options.profile || env.AWS_PROFILE || 'default'
  const named = Boolean(options.profile || env.AWS_PROFILE)
  const files = configFiles(env)
  const { unreadable, ...loaded } = await loadInTime(files, Math.min(options.withinMs ?? mostMs, mostMs))
  const section: Profile | undefined = Object.hasOwn(loaded.profiles, profile) ? loaded.profiles[profile] : undefined
  const settings = {
    ...settingsOf(env, { name: profile, section: section ?? {}, services: loaded.services, files, keys: loaded.keys }),
    ...conflictOf(env),
  }
  const region = section?.region
  const problem =
    unreadable ?? (named && !section ? missing(profile, files, options.profile ? '--profile' : 'AWS_PROFILE') : undefined)
  const caBundle = section?.ca_bundle
  return {
    settings,
    profile,
    ...(region && { profileRegion: region }),
    ...(caBundle && { caBundle }),
    ...(problem && { problem }),
  }
}

interface ConfigFiles {
  readonly config: string
  readonly credentials: string
}

export function configFiles(env: NodeJS.ProcessEnv): ConfigFiles {
  const home = env.HOME || env.USERPROFILE || homedir()
  return {
    config: env.AWS_CONFIG_FILE || join(home, '.aws', 'config'),
    credentials: env.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials'),
  }
}

type Loaded = Awaited<ReturnType<typeof load>> & { readonly unreadable?: ProbeUsageError }

const mostMs = 2_000
const nothing = { profiles: {}, services: {}, keys: {} }

async function loadInTime(files: ConfigFiles, withinMs: number): Promise<Loaded> {
  const late = { ...nothing, unreadable: unreadableFile(files.config, 'ETIMEDOUT') }
  if (withinMs <= 0) return late
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<Loaded>(resolve => {
    timer = setTimeout(() => resolve(late), withinMs)
  })
  const reading = look(files, withinMs * 0.9).then(({ unreadable, isThere }) => {
    if (unreadable !== undefined) return { ...nothing, unreadable }
    return isThere ? load(files) : nothing
  })
  try {
    return await Promise.race([reading, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Settings of hundreds of accounts are a tenth of it. */
const mostBytes = 8 * 1024 * 1024

/** A file that is not there is no fault; one that is there and cannot be read is. */
async function look(
  files: ConfigFiles,
  withinMs: number,
): Promise<{ readonly isThere: boolean; readonly unreadable?: ProbeUsageError }> {
  let isThere = false
  for (const path of [files.config, files.credentials]) {
    try {
      if (!(await answersInTime(path, withinMs))) return { isThere, unreadable: unreadableFile(path, 'ETIMEDOUT') }
      // Before it is opened: opening a pipe waits for its other end, for ever, and a device may never end.
      const found = await stat(path)
      if (found.isDirectory()) return { isThere, unreadable: unreadableFile(path, 'EISDIR') }
      if (!found.isFile() && (await realpath(path)) !== '/dev/null')
        return { isThere, unreadable: unreadableFile(path, 'ENOTREG') }
      if (found.size > mostBytes) return { isThere, unreadable: unreadableFile(path, 'EFBIG') }
      // One that another program has locked for writing (a lease, a delegation of NFS) says so at once.
      await (await open(path, constants.O_RDONLY | constants.O_NONBLOCK)).close()
      isThere = true
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT' || code === 'ENOTDIR') continue
      return { isThere, unreadable: unreadableFile(path, code ?? 'unknown') }
    }
  }
  return { isThere }
}

const whyUnreadable: Readonly<Record<string, Said>> = {
  ENOTREG: {
    en: 'the AWS configuration is a pipe or a device, and no file',
    ja: 'AWS の設定がファイルではなく、パイプかデバイスです',
  },
  EAGAIN: {
    en: 'another program holds the AWS configuration, so that nobody can read it',
    ja: '別のプログラムが AWS の設定ファイルを占有しているため、読めません',
  },
  ETIMEDOUT: {
    en: 'the AWS configuration cannot be read in time: its file system does not answer',
    ja: 'AWS の設定ファイルを時間内に読めません。ファイルシステムが応答しません',
  },
  EFBIG: { en: 'the AWS configuration is too large to be one', ja: 'AWS の設定ファイルが大きすぎます' },
}

function unreadableFile(path: string, code: string): ProbeUsageError {
  const what = whyUnreadable[code] ?? { en: `cannot be read (${code})`, ja: `読めません（${code}）` }
  return new ProbeUsageError(
    'config-unreadable',
    { en: `${what.en} (${path})`, ja: `${what.ja}（${path}）` },
    code in whyUnreadable
      ? { en: `name a configuration file instead of ${path}`, ja: `${path} の代わりに設定ファイルを指定してください` }
      : { en: `let this user read ${path}`, ja: `このユーザーが ${path} を読めるようにしてください` },
  )
}

function missing(profile: string, files: ConfigFiles, from: string): ProbeUsageError {
  return new ProbeUsageError(
    'profile-missing',
    {
      en: `${from} names the profile "${profile}", which is not there (${files.config}, ${files.credentials})`,
      ja: `${from} が示すプロファイル "${profile}" がありません（${files.config}, ${files.credentials}）`,
    },
    {
      en: `add [profile ${profile}] to ${files.config}, or name another one`,
      ja: `${files.config} に [profile ${profile}] を加えるか、別のプロファイルを指定してください`,
    },
  )
}

interface Sections {
  readonly profiles: Readonly<Record<string, Profile>>
  readonly services: Readonly<Record<string, Profile>>
  /** What the credentials file alone says of each profile: there it wins. */
  readonly keys: Readonly<Record<string, Profile>>
}

async function load(files: ConfigFiles): Promise<Sections> {
  const { loadSharedConfigFiles } = await import('@smithy/core/config')
  // The loader's cache is the process's own: another call with other files must not see it.
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    filepath: files.credentials,
    configFilepath: files.config,
    ignoreCache: true,
  })
  const profiles: Record<string, Profile> = {}
  const services: Record<string, Profile> = {}
  for (const [name, section] of Object.entries(configFile)) {
    if (name.startsWith('services.')) services[name.slice('services.'.length)] = section
    else profiles[name] = section
  }
  for (const [name, section] of Object.entries(credentialsFile)) profiles[name] = { ...profiles[name], ...section }
  return { profiles, services, keys: credentialsFile }
}

/** The profile in use, and where each of its settings stands. */
interface InUse extends Pick<Sections, 'services' | 'keys'> {
  readonly name: string
  readonly section: Profile
  readonly files: ConfigFiles
}

function settingsOf(env: NodeJS.ProcessEnv, inUse: InUse): SdkSettings {
  const { section: profile } = inUse
  const useDualstack = readBoolean(env.AWS_USE_DUALSTACK_ENDPOINT) ?? readBoolean(profile.use_dualstack_endpoint)
  const useFips = readBoolean(env.AWS_USE_FIPS_ENDPOINT) ?? readBoolean(profile.use_fips_endpoint)
  const sts = (env.AWS_STS_REGIONAL_ENDPOINTS || profile.sts_regional_endpoints)?.toLowerCase()
  const ignored = readBoolean(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS) ?? readBoolean(profile.ignore_configured_endpoint_urls)
  const found = ignored ? [] : [...endpointUrlsOf(env, inUse)]
  const endpointUrls = Object.fromEntries(found.map(([service, { url }]) => [service, url]))
  const endpointUrlsFrom = Object.fromEntries(found.map(([service, { from }]) => [service, from]))
  return {
    ...(useDualstack !== undefined && { useDualstack }),
    ...(useFips !== undefined && { useFips }),
    ...((sts === 'regional' || sts === 'legacy') && { stsRegionalEndpoints: sts }),
    ...(found.length > 0 && { endpointUrls, endpointUrlsFrom }),
  }
}

/**
 * By service id; `*` for all. Variables before files, and in either a service's own before the one for all: a variable for all hides
 * what a file says of one service.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function endpointUrlsOf(env: NodeJS.ProcessEnv, { name, section, services, files, keys }: InUse) {
  const found = new Map<string, { readonly url: string; readonly from: string }>()
  const put = (service: string, url: string | undefined, from: string) => {
    const safe = url === undefined ? undefined : readUrl(url)
    if (safe !== undefined) found.set(service, { url: safe, from })
  }
  const isInKeys = Object.hasOwn(keys, name) && keys[name]?.endpoint_url !== undefined
  const title = name === 'default' || isInKeys ? name : `profile ${name}`
  put('*', section.endpoint_url, `endpoint_url of [${title}], ${isInKeys ? files.credentials : files.config}`)
  const ofServices = section.services ?? ''
  for (const [key, value] of Object.entries(Object.hasOwn(services, ofServices) ? (services[ofServices] ?? {}) : {})) {
    const service = /^([a-z0-9_]+)\.endpoint_url$/i.exec(key)?.[1]
    if (service) put(serviceId(service), value, `endpoint_url of ${service} in [services ${ofServices}], ${files.config}`)
  }
  if (env.AWS_ENDPOINT_URL) {
    found.clear()
    put('*', env.AWS_ENDPOINT_URL, 'AWS_ENDPOINT_URL')
  }
  for (const [key, value] of Object.entries(env)) {
    const service = /^AWS_ENDPOINT_URL_([A-Z0-9_]+)$/.exec(key)?.[1]
    if (service && value) put(serviceId(service), value, key)
  }
  return found
}

/** Service ids as settings spell them: lower case, blanks as underscores (`elastic_beanstalk`). */
function serviceId(word: string): string {
  return word.toLowerCase()
}

/** Without the user and password that a URL may carry. */
function readUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined
  const url = new URL(value)
  url.username = ''
  url.password = ''
  return url.search || url.pathname !== '/' ? `${url.origin}${url.pathname}` : url.origin
}

function conflictOf(env: NodeJS.ProcessEnv): Pick<SdkSettings, 'conflictingRegions'> {
  const [one, other] = [env.AWS_REGION, env.AWS_DEFAULT_REGION]
  return one && other && one !== other ? { conflictingRegions: [one, other] } : {}
}

function readBoolean(value: string | undefined): boolean | undefined {
  const word = value?.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}
