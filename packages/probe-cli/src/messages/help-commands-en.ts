// The help of each command in English: what it answers, by example, and what its options do.

import type { CommandName, OptionName } from '../options.ts'

export type HelpTopic = 'probe' | CommandName

interface TopicHelp {
  readonly usage: readonly string[]
  readonly about: string
  /** A command line that can be typed as it stands, and what it answers. */
  readonly examples: readonly (readonly [command: string, answers: string])[]
  readonly notes: readonly string[]
}

export interface HelpWords {
  readonly usage: string
  readonly examples: string
  readonly targets: string
  readonly options: string
  readonly topics: Readonly<Record<HelpTopic, TopicHelp>>
  /** How a target is written, and what it is. */
  readonly targetLines: readonly (readonly [written: string, what: string])[]
  readonly optionLines: Readonly<Record<OptionName, string>>
}

export const helpWordsEn: HelpWords = {
  usage: 'USAGE',
  examples: 'EXAMPLES',
  targets: 'TARGET',
  options: 'OPTIONS',
  topics: {
    probe: {
      usage: ['eniprobe [TARGET...] [options]'],
      about: 'Observe the network from here, name the cause of what fails, what proves it, and the fix.',
      examples: [
        ['eniprobe', 'Does this workload reach all that it needs? SageMaker, ECS, EKS, Glue, EC2 … are recognised'],
        ['eniprobe logs s3 secretsmanager', 'Which of these services cannot be used from here, and why?'],
        ['eniprobe s3://my-bucket/data/ kms:alias/app --write-checks', 'May this role list, read and write there?'],
        ['eniprobe logs s3 kms sts --expect closed', 'Is this network really closed, or does something leave it?'],
        [
          'eniprobe logs s3 --format text --format json --output report.json',
          'The answer on the terminal, and the report for later: diagnose, compare, a colleague',
        ],
      ],
      notes: ['Run it where the failure is: same subnet, same security group, same role. D is a time: 500ms, 15s, 2m.'],
    },
    diagnose: {
      usage: ['eniprobe diagnose FILE [options]'],
      about:
        'Diagnose a saved report again: no network, no credentials, the same findings on any machine. "-" is standard input.',
      examples: [
        ['eniprobe diagnose report.json', 'What did that run find?'],
        ['eniprobe diagnose report.json --verbose', 'Everything that was observed, in order of time; all forms of the fix'],
        [
          'eniprobe diagnose report.json --format markdown --output ticket.md',
          'The ticket: what is asked of whom, and the proof',
        ],
        ['eniprobe diagnose report.json --format html --output report.html', 'One page with a picture of the path'],
        ['eniprobe diagnose report.json --redact --format json', 'The same report for strangers: names and ids masked'],
      ],
      notes: [],
    },
    why: {
      usage: ['eniprobe why [FILE|-] [options]'],
      about: 'Read an error text or a log, probe exactly the names in it, and answer for each error.',
      examples: [
        ['eniprobe why', 'Paste the error, then Ctrl-D: what is behind it?'],
        ['eniprobe why app.log', 'Which errors are in this log, and which of them fail here and now?'],
        ['python3 job.py 2>&1 | eniprobe why', 'Why did this job fail?'],
        ['kubectl describe pod app | eniprobe why', 'Why does this pod not start?'],
      ],
      notes: [
        'Run it where the error came from. It contacts what the text names: feed it no text whose names you would not contact.',
      ],
    },
    compare: {
      usage: ['eniprobe compare FILE FILE... [options]'],
      about: 'Saved reports side by side: what differs, which causes that leaves, and which it rules out.',
      examples: [
        ['eniprobe compare subnet-a.json subnet-b.json', 'It works there and not here: what is different?'],
        ['eniprobe compare yesterday.json today.json', 'It worked yesterday: what changed?'],
        ['eniprobe compare subnet-a.json subnet-b.json subnet-c.json', 'Which cause is in which subnet?'],
        [
          'eniprobe compare subnet-a.json subnet-b.json --redact --format markdown --output ticket.md',
          'The same as a ticket, all names masked together',
        ],
      ],
      notes: ['Give all runs the same targets. Exit status as of diff: 0 nothing differs, 1 something does.'],
    },
    stuck: {
      usage: ['eniprobe stuck [options]', 'eniprobe stuck [options] -- COMMAND'],
      about: 'What hangs right now: which process, on which AWS service, for how long, and why. Linux only.',
      examples: [
        ['eniprobe stuck', 'A job stands still: what does it wait for?'],
        ['eniprobe stuck -- python3 train.py', 'Run it, and tell each host that it hangs on, as it happens'],
        ['eniprobe stuck --watch 5s', 'What begins to hang, and what hangs no more, until Ctrl-C'],
        ['eniprobe stuck --output stuck.json -- python3 train.py', 'Keep what was seen, as a report'],
      ],
      notes: ["Run it as root, or as the user whose process hangs. Over a command the exit status is the command's own."],
    },
    explain: {
      usage: ['eniprobe explain CAUSE'],
      about: 'One cause: what it is, how it shows, how to fix it.',
      examples: [
        ['eniprobe explain endpoint-security-group', 'What does this code in the report mean?'],
        ['eniprobe explain private-dns-disabled --lang ja', 'The same, for a colleague who reads Japanese'],
        ['eniprobe list causes', 'Which codes are there?'],
      ],
      notes: [],
    },
    list: {
      usage: ['eniprobe list services|causes|workloads'],
      about: 'What it knows, one line each: made for grep.',
      examples: [
        ['eniprobe list services', 'Which words name an AWS service?'],
        ['eniprobe list causes', 'Which causes can it name?'],
        ['eniprobe list workloads', 'Which words does --for take?'],
      ],
      notes: [],
    },
    policy: {
      usage: ['eniprobe policy [TARGET...] [options]'],
      about: 'The smallest IAM policy for exactly this run, as JSON. No network: it is made of what the run would ask.',
      examples: [
        ['eniprobe policy s3://my-bucket/data/ kms:alias/app', 'What must a role be allowed to look at these two?'],
        ['eniprobe policy s3://my-bucket/data/ --write-checks', 'The same, with the writes that can change nothing'],
        ['eniprobe policy --for glue --region ap-northeast-1', 'For all that a Glue job needs'],
        ['eniprobe policy logs rds:my-db --no-confirm', 'Without the reads that a second opinion takes'],
      ],
      notes: ['AWS_ACCOUNT_ID narrows the ARNs to your account. What had to stay "*" is told on standard error.'],
    },
    completion: {
      usage: ['eniprobe completion bash|zsh|fish'],
      about: 'A script that completes commands, options, targets and causes in your shell.',
      examples: [
        ['source <(eniprobe completion bash)', 'In bash, for this session; in ~/.bashrc for all'],
        ['source <(eniprobe completion zsh)', 'In zsh, after compinit'],
        ['eniprobe completion fish | source', 'In fish'],
      ],
      notes: ['It completes the word eniprobe: link the file under that name into your PATH.'],
    },
  },
  targetLines: [
    ['logs, s3, ecr.dkr, ...', 'an AWS service ("eniprobe list services"); "all" for every one'],
    ['s3://BUCKET[/PREFIX]', 'a bucket, an access point (its ARN or alias), or one object'],
    ['tcp://HOST:PORT', 'a port: one connection, nothing is sent. Also tls://HOST[:PORT] and https://URL'],
    ['dns://HOST', 'a name: it is looked up, and nothing is connected to'],
    ['aws://HOST', "an AWS service at this very host (another region's, an endpoint's own)"],
    ['rds:ID  ec2:ID[:PORT]', 'a database, an instance: is it running, and does it answer? Also ecs:CLUSTER/SERVICE'],
    [
      'kms:KEY, ...',
      'what a workload asks of this very resource: logs:GROUP ecr:REPOSITORY kms:KEY secret:NAME parameter:NAME dynamodb:TABLE sqs:QUEUE sns:TOPIC lambda:FUNCTION codeartifact:DOMAIN/REPOSITORY sagemaker-endpoint:NAME bedrock:MODEL',
    ],
    ['pip, npm, ...', 'where this tool is really set to fetch from: pip npm conda dnf yum apt docker'],
    ['none', 'what the workload this runs in needs'],
  ],
  optionLines: {
    for: 'add what this kind of workload needs (repeat; "eniprobe list workloads")',
    region: 'default: AWS_REGION, the config file, the metadata service',
    profile: 'a named AWS profile',
    deadline: 'the whole run ends by then, with what it has (15s)',
    'connect-timeout': 'a connection is waited for no longer than this (3s)',
    concurrency: 'targets under way at once (64)',
    'no-sign': 'make no signed call and look up no credentials',
    'no-confirm': 'do not ask the control plane (EC2 Describe*) to confirm findings',
    'write-checks': 'on named resources, also try writes that can change nothing',
    expect: 'the internet must not be reachable; a way out is a finding',
    'internet-canary': 'how the way out is judged; "off" to leave it out',
    resolver: "ask this DNS server instead of the system's (repeat)",
    format: 'text, json, markdown (ticket), html (page), junit (CI), prometheus (metrics); repeat, each with its --output',
    output: 'write there instead of standard output; .json .md .html .xml .prom say the format',
    redact: 'mask account ids, ARNs, addresses and names; the diagnosis stays the same',
    quiet: 'text: the answer and one line a finding; markdown: the answer and what is asked of whom',
    verbose: 'also every observation, in order of time',
    watch: 'again every D, telling what changed',
    lang: 'default: LC_ALL, LC_MESSAGES, LANG; JSON is the same in every language',
    'no-color': 'NO_COLOR and FORCE_COLOR are honoured too',
    help: 'this text',
    version: 'the version',
  },
}
