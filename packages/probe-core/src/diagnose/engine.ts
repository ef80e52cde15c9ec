// From observations to findings: every rule judges every target whose symptom it can show; the smallest set of causes that
// explains all failing targets is chosen; a cause is certain only where every competitor was excluded by an observation.

import type { CauseCode } from '../model/cause.ts'
import type { Cause, Confidence, Evidence, Finding, Severity } from '../model/finding.ts'
import type { Language } from '../model/language.ts'
import { findSymptom } from './classify.ts'
import { notices } from './notices/index.ts'
import { opinionOn } from './path/index.ts'
import type { SecondOpinion } from './path/opinion.ts'
import { nothingToOpen, withOthers, withPermission } from './remedies/second-opinion.ts'
import { remedyOf } from './remedies.ts'
import type { Fit, Judgement, Rule } from './rule.ts'
import { rules } from './rules/index.ts'
import { applyOpinion, isSameFault, type Judged, leavesDoubt } from './second-opinion.ts'
import { speakFinding, speakFix, speakNextStep } from './speak.ts'
import { applyState } from './state/apply.ts'
import type { Symptom } from './symptom.ts'
import type { NetworkView, TargetView } from './view.ts'

interface Case {
  readonly target: TargetView
  readonly symptom: Symptom
  readonly candidates: ReadonlyMap<CauseCode, Candidate>
  readonly excluded: ReadonlyMap<CauseCode, Evidence>
  /** What the control plane told of this target; undefined: nothing. */
  readonly opinion: SecondOpinion | undefined
}

interface Candidate extends Judged {
  readonly rule: Rule
  readonly order: number
}

/** A longer list is not read; what is cut fits worst, and few of the targets. */
const mostAlternatives = 5

const rank: Record<Fit, number> = { strong: 3, plain: 2, weak: 1 }

export function findFindings(network: NetworkView, language: Language): readonly Finding[] {
  const cases = network.targets.flatMap(target => {
    const symptom = findSymptom(target)
    return symptom === undefined ? [] : [judge(target, symptom, network)]
  })
  const explained = cover(cases.filter(c => c.candidates.size > 0)).map(group => toFinding(group, network, language))
  const errorsFirst = [...explained, ...noticed(network, language)].sort(
    (a, b) => severityRank(a.severity) - severityRank(b.severity),
  )
  return errorsFirst.map((finding, index) => ({ ...speakFinding(finding, language), id: `f${index + 1}` }))
}

function judge(target: TargetView, symptom: Symptom, network: NetworkView): Case {
  const candidates = new Map<CauseCode, Candidate>()
  const excluded = new Map<CauseCode, Evidence>()
  rules.forEach((rule, order) => {
    if (!rule.shows.includes(symptom)) return
    const judgement: Judgement = rule.judge(target, network, symptom)
    if (judgement === undefined) return
    if ('excludedBy' in judgement) excluded.set(rule.cause, judgement.excludedBy)
    else candidates.set(rule.cause, { rule, order, ...judgement })
  })
  const opinion = opinionOn(target, network, symptom)
  if (opinion !== undefined) applyOpinion(target, opinion, candidates, excluded)
  applyState(target, symptom, candidates, excluded)
  return { target, symptom, candidates, excluded: excluded.size === 0 ? nothing : excluded, opinion }
}

const nothing: Case['excluded'] = new Map()

/** How much speaks for it: what configuration says it is not comes last, what it proves first. */
function weigh({ fit, isProven, isCleared }: Judged): number {
  return isProven ? rank.strong + 1 : isCleared ? 0 : rank[fit]
}

interface Tally {
  readonly cause: CauseCode
  readonly isCleared: boolean
  cases: Case[]
  fit: number
  readonly order: number
  readonly isOnePerTarget: boolean
}

interface Group {
  readonly cause: CauseCode
  /** Configuration says of these targets that it is not this, or not this alone, and nothing better is known. */
  readonly isCleared: boolean
  readonly cases: Case[]
}

/**
 * The smallest set of causes, greedily: among the causes that fit a target best, the one that explains most targets so far
 * unexplained goes first; the order of the rules breaks ties, the order of the targets never matters. A target that configuration clears
 * of a cause is not told together with one that has it.
 */
function cover(cases: readonly Case[]): readonly Group[] {
  const groups: Group[] = []
  let open = [...cases]
  while (open.length > 0) {
    const tally = new Map<string, Tally>()
    for (const one of open) {
      const best = Math.max(...[...one.candidates.values()].map(weigh))
      for (const [cause, candidate] of one.candidates) {
        if (weigh(candidate) !== best) continue
        const isCleared = candidate.isCleared === true || candidate.isShort === true
        const key = isCleared ? `${cause} cleared` : cause
        const entry = tally.get(key) ?? {
          cause,
          isCleared,
          cases: [],
          fit: best,
          order: candidate.order,
          isOnePerTarget: candidate.rule.isOnePerTarget === true,
        }
        entry.cases.push(one)
        entry.fit = Math.max(entry.fit, best)
        tally.set(key, entry)
      }
    }
    // Several targets by one fault, or one target a fault.
    const explained = ({ cases, isOnePerTarget }: Tally) => (isOnePerTarget ? 1 : cases.length)
    const find = ({ cause, isCleared }: Tally) => groups.find(g => g.cause === cause && g.isCleared === isCleared)
    const isChosen = (entry: Tally) => Number(find(entry) !== undefined)
    const chosen = [...tally.values()].sort(
      // A cause that explains something already explains more at no cost.
      (x, y) => isChosen(y) - isChosen(x) || y.fit - x.fit || explained(y) - explained(x) || x.order - y.order,
    )[0] as Tally
    const earlier = find(chosen)
    if (earlier === undefined) groups.push({ cause: chosen.cause, isCleared: chosen.isCleared, cases: chosen.cases })
    else for (const one of chosen.cases) earlier.cases.push(one)
    const done = new Set(chosen.cases)
    open = open.filter(c => !done.has(c))
  }
  return splitBySeverity(groups.flatMap(splitByProof))
}

/** Where every target has a fault of its own, what is proven of one is not made a guess by another of which it is not. */
function splitByProof(group: Group): readonly Group[] {
  const { cause, cases } = group
  const isOwn = cases.some(c => c.candidates.get(cause)?.rule.isOnePerTarget === true)
  const [proven, others] = [cases.filter(c => isProvenIn(c, cause)), cases.filter(c => !isProvenIn(c, cause))]
  if (!isOwn || proven.length === 0 || others.length === 0) return [group]
  return [proven, others].map(some => ({ ...group, cases: some }))
}

/** A denial may be a warning on one target and an error on another: one finding has one severity. */
function splitBySeverity(groups: readonly Group[]): readonly Group[] {
  return groups.flatMap(group => {
    const bySeverity = new Map<Severity, Case[]>()
    for (const one of group.cases) {
      const severity = severityOf(group.cause, one)
      const alike = bySeverity.get(severity)
      if (alike === undefined) bySeverity.set(severity, [one])
      else alike.push(one)
    }
    return [...bySeverity.values()].map(cases => ({ ...group, cases }))
  })
}

function severityOf(cause: CauseCode, one: Case): Severity {
  // Needed only for a feature that this workload may not use.
  if (one.target.target.when !== undefined) return 'warning'
  const rule = one.candidates.get(cause)?.rule
  if (rule === undefined) return 'error'
  return typeof rule.severity === 'function' ? rule.severity(one.target, one.target.network) : rule.severity
}

function toFinding(group: Group, network: NetworkView, language: Language): Finding {
  const { cause, cases } = group
  const targets = cases.map(c => c.target)
  const others = [...new Set(cases.flatMap(c => [...c.candidates.keys()]))].filter(c => c !== cause)
  const certain = cases.every(
    c =>
      isProvenIn(c, cause) ||
      (others.length === 0 &&
        c.candidates.get(cause)?.fit === 'strong' &&
        c.candidates.get(cause)?.isCleared !== true &&
        !restsOnEarlySilence(c.target)),
  )
  const top = toCause(cause, cases, certain ? 'certain' : bestFit(cause, cases) === 'weak' ? 'possible' : 'likely')
  const rest = others
    .map(other => ({
      other,
      fit: bestFit(other, cases),
      count: cases.filter(c => c.candidates.has(other)).length,
      opposed: cases.some(c => (c.candidates.get(other)?.against.length ?? 0) > 0),
      order: orderOf(other, cases),
    }))
    .sort((a, b) => rank[b.fit] - rank[a.fit] || b.count - a.count || Number(a.opposed) - Number(b.opposed) || a.order - b.order)
    .slice(0, mostAlternatives)
    .map(({ other, fit }) => toCause(other, cases, surenessOf(other, fit, cases)))
  const remedy = remedyOf(cause)
  const isOpen = group.isCleared && cases.every(c => c.opinion?.open !== undefined)
  const alike = rest.filter(other => other.confidence === 'certain' && !isSameFault(cause, other.cause)).map(other => other.cause)
  const ruledOut = new Map<CauseCode, Evidence>()
  for (const c of cases)
    for (const [code, by] of c.excluded)
      if (code !== cause && !others.includes(code) && !ruledOut.has(code)) ruledOut.set(code, by)
  const excluded = [...ruledOut].map(([code, by]) => ({ cause: code, by }))
  return {
    id: '',
    severity: severityOf(cause, cases[0] as Case),
    targets: targets.map(t => t.id),
    causes: [top, ...rest],
    ...(excluded.length > 0 ? { excluded } : {}),
    fix: speakFix(withOthers(isOpen ? nothingToOpen(targets) : remedy.fix(targets, network), alike, targets, network), language),
    nextStep: certain
      ? null
      : speakNextStep(
          withPermission(
            remedy.nextStep(targets, network),
            cases.map(c => c.opinion),
            network,
          ),
          language,
        ),
  }
}

/** Its silence, or that of the way out beside it, was called before the connect timeout had passed: a slow peer is not excluded. */
function restsOnEarlySilence({ addresses, isPublic, network }: TargetView): boolean {
  const isEarly = addresses.some(({ tcp }) => tcp.outcome === 'silent' && tcp.early === true)
  return isEarly || (isPublic && network.check('internet').some(check => check.early === true))
}

/** Proven by configuration, and every competitor ruled out by it, proven too, or beyond it on the path. */
function isProvenIn({ candidates }: Case, cause: CauseCode): boolean {
  if (candidates.get(cause)?.isProven !== true) return false
  return [...candidates].every(([other, candidate]) => other === cause || !leavesDoubt(other, candidate))
}

/** A second fault that configuration proves on the same targets is as sure as the first. */
function surenessOf(cause: CauseCode, fit: Fit, cases: readonly Case[]): Confidence {
  const having = cases.filter(c => c.candidates.has(cause))
  if (having.length > 0 && having.every(c => isProvenIn(c, cause))) return 'certain'
  return fit === 'strong' ? 'likely' : 'possible'
}

function toCause(cause: CauseCode, cases: readonly Case[], confidence: Confidence): Cause {
  const candidates = cases.flatMap(c => c.candidates.get(cause) ?? [])
  return {
    cause,
    confidence,
    evidence: unique(candidates.flatMap(c => c.evidence)),
    against: unique(candidates.flatMap(c => c.against)),
  }
}

function bestFit(cause: CauseCode, cases: readonly Case[]): Fit {
  const fits = cases.flatMap(c => c.candidates.get(cause)?.fit ?? [])
  return fits.reduce<Fit>((best, fit) => (rank[fit] > rank[best] ? fit : best), 'weak')
}

function orderOf(cause: CauseCode, cases: readonly Case[]): number {
  return Math.min(...cases.flatMap(c => c.candidates.get(cause)?.order ?? []))
}

/** What is said of the whole run (vantage) is said once, not once a target. */
function unique(evidence: readonly Evidence[]): readonly Evidence[] {
  const saidOf = new Map<string, string | Set<string>>()
  return evidence.filter(({ target, says }) => {
    const said = saidOf.get(target)
    // Of most targets one thing is said.
    if (said === undefined) saidOf.set(target, says)
    else if (said === says) return false
    else if (typeof said === 'string') saidOf.set(target, new Set([said, says]))
    else if (said.has(says)) return false
    else said.add(says)
    return true
  })
}

function noticed(network: NetworkView, language: Language): readonly Finding[] {
  return notices.flatMap(notice =>
    notice.find(network).map(match => {
      const targets = match.targets.flatMap(id => network.find(id) ?? [])
      const remedy = remedyOf(notice.cause)
      const cause: Cause = {
        cause: notice.cause,
        confidence: match.confidence,
        evidence: match.evidence,
        against: match.against ?? [],
      }
      return {
        id: '',
        severity: match.severity,
        targets: match.targets,
        causes: [cause],
        fix: speakFix(remedy.fix(targets, network), language),
        nextStep: match.confidence === 'certain' ? null : speakNextStep(remedy.nextStep(targets, network), language),
      }
    }),
  )
}

function severityRank(severity: Severity): number {
  return severity === 'error' ? 0 : 1
}
