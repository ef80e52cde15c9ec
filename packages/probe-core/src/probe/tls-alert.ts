// Names of TLS alerts, and how each library error of a failed handshake reads. Registry: RFC 8446 §6 and IANA.

import { errorCode } from './local-resource-error.ts'

const alertNames: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  111: 'certificate_unobtainable',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  114: 'bad_certificate_hash_value',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
  121: 'ech_required',
}

/** `ALERT_` and the registered name, or the number where there is none. */
export function alertCode(alert: number): string {
  return `ALERT_${alertNames[alert] ?? alert}`
}

/** OpenSSL's words for bytes that are no TLS record at all. */
const notTls =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|HTTPS_PROXY_REQUEST|BAD_RECORD_TYPE|RECORD_LAYER_FAILURE|RECORD_TOO_SMALL|UNEXPECTED_EOF_IN_RECORD/

/** The code of a failed handshake: `ALERT_*`, `NOT_TLS`, `EOF` (closed), the errno, or OpenSSL's own code. */
export function readHandshakeError(error: Error): string {
  const code = errorCode(error)
  const alert = /SSL alert number (\d{1,3})/.exec(error.message)
  if (alert) return alertCode(Number(alert[1]))
  if (notTls.test(code)) return 'NOT_TLS'
  // Node gives ECONNRESET for an orderly close before the handshake's end as well; only a real reset names a system call.
  if (code === 'ECONNRESET' && (error as NodeJS.ErrnoException).syscall === undefined) return 'EOF'
  return code
}
