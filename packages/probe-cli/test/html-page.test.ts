// The HTML report as a person opens it: in a real Chromium, from a file, at two widths, light and dark, by keyboard, without
// script, on paper. The browser may reach nothing at all.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Language, Report } from '@eniprobe/core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { renderHtml } from '../src/render/html/report.ts'
import { formatPage, hostileReport, manyTargets, reportNamed, toldReport } from './format-reports.ts'
import { findProgram } from './judges.ts'

const executablePath = findProgram('chromium', 'chromium-browser', 'google-chrome')
const options = executablePath === undefined ? { skip: 'no Chromium is installed' } : {}
const reports: Readonly<Record<string, Report>> = {
  mixed: reportNamed('mixed'),
  interrupted: reportNamed('interrupted'),
  proxy: reportNamed('proxy'),
  told: toldReport(),
  hostile: hostileReport(),
  many: manyTargets(300),
}
const looks = [
  { width: 1280, colorScheme: 'light', language: 'en' },
  { width: 1280, colorScheme: 'dark', language: 'ja' },
  { width: 390, colorScheme: 'light', language: 'ja' },
  { width: 390, colorScheme: 'dark', language: 'en' },
] as const

let browser: Browser | undefined
let folder = ''

before(async () => {
  if (executablePath === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'eniprobe-page-'))
  browser = await chromium.launch({
    executablePath,
    // Whatever a browser does of its own accord, it resolves no name and reaches no address.
    args: ['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
})

after(async () => {
  await browser?.close()
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

interface Opened {
  readonly page: Page
  /** What the browser complained of, and what the page asked for beside itself. */
  readonly complaints: string[]
}

async function withPage(
  report: Report,
  context: BrowserContextOptions,
  use: (opened: Opened) => Promise<void>,
  language: Language = 'en',
): Promise<void> {
  assert.ok(browser !== undefined)
  const file = join(folder, 'report.html')
  writeFileSync(file, renderHtml(report, formatPage(language)))
  const url = pathToFileURL(file).href
  const opened = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context })
  try {
    const page = await opened.newPage()
    const complaints: string[] = []
    page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', error => complaints.push(error.message))
    page.on('request', request => request.url() !== url && complaints.push(`asked for ${request.url()}`))
    await page.addInitScript(
      `addEventListener('securitypolicyviolation', event => console.error('CSP ' + event.violatedDirective))`,
    )
    await page.goto(url)
    await use({ page, complaints })
  } finally {
    await opened.close()
  }
}

for (const [name, report] of Object.entries(reports)) {
  for (const { width, colorScheme, language } of looks) {
    const how = `${width} px, ${colorScheme}, ${language}`
    test(
      `"${name}" opens without a complaint, a request, a sideways scroll or a picture over its edge: ${how}`,
      options,
      async () => {
        await withPage(
          report,
          { viewport: { width, height: 800 }, colorScheme },
          async ({ page, complaints }) => {
            const seen = await page.evaluate(`({ scroll: document.documentElement.scrollWidth, broken: window.broken,
            strange: document.querySelectorAll('[onerror],[onload],[onmouseover],img,style ~ style,a[href^="javascript"]').length,
            scripts: document.scripts.length, lang: document.documentElement.lang,
            over: [...document.querySelectorAll('.picture > svg')]
              .filter(svg => getComputedStyle(svg).display !== 'none')
              .flatMap(svg => [...svg.querySelectorAll('text')].filter(text => {
                const box = text.getBBox(), edge = svg.viewBox.baseVal
                return box.x < 0 || box.x + box.width > edge.width || box.y + box.height > edge.height
              }).map(text => text.textContent)) })`)
            assert.deepEqual(seen, { scroll: width, strange: 0, scripts: 1, lang: language, broken: undefined, over: [] })
            assert.deepEqual(complaints, [])
          },
          language,
        )
      },
    )
  }
}

test('the strict policy is in force: a script and a style put in later do not run', options, async () => {
  await withPage(reports.mixed ?? reportNamed('mixed'), {}, async ({ page, complaints }) => {
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'window.broken = 1'
      document.body.append(script)
      const style = document.createElement('style')
      style.textContent = 'body { display: none }'
      document.head.append(style)
      document.body.setAttribute('style', 'display: none')
    }`)
    assert.equal(await page.evaluate('window.broken'), undefined)
    assert.notEqual(await page.evaluate('getComputedStyle(document.body).display'), 'none')
    assert.ok(complaints.some(line => line.includes('CSP')))
  })
})

test('text stands out from its ground by 4.5 to 1 or more, light and dark', options, async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await withPage(reports.mixed ?? reportNamed('mixed'), { colorScheme }, async ({ page }) => {
      const faint = await page.evaluate(`(() => {
        const channels = colour => colour.match(/[\\d.]+/g).map(Number)
        const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
        const ground = element => {
          for (let at = element; at; at = at.parentElement) {
            const colour = channels(getComputedStyle(at).backgroundColor)
            if (colour.length < 4 || colour[3] === 1) return colour
          }
          return [255, 255, 255]
        }
        const card = channels(getComputedStyle(document.querySelector('.picture')).backgroundColor)
        const sunk = channels(getComputedStyle(document.querySelector('.vpc')).fill)
        const owns = element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '')
        return [...document.querySelectorAll('body *')].filter(owns).filter(element => !element.closest('script, style, title, desc, .query')).flatMap(element => {
          const style = getComputedStyle(element)
          const inPicture = element instanceof SVGElement
          const text = channels(inPicture ? style.fill : style.color)
          const grounds = inPicture ? [card, sunk] : [ground(element)]
          return grounds.map(under => {
            const [a, b] = [light(text), light(under)].sort((x, y) => y - x)
            return (a + 0.05) / (b + 0.05)
          }).filter(ratio => ratio < 4.5).map(ratio => element.tagName + '.' + element.getAttribute('class') + ' ' + ratio.toFixed(2) + ' ' + element.textContent.slice(0, 30))
        })
      })()`)
      assert.deepEqual(faint, [], colorScheme)
    })
  }
})

test('the filter goes by keyboard alone: arrow keys choose a verdict, and only it stays', options, async () => {
  await withPage(reports.mixed ?? reportNamed('mixed'), {}, async ({ page }) => {
    const shown = () =>
      page.evaluate(`[...document.querySelectorAll('.targets > tbody')].filter(row => getComputedStyle(row).display !== 'none')
        .map(row => row.dataset.verdicts).sort().join(' ')`)
    assert.equal(await shown(), 'denied failing failing failing healthy healthy unknown')
    await page.keyboard.press('Tab')
    assert.match(String(await page.evaluate('document.activeElement.className')), /skip/)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.id'), 'show-all')
    const outline = 'getComputedStyle(document.activeElement.closest("label")).outlineStyle'
    assert.equal(await page.evaluate(outline), 'solid', 'where the focus is can be seen')
    for (const expected of ['failing failing failing', 'denied', 'unknown', 'healthy healthy']) {
      await page.keyboard.press('ArrowRight')
      assert.equal(await shown(), expected)
    }
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.evaluate('document.activeElement.id'), 'show-all')
    assert.equal(await shown(), 'denied failing failing failing healthy healthy unknown')
  })
})

test('among hundreds of targets the search finds one, by the slash key, and Escape brings all back', options, async () => {
  await withPage(reports.many ?? manyTargets(300), {}, async ({ page, complaints }) => {
    // Laid out or not: a row without a box is not shown.
    const count = () =>
      page.evaluate(`[...document.querySelectorAll('.targets > tbody')].filter(row => row.getClientRects().length > 0).length`)
    assert.equal(await count(), 300)
    await page.keyboard.press('/')
    await page.keyboard.type('KMS-299')
    assert.equal(await count(), 1)
    assert.equal(await page.locator('.empty').isVisible(), false)
    await page.keyboard.type('nowhere')
    assert.equal(await count(), 0)
    assert.equal(await page.locator('.empty').isVisible(), true)
    await page.keyboard.press('Escape')
    assert.equal(await count(), 300)
    await page.locator('.more summary').first().click()
    assert.ok(await page.locator('.observations').first().isVisible())
    assert.deepEqual(complaints, [])
  })
})

test('a fix is copied to the letter', options, async () => {
  await withPage(reports.told ?? toldReport(), { permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page }) => {
    const button = page.locator('.snippet button').first()
    await button.focus()
    await page.keyboard.press('Enter')
    await page.locator('.snippet .said').first().filter({ hasText: 'Copied' }).waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    assert.equal(copied, await page.locator('.snippet code').first().textContent())
    assert.match(String(copied), /^aws /)
  })
})

test('without script the page is whole: everything is there, the filter works, and no button does nothing', options, async () => {
  await withPage(reports.told ?? toldReport(), { javaScriptEnabled: false }, async ({ page }) => {
    assert.equal(await page.locator('button').count(), 0)
    assert.equal(await page.locator('.search').isVisible(), false)
    assert.equal(await page.locator('article.finding').count(), 5)
    await page.locator('label.denied').click()
    assert.equal(await page.locator('article.finding:visible').count(), 1)
    assert.equal(await page.locator('.targets > tbody:visible').count(), 1)
    await page.locator('.excluded summary').last().click()
    assert.ok(await page.locator('.excluded li').last().isVisible())
  })
})

test('on paper the fixes are unfolded, the controls gone, and every page is made', options, async () => {
  await withPage(reports.told ?? toldReport(), {}, async ({ page }) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    assert.equal(await page.locator('.search').isVisible(), false)
    assert.equal(await page.locator('button').first().isVisible(), false)
    assert.equal(await page.locator('article details:not([open])').count(), 0)
    assert.equal(
      await page.evaluate('getComputedStyle(document.body).backgroundColor'),
      'rgb(255, 255, 255)',
      'no ink for a dark ground',
    )
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    const pdf = await page.pdf({ format: 'A4' })
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  })
})

test('the picture tells an answer that is wrong, and some addresses of several, from silence', options, async () => {
  const report = reportNamed('closed')
  const [sts] = report.targets
  assert.ok(sts !== undefined)
  const silent = { layer: 'tcp', outcome: 'silent', waitedMs: 3000, address: '10.20.2.20' } as const
  const targets = [
    { ...sts, id: 'wrong', verdict: 'failing' as const },
    { ...sts, id: 'some', verdict: 'failing' as const, observations: [...sts.observations, silent] },
  ]
  await withPage({ ...report, targets, findings: [] }, {}, async ({ page }) => {
    const said = String(await page.locator('.picture .wide desc').textContent())
    assert.match(said, /wrong: answers, but wrongly\./)
    assert.match(said, /some: TCP: silence begins here 2 of 3 ok 3\.0 s\./)
  })
})

test('whoever does not see the picture hears it: title, description and the same in words', options, async () => {
  await withPage(reports.told ?? toldReport(), {}, async ({ page }) => {
    const picture = page.getByRole('img', { name: /^Network path from this machine/ })
    assert.equal(await picture.count(), 1, 'the other drawing is not shown')
    const said = String(await page.locator('.picture .wide desc').textContent())
    assert.match(said, /Starts at ec2, 10\.20\.1\.10\/24, eni-/)
    assert.match(said, /Interface endpoint: kms: TCP: silence begins here 3\.2 s\./)
    assert.match(said, /Public address: logs, s3, https:\/\/pypi\.org/)
    const unlabelled = await page.evaluate(
      `[...document.querySelectorAll('input, button')].filter(one => one.labels?.length === 0 && !one.ariaLabel).length`,
    )
    assert.equal(unlabelled, 0)
    const levels = (await page.evaluate(
      `[...document.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]))`,
    )) as number[]
    levels.forEach((level, index) => {
      assert.ok(level <= (levels[index - 1] ?? 0) + 1, `heading ${index} leaves out no level`)
    })
  })
})
