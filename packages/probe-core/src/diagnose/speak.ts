// A finding in the words of one language. Rules and remedies think in keys, codes and both languages; here one is chosen.

import type { Cause, Evidence, Finding, Fix, NextStep } from '../model/finding.ts'
import type { Language } from '../model/language.ts'
import { fillIn, isPhraseKey } from './phrases/index.ts'
import type { SaidFix, SaidNextStep } from './rule.ts'

/** Keys, parts, codes and commands stay as they are. */
export function speakFinding(finding: Finding, language: Language): Finding {
  if (language === 'en') return finding
  return {
    ...finding,
    causes: finding.causes.map(cause => speakCause(cause, language)),
    ...(finding.excluded && {
      excluded: finding.excluded.map(({ cause, by }) => ({ cause, by: speakEvidence(by, language) })),
    }),
  }
}

function speakCause(cause: Cause, language: Language): Cause {
  return {
    ...cause,
    evidence: cause.evidence.map(each => speakEvidence(each, language)),
    against: cause.against.map(each => speakEvidence(each, language)),
  }
}

function speakEvidence(evidence: Evidence, language: Language): Evidence {
  const { phrase } = evidence
  if (phrase === undefined || !isPhraseKey(phrase.key)) return evidence
  return { ...evidence, says: fillIn(phrase.key, phrase, language) }
}

export function speakFix(fix: SaidFix, language: Language): Fix {
  return { ...fix, summary: speak(fix.summary, language), steps: fix.steps.map(step => speak(step, language)) }
}

export function speakNextStep(step: SaidNextStep, language: Language): NextStep {
  return { ...step, summary: speak(step.summary, language) }
}

function speak(words: SaidFix['summary'], language: Language): string {
  return typeof words === 'string' ? words : words[language]
}
