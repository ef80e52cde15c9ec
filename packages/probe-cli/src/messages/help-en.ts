// The short help in English, alone, so that --help loads nothing else. What a command takes is told by its own help.

export const help = `eniprobe - which cause is behind a timeout in a closed AWS network, what proves it, how to fix it

EXAMPLES
  eniprobe
      all that the workload here needs; it sees for itself what this runs in
  eniprobe logs s3 ecr.dkr
      can these services be used from here? if not, why, and what mends it
  eniprobe s3://my-bucket tcp://db.internal:5432 pip
      your bucket, your database, and where pip is really set to fetch from
  eniprobe why app.log
      an error is there: probe the names in it, and answer for that error
  eniprobe stuck
      something hangs now: which process, on which service, and why
  eniprobe logs s3 --format markdown --output ticket.md
      a ticket for whoever can mend it

COMMANDS
  eniprobe [TARGET...] [options]     observe, diagnose, print
  eniprobe stuck [-- COMMAND]        what hangs now on this machine; or while COMMAND runs
  eniprobe why [FILE|-]              read an error text or a log; answer for its errors
  eniprobe diagnose FILE             diagnose a saved report again; no network
  eniprobe compare FILE FILE...      saved reports: what differs, and what that says
  eniprobe explain CAUSE             one cause: what it is, how it shows, how to fix it
  eniprobe list services|causes|workloads
  eniprobe policy [TARGET...]        the smallest IAM policy that this run needs; no network
  eniprobe completion bash|zsh|fish  completes these words in your shell

  eniprobe help COMMAND              examples and options of one command
  eniprobe help probe                every kind of TARGET, every option of a run
  eniprobe --version

EXIT STATUS
  0 all healthy (warnings allowed)       1 something is wrong, or could not be judged
  2 a mistake in the command or a file   3 eniprobe itself failed   130 interrupted

A run changes nothing. Text is in English or Japanese: --lang en|ja.
`
