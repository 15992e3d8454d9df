const TICK_MS = 5;

/**
 * Runs `act` and counts the milliseconds that passed for it: those in which a busy machine kept this process from running
 * are none in which anybody could have acted. What the process itself spent in a gap, holding everybody up, counts whole.
 */
export const awakeDuring = async (act: () => Promise<void>): Promise<number> => {
  let awake = 0;
  let last = performance.now();
  let spent = process.cpuUsage();
  const count = (): void => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(spent);
    awake += Math.min(now - last, Math.max(2 * TICK_MS, (user + system) / 1_000));
    last = now;
    spent = process.cpuUsage();
  };
  const timer = setInterval(count, TICK_MS);
  try {
    await act();
    count();
    return awake;
  } finally {
    clearInterval(timer);
  }
};
