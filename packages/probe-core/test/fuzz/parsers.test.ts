// Whatever a stranger sends: no crash, no hang, bounded memory, no prototype changed, nothing that a terminal obeys.

const { testParsers } = await import(new URL('../../../../../scripts/fuzz/tests.mjs', import.meta.url).href)

await testParsers({ promise: 'any input is read without harm', module: new URL('./parsers.js', import.meta.url), runs: 150 })
