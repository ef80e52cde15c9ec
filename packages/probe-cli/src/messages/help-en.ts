// The help text alone, so that --help loads nothing else.

export const help = `eniprobe - which cause is behind a timeout in a closed AWS network, what proves it, how to fix it

  eniprobe [TARGET...] [options]          observe, diagnose, print
  eniprobe stuck [-- COMMAND]             what hangs on this machine right now, and why; or while COMMAND runs
  eniprobe diagnose FILE                  diagnose a saved report again; no network
  eniprobe why [FILE|-]                   read an error text or a log; probe the names in it, answer for that error
  eniprobe compare FILE FILE...           saved reports side by side: what differs, and what that says
  eniprobe explain CAUSE                  one cause: what it is, how it shows, how to fix it
  eniprobe list services|causes|workloads
  eniprobe policy [TARGET...]             the smallest IAM policy that this run needs, as JSON; no network
  eniprobe completion bash|zsh|fish       a script that completes these words in your shell

TARGET
  logs, s3, ecr.dkr, ...    an AWS service ("eniprobe list services"); "all" for every one
  s3://BUCKET[/PREFIX]      a bucket, an access point (its ARN or alias), or one object
  tcp://HOST:PORT  tls://HOST[:PORT]  https://URL
  aws://HOST                an AWS service at this very host (another region's, an endpoint's own)
  ec2:ID[:PORT]  rds:ID  ecs:CLUSTER/SERVICE  logs:GROUP  ecr:REPOSITORY  kms:KEY  secret:NAME  parameter:NAME
  dynamodb:TABLE  sqs:QUEUE  sns:TOPIC  lambda:FUNCTION  codeartifact:DOMAIN/REPOSITORY
  sagemaker-endpoint:NAME  bedrock:MODEL
  pip  npm  conda  dnf  yum  apt  docker
  none                      what the workload this runs in needs

OPTIONS
  --for WORKLOAD            add what this kind of workload needs (repeat; "eniprobe list workloads")
  --region R                default: AWS_REGION, the config file, the metadata service
  --profile P               a named AWS profile
  --deadline D              the whole run ends by then, with what it has (15s)
  --connect-timeout D       silence longer than this is called silent (3s)
  --concurrency N           targets under way at once (64)
  --no-sign                 make no signed call and look up no credentials
  --no-confirm              do not ask the control plane (EC2 Describe*) to confirm findings
  --write-checks            on named resources, also try writes that can change nothing
  --expect closed           the internet must not be reachable; a way out is a finding
  --internet-canary H:P     how the way out is judged; "off" to leave it out
  --resolver IP             ask this DNS server instead of the system's (repeat)
  --format F                text, json, markdown (ticket), html (page), junit (CI), prometheus (metrics); repeat, each
                            with its --output
  --output FILE             write there instead of standard output; .json .md .html .xml .prom say the format
  --redact                  mask account ids, ARNs, addresses and names; the diagnosis stays the same
  --watch D                 again every D, printing what changed
  --lang en|ja              default: LC_ALL, LC_MESSAGES, LANG; JSON is the same in every language
  --quiet                   text: the answer and one line a finding; markdown: the answer and what is asked of whom
  --verbose                 also every observation, in order of time
  --no-color                NO_COLOR and FORCE_COLOR are honoured too
  --help  --version

EXIT STATUS
  0 all healthy (warnings allowed)       1 something is wrong, or could not be judged
  2 a mistake in the command or a file   3 eniprobe itself failed   130 interrupted
`
