// The confirm phase of a run: what the findings ask for is asked of the control plane, in as few rounds as the answers depend on
// one another. It judges nothing: what was told stands in the report, and `diagnose` reads it there.

import type { ControlCall, ControlPlane } from '../model/control-plane.ts'
import type { Finding } from '../model/finding.ts'
import type { ObservedReport } from '../model/report.ts'
import type { Lent, SecondOpinion } from '../probe/control-line.ts'
import { type Ask, makeAsking } from './ask.ts'
import { joinControlPlanes, joinTold } from './join-told.ts'
import { topicsOf } from './questions.ts'
import type { Told } from './read-network.ts'
import type { Situation } from './situation.ts'
import { askHolders, askNamedStates, asksForState } from './state/ask-states.ts'
import { type Topic, type TopicName, type TopicQuestion, topics } from './topics.ts'

/** Some ten calls in four rounds, a tenth of a second each; an API slower than this is not waited for. */
const longestMs = 6000

export function startSecondOpinion(
  context: Lent,
  diagnose: (observed: ObservedReport) => readonly Finding[],
  onAsking: () => void = () => {},
): SecondOpinion {
  let asking: ReturnType<typeof makeAsking> | undefined
  let letGo = () => {}
  const begin = () => {
    asking ??= makeAsking(context)
    return asking
  }
  return {
    onTrouble: () => {
      if (context.credentials !== null) begin().prepare('ec2')
    },
    ask: async observed => {
      if (context.credentials === null || context.deadline.spent()) return undefined
      const findings = diagnose(observed)
      if (findings.every(finding => topicsOf(finding).length === 0 && !asksForState(finding))) return undefined
      const own = context.deadline.sub(longestMs)
      letGo = own.dispose
      onAsking()
      const ask = begin().within(own)
      const questions = { report: observed, findings, ask, nowMs: context.clock.wallMs() }
      const [path, named] = await Promise.all([askTopics(observed, findings, ask), askNamedStates(questions)])
      const holders = await askHolders(questions, path.interfaces ?? [])
      return [observed.controlPlane, path, named, holders].reduce(joinControlPlanes)
    },
    close: () => {
      letGo()
      asking?.close()
    },
  }
}

/** Round by round: a topic is asked as soon as every topic that it builds on, and that is asked at all, has been answered. */
export async function askTopics(observed: ObservedReport, findings: readonly Finding[], ask: Ask): Promise<ControlPlane> {
  const asking = findings.filter(finding => topicsOf(finding).length > 0)
  const ids = new Set(asking.flatMap(finding => finding.targets))
  const targets = observed.targets.filter(target => ids.has(target.id))
  const asked: ControlCall[] = []
  let told: Told = {}
  const open = new Set(asking.flatMap(topicsOf))
  while (open.size > 0) {
    const ready = [...open].filter(name => !(topics[name] as Topic).after.some(earlier => open.has(earlier as TopicName)))
    // Topics that wait for each other would never be asked: none is made so.
    if (ready.length === 0) throw new Error(`topics wait for each other: ${[...open].join(', ')}`)
    const situation: Situation = { report: observed, findings: asking, targets, told: { asked, ...told } }
    const questions = ready
      .flatMap(name => (topics[name] as Topic).questions(situation))
      .filter(({ ask: { service } }) => !asked.some(call => call.action.startsWith(`${service}:`) && cannotBeAsked(call)))
    for (const name of ready) open.delete(name)
    const answers = await Promise.all(questions.map(question => answer(question, ask)))
    for (const { calls, facts } of answers) {
      asked.push(...calls)
      told = joinTold(told, facts)
    }
  }
  return { asked, ...told }
}

/** Whoever did not answer one question at all is asked no other. */
function cannotBeAsked({ outcome }: ControlCall): boolean {
  return outcome === 'silent' || outcome === 'skipped'
}

async function answer(
  question: TopicQuestion,
  ask: Ask,
): Promise<{ readonly calls: readonly ControlCall[]; readonly facts: Told }> {
  const { call, body } = await ask(question.ask)
  if (body !== undefined) return { calls: [call], facts: question.read(body) }
  if (call.outcome !== 'rejected') return { calls: [call], facts: {} }
  if (question.none?.code.test(call.code ?? '')) return { calls: [call], facts: question.none.told }
  if (question.orElse === undefined || !isDenial(call.code)) return { calls: [call], facts: {} }
  const other = await answer(question.orElse, ask)
  return { calls: [call, ...other.calls], facts: other.facts }
}

/** Another question helps whoever may not ask this one; to whom it says anything else, it will say so again. */
function isDenial(code = ''): boolean {
  return /Unauthorized|AccessDenied|AuthorizationError|^403$/.test(code)
}
