// Whatever event somebody invokes the function with: no crash, no hang, no prototype changed.

const { testParsers } = await import(new URL('../../../../../scripts/fuzz/tests.mjs', import.meta.url).href)

await testParsers({ promise: 'any event is read without harm', module: new URL('./parsers.js', import.meta.url), runs: 300 })
