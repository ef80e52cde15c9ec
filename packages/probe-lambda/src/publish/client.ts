// How every client of the SDK is made here: one try, short waits. The deadline of the invocation leaves no room for its defaults.

export const brief = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1500, requestTimeout: 2000, throwOnRequestTimeout: true },
} as const
