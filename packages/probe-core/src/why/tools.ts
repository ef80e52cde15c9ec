// Who wrote a line, by its wording. Names are those people use; a wording that many programs share names none.

const tools: readonly (readonly [string, RegExp])[] = [
  [
    'ECS',
    /CannotPull(?:Container|ImageManifest)|ResourceInitializationError|unable to pull secrets or registry auth|Please check your task network configuration/,
  ],
  ['kubectl', /You must be logged in to the server/],
  ['kubelet', /kubelet|ErrImagePull|ImagePullBackOff|Failed to pull image|FailedCreatePodSandBox/],
  [
    'SSM agent',
    /ssm-agent|ssm-(?:session|document)-worker|SSM Agent|MessagingDeliveryService|MessageGatewayService|\[DataBackend\]/,
  ],
  ['CloudWatch agent', /WriteToCloudWatch|amazon-cloudwatch-agent|[EW]! (?:cloudwatch|\[?outputs\.cloudwatch)|cloudwatchlogs\]/],
  ['ECS agent', /ecs-agent|ecs-init/],
  ['Terraform', /[Tt]erraform|\bon \S{1,200}\.tf line|^\s{0,4}│.{0,4000}[^│\s]\s{0,200}$/],
  ['SageMaker', /[Ff]ailed to download model data|Artifact upload failed:|Error hosting endpoint/],
  ['Glue', /VPC S3 endpoint validation failed|security group must open all ingress ports|aws-glue/],
  ['Redshift', /S3(?:Service|Curl)Exception/],
  ['CloudFormation', /CREATE_FAILED|UPDATE_FAILED|HandlerErrorCode|CloudFormation/],
  ['Lambda', /Task timed out after [\d.]{1,12} seconds/],
  [
    'Kafka client',
    /org\.apache\.kafka|kafkajs|rdkafka|\b[Bb]ootstrap broker |Connection to node -?\d{1,10} |\[(?:Producer|Consumer|AdminClient) clientId=|\bkafka\.(?:conn|errors|client)\b|from bootstrap\.servers|bootstrap urls given/,
  ],
  ['MongoDB client', /\bMongo(?:ose)?[A-Z]\w{2,40}|pymongo|No suitable servers found \(/],
  [
    'JDBC',
    /jdbc:|\bjava\.sql\.|Communications link failure|PSQLException|SQLServerException|The Network Adapter could not establish/,
  ],
  ['Spark', /org\.apache\.(?:spark|hadoop)|"FailureReason"|\bpy4j\b|emrfs/i],
  ['Poetry', /\bpoetry\b.{0,40}(?:rror|ailed)|^Source \(\S{1,80}\): Failed to retrieve metadata/],
  ['uv', /^error: Failed to fetch: `|\buv\b.{0,40}(?:error|Failed)|Request failed after \d{1,3} retries/],
  [
    'pip',
    /pip\._vendor|Could not find a version that satisfies|^WARNING: Retrying \(Retry|No matching distribution found|ERROR: Could not install packages|\d{3} Error, Credentials not correct for/,
  ],
  ['npm', /\bnpm (?:ERR!|error|warn|WARN)/],
  ['NuGet', /\bNU1301\b|service index for source/],
  ['Maven', /Could not transfer artifact|org\.apache\.maven/],
  ['twine', /^HTTPError: \d{3} \w{1,30} from http|\btwine\b/],
  ['conda', /CondaHTTPError|CondaSSLError|HTTP 000 CONNECTION FAILED/],
  [
    'dnf',
    /Curl error \(\d{1,3}\)|\[Errno 14\]|Could not retrieve mirrorlist|Failed to download metadata for repo|Cannot find a valid baseurl|mirror\.list\b/,
  ],
  ['apt', /^(?:E|W|Err:\d{1,4}|Ign:\d{1,4}):? |Unable to fetch some archives|Temporary failure resolving '/],
  [
    'docker',
    /Error response from daemon|\bdocker: |containerd|rpc error: code|failed to do request|failed to resolve reference|httpReadSeeker/,
  ],
  [
    'NFS or SMB mount',
    /^mount(?:\.nfs4?|\.lustre| error)\b|mount\.(?:nfs4?|lustre|cifs): |amazon-efs-utils|has an EFS mount target/,
  ],
  ['Fluent Bit', /\[(?:output|input):[a-z_]{1,40}:|\[net\] getaddrinfo\(|\[upstream\] connection #/],
  ['curl', /curl: \(\d{1,3}\)/],
  ['git', /fatal: unable to access|^ssh: .{1,40}\b(?:git|bitbucket)|Could not read from remote repository/],
  ['wget', /^wget: |^ERROR: cannot verify \S{1,253}'s certificate, issued by|^Resolving \S{1,253}/],
  ['openssl', /BIO_(?:connect|lookup)|connect:errno=/],
  [
    'PostgreSQL client',
    /psql: |Is the server running on host "|PG::|psycopg|connection to server at "|could not translate host name|failed to connect to `host=|Npgsql/,
  ],
  [
    'MySQL client',
    /ERROR (?:200\d|1\d{3}|3\d{3}) \(\w{5}\)|ERROR 200\d|(?:MySQL|MariaDB) server|Lost connection to MySQL|pymysql|mysql\.connector/,
  ],
  ['Redis client', /redis\.exceptions|[Rr]edis::|connecting to Redis on|io\.lettuce|\[ioredis\]|redis\.clients/],
  ['AWS SDK for Java v2', /software\.amazon\.awssdk|\(Service: [A-Za-z0-9 ]{1,60}, Status Code: \d/],
  ['AWS SDK for Java', /com\.amazonaws\.|Unable to execute HTTP request|\(Service: [A-Za-z0-9 ]{1,60}; Status Code: \d/],
  ['AWS SDK for Go v2', /operation error [A-Za-z0-9 ]{1,60}: [A-Za-z0-9]{1,80}|https response error StatusCode/],
  [
    'AWS SDK for Go v1',
    /RequestError: send request failed|NoCredentialProviders|^caused by: (?:Post|Get|Put|Head)|RequestCanceled: request context|EC2RoleRequestError/,
  ],
  ['AWS SDK for Ruby', /Seahorse::|\bAws::(?:\w{1,60}::)?Errors::/],
  ['pyarrow', /\bAWS Error [A-Z_]{2,60} during \w{1,80} operation/],
  ['AWS SDK for PHP', /Error executing "\w{1,80}" on "/],
  ['AWS SDK for .NET', /Amazon\.(?:Runtime|[A-Z][A-Za-z0-9]{1,60}\.)/],
  [
    'AWS SDK for Rust',
    /DispatchFailure|(?<!Client)ConnectorError|aws_(?:smithy|sdk|config)|ErrorMetadata \{|error=\w{3,40}Error::\w{1,40}: dispatch failure/,
  ],
  [
    'AWS SDK for JavaScript',
    /@aws-sdk\/|Inaccessible host: |@smithy\/|CredentialsProviderError|(?<!::)\bNetworkingError|\$metadata|aws-sdk\/lib/,
  ],
  ['boto3', /botocore\.|(?<![/\w-])boto3(?![/\w-])|AWSHTTPSConnection/],
  [
    'AWS CLI or boto3',
    /on endpoint URL: "|Error when retrieving token from sso|Could not connect to the endpoint URL|An error occurred \([A-Za-z0-9.]{1,80}\) when calling|A client error \([A-Za-z0-9.]{1,80}\) occurred|Unable to locate credentials|You must specify a region|SSL validation failed for|before we received a valid response from endpoint/,
  ],
  ['Ruby', /\bNet::(?:Open|Read)Timeout|Failed to open TCP connection to |\bErrno::E[A-Z]/],
  ['.NET', /System\.Net\.|SocketException \(\d{1,6}\)/],
  ['Go program', /dial tcp|net\/http: /],
  ['Node.js', /getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|connect E[A-Z]{4,20} |UND_ERR_|fetch failed/],
  ['Java', /java\.(?:net|io|lang)\.|javax\.(?:net|mail)|MailConnectException|io\.netty\./],
  [
    'Python',
    /urllib3|\bssl\.SSL|\bpika\.|requests\.exceptions|HTTPS?ConnectionPool|socket\.(?:timeout|gaierror)|<urlopen error|\[Errno -?\d{1,4}\]|httpx\.|aiohttp/,
  ],
]

/** Null when the wording is anybody's. */
export function findTool(line: string): string | null {
  return tools.find(([, form]) => form.test(line))?.[0] ?? null
}

/** Of two that wrote about one failure, the one nearer to the person: the agent before its SDK, the SDK before its language. */
export function nearerTool(first: string | null, second: string | null): string | null {
  const rank = (tool: string | null) => (tool === null ? tools.length : tools.findIndex(([name]) => name === tool))
  return rank(first) <= rank(second) ? first : second
}
