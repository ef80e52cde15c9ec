// What stands on the path: firewalls, proxies, inspection, an MTU hole; a machine of one address family.

import type { Observation } from '../../../src/model/observation.ts'
import { change, endpoints, host, replaceLayer, type Scenario, service } from './scenario.ts'

const openWay = { hasWayOut: true, endpoints: {}, gateways: ['s3'] } as const
const iam = 'iam.amazonaws.com'
const runtime = 'runtime.sagemaker.ap-northeast-1.amazonaws.com'

export const middleboxScenarios: readonly Scenario[] = [
  {
    name: 'firewall-drops-split-client-hello',
    workload: 'eks-node',
    region: 'ap-southeast-2',
    world: { ...openWay, middlebox: { what: 'drops-large-hello', names: [] }, targets: [service('ec2')] },
    expected: { about: 'Go’s post-quantum hello spans two segments; the firewall’s name rule drops it.', first: ['firewall-drops-large-hello'], target: 'ec2', certain: true },
  },
  {
    name: 'firewall-cannot-read-name',
    world: { ...openWay, middlebox: { what: 'drops-large-hello', names: [] }, targets: [service('iam')] },
    expected: { about: 'The firewall’s log has no name for the flow: it was dropped before the name was whole.', first: ['firewall-drops-large-hello'], target: 'iam-global' },
  },
  {
    name: 'firewall-does-not-list-iam',
    workload: 'sagemaker-studio',
    world: { ...openWay, middlebox: { what: 'drops-names', names: [iam] }, targets: [service('iam'), service('sts')] },
    expected: { about: 'A firewall that allows listed domains drops the global IAM API.', first: ['firewall-drops-name'], target: 'iam-global', certain: true },
    minimal: { first: ['firewall-drops-name', 'interface-endpoint-missing', 'path-mtu'], named: ['firewall-drops-name'] },
  },
  {
    name: 'firewall-cuts-inference-calls',
    workload: 'sagemaker-notebook',
    region: 'us-east-2',
    world: { ...openWay, middlebox: { what: 'resets-names', names: [runtime] }, targets: [service('sagemaker.runtime'), service('sts')] },
    expected: { about: 'TCP opens, then the connection is cut.', first: ['firewall-drops-name'], target: 'sagemaker.runtime' },
    minimal: { first: ['firewall-drops-name', 'interface-endpoint-missing'], named: ['firewall-drops-name'] },
  },
  {
    name: 'vpn-with-jumbo-frames',
    world: { ...openWay, middlebox: { what: 'mtu', names: [] }, targets: [host('orders.example.org', { addresses: ['93.184.215.20'] })] },
    expected: { about: 'Clients send jumbo frames into a VPN; nothing tells them that they are too large.', first: ['path-mtu'], target: 'https://orders.example.org/', certain: true },
    minimal: { first: ['path-mtu', 'firewall-drops-name', 'firewall-drops-large-hello'], named: ['path-mtu'] },
  },
  {
    name: 'proxy-does-not-list-aws',
    world: { endpoints: endpoints('ec2'), targets: [service('ec2'), service('s3')] },
    shape: report => ({
      ...report,
      vantage: { ...report.vantage, proxy: { url: 'http://proxy.example.org:3128', from: 'HTTPS_PROXY', noProxy: '169.254.169.254' } },
      targets: report.targets.map(t => ({
        ...t,
        observations: [
          { layer: 'dns', via: 'proxy', outcome: 'answered', seen: { name: 'proxy.example.org', addresses: ['10.20.2.200'], resolver: '10.20.0.2' } },
          { layer: 'tcp', via: 'proxy', address: '10.20.2.200', outcome: 'answered', seen: { port: 3128, tries: 1 } },
          { layer: 'http', via: 'proxy', outcome: 'rejected', code: '403', seen: { method: 'CONNECT', status: 403 } },
          { layer: 'tls', outcome: 'skipped', because: 'below-failed' },
          { layer: 'http', outcome: 'skipped', because: 'below-failed' },
          { layer: 'aws', outcome: 'skipped', because: 'below-failed' },
          { layer: 'tcp', variant: 'direct', address: '10.20.1.50', outcome: 'answered', seen: { port: 443, tries: 1 } },
        ] satisfies readonly Observation[],
      })),
    }),
    expected: { about: 'AWS’s names go to a proxy that does not allow them; past it they answer.', first: ['proxy-refuses'], target: 'ec2', certain: true },
    minimal: {},
  },
  {
    name: 'corporate-firewall-signs-anew',
    world: { ...openWay, middlebox: { what: 'inspects', names: [] }, targets: [service('s3'), service('sts')] },
    expected: { about: 'The certificate comes from a company’s CA that this client does not trust.', first: ['tls-inspected'], target: 's3' },
    minimal: {},
  },
  {
    name: 'ipv6-only-instance',
    world: { ...openWay, targets: [service('monitoring')] },
    shape: report => ({
      ...change(
        'monitoring',
        replaceLayer('tcp', { layer: 'tcp', address: '54.239.100.20', outcome: 'rejected', code: 'ENETUNREACH', durationMs: 0, seen: { port: 443 } }, { layer: 'tls', outcome: 'skipped', because: 'below-failed' }),
      )({ ...report, targets: report.targets.map(t => ({ ...t, observations: t.observations.filter(o => o.layer === 'dns') })) }),
      vantage: { ...report.vantage, internet: 'rejected', interfaces: [{ name: 'eth0', address: '2600:1f14:aaaa:bbbb::10', prefixLength: 128 }] },
    }),
    expected: { about: 'The machine has IPv6 alone, the name IPv4 alone.', first: ['address-family-mismatch'], target: 'monitoring', certain: true },
    minimal: {},
  },
]
