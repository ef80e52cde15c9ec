// Makes docs/reference/causes and docs/ja/reference/causes: a page a cause, from the rules, their heads, the texts of the
// command line and the remedies. Build first.
//   node scripts/docs/make-cause-pages.mjs            write them
//   node scripts/docs/make-cause-pages.mjs --check    say which are not current

import { causeTexts } from '../../packages/probe-cli/dist/src/messages/cause-texts-en.js'
import { causeTextsJa } from '../../packages/probe-cli/dist/src/messages/cause-texts-ja.js'
import { foldCommand } from '../../packages/probe-cli/dist/src/render/command-lines.js'
import { notices } from '../../packages/probe-core/dist/src/diagnose/notices/index.js'
import { phrasesIn } from '../../packages/probe-core/dist/src/diagnose/phrases/index.js'
import { remedyOf } from '../../packages/probe-core/dist/src/diagnose/remedies.js'
import { rules } from '../../packages/probe-core/dist/src/diagnose/rules/index.js'
import { causeCodes, causesByArea } from '../../packages/probe-core/dist/src/model/cause.js'
import { looksLikeJa } from './looks-like-ja.mjs'
import { settle } from './pages.mjs'
import { citedBy, headOf } from './rule-sources.mjs'
import { sampleFor } from './samples.mjs'
import { areas, symptoms } from './symptoms.mjs'

const words = {
  en: {
    other: code => `[日本語](../../ja/reference/causes/${code}.md)`,
    all: '[all causes](README.md)',
    shows: 'How it shows',
    from: 'The diagnosis starts from:',
    confused: 'What it is confused with',
    looks: 'Looks like this cause, but is not:',
    rivals: 'These causes can show the same, and compete with it:',
    apart: 'How eniprobe tells them apart',
    rule: 'It is called *certain* only when an observation speaks for it, and no rival is left: each either cannot stand behind this target at all, or was excluded by an observation, which the report shows under "ruled out". Rivals that are left stand under "or else".',
    cites: 'The sentences of proof that a report may cite for it, or against it:',
    noRule: 'eniprobe has no rule for this cause yet: no report names it. The page is here because the code is fixed.',
    notice: 'It is told as a remark on the run as a whole, or on targets that work. It competes with no other cause.',
    alsoNotice: 'It is also told as a remark, a warning beside other findings, where nothing fails for it yet.',
    fix: 'How to fix it',
    example: name => `As a report words it, here for ${name}:`,
    next: 'Next step, while it is not certain',
    more: 'AWS documentation',
    title: 'Causes',
    intro: n =>
      `The ${n} causes that eniprobe has a code for. A code never changes its meaning: it is what you say aloud, search for, and write into a ticket. \`eniprobe explain CAUSE\` prints the short form.`,
    head: '| code | cause |',
    unnamed: '(no report of this version names it)',
    made: 'This page is made by `scripts/docs/make-cause-pages.mjs` from the rules and the texts.',
  },
  ja: {
    other: code => `[English](../../../reference/causes/${code}.md)`,
    all: '[原因の一覧](README.md)',
    shows: '見え方',
    from: '診断の出発点になる症状:',
    confused: '間違えやすいもの',
    looks: 'この原因に見えて、実は違うもの:',
    rivals: '次の原因も同じ見え方をするので、この原因と競い合います。',
    apart: 'eniprobe の見分け方',
    rule: '「確実」（certain）と言うのは、この原因を裏付ける観測があり、競い合う候補が一つも残らないときだけです。候補が消えるのは、その対象ではそもそも起こり得ないときか、観測で除外されたときです（レポートの「除外済み」に出ます）。残った候補は「他の候補」に並びます。',
    cites: 'レポートが根拠または反証として引用することのある文です。',
    noRule:
      'この原因を判定するルールは、まだありません。今のレポートには出ません。コードの意味が決まっているので、ページだけを置いています。',
    notice: '実行全体または正常な対象についての注意として示します。ほかの原因とは競い合いません。',
    alsoNotice: 'まだ何も失敗していないときに、ほかの所見と並ぶ警告として示すこともあります。',
    fix: '直し方',
    example: name => `レポートに出る手順とコマンドの例（${name} の場合）:`,
    next: '確実でないときの次の一手',
    more: 'AWS のドキュメント',
    title: '原因の一覧',
    intro: n =>
      `eniprobe がコードを割り当てている ${n} 個の原因です。コードの意味は変わりません。口頭での共有、検索、チケットへの記載に使えます。\`eniprobe explain CAUSE --lang ja\` で要約を表示できます。`,
    head: '| コード | 原因 |',
    unnamed: '（今の版のレポートには出ません）',
    made: 'このページは `scripts/docs/make-cause-pages.mjs` が、ルールと説明文から作っています。',
  },
}

const folders = { en: 'docs/reference/causes', ja: 'docs/ja/reference/causes' }
const texts = { en: causeTexts, ja: causeTextsJa }
const column = { en: 0, ja: 1 }
const ruleOf = new Map(rules.map(rule => [rule.cause, rule]))
const noticed = new Set(notices.map(notice => notice.cause))
const pages = new Map()

for (const language of ['en', 'ja']) {
  pages.set(`${folders[language]}/README.md`, index(language))
  for (const code of causeCodes) pages.set(`${folders[language]}/${code}.md`, page(code, language))
}
settle(pages, Object.values(folders), 'node scripts/docs/make-cause-pages.mjs')

function page(code, language) {
  const w = words[language]
  const text = texts[language][code]
  const area = Object.keys(causesByArea).find(name => causesByArea[name].includes(code))
  return paragraphs(
    `# ${text.title}`,
    `\`${code}\` · ${areas[area][column[language]]} · ${w.all} · ${w.other(code)}`,
    text.what,
    ...showing(code, language),
    ...fixing(code, language),
    `---\n\n${w.made}`,
  )
}

function showing(code, language) {
  const w = words[language]
  const text = texts[language][code]
  const rule = ruleOf.get(code)
  const start = [`## ${w.shows}`, text.shows]
  if (rule === undefined) return [...start, noticed.has(code) ? w.notice : w.noRule, ...citing(code, language)]
  return [
    ...start,
    noticed.has(code) ? w.alsoNotice : '',
    w.from,
    list(rule.shows.map(symptom => `\`${symptom}\`: ${symptomWords(symptom, language)}`)),
    `## ${w.confused}`,
    w.looks,
    `> ${looksLike(code, language)}`,
    ...rivalsOf(rule, language),
    `## ${w.apart}`,
    w.rule,
    ...citing(code, language),
  ]
}

function citing(code, language) {
  const cited = citedBy(code)
  return cited.length === 0 ? [] : [words[language].cites, list(cited.map(key => `\`${phrasesIn[language][key]}\``))]
}

function rivalsOf(rule, language) {
  const rivals = rules.filter(other => other !== rule && other.shows.some(symptom => rule.shows.includes(symptom)))
  if (rivals.length === 0) return []
  const rows = rivals.map(({ cause, shows }) => {
    const shared = shows.filter(symptom => rule.shows.includes(symptom)).map(symptom => `\`${symptom}\``)
    return `| [\`${cause}\`](${cause}.md) | ${texts[language][cause].title} | ${shared.join(' ')} |`
  })
  const head = language === 'en' ? '| cause | | symptom |' : '| 原因 | | 症状 |'
  return [words[language].rivals, [head, '|---|---|---|', ...rows].join('\n')]
}

function fixing(code, language) {
  const w = words[language]
  const { name, targets, network } = sampleFor(code)
  const remedy = remedyOf(code)
  const fix = remedy.fix(targets, network)
  const next = remedy.nextStep(targets, network)
  const said = text => prose(typeof text === 'string' ? text : text[language])
  const steps = fix.steps.map((step, i) => `${i + 1}. ${said(step)}`).join('\n')
  return [
    `## ${w.fix}`,
    texts[language][code].fix,
    w.example(name),
    `> ${said(fix.summary)}`,
    steps,
    fix.snippets.cli === undefined ? '' : shell(fix.snippets.cli),
    `## ${w.next}`,
    said(next.summary),
    shell(next.command),
    `${w.more}: <${fix.docs}>`,
  ]
}

function index(language) {
  const w = words[language]
  const back =
    language === 'en' ? '[日本語](../../ja/reference/causes/README.md)' : '[English](../../../reference/causes/README.md)'
  const tables = Object.entries(causesByArea).flatMap(([area, codes]) => [
    `## ${areas[area][column[language]]}`,
    [
      w.head,
      '|---|---|',
      ...codes.map(code => {
        const named = ruleOf.has(code) || noticed.has(code) ? '' : ` ${w.unnamed}`
        return `| [\`${code}\`](${code}.md) | ${texts[language][code].title}${named} |`
      }),
    ].join('\n'),
  ])
  return paragraphs(`# ${w.title}`, back, w.intro(causeCodes.length), ...tables, `---\n\n${w.made}`)
}

function looksLike(code, language) {
  const english = headOf(code).looksLike
  if (language === 'en') return capital(english)
  const [madeFrom, japanese] = looksLikeJa[code] ?? []
  if (madeFrom !== english) fail(`the head of rules/${code}.ts now says "${english}": revise scripts/docs/looks-like-ja.mjs`)
  return japanese
}

function symptomWords(symptom, language) {
  const named = symptoms[symptom]
  if (named === undefined) fail(`scripts/docs/symptoms.mjs lacks "${symptom}"`)
  return named[column[language]]
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function list(items) {
  return items.map(item => `- ${item}`).join('\n')
}

/** Placeholders in angle brackets would vanish as HTML. */
function prose(text) {
  return text.replace(/<[a-z][a-z-]*>/g, found => `\`${found}\``)
}

function shell(command) {
  return `\`\`\`sh\n${foldCommand(command, 100).join('\n')}\n\`\`\``
}

function paragraphs(...parts) {
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
