// No faults: the workload's custom resolver or proxy is a program that other people wrote, and does what it should.
// Each test of a resolver or proxy that only ever met ours proves little.
import type { Fault } from './fault.ts'

export function asksDnsmasq(): Fault {
  return plan => ({
    ...plan,
    workload: { ...plan.workload, nameservers: [plan.dns.customAddress] },
    dns: { ...plan.dns, customSoftware: 'dnsmasq' },
  })
}

/** `refuses`: its rules let no port be tunnelled. */
export function goesThroughTinyproxy(does: 'works' | 'refuses' = 'works'): Fault {
  return plan => ({
    ...plan,
    proxy: { ...plan.proxy, does, software: 'tinyproxy' },
    workload: {
      ...plan.workload,
      env: {
        ...plan.workload.env,
        HTTPS_PROXY: `http://${plan.proxy.address}:${plan.proxy.port}`,
        NO_PROXY: '169.254.169.254,169.254.170.2',
      },
    },
  })
}
