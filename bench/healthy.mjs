// A healthy network of forty endpoints, five ms away: eniprobe up to HTTP against forty curl side by side and against
// blackbox_exporter, one that runs already and one that is started for it. In network namespaces (Linux): nothing reaches any other network.
//   node bench/healthy.mjs [times] [endpoints] [milliseconds of a round trip]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nameOf, runInWorld, whyNoWorld } from './many/world.mjs'
import { medianOf, ms, tableOf, times } from './repeat.mjs'

const [rounds = 11, count = 40, delayMs = 5] = process.argv.slice(2).map(Number)
const reason = whyNoWorld() ?? (spawnSync('python3', ['-c', '']).status === 0 ? undefined : 'no python3 for the slow link')
if (reason !== undefined) {
  process.stdout.write(`No namespaces for it here: ${reason}\n`)
  process.exit(0)
}
const file = fileURLToPath(new URL('../packages/probe-cli/dist/eniprobe.mjs', import.meta.url))
const exporter = process.env.BLACKBOX_EXPORTER ?? 'prometheus-blackbox-exporter'
const hasExporter = spawnSync(exporter, ['--version']).status === 0
const urls = Array.from({ length: count }, (_, at) => `https://${nameOf(at)}/`)
const files = {
  urls: urls.join('\n'),
  // The exporter keeps no connection: every probe resolves, connects, shakes hands and asks anew, as the others do.
  'blackbox.yml':
    'modules:\n  https:\n    prober: http\n    timeout: 5s\n    http:\n      preferred_ip_protocol: ip4\n      tls_config:\n        ca_file: CERTIFICATE\n',
  probes: urls.map(url => `url = "http://127.0.0.1:9115/probe?module=https&target=${url}"\noutput = "/dev/null"`).join('\n'),
}
/** Wall and CPU of a shell command with all its children, by the shell; to it comes the CPU of a server that did the work. */
const script = `
TIMEFORMAT='%R %U %S'
ticks() { [ -z "$server" ] && echo 0 || awk '{ print $14 + $15 }' "/proc/$server/stat"; }
timed() {
  local name=$1 before=$(ticks) took
  shift
  took=$({ time "$@" > /dev/null 2> "$DIR/errors"; } 2>&1)
  [ -s "$DIR/errors" ] && { cat "$DIR/errors" >&2; exit 1; }
  set -- $took $(( $(ticks) - before )) $(getconf CLK_TCK)
  echo "$1 $2 $3 $4 $5" | awk -v name="$name" '{ print "{\\"name\\":\\"" name "\\",\\"tookMs\\":" $1 * 1000 ",\\"cpuMs\\":" ($2 + $3 + $4 / $5) * 1000 "}" }' >> "$DIR/noted"
}
probed() { "$NODE" "${file}" $(cat "$DIR/urls") --no-sign --region eu-west-1 --internet-canary off --format json; }
curled() { for url in $(cat "$DIR/urls"); do curl -sS --cacert "$DIR/certificate.pem" -o /dev/null "$url" & done; wait $(jobs -p | tail -n ${count}); }
exported() { curl -sS --no-progress-meter --fail -Z --parallel-immediate --parallel-max ${count} -K "$DIR/probes"; }
started() {
  local one
  "${exporter}" --config.file="$DIR/blackbox.yml" --web.listen-address=127.0.0.1:9116 > "$DIR/exporter" 2>&1 & one=$!
  until curl -s -o /dev/null http://127.0.0.1:9116/; do sleep 0.01; done
  curl -sS --no-progress-meter --fail -Z --parallel-immediate --parallel-max ${count} -K "$DIR/probes-of-one"
  kill $one
  wait $one || :
}
bare() { "$NODE" -e 0; }
server=
if ${hasExporter}; then
  sed -i "s|CERTIFICATE|$DIR/certificate.pem|" "$DIR/blackbox.yml"
  sed "s|:9115/|:9116/|" "$DIR/probes" > "$DIR/probes-of-one"
  "${exporter}" --config.file="$DIR/blackbox.yml" --web.listen-address=127.0.0.1:9115 > "$DIR/exporter" 2>&1 & exporter=$!
  for _ in $(seq 100); do curl -s -o /dev/null http://127.0.0.1:9115/ && break; sleep 0.05; done
fi
for round in $(seq 0 ${rounds}); do
  [ $round = 1 ] && : > "$DIR/noted"
  timed node bare
  timed eniprobe probed
  timed curl curled
  if ${hasExporter}; then
    server=$exporter
    timed exporter exported
    server=
    timed started started
  fi
done
"$NODE" "${file}" $(cat "$DIR/urls") --no-sign --region eu-west-1 --internet-canary off --quiet
${hasExporter ? 'curl -s "http://127.0.0.1:9115/probe?module=https&target=$(head -1 "$DIR/urls")" | grep -E "^probe_(success|duration)"' : ''}
`
const { noted, stdout } = runInWorld(script, files, delayMs)
process.stderr.write(stdout)
const of = (name, what) => medianOf(noted[name].map(one => one[what]))
const names = {
  eniprobe: 'eniprobe',
  curl: `${count} curl side by side`,
  started: 'blackbox_exporter, started for it',
  exporter: 'blackbox_exporter, running already',
  node: '`node -e 0`',
}
const rows = Object.entries(names).flatMap(([name, title]) =>
  noted[name] === undefined
    ? [[title, 'not installed here', '', '', '']]
    : [
        [
          title,
          ms(of(name, 'tookMs')),
          times(of('eniprobe', 'tookMs') / of(name, 'tookMs')),
          ms(of(name, 'cpuMs')),
          times(of('eniprobe', 'cpuMs') / of(name, 'cpuMs')),
        ],
      ],
)
process.stdout.write(
  `${tableOf([`${count} endpoints, ${delayMs} ms`, 'wall', 'eniprobe to it', 'CPU', 'eniprobe to it'], rows)}\n`,
)
