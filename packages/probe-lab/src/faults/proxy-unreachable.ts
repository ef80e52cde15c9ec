// The environment names a proxy that does not answer.
import type { Fault } from './fault.ts'

export function proxyUnreachable(): Fault {
  return plan => ({
    ...plan,
    deadAddresses: [...plan.deadAddresses, plan.proxy.address],
    proxy: { ...plan.proxy, does: 'silent' },
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
