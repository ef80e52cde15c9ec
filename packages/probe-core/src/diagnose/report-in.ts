// A whole report for people to read: the diagnosis, and all that the report remarks beside it, in one language.

import { remarkIn } from '../catalog/remarks.ts'
import type { Language } from '../model/language.ts'
import type { ObservedReport, Report } from '../model/report.ts'
import type { Target } from '../model/target.ts'
import type { Vantage } from '../model/vantage.ts'
import { diagnose } from './index.ts'

/**
 * The report, judged again, with every word for people in the language. Ids, codes, numbers, commands and the words of servers
 * are the same in all languages. For reading, not for saving: the report that programs read is the English one.
 */
export function reportIn(report: Report, language: Language): Report {
  if (language === 'en') return report
  const observed: ObservedReport = report
  const told = diagnose(observed, { language })
  return {
    ...told,
    vantage: vantageIn(told.vantage, language),
    targets: told.targets.map(target => targetIn(target, language)),
  }
}

function targetIn(target: Target, language: Language): Target {
  const { note, when, hangs } = target
  return {
    ...target,
    ...(note === undefined ? {} : { note: remarkIn(note, language) }),
    ...(when === undefined ? {} : { when: remarkIn(when, language) }),
    hangs: hangs.map(hang => ({ ...hang, how: remarkIn(hang.how, language) })),
  }
}

function vantageIn(vantage: Vantage, language: Language): Vantage {
  const { signs, credentials, customCaProblems, proxyProblem, stoppers } = vantage
  const tried = credentials?.tried.map(each => (each.why === undefined ? each : { ...each, why: remarkIn(each.why, language) }))
  return {
    ...vantage,
    ...(proxyProblem !== undefined && { proxyProblem: remarkIn(proxyProblem, language) }),
    ...(customCaProblems && { customCaProblems: customCaProblems.map(each => remarkIn(each, language)) }),
    ...(stoppers && { stoppers: stoppers.map(each => remarkIn(each, language)) }),
    ...(signs && { signs: signs.map(({ workload, sign }) => ({ workload, sign: remarkIn(sign, language) })) }),
    ...(credentials && tried && { credentials: { ...credentials, tried } }),
  }
}
