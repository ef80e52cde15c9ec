// Keeps the AWS SDK from writing a warning about old versions of Node to the terminal of whoever uses this library.

let running = 0
let before = false

/** Runs `run` with the SDK's notice held back; another user of the same SDK in this process still gets it afterwards. */
export async function withQuietSdk<T>(run: () => Promise<T>): Promise<T> {
  const { state } = await import('@aws-sdk/core/client')
  if (running === 0) before = state.warningEmitted
  running += 1
  state.warningEmitted = true
  try {
    return await run()
  } finally {
    running -= 1
    if (running === 0) state.warningEmitted = before
  }
}
