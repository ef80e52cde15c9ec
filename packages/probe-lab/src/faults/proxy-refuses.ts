// The environment names a proxy that answers CONNECT with 403.
import type { Fault } from './fault.ts'

export function proxyRefuses(): Fault {
  return plan => ({
    ...plan,
    proxy: { ...plan.proxy, does: 'refuses' },
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
