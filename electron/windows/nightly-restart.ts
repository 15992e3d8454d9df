/** Between the close of any hall and its opening, minutes after midnight of the machine. */
const AT_MINUTES = 3 * 60 + 30;
const LOOK_MS = 60_000;
const MINUTE_MS = 60_000;

/** True when the hour of the restart has come since `since`; also when the machine slept over it. */
export const isRestartDue = (since: Date, now: Date): boolean => {
  const hour = new Date(now);
  hour.setHours(0, AT_MINUTES, 0, 0);
  if (hour > now) hour.setDate(hour.getDate() - 1);
  // A clock that was set back tells of no new night.
  return since < hour && now.getTime() - since.getTime() >= MINUTE_MS;
};

/**
 * Restarts a board each night, so that what has leaked or drifted in a screen that nobody ever touches ends with the day.
 * @returns the way to stop
 */
export const restartNightly = (restart: () => void): (() => void) => {
  let since = new Date();
  const timer = setInterval(() => {
    const now = new Date();
    if (!isRestartDue(since, now)) return;
    since = now;
    restart();
  }, LOOK_MS);
  return () => clearInterval(timer);
};
