// The environment names a proxy for plain HTTP too and NO_PROXY is missing: credentials would be asked of the proxy.
import type { Fault } from './fault.ts'

export function proxyCapturesMetadata(): Fault {
  return plan => ({
    ...plan,
    proxy: { ...plan.proxy, does: 'works' },
    workload: {
      ...plan.workload,
      env: {
        ...plan.workload.env,
        HTTP_PROXY: `http://${plan.proxy.address}:${plan.proxy.port}`,
        HTTPS_PROXY: `http://${plan.proxy.address}:${plan.proxy.port}`,
      },
    },
  })
}
