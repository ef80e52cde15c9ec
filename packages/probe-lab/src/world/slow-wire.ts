// A wire between the fabric and the far side on which answers of some addresses take longer: a program that hands on every frame,
// in its time. Not the kernel's netem, which many kernels lack; where nothing is slow there is only the kernel's own wire.
import { spawnSync } from 'node:child_process'
import type { VpcPlan } from '../plan/vpc-plan.ts'

/** Frames keep the kernel's notes on checksums and segments (PACKET_VNET_HDR): what it left undone is done at the other end. */
const program = `
import heapq, select, socket, sys, time
late = dict(each.split('=') for each in sys.argv[1:])
def wire(name):
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    end.setsockopt(263, 15, 1)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    end.bind((name, 0))
    return end
near, far = wire('wire-near'), wire('wire-far')
waiting, count = [], 0
while True:
    pause = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for end in select.select([near, far], [], [], pause)[0]:
        frame, where = end.recvfrom(1 << 17)
        if where[2] == 4: continue
        delay = 0
        if end is far and frame[22:24] == b'\\x08\\x00': delay = float(late.get(socket.inet_ntoa(frame[36:40]), 0)) / 1000
        count += 1
        heapq.heappush(waiting, (time.monotonic() + delay, count, far if end is near else near, frame))
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, end, frame = heapq.heappop(waiting)
        try: end.send(frame)
        except OSError: pass
`

export function hasSlowWire(): boolean {
  return spawnSync('python3', ['-c', ''], { stdio: 'ignore' }).status === 0
}

/** Lines of `ip -batch -` that make `beyond` here and `eth0` in `far`, and what runs in between. */
export function layWire(slow: VpcPlan['slow']): { readonly links: readonly string[]; readonly commands: readonly string[] } {
  if (slow.length === 0) return { links: ['link add beyond type veth peer name eth0 netns far'], commands: [] }
  const late = slow.map(({ address, ms }) => `${address}=${ms}`).join(' ')
  return {
    links: [
      'link add beyond type veth peer name wire-near',
      'link add wire-far type veth peer name eth0 netns far',
      'link set wire-near up',
      'link set wire-far up',
    ],
    commands: [`cat > /run/lab/wire.py <<'LAB_END'${program}LAB_END`, `python3 /run/lab/wire.py ${late} < /dev/null &`],
  }
}
