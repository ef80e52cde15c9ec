// One python process that has moto loaded and forks a fresh server for whoever connects: moto takes seconds to start, a fork of it
// some milliseconds. A server keeps no account but its own, and ends when the connection that asked for it closes, in whatever way.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'

/**
 * One question to each service that scenarios speak to: an action of the query protocols, a target of the JSON ones, or a path. What a
 * service is made of is loaded with the first.
 */
const questions: Readonly<Record<string, string>> = {
  iam: 'ListRoles',
  sts: 'GetCallerIdentity',
  ec2: 'DescribeVpcs',
  rds: 'DescribeDBInstances',
  autoscaling: 'DescribeAutoScalingGroups',
  sns: 'ListTopics',
  s3: '/',
  lambda: '/2015-03-31/functions',
  logs: 'Logs_20140328.DescribeLogGroups',
  kms: 'TrentService.ListKeys',
  secretsmanager: 'secretsmanager.ListSecrets',
  ssm: 'AmazonSSM.DescribeParameters',
  sqs: 'AmazonSQS.ListQueues',
  dynamodb: 'DynamoDB_20120810.ListTables',
  sagemaker: 'SageMaker.ListModels',
  ecr: 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories',
  ecs: 'AmazonEC2ContainerServiceV20141113.ListClusters',
  'application-autoscaling': 'AnyScaleFrontendService.DescribeScheduledActions',
}

/** Versions that the query protocols name in every call. */
export const apiVersions: Readonly<Record<string, string>> = {
  iam: '2010-05-08',
  sts: '2011-06-15',
  ec2: '2016-11-15',
  rds: '2014-10-31',
  autoscaling: '2011-01-01',
  sns: '2010-03-31',
}

const isAbsent = 3

const program = `
import gc, json, os, select, signal, socket, sys, threading
try:
    import moto.server
    from moto.moto_api._internal import mock_random
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server
    from werkzeug.test import Client
except ImportError: sys.exit(${isAbsent})

app = DomainDispatcherApplication(create_backend_app)
app.debug = True

def ask(service, question):
    scope = 'Credential=LAB/20260101/ap-northeast-1/%s/aws4_request, SignedHeaders=host, Signature=0' % service
    told = {'headers': {'Authorization': 'AWS4-HMAC-SHA256 ' + scope}, 'base_url': 'http://%s.ap-northeast-1.amazonaws.com' % service}
    if question.startswith('/'): return Client(app).get(question, **told)
    if '.' not in question: return Client(app).post('/', data={'Action': question, 'Version': versions.get(service, '')}, **told)
    told['headers']['X-Amz-Target'] = question
    return Client(app).post('/', data='{"ServiceNamespace":"ecs"}', content_type='application/x-amz-json-1.1', **told)

questions, versions = json.loads(sys.argv[2]), json.loads(sys.argv[3])
for service, question in questions.items(): ask(service, question)
Client(app).post('/moto-api/reset')
# The networks that everybody has from the start, made once for all.
ask('ec2', questions['ec2'])

def end_with(tie):
    try:
        while tie.recv(1): pass
    finally: os._exit(0)

def serve(tie):
    path = tie.makefile().readline().strip()
    if not path: return
    # What it is asked to record lies where it stands.
    os.mkdir(path + '.folder')
    os.chdir(path + '.folder')
    mock_random.seed()
    server = make_server('unix://' + path, 0, app, threaded=True)
    threading.Thread(target=end_with, args=(tie,), daemon=True).start()
    tie.sendall(b'ready')
    server.serve_forever()

if threading.active_count() != 1: sys.exit('a process of several threads cannot be forked')
gc.collect()
gc.freeze()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
door = socket.socket(socket.AF_UNIX)
door.bind(sys.argv[1])
door.listen(64)
print('ready', flush=True)
while True:
    if sys.stdin in select.select([sys.stdin, door], [], [])[0]: os._exit(0)
    tie, _ = door.accept()
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        door.close()
        try: serve(tie)
        finally: os._exit(1)
    tie.close()
`

/** Starts it in `folder`; gives the path of the socket to ask, or undefined where moto is not installed. It ends with this process. */
export async function startNursery(folder: string): Promise<string | undefined> {
  const door = join(folder, 'moto.sock')
  const log = join(folder, 'moto.log')
  const errors = openSync(log, 'w')
  // Its input is our pipe: when we end, in whatever way, it closes.
  const python = spawn('python3', ['-c', program, door, JSON.stringify(questions), JSON.stringify(apiVersions)], {
    stdio: ['pipe', 'pipe', errors],
    env: { ...plainEnv(), MOTO_IAM_LOAD_MANAGED_POLICIES: 'false' },
  })
  closeSync(errors)
  try {
    const status = await new Promise<number | null | 'ready'>((resolve, reject) => {
      python.once('error', error => ((error as NodeJS.ErrnoException).code === 'ENOENT' ? resolve(isAbsent) : reject(error)))
      python.once('close', resolve)
      python.stdout?.once('data', () => resolve('ready'))
    })
    // 127: what is called python3 is only a way to choose one, and none is chosen.
    if (status === isAbsent || status === 127) return undefined
    if (status !== 'ready') throw new Error(`moto did not start (${status}): ${readFileSync(log, 'utf8').slice(-2000)}`)
    return door
  } finally {
    letGo(python)
  }
}

/** A server of its own on `socketPath`, until `end` or the end of this process. */
export async function bearMoto(door: string, socketPath: string): Promise<{ end(): void }> {
  const tie = connect({ path: door })
  await new Promise<void>((resolve, reject) => {
    tie.once('data', () => resolve())
    tie.once('error', reject)
    tie.once('close', () => reject(new Error('moto’s server ended before it was ready')))
    tie.write(`${socketPath}\n`)
  })
  tie.on('error', () => {})
  tie.unref()
  return { end: () => tie.destroy() }
}

/** Nothing that would change what moto does. */
function plainEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:AWS|MOTO|FLASK|WERKZEUG)_/.test(name)))
}

/** Running, it keeps this process from nothing. */
function letGo(python: ChildProcess): void {
  python.unref()
  for (const stream of [python.stdin, python.stdout]) (stream as unknown as Socket | null)?.unref?.()
}
