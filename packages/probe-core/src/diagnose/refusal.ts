// What AWS itself said, as proof; and the shared judgement of denials that name the policy type.

import type { Denial } from '../catalog/denial.ts'
import type { Evidence, Severity } from '../model/finding.ts'
import { mayDeny } from './bare-denial.ts'
import { denialOf } from './classify.ts'
import { list } from './facts.ts'
import { allowedActions, isOnlyLookDenied, otherDenied } from './named.ts'
import { excluded, fits, type Rule, says } from './rule.ts'
import type { NetworkView, TargetView } from './view.ts'

/** "AWS (request id …) answered CODE: MESSAGE". */
export function sayAws(target: TargetView): Evidence | undefined {
  const aws = target.aws
  if (aws?.outcome !== 'rejected') return undefined
  return says(target, 'aws', aws.message ? 'aws.refused' : 'aws.refusedBare', {
    action: aws.seen?.action ?? '-',
    code: aws.code,
    message: (aws.message ?? '').slice(0, 600),
  })
}

/** What AWS denies and allows on the same resource beside the refusal. */
export function sayOthers(target: TargetView): readonly Evidence[] {
  const denied = [...new Set(otherDenied(target).map(({ action }) => action))]
  const allowed = allowedActions(target)
  return [
    ...(denied.length > 0 ? [says(target, 'aws', 'resource.alsoDenied', { actions: list(denied) })] : []),
    ...(allowed.length > 0 ? [says(target, 'aws', 'resource.alsoAllowed', { actions: list(allowed) })] : []),
  ]
}

/**
 * A generic no-op may be denied on purpose (policies scope List to nothing), so it is a warning;
 * a denial on a resource that the user named is an error, unless what workloads do with it is proven to be allowed.
 */
export function severityOfDenial(target: TargetView): Severity {
  return isNamed(target) && !isOnlyLookDenied(target) ? 'error' : 'warning'
}

/** The refused call was on what the user named: a resource, or a URL. A generic call beside a named resource is not. */
export function isNamed(target: TargetView): boolean {
  const aws = target.aws
  if (aws !== undefined && aws.outcome !== 'skipped' && aws.seen?.resource !== undefined) return true
  return target.target.kind === 'https' || target.id.startsWith('s3://')
}

/** The rule of a denial whose wording names one of these policy types. */
export function deniedBy(...types: readonly NonNullable<Denial['policyType']>[]): Omit<Rule, 'cause'> {
  return {
    severity: severityOfDenial,
    shows: ['aws-denied'],
    judge(target, network) {
      const denial = denialOf(target)
      if (denial === undefined) return undefined
      if (denial.policyType === undefined) {
        return types.some(type => mayDeny(type, target, denial)) ? fits('weak', [sayAws(target)]) : undefined
      }
      const evidence = [
        sayAws(target),
        denial.policyArn ? says(target, 'aws', 'aws.policyArn', { arn: denial.policyArn }) : undefined,
        ...sayOthers(target),
      ]
      if (denial.policyType !== undefined && types.includes(denial.policyType)) {
        // KMS words a refusal by the key like any other; the key's own rule names it better.
        if (denial.kmsInvolved && denial.policyType === 'resource') return fits('plain', evidence)
        const doubt = doubtOf(target, network, denial)
        return fits(doubt ? 'plain' : 'strong', evidence, [doubt])
      }
      // Another account's resource without a reason to allow us is worded as a missing resource policy, whichever side lacks it.
      if (types.includes('identity') && denial.policyType === 'resource' && !denial.explicit) return fits('weak', evidence)
      return excluded(says(target, 'aws', 'aws.namesPolicy', { policy: denial.policyType }))
    },
  }
}

/** Why AWS's own wording is not taken at its word here. */
function doubtOf(target: TargetView, network: NetworkView, denial: Denial): Evidence | undefined {
  const account = network.vantage.identity?.account ?? accountOf(denial.principal)
  const owner = accountOf(denial.resource)
  if (account && owner && account !== owner) return says(target, 'aws', 'aws.otherAccount', { owner, account })
  if (denial.policyType === 'resource' && !denial.explicit) return says(target, 'aws', 'aws.resourceWording', {})
  if (denial.caveat) return says(target, 'aws', 'aws.caveat', { caveat: denial.caveat })
  if (
    denial.policyType === 'endpoint' &&
    target.isPublic &&
    network.vantage.internet === 'answered' &&
    !target.service?.hasGatewayEndpoint
  ) {
    return says(target, 'aws', 'aws.noEndpointOnPath', { host: target.target.host })
  }
  return undefined
}

function accountOf(arn: string | undefined): string | undefined {
  return arn?.match(/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/)?.[1]
}

/** execute-api's bare Forbidden, wherever it was seen. */
export function forbiddenByApi(target: TargetView): Evidence | undefined {
  const aws = target.aws
  if (
    aws?.outcome === 'rejected' &&
    (aws.code === 'ForbiddenException' || (aws.seen?.status === 403 && /^Forbidden$/.test(aws.message ?? '')))
  ) {
    return says(target, 'aws', 'api.forbidden', { host: target.target.host })
  }
  const http = target.http
  const seen = http === undefined || http.outcome === 'skipped' ? undefined : http.seen
  const forbidden =
    seen?.status === 403 &&
    (/"message"\s*:\s*"Forbidden"/.test(seen.bodyStart ?? '') || seen.awsMarks?.some(m => /ForbiddenException/i.test(m)))
  return forbidden ? says(target, 'http', 'api.forbidden', { host: target.target.host }) : undefined
}
