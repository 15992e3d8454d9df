const TICK_MS = 5;

/**
 * Runs `act` and counts the milliseconds that passed for it: one in which a busy machine kept this process from running is
 * none in which anybody could have acted.
 */
export const awakeDuring = async (act: () => Promise<void>): Promise<number> => {
  let awake = 0;
  let last = performance.now();
  const count = (): void => {
    const now = performance.now();
    awake += Math.min(now - last, 2 * TICK_MS);
    last = now;
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
