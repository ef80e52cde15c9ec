// The page's style sheet. Colours come in two sets, for light and dark; each pair of text and ground has a contrast of 4.5 or more.

export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --card: #ffffff; --sunk: #f0f3f6; --text: #14191f; --muted: #525c69; --edge: #d3dae2; --strong-edge: #8a96a5;
  --accent: #0a57c2; --failing: #b9141f; --failing-soft: #fdecec; --denied: #855000; --denied-soft: #fdf3e1;
  --healthy: #17692f; --healthy-soft: #e8f5ec; --unknown: #545f6e; --unknown-soft: #eceff3; --on-sign: #ffffff;
  --dns: #7a58d1; --tcp: #1f74c4; --tls: #0d8585; --http: #4d8a1e; --aws: #b86a00;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1319; --card: #161d26; --sunk: #0f151c; --text: #e7ebf0; --muted: #a4afbc; --edge: #2d3845; --strong-edge: #66748a;
    --accent: #82b5ff; --failing: #ff8f89; --failing-soft: #371a1d; --denied: #f5bd5c; --denied-soft: #33260f;
    --healthy: #6fd78c; --healthy-soft: #12301c; --unknown: #aeb8c5; --unknown-soft: #232c37; --on-sign: #0e1319;
    --dns: #a88bf5; --tcp: #62aef5; --tls: #45c2c2; --http: #93cc5c; --aws: #f0a848;
  }
}
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 var(--sans); overflow-wrap: anywhere }
main, .top, footer { max-width: 1240px; margin: 0 auto; padding: 0 clamp(14px, 2.5vw, 32px) }
h1 { font-size: clamp(1.3rem, 2.4vw, 1.85rem); line-height: 1.3; font-weight: 650; letter-spacing: -.012em; margin: .35rem 0 0; max-width: 90ch; text-wrap: pretty }
h2 { font-size: 1.15rem; letter-spacing: -.005em; margin: 2.4rem 0 .8rem; font-weight: 650 }
h3 { font-size: 1.16rem; line-height: 1.35; margin: .3rem 0 .2rem; font-weight: 650 }
h4 { font-size: .78rem; font-weight: 650; color: var(--muted); margin: 1.2rem 0 .35rem; letter-spacing: .02em }
section > h4:first-child { margin-top: 0 }
p { margin: .4rem 0 } ul, ol { margin: .3rem 0; padding-left: 1.25rem } li { margin: .22rem 0 }
a { color: var(--accent); text-underline-offset: .18em }
code, pre, .mono { font-family: var(--mono); font-size: .89em }
.muted { color: var(--muted) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
#findings:focus { outline: none }
.skip { position: absolute; left: -99rem } .skip:focus { position: static; display: inline-block; padding: .5rem 1rem }
.patterns { position: absolute }
.hatch-ground { fill: var(--failing-soft) } .hatch-line { fill: var(--failing) }

.top { padding-top: 1.6rem }
.run { display: flex; flex-wrap: wrap; gap: .15rem .9rem; color: var(--muted); font-size: .88rem; margin: 0 } .run b { color: var(--text) }

.filter { display: flex; flex-wrap: wrap; gap: .5rem; border: 0; margin: 1.2rem 0 0; padding: 0 }
.filter legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
.filter label { display: inline-flex; align-items: center; gap: .45rem; padding: .42rem .85rem; border: 1px solid var(--edge); border-radius: 99px; background: var(--card); cursor: pointer; font-size: .93rem }
.filter input { position: absolute; opacity: 0; pointer-events: none }
.filter .n { font-weight: 700; font-variant-numeric: tabular-nums }
.filter label:hover { border-color: var(--strong-edge) }
.filter label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600 }
.filter label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px }
.filter label:has(:disabled) { color: var(--muted); cursor: default; border-style: dashed; background: none }
.filter label:has(:disabled):hover { border-color: var(--edge) }
body:has(#show-failing:checked) [data-verdicts]:not([data-verdicts~="failing"]),
body:has(#show-denied:checked) [data-verdicts]:not([data-verdicts~="denied"]),
body:has(#show-unknown:checked) [data-verdicts]:not([data-verdicts~="unknown"]),
body:has(#show-healthy:checked) [data-verdicts]:not([data-verdicts~="healthy"]),
.unmatched { display: none !important }

.sign { flex: none; vertical-align: -.16em } .sign circle { fill: var(--unknown) } .sign path { fill: none; stroke: var(--on-sign); stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round }
.sign.failing circle { fill: var(--failing) } .sign.denied circle { fill: var(--denied) } .sign.healthy circle { fill: var(--healthy) }
.verdict { display: inline-flex; align-items: center; gap: .38rem; font-weight: 600; white-space: nowrap; font-size: .9rem }
.verdict.failing { color: var(--failing) } .verdict.denied { color: var(--denied) } .verdict.healthy { color: var(--healthy) } .verdict.unknown { color: var(--unknown) }

.picture { margin: 0; background: var(--card); border: 1px solid var(--edge); border-radius: 14px; padding: clamp(8px, 1.4vw, 18px) }
.picture > svg { display: block; width: 100%; height: auto } .picture .narrow { display: none; max-width: 460px; margin: 0 auto }
.picture details { margin: .3rem .4rem 0; font-size: .9rem } .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0; margin: .8rem .4rem .3rem; font-size: .86rem; color: var(--muted) }
.legend svg { vertical-align: -.1em; margin-right: .2rem }
.picture text { fill: var(--text); font-size: 13px; font-family: var(--sans) } .picture text.small, .picture text.area { fill: var(--muted); font-size: 12px } .picture text.area { font-weight: 600 }
.picture text.mono { font-family: var(--mono); font-size: 12px; fill: var(--muted) } .picture text.strong { font-weight: 650 } .picture text.end { text-anchor: end } .picture text.says { font-size: 12.5px; font-weight: 600 }
.vpc { fill: var(--sunk); stroke: var(--strong-edge); stroke-width: 1.5 } .subnet { fill: none; stroke: var(--strong-edge); stroke-dasharray: 2 4; stroke-width: 1.3 }
.box { fill: var(--card); stroke: var(--edge); stroke-width: 1.3 } .box.own { stroke: var(--accent); stroke-width: 2 } .gate { fill: var(--card); stroke: var(--strong-edge); stroke-width: 1.5 }
.trunk { fill: none; stroke: var(--strong-edge); stroke-width: 2 }
.line { fill: none; stroke-width: 2.4; stroke: var(--unknown) } .line.healthy { stroke: var(--healthy) } .line.denied { stroke: var(--denied); stroke-dasharray: 12 3 } .line.failing { stroke: var(--failing) } .line.unknown { stroke-dasharray: 2 5 }
.line.lost { stroke: var(--failing); stroke-dasharray: 2 5; opacity: .75 } .cross { stroke: var(--failing); stroke-width: 2.4; fill: none }
.station .disc, .station .edge { fill: var(--unknown) } .station.healthy .disc, .station.healthy .edge { fill: var(--healthy) } .station.denied .disc, .station.denied .edge { fill: var(--denied) } .station.failing .disc, .station.failing .edge { fill: var(--failing) }
.station .sign { fill: none; stroke: var(--on-sign); stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round } .picture text.query { fill: var(--on-sign); text-anchor: middle; font-weight: 700; font-size: 12px }
.picture .healthy text.says { fill: var(--healthy) } .picture .denied text.says { fill: var(--denied) } .picture .failing text.says { fill: var(--failing) } .picture .unknown text.says { fill: var(--unknown) }

.finding { background: var(--card); border: 1px solid var(--edge); border-left: 5px solid var(--failing); border-radius: 12px; padding: 1.1rem clamp(.9rem, 2vw, 1.6rem) 1.2rem; margin: 0 0 1rem } .finding.warning { border-left-color: var(--denied) }
.finding:target { box-shadow: 0 0 0 3px var(--accent) }
.kind { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; margin: 0; font-size: .88rem; color: var(--muted) }
.severity { font-weight: 700; color: var(--failing); background: var(--failing-soft); border-radius: 6px; padding: .06rem .5rem } .warning .severity { color: var(--denied); background: var(--denied-soft) }
.confidence { display: inline-flex; align-items: center; gap: .35rem; white-space: nowrap; color: var(--text) } .confidence .on { fill: var(--accent) } .confidence .off { fill: none; stroke: var(--strong-edge); stroke-width: 1.3 }
.summary { font-size: 1.02rem; max-width: 78ch }
.facts { display: grid; gap: .35rem; margin: .8rem 0 } .facts > div { display: grid; grid-template-columns: minmax(6.5rem, 9rem) 1fr; gap: .8rem } dt { color: var(--muted); font-size: .88rem; padding-top: .08rem } dd { margin: 0; min-width: 0 } dd > ul { margin-top: 0 }
.names { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.3rem } .names li { margin: 0 } .names code { margin-right: .55rem } .names .verdict { margin-right: .3rem }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.2rem 2.2rem } .columns > * { min-width: 0 }
.finding > .columns { border-top: 1px solid var(--edge); padding-top: 1rem }
.connections, .resources { border-top: 1px solid var(--edge); margin-top: 1rem; padding-top: .7rem; font-size: .92rem }
.snippet { border: 1px solid var(--edge); border-radius: 9px; margin: .55rem 0; overflow: hidden; background: var(--sunk) } .bar { display: flex; align-items: center; gap: .6rem; padding: .18rem .3rem .18rem .8rem; border-bottom: 1px solid var(--edge); font-size: .8rem; color: var(--muted); min-height: 2.1rem } .said { margin-left: auto; color: var(--healthy) }
pre { margin: 0; padding: .7rem .8rem; overflow-x: auto; line-height: 1.5; font-size: .82rem; white-space: pre; overflow-wrap: normal } pre code { font-size: 1em }
button { font: inherit; font-size: .82rem; font-weight: 600; color: var(--accent); background: var(--card); border: 1px solid var(--edge); border-radius: 7px; padding: .22rem .7rem; cursor: pointer; white-space: nowrap } button:hover { border-color: var(--accent) }
details > summary { cursor: pointer; color: var(--accent); font-size: .9rem; padding: .15rem 0; width: fit-content; max-width: 100% } details.excluded { margin-top: 1rem; font-size: .92rem }
.docs { font-size: .88rem }

.search { display: flex; align-items: center; gap: .5rem; margin: 0 0 .6rem } .search label { display: flex; align-items: center; gap: .3rem .6rem; white-space: nowrap } .search[hidden] { display: none } .search input { font: inherit; padding: .35rem .7rem; border: 1px solid var(--strong-edge); border-radius: 8px; background: var(--card); color: var(--text); width: 19rem; min-width: 0 } .search input::placeholder { color: var(--muted); opacity: 1 } kbd { font: .8rem var(--mono); border: 1px solid var(--edge); border-radius: 5px; padding: .05rem .4rem; color: var(--muted) }
.keys { display: inline-flex; flex-wrap: wrap; gap: .1rem .9rem } .keys span { white-space: nowrap }
table { border-collapse: collapse; width: 100%; font-size: .88rem } th, td { text-align: left; vertical-align: top; padding: .42rem .6rem .42rem 0; font-weight: 400 } thead th { color: var(--muted); font-size: .78rem; font-weight: 600; border-bottom: 1px solid var(--edge); vertical-align: bottom } .connections tbody tr + tr { border-top: 1px solid var(--edge) }
.targets { background: var(--card); border: 1px solid var(--edge); border-radius: 12px; border-collapse: separate; border-spacing: 0 } .targets > * > tr > :first-child { padding-left: 1rem } .targets > tbody > tr:first-child > * { border-top: 1px solid var(--edge); padding-top: .55rem } .targets > tbody:first-of-type > tr:first-child > * { border-top: 0 }
.targets th[scope=row] code { font-weight: 650; font-size: .92em } .host, .covering { display: block; font-size: .8rem } .targets th[scope=row] { width: 24% } .targets .time { width: 23%; min-width: 8rem; padding-right: 1rem } .targets td { overflow-wrap: break-word; white-space: nowrap } .targets .bad, .targets .more td { white-space: normal } .targets td .muted { white-space: nowrap; font-weight: 400; font-size: .84rem } .more td { overflow-wrap: anywhere }
.more td { padding-top: 0; padding-bottom: .5rem } .more summary { font-size: .8rem } .of { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden } .good { color: var(--healthy) } .bad { color: var(--failing); font-weight: 600 } .none { color: var(--muted) }
.bars, .axis { display: block; overflow: visible } .bars { background: var(--sunk); border-radius: 5px } .axis text { font-size: 10.5px; fill: var(--muted); text-anchor: middle } .tick { stroke: var(--edge) } .bars rect, .keys rect { rx: 2px }
rect.dns { fill: var(--dns) } rect.tcp { fill: var(--tcp) } rect.tls { fill: var(--tls) } rect.http { fill: var(--http) } rect.aws { fill: var(--aws) } rect.silent { fill: url(#hatch); stroke: var(--failing); stroke-width: 1 } rect.rejected { fill: var(--failing) }
.observations { font-size: .82rem; margin: .3rem 0 .5rem } .observations td:last-child { font-family: var(--mono); font-size: .95em } .observations tr + tr td { border-top: 1px solid var(--edge) } .number { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; width: 5.5rem } .observations .number { padding-right: 1rem }
footer { color: var(--muted); font-size: .85rem; padding-top: 2.5rem; padding-bottom: 2.5rem }

@media screen and (max-width: 860px) {
  .picture .wide { display: none } .picture .narrow { display: block }
  .stacks, .stacks > thead, .stacks > tbody, .stacks > * > tr { display: block } .stacks > thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden }
  .stacks > tbody > tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.2rem, 1fr)); gap: .3rem .8rem; padding: .5rem 0 } .stacks > tbody > tr > * { display: block; padding: 0 !important; border: 0 !important; width: auto !important }
  .stacks [data-label]::before { content: attr(data-label); display: block; color: var(--muted); font-size: .74rem; font-weight: 400 } .stacks th[scope=row]::before { display: none }
  .targets .none, .targets td:empty { display: none !important } .targets td { white-space: normal } .targets > tbody { padding: .3rem .9rem; content-visibility: auto; contain-intrinsic-size: auto 210px } .targets > tbody + tbody { border-top: 1px solid var(--edge) } .targets th[scope=row], .targets .time, .more td { grid-column: 1 / -1 }
  .search label { flex-wrap: wrap; flex: 1 } .search kbd { display: none } .facts > div { grid-template-columns: 1fr; gap: 0 } .columns { gap: .9rem } body { font-size: 15.5px }
}
@media (forced-colors: active) { .filter label:has(:checked) { border-width: 3px } .line, .sign, rect { forced-color-adjust: none } }
@media print {
  :root { --ground: #fff; --card: #fff; --sunk: #fff; --text: #000; --muted: #444; --edge: #bbb; --strong-edge: #777; --accent: #000; --failing: #a00; --failing-soft: #fff; --denied: #6b4000; --denied-soft: #fff; --healthy: #0a5a20; --healthy-soft: #fff; --unknown: #444; --on-sign: #fff; --dns: #7a58d1; --tcp: #1f74c4; --tls: #0d8585; --http: #4d8a1e; --aws: #b86a00 }
  body { font-size: 10.5pt } .skip, .search, button, .said, .more, .picture details { display: none !important } main, .top, footer { max-width: none; padding: 0 }
  .targets > tbody { content-visibility: visible } table { font-size: 8pt } th, td { padding-right: .4rem } .targets td { white-space: normal } pre { white-space: pre-wrap; overflow-wrap: anywhere } .snippet, .picture, tr, .targets > tbody { break-inside: avoid } h2, h3, h4 { break-after: avoid } svg, .severity { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  article details::details-content { content-visibility: visible; block-size: auto }
}
`
