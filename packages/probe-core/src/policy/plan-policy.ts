// The policy of one run: the same plan that the run would make, without a packet, and the permissions of its calls.

import { findPartition, permissionsOf } from '../catalog/index.ts'
import type { Said } from '../model/language.ts'
import type { PlannedTarget } from '../model/target.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { detectWorkload } from '../plan/detect.ts'
import { chooseRegion } from '../plan/region.ts'
import { isPackageWord, planTargets } from '../plan/targets.ts'
import type { PlannedPolicy, PolicyOptions } from '../policy.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { readPackagesInTime } from '../probe/packages/in-time.ts'
import { readSdkSettings } from '../probe/settings.ts'
import { confirmPermissionsOf } from './confirm-permissions.ts'
import { makePolicyDocument, mostPolicyCharacters, policyCharacters } from './policy-document.ts'
import { notesOf } from './policy-notes.ts'

/** @throws ProbeUsageError for a caller's mistake */
export async function planPolicyHere(options: PolicyOptions, env: NodeJS.ProcessEnv): Promise<PlannedPolicy> {
  const account = accountOf(options.account, env)
  const { targets, region, workload } = await planHere(options, env)
  const place = {
    region: region ?? '*',
    partition: region === null ? 'aws' : findPartition(region).id,
    ...(account && { account }),
  }
  const { writeChecks = false, sign = true, confirm = true } = options
  const permissions = sign
    ? targets.flatMap(target => [
        ...permissionsOf(target, { region, writeChecks, confirm, ...(account && { account }) }),
        ...(confirm ? confirmPermissionsOf(target, { ...place, region: target.region ?? place.region }) : []),
      ])
    : []
  const document = makePolicyDocument(permissions)
  const words = options.targets ?? []
  const isChosenByMachine = words.length === 0 && (options.for ?? []).length === 0
  return {
    document,
    notes: notesOf({
      document,
      targets: sign ? targets : [],
      region,
      ...(isChosenByMachine && sign && { workload }),
      characters: policyCharacters(document),
      mostCharacters: mostPolicyCharacters,
    }),
  }
}

interface PlanHere {
  readonly targets: readonly PlannedTarget[]
  readonly region: string | null
  readonly workload: string | null
}

/** As a run plans, but for what only metadata tells. */
async function planHere(options: PolicyOptions, env: NodeJS.ProcessEnv): Promise<PlanHere> {
  const words = options.targets ?? []
  const workloads = options.for ?? []
  const { settings, profileRegion, problem } = await readSdkSettings({ env, profile: options.profile })
  if (problem) throw problem
  const { region } = chooseRegion({ option: options.region, env, profileRegion, files: machineFiles })
  const { workload } = detectWorkload({ env, ...machineFiles, metadata: {} })
  const managers = words.map(word => word.trim()).filter(isPackageWord)
  const packages = managers.length === 0 ? undefined : await readPackagesInTime(managers, env)
  const targets = planTargets(words, {
    region,
    workloads,
    detected: words.length === 0 && workload !== null ? [workload] : [],
    settings,
    ...(packages && { packages: packages.settings }),
  })
  return { targets, region, workload }
}

/** @throws ProbeUsageError `bad-account` */
function accountOf(given: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const account = given ?? (env.AWS_ACCOUNT_ID || undefined)
  if (account === undefined || /^\d{12}$/.test(account)) return account
  const from = given === undefined ? 'AWS_ACCOUNT_ID' : 'account'
  const what: Said = {
    en: `${from} is no account id`,
    ja: `${from} がアカウント ID ではありません`,
  }
  throw new ProbeUsageError('bad-account', what, {
    en: 'write its twelve digits, or leave it out',
    ja: '12 桁の数字にするか、指定をやめてください',
  })
}
