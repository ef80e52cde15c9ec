// A network namespace for a bench: every address of 10.20.0.0/16 is this machine's own, every name below many.internal resolves to
// one of them, and a server answers, plainly and over TLS. What goes to the port of silence is dropped. Nothing leaves it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ports = { plain: 9000, closed: 9001, silent: 9002, tls: 443 }
const far = fileURLToPath(new URL('./far.mjs', import.meta.url))
const link = fileURLToPath(new URL('./slow-link.py', import.meta.url))

/** An address of its own for each, and the name that leads to it. */
export const addressOf = at => `10.20.${1 + (at >> 8)}.${at & 255}`
export const nameOf = at => `at-${addressOf(at).replaceAll('.', '-')}.many.internal`

/** Why no such namespace can be made here; undefined: one can. */
export function whyNoWorld() {
  for (const program of ['unshare', 'ip', 'nft', 'dnsmasq', 'openssl', 'bash'])
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `no ${program}`
  return spawnSync('unshare', ['-rnm', 'true']).status === 0 ? undefined : 'no namespaces for this user'
}

/**
 * Runs a script of bash inside, once all answers. In it `$NODE` and `$DIR` (a folder for its files) are set, and `measured NAME COMMAND…`
 * runs a program of Node and notes what it took.
 * `delayMs`: what a round trip takes.
 * @returns by name what was noted: milliseconds, CPU milliseconds, the most memory in MiB, exit status
 */
export function runInWorld(script, files = {}, delayMs = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-bench-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 10.20.0.2\n')
    writeFileSync(join(folder, 'meter.cjs'), meter)
    writeFileSync(join(folder, 'world.sh'), wiring(script, delayMs))
    const made = spawnSync(
      'unshare',
      ['-rnm', '--pid', '--fork', '--kill-child', '--mount-proc', 'bash', join(folder, 'world.sh')],
      {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        env: {
          PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
          HOME: folder,
          DIR: folder,
          NODE: process.execPath,
          FAR: far,
          LINK: link,
          PYTHONDONTWRITEBYTECODE: '1',
        },
      },
    )
    if (made.status !== 0) throw new Error(`${made.stderr}\n${made.stdout}`.slice(-4000))
    const noted = {}
    for (const line of readFileSync(join(folder, 'noted'), 'utf8').trim().split('\n').filter(Boolean)) {
      const { name, ...rest } = JSON.parse(line)
      noted[name] = [...(noted[name] ?? []), rest]
    }
    return { noted, stdout: made.stdout, stderr: made.stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Loaded into the measured program: what the kernel counted of it, told when it exits. */
const meter = `
const { appendFileSync, readFileSync } = require('node:fs')
const { NOTED_IN, NOTED_AS } = process.env
process.on('exit', status => {
  const { user, system } = process.cpuUsage()
  const highest = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  const noted = { name: NOTED_AS, tookMs: performance.now(), cpuMs: (user + system) / 1000, mostMiB: highest / 1024, status }
  appendFileSync(NOTED_IN, JSON.stringify(noted) + '\\n')
})`

/** The namespace of the far side is this one's own, unless a slow link lies in between. */
const here = `
beyond() { "$@"; }
ip route add local 10.20.0.0/16 dev lo
ip addr add 10.20.0.1/32 dev lo
`
const apart = oneWayMs => `
unshare -n sleep infinity & there=$!
beyond() { nsenter -t "$there" -n "$@"; }
sleep 0.2
python3 "$LINK" "$there" ${oneWayMs} > "$DIR/link" &
for _ in $(seq 100); do grep -q linked "$DIR/link" && break; sleep 0.05; done
ip addr add 10.21.0.1/30 dev wire
ip link set wire up
ip route add 10.20.0.0/16 dev wire
beyond ip link set lo up
beyond ip addr add 10.21.0.2/30 dev wire
beyond ip link set wire up
beyond ip route add local 10.20.0.0/16 dev lo
beyond ip addr add 10.20.0.1/32 dev lo
`

const wiring = (script, delayMs) => `
set -e
export LC_ALL=C
ip link set lo up
${delayMs > 0 ? apart(delayMs / 2) : here}
beyond nft -f - <<'RULES'
table inet bench {
  chain in { type filter hook input priority 0; tcp dport ${ports.silent} drop; }
}
RULES
mount --bind "$DIR/resolv.conf" "$(readlink -f /etc/resolv.conf || echo /etc/resolv.conf)"
ulimit -n "$(ulimit -Hn)"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=many.internal \\
  -addext subjectAltName=DNS:*.many.internal -keyout "$DIR/key.pem" -out "$DIR/certificate.pem" 2>/dev/null
beyond dnsmasq --no-daemon --no-resolv --no-hosts --conf-file=/dev/null --listen-address=10.20.0.2 --bind-interfaces --port=53 \\
  --synth-domain=many.internal,10.20.0.0/16,at- --local=/#/ --dns-forward-max=10000 2>/dev/null &
beyond "$NODE" "$FAR" "$DIR/key.pem" "$DIR/certificate.pem" ${ports.plain} ${ports.tls} > "$DIR/far" &
for _ in $(seq 200); do grep -q ready "$DIR/far" && break; sleep 0.05; done
export NODE_EXTRA_CA_CERTS="$DIR/certificate.pem"
: > "$DIR/noted"
measured() {
  local name=$1
  shift
  NOTED_IN="$DIR/noted" NOTED_AS="$name" "$NODE" --require "$DIR/meter.cjs" "$@" || [ $? -le 1 ]
}
${script}
kill $(jobs -p) 2>/dev/null || :
`
