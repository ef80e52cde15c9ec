// An SBOM beside each file that has other people's code inside: CycloneDX 1.6, of what the bundler says is in it. No times and
// no random numbers: the same file gives the same SBOM.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Of } from './checksums.mjs'
import { executableName } from './executables.mjs'
import { architectures, nodeBinary, nodeVersion } from './node-binaries.mjs'

export function describeInside(root, into) {
  const cli = insideOf(root, 'probe-cli', 'eniprobe')
  const files = [
    ['eniprobe.mjs', cli],
    ['eniprobe-lambda.zip', insideOf(root, 'probe-lambda', '@eniprobe/lambda')],
    ...architectures.map(one => [executableName(one), cli, one]),
  ]
  return files
    .filter(([file]) => existsSync(join(into, file)))
    .map(([file, { main, others }, architecture]) => {
      const components = others.map(asComponent)
      if (architecture) components.push(nodeComponent(root, architecture))
      const subject = {
        ...asComponent(main),
        type: 'application',
        hashes: [{ alg: 'SHA-256', content: sha256Of(join(into, file)) }],
        properties: [{ name: 'eniprobe:file', value: file }],
      }
      const name = `${file}.cdx.json`
      writeFileSync(join(into, name), `${JSON.stringify(bom(subject, components), null, 2)}\n`)
      return name
    })
}

function insideOf(root, folder, name) {
  const inside = JSON.parse(readFileSync(join(root, 'packages', folder, 'dist', 'inside.json'), 'utf8'))
  return { main: inside.find(one => one.name === name), others: inside.filter(one => one.name !== name) }
}

function bom(subject, components) {
  const references = components.map(one => one['bom-ref'])
  const content = {
    metadata: { lifecycles: [{ phase: 'build' }], component: subject },
    components,
    dependencies: [{ ref: subject['bom-ref'], dependsOn: references }, ...references.map(ref => ({ ref }))],
    compositions: [
      { aggregate: 'complete', assemblies: [subject['bom-ref']] },
      // Node tells of its larger parts, not of all.
      ...components.filter(one => one.components).map(one => ({ aggregate: 'incomplete', assemblies: [one['bom-ref']] })),
    ],
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
    ...content,
  }
}

function asComponent({ name, version, licence, page }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const [, group, bare] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name)
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group && { group }),
    name: bare,
    version,
    licenses: [/\s/.test(licence) ? { expression: licence } : { license: { id: licence } }],
    purl,
    ...(page && /^(?:git\+)?https:/.test(page) && { externalReferences: [{ type: 'website', url: page.replace(/^git\+/, '') }] }),
  }
}

/** Node with what it says it has inside: OpenSSL, V8 and others, for those who look for what is known about them. */
function nodeComponent(root, architecture) {
  // Run where it can be; the other architecture's is of the same version and sources.
  const { binary } = nodeBinary(root, process.arch)
  const { stdout, status } = spawnSync(binary, ['--print', 'JSON.stringify(process.versions)'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`Node ${nodeVersion} does not tell what it has inside`)
  // Numbers of interfaces and of data, no parts.
  const {
    node: _node,
    modules: _modules,
    napi: _napi,
    cldr: _cldr,
    unicode: _unicode,
    tz: _tz,
    ...libraries
  } = JSON.parse(stdout)
  const purl = `pkg:generic/node@${nodeVersion}?arch=${architecture}&os=linux`
  return {
    type: 'platform',
    'bom-ref': purl,
    name: 'node',
    version: nodeVersion,
    licenses: [{ license: { id: 'MIT' } }],
    purl,
    cpe: `cpe:2.3:a:nodejs:node.js:${nodeVersion}:*:*:*:*:*:*:*`,
    components: Object.entries(libraries).map(([name, version]) => ({
      type: 'library',
      'bom-ref': `${purl}#${name}`,
      name,
      version,
      purl: `pkg:generic/${name}@${encodeURIComponent(version)}`,
    })),
  }
}

/** A UUID of version 8 (RFC 9562, section 5.8): its bits are ours to choose, here a digest of the content. */
function uuidOf(text) {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = (bytes[6] & 0x0f) | 0x80
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
