// Whatever a report file says: no crash, no hang, bounded memory, nothing that a terminal or a browser obeys.

const { testParsers } = await import(new URL('../../../../../scripts/fuzz/tests.mjs', import.meta.url).href)

await testParsers({
  promise: 'any report file is rendered without harm',
  module: new URL('./parsers.js', import.meta.url),
  runs: 40,
})
