// The public API of @eniprobe/core. What is not named here is private.

export {
  findPartition,
  findService,
  findWorkload,
  isKnownRegion,
  isRegionName,
  type Permission,
  type PermissionPhase,
  permissionsOf,
  remarkIn,
  type Service,
  type StepOptions,
  serviceIds,
  serviceWords,
  type Workload,
  workloadIds,
} from './catalog/index.ts'
export { type CompareOptions, compareReports, type NamedReport } from './compare/index.ts'
export { type DiagnoseOptions, diagnose } from './diagnose/index.ts'
export { reportIn } from './diagnose/report-in.ts'
export { type AssertOptions, assertReachable, NotReachableError } from './health/assert-reachable.ts'
export { createHealthCheck, type HealthCheck, type HealthCheckOptions, type HealthStatus } from './health/health-check.ts'
export {
  type HandledRequest,
  type HandledResponse,
  type HealthHandlerOptions,
  type HealthSummary,
  healthHandler,
} from './health/health-handler.ts'
export { healthIndicator, type IndicatorResult } from './health/health-indicator.ts'
export { isReachable, type SummaryOptions, summarise } from './health/summary.ts'
export { type CauseArea, type CauseCode, causeCodes, causesByArea } from './model/cause.ts'
export type * from './model/comparison.ts'
export type * from './model/control-plane.ts'
export type { Cause, Confidence, Evidence, Finding, Fix, NextStep, Phrase, Severity } from './model/finding.ts'
export { type Language, languages, type Said } from './model/language.ts'
export { type Layer, layers, type Outcome, type SkipReason } from './model/layer.ts'
export type {
  AddressScope,
  AwsObservation,
  DnsObservation,
  HttpObservation,
  NameKind,
  Observation,
  TcpObservation,
  TlsObservation,
  Variant,
} from './model/observation.ts'
export { type ObservedReport, type Report, type Run, reportFormat } from './model/report.ts'
export type { Stuck, StuckConnection, StuckKind, StuckName, StuckNameFrom, StuckProcess } from './model/stuck.ts'
export type { Hang, ObservedTarget, PlannedTarget, Target, TargetKind, Verdict, Via } from './model/target.ts'
export { ProbeUsageError } from './model/usage-error.ts'
export type {
  CredentialAttempt,
  Identity,
  NetworkIds,
  ProxySetting,
  SdkSettings,
  Vantage,
  VantageCheck,
} from './model/vantage.ts'
export type { Why, WhyAnswer, WhyError, WhyErrorClass, WhyNotProbed, WhyReading, WhyVerdict } from './model/why.ts'
export { readDuration } from './plan/durations.ts'
export {
  type PlannedPolicy,
  type PolicyDocument,
  type PolicyOptions,
  type PolicyStatement,
  planPolicy,
} from './policy.ts'
export { defaults, type ProbeOptions, type ProgressEvent, probe } from './probe.ts'
export { decodeReport } from './report/decode.ts'
export { encodeReport, encodeReportInParts } from './report/encode.ts'
export { type RedactOptions, redactReport, redactReports } from './report/redact/index.ts'
export { checkSocketTables, type FindStuckOptions, findStuck, stuckDefaults } from './stuck/find.ts'
export { type NamingOptions, nameStuck } from './stuck/name.ts'
export { type StuckWatch, type WatchStuckOptions, watchStuck } from './stuck/watch.ts'
export { channels, type FindingMessage, type ObservationMessage, type RunTrace } from './tracing.ts'
export { createErrorReader, type ErrorReader, readErrors } from './why/read-errors.ts'
