// The pages as a whole: current where they are generated, linked, tidy, and in both languages.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { widthOf } from '../src/render/layout.ts'
import { readPages, root, slugOf } from './pages.ts'

const pages = readPages()
const byPath = new Map(pages.map(page => [page.path, page]))
const isGenerated = (path: string) => /^docs\/(?:ja\/)?reference\/(?:causes\/|cli|permissions|services|workloads)/.test(path)

for (const script of ['make-cause-pages.mjs', 'make-reference-pages.mjs', 'make-api.mjs']) {
  test(`the pages of ${script} are what it makes today`, () => {
    const done = spawnSync(process.execPath, [join(root, 'scripts', 'docs', script), '--check'], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
  })
}

test('every link inside the repository leads to a page that is there, and every anchor to a heading', () => {
  const broken: string[] = []
  for (const page of pages) {
    page.prose.forEach((line, index) => {
      for (const [, target = ''] of line.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue
        const [path = '', anchor] = target.split('#')
        const to = path === '' ? page.path : normalize(join(dirname(page.path), path))
        const where = `${page.path}:${index + 1} ${target}`
        if (!existsSync(join(root, to))) broken.push(where)
        else if (anchor !== undefined && !byPath.get(to)?.headings.some(({ text }) => slugOf(text) === decodeURI(anchor)))
          broken.push(where)
      }
    })
  }
  assert.deepEqual(broken, [])
})

test('every page opens with its one title, and no level of heading is left out', () => {
  for (const { path, text, headings } of pages) {
    assert.ok(text.startsWith('# '), `${path} opens with a title`)
    assert.equal(headings.filter(({ level }) => level === 1).length, 1, `${path} has one title`)
    headings.forEach(({ level, line }, index) => {
      const above = headings[index - 1]?.level ?? 0
      assert.ok(level <= above + 1, `${path}:${line} goes from level ${above} to ${level}`)
    })
  }
})

test('a line of prose is no wider than an editor, has no space at its end, and every fence is closed', () => {
  const untidy: string[] = []
  for (const { path, text, prose } of pages) {
    assert.equal((text.match(/^ *```/gm) ?? []).length % 2, 0, `${path} closes every fence`)
    assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'), `${path} ends with one line end`)
    prose.forEach((line, index) => {
      if (/\s$/.test(line)) untidy.push(`${path}:${index + 1} ends in a space`)
      if (isGenerated(path) || line.startsWith('|')) return
      if (widthOf(line) > 160) untidy.push(`${path}:${index + 1} is ${widthOf(line)} wide`)
    })
  }
  assert.deepEqual(untidy, [])
})

test('the two READMEs fit on a page of 120 lines', () => {
  for (const path of ['README.md', 'README.ja.md']) {
    const lines = byPath.get(path)?.text.trimEnd().split('\n').length ?? 0
    assert.ok(lines > 0 && lines <= 120, `${path} has ${lines} lines`)
  }
})

test('what people in trouble read first is there in English and in Japanese, with the same headings and blocks', () => {
  const english = pages.filter(({ path }) => /^docs\/(?:start|guide|explain|reference\/causes)\//.test(path))
  assert.ok(english.length > 80)
  for (const page of english) {
    const twin = byPath.get(page.path.replace(/^docs\//, 'docs/ja/'))
    assert.ok(twin !== undefined, `${page.path} has a Japanese twin`)
    assert.deepEqual(
      twin.headings.map(({ level }) => level),
      page.headings.map(({ level }) => level),
      twin.path,
    )
    assert.deepEqual(
      twin.blocks.map(({ kind }) => kind),
      page.blocks.map(({ kind }) => kind),
      twin.path,
    )
    assert.match(twin.text, /\[English\]\(/, twin.path)
    assert.match(page.text, /\[日本語\]\(/, page.path)
  }
  const japanese = pages.filter(({ path }) => path.startsWith('docs/ja/'))
  for (const { path } of japanese) assert.ok(byPath.has(path.replace('docs/ja/', 'docs/')), `${path} has an English twin`)
})
