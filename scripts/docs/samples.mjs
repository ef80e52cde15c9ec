// A made-up run for each cause, so that its remedy can be shown as a report words it. Ids that a run would learn stay
// placeholders in angle brackets.
import { NetworkView } from '../../packages/probe-core/dist/src/diagnose/view.js'

const region = 'ap-northeast-1'
const nobody = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }

const logs = service('logs', `logs.${region}.amazonaws.com`)
const s3 = service('s3', `s3.${region}.amazonaws.com`)
const database = host('tcp', 'app-db.example.internal', 5432)
const index = packageHost('pypi.org', '/simple/', { role: 'index', configuredBy: "pip's default", isDefault: true })
const ownIndex = packageHost('packages.example.internal', '/simple/', {
  role: 'index',
  configuredBy: 'index-url of [global], /etc/pip.conf',
})
const codeArtifact = packageHost(`my-domain-111122223333.d.codeartifact.${region}.amazonaws.com`, '/pypi/my-repository/simple/', {
  role: 'index',
  configuredBy: 'index-url of [global], /etc/pip.conf',
  credentials: 'url',
})
const files = packageHost('files.pythonhosted.org', '/', {
  role: 'files',
  configuredBy: 'the answer of packages.example.internal',
})

const split = {
  ...logs,
  observations: [
    { layer: 'tcp', address: '10.20.1.21', outcome: 'answered', seen: { port: 443 } },
    { layer: 'tcp', address: '10.20.2.21', outcome: 'silent', waitedMs: 3000 },
  ],
}

const byCause = {
  'endpoint-zone-unreachable': split,
  'gateway-endpoint-missing': s3,
  'endpoint-name-not-covered': service('sts', 'sts.amazonaws.com'),
  'other-region': service('logs', 'logs.us-east-1.amazonaws.com'),
  'service-has-no-endpoint': service('account', 'account.us-east-1.amazonaws.com'),
  'internet-not-reachable': host('https', 'www.example.com', 443),
  'target-security-group': database,
  'nothing-listens': database,
  'host-unreachable': database,
  'instance-stopped': host('tcp', '10.20.1.40', 22),
  'database-stopped': database,
  'dns-name-unknown': database,
  'service-has-no-running-task': host('https', 'app.example.internal', 443),
  'bucket-policy-denies': service('s3', `example-bucket.s3.${region}.amazonaws.com`),
  'object-missing-looks-denied': service('s3', `example-bucket.s3.${region}.amazonaws.com`),
  'kms-denies': service('secretsmanager', `secretsmanager.${region}.amazonaws.com`),
  'private-dns-captures-public-api': host('https', `a1b2c3d4e5.execute-api.${region}.amazonaws.com`, 443),
  'package-index-is-public': index,
  'package-index-unreachable': ownIndex,
  'package-index-unauthorized': codeArtifact,
  'package-files-elsewhere': files,
}

export function sampleFor(code) {
  const target = byCause[code] ?? logs
  const network = new NetworkView({
    format: 'eniprobe/1',
    run: { version: '0', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0, deadlineMs: 0, complete: true },
    vantage: {
      workload: null,
      region,
      partition: 'aws',
      interfaces: [],
      resolvers: ['10.20.0.2'],
      proxy: null,
      network: nobody,
      identity: null,
      internet: 'silent',
      clockSkewMs: null,
    },
    targets: [target],
  })
  return { name: `\`${target.id}\``, targets: network.targets, network }
}

function service(id, name) {
  return { id, kind: 'service', service: id, host: name, port: 443, region, wantedBy: ['command-line'], observations: [] }
}

function host(kind, name, port) {
  const id = `${kind}://${name}${kind === 'tcp' ? `:${port}` : ''}`
  return { id, kind, service: null, host: name, port, region, wantedBy: ['command-line'], observations: [] }
}

function packageHost(name, path, packages) {
  const named = /\.d\.codeartifact\./.test(name) ? 'codeartifact.repositories' : null
  const shown = path.replace(/\/$/, '')
  return {
    ...host('https', name, 443),
    id: `https://${name}${shown}`,
    service: named,
    path,
    packages: { manager: 'pip', ...packages },
  }
}
