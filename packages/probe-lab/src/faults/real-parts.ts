// No faults: the workload's custom resolver or proxy is a program that other people wrote, and does what it should.
// Each test of a resolver or proxy that only ever met ours proves little.
import type { Fault } from './fault.ts'

export function asksResolver(customSoftware: 'dnsmasq' | 'unbound'): Fault {
  return plan => ({
    ...plan,
    workload: { ...plan.workload, nameservers: [plan.dns.customAddress] },
    dns: { ...plan.dns, customSoftware },
  })
}

/** `refuses`: its rules let no port be tunnelled. */
export function goesThroughProxy(software: 'lab' | 'tinyproxy', does: 'works' | 'refuses' | 'inspects' = 'works'): Fault {
  return plan => ({
    ...plan,
    proxy: { ...plan.proxy, does, software },
    workload: {
      ...plan.workload,
      env: {
        ...plan.workload.env,
        HTTP_PROXY: `http://${plan.proxy.address}:${plan.proxy.port}`,
        HTTPS_PROXY: `http://${plan.proxy.address}:${plan.proxy.port}`,
        NO_PROXY: '169.254.169.254,169.254.170.2',
      },
    },
  })
}
