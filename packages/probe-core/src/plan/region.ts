// Which region the run is about, and who said so.

import { ProbeUsageError } from '../model/usage-error.ts'
import { findProcessingJobArn, findRegionOfArn, findSageMakerResource, type VantageFiles } from './vantage-files.ts'

interface RegionInput {
  /** `--region`. */
  readonly option?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Region of the profile in use, from the config file. */
  readonly profileRegion?: string | undefined
  readonly files?: VantageFiles | undefined
  readonly metadata?: { readonly region?: string | undefined; readonly regionFrom?: string | undefined } | undefined
}

interface ChosenRegion {
  readonly region: string | null
  /** The option, variable, file or service that said it. */
  readonly from?: string
  /** AWS_REGION and AWS_DEFAULT_REGION when both are set and differ: SDKs disagree about which one counts. */
  readonly conflicting?: readonly string[]
}

const form = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/

/**
 * The first that says one: `--region`, AWS_REGION, AWS_DEFAULT_REGION, the config file, an ARN this environment carries,
 * task or instance metadata. Throws ProbeUsageError for a region that cannot be one.
 */
export function chooseRegion(input: RegionInput): ChosenRegion {
  const { env } = input
  const conflicting = env.AWS_REGION && env.AWS_DEFAULT_REGION && env.AWS_REGION !== env.AWS_DEFAULT_REGION
  const extra = conflicting ? { conflicting: [String(env.AWS_REGION), String(env.AWS_DEFAULT_REGION)] } : {}
  for (const [from, value] of said(input)) {
    if (!value) continue
    if (!form.test(value)) throw malformed(from, value)
    return { region: value, from, ...extra }
  }
  return { region: null, ...extra }
}

function said(input: RegionInput): [string, string | undefined][] {
  const { env, files } = input
  return [
    ['--region', input.option],
    ['AWS_REGION', env.AWS_REGION],
    ['AWS_DEFAULT_REGION', env.AWS_DEFAULT_REGION],
    ['config file', input.profileRegion],
    ['CODEBUILD_BUILD_ARN', findRegionOfArn(env.CODEBUILD_BUILD_ARN)],
    ['TRAINING_JOB_ARN', findRegionOfArn(env.TRAINING_JOB_ARN)],
    ['AppStream_Image_Arn', findRegionOfArn(env.AppStream_Image_Arn)],
    ['resource-metadata.json', files && findRegionOfArn(findSageMakerResource(files)?.arn)],
    ['processingjobconfig.json', files && findRegionOfArn(findProcessingJobArn(files))],
    [input.metadata?.regionFrom ?? 'metadata', input.metadata?.region],
  ]
}

function malformed(from: string, value: string): ProbeUsageError {
  const shown = value.replace(/[^\x20-\x7e]/g, '?').slice(0, 40)
  // A zone is the commonest slip: us-east-1a for us-east-1.
  const zone = /^([a-z]{2,}(?:-[a-z]+)+-\d{1,2})[a-z]$/.exec(value.trim().toLowerCase())?.[1]
  const lower = value.trim().toLowerCase().replaceAll('_', '-')
  const meant = zone ?? (form.test(lower) ? lower : undefined)
  const hint = meant
    ? { en: `set it to ${meant}`, ja: `${meant} を設定してください` }
    : { en: 'set it to a region code such as ap-northeast-1', ja: 'ap-northeast-1 のようなリージョンコードを設定してください' }
  return new ProbeUsageError(
    'region-malformed',
    { en: `${from} is "${shown}", which is not a region`, ja: `${from} の "${shown}" はリージョンではありません` },
    hint,
  )
}
