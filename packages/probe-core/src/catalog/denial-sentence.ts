// The sentence in which AWS says who may not do what to which resource, and because of which policy.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

export type PolicyType = 'identity' | 'resource' | 'scp' | 'rcp' | 'endpoint' | 'boundary' | 'session' | 'role-trust'

export interface DenialSentence {
  readonly policyType?: PolicyType
  readonly explicit?: boolean
  /** The policy that attached the denying one, e.g. an SCP that denies by way of an endpoint policy. */
  readonly transitively?: PolicyType
  /** As printed; compare case-insensitively (SQS prints sqs:sendmessage). */
  readonly action?: string
  readonly resource?: string
  readonly principal?: string
  readonly policyArn?: string
  readonly authorizationId?: string
}

const policyWords: readonly [RegExp, PolicyType][] = [
  [/^identity/i, 'identity'],
  [/^resource-based/i, 'resource'],
  [/^resource control/i, 'rcp'],
  [/^service control/i, 'scp'],
  [/^vpc endpoint/i, 'endpoint'],
  [/^permissions? boundar/i, 'boundary'],
  [/^sessions? /i, 'session'],
  [/^(?:role )?trust/i, 'role-trust'],
]

const policy =
  '((?:identity-based|resource-based|service control|resource control|VPC endpoint|sessions?|role trust|trust) polic(?:y|ies)|permissions? boundar(?:y|ies))'
const explicitDeny = new RegExp(
  `with an explicit deny in (?:(?:an?|the) )?${policy}(?: transitively through (?:(?:an?|the) )?${policy})?`,
  'i',
)
const missingAllow = new RegExp(
  `because no ${policy} allows?(?: (?:the )?\\S+ action| access)?(?: transitively through (?:(?:an?|the) )?${policy})?`,
  'i',
)
const bareExplicitDeny = /with an explicit deny(?=[\s.,:]*(?:$|Go to |Encoded |User: ))/i

// AWS's own samples repeat the action with a typo in the reason: the first one counts.
const action = /not authorized to perform:?\s+([A-Za-z][A-Za-z0-9-]*:[A-Za-z0-9*]+)/i
const principal = /User:\s+(\S.*?)\s+is not authorized/is
const resourceEnd = String.raw`(?=$|[.,]?\s*$|[.,]? Encoded authorization|[.,]? Go to https:| because | with an explicit | \(Service: |, with policy ARN)`
const resource = new RegExp(
  String.raw`^\s+on (?:(this resource|the resource associated with this ciphertext)|resource(?:\(s\)|s)?:? (?:"(.+?)"|(.+?)))${resourceEnd}`,
  'is',
)
const policyArn = /^(?:\s*:|,? with policy ARN:)\s*(arn:aws[a-z-]*:[a-z-]+::(?:\d*|aws):policy\/\S+)/i
const authorizationId = /authorization id:\s*([\w-]{1,128})/i
const nextSentence = /\bnot authorized to perform|\bAn error occurred \(/i
const legacyResource = /^Access to the resource (\S+) is denied/i
const cloudFormationAction = /\bAPI: ([a-z][a-z0-9-]*:[A-Za-z0-9]+) /
/** One sentence for three causes: the key is not in this Region, its policy allows nothing, or its policy denies. */
const kmsThreeInOne =
  /resource does not exist in this Region, no resource-based|does not exist in this region, or you are not allowed/i

/** Whether the message is KMS's one sentence for three causes. */
export function isThreeInOne(message: string): boolean {
  return kmsThreeInOne.test(message)
}

/** Reads what the sentence gives; every part may be missing, and a service without the context gives none. */
export function readDenialSentence(message: string): DenialSentence {
  const text = message.replace(/\s+/g, ' ').trim()
  const done = action.exec(text)
  const rest = done ? text.slice(done.index + done[0].length) : text
  const named = done ? resource.exec(rest) : null
  const target = done ? (named?.[1] ?? named?.[2] ?? endArn(named?.[3])) : legacyResource.exec(text)?.[1]
  // The reason stands behind the resource, whose name may hold any words: the key of an object may read like a reason.
  const behind = named ? rest.slice(named[0].length) : rest
  // Two refusals on one line: the reason of the second is not the first one's.
  const tail = behind.split(nextSentence)[0] ?? ''
  const reason = [lastOf(explicitDeny, tail), lastOf(missingAllow, tail)].sort((a, b) => (b?.index ?? -1) - (a?.index ?? -1))[0]
  const who = principal.exec(text)?.[1]
  const what = done?.[1] ?? cloudFormationAction.exec(text)?.[1]
  const id = authorizationId.exec(text)?.[1]
  const arn = reason && policyArn.exec(tail.slice(reason.index + reason[0].length))?.[1]
  return {
    ...readReason(text, [text.slice(0, done?.index ?? 0), tail], reason),
    ...(what !== undefined && { action: what }),
    ...(target !== undefined && { resource: target }),
    ...(who !== undefined && { principal: who }),
    ...(arn && { policyArn: arn.replace(/[.,;]+$/, '') }),
    ...(id !== undefined && { authorizationId: id }),
  }
}

/** What was printed without quotes ends where the text around it goes on: JSON, a tuple, a bracket. */
function endArn(text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('arn:')) return text
  const end = /["'](?=[\s),}\]]|$)|[)\]}](?=$)/.exec(text)?.index
  const isOwn = end !== undefined && /[)\]}]/.test(text[end] ?? '') && /[([{]/.test(text)
  return end === undefined || isOwn ? text : text.slice(0, end)
}

function lastOf(form: RegExp, text: string): RegExpExecArray | undefined {
  return [...text.matchAll(new RegExp(form, 'gi'))].at(-1)
}

function readReason(text: string, around: readonly string[], reason: RegExpExecArray | undefined): DenialSentence {
  // API Gateway words the answer of a Lambda authorizer like this: no IAM policy is involved.
  if (isLambdaAuthorizer(text)) return { explicit: true }
  if (reason) {
    const first = findPolicyType(reason[1])
    const through = findPolicyType(reason[2])
    return {
      ...(first && { policyType: first }),
      explicit: /^with/i.test(reason[0]),
      ...(through && { transitively: through }),
    }
  }
  if (isThreeInOne(text)) return { policyType: 'resource' }
  return around.some(part => bareExplicitDeny.test(part)) ? { explicit: true } : {}
}

/** `User is not authorized to access this resource with an explicit deny …`: the answer of an API's own authorizer. */
export function isLambdaAuthorizer(message: string): boolean {
  return /User is not authorized to access this resource with an explicit deny/i.test(message)
}

function findPolicyType(words: string | undefined): PolicyType | undefined {
  return words === undefined ? undefined : policyWords.find(([form]) => form.test(words))?.[1]
}
