// Turns SIGTERM and SIGINT into a request to stop.

const SIGNALS = ["SIGTERM", "SIGINT"];

/** The first one calls `stop`, the second ends the process with status 1. Returns what undoes it. */
export function onStopSignals(stop) {
  let signalled = false;
  const listener = () => {
    if (signalled) process.exit(1);
    signalled = true;
    stop();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}
