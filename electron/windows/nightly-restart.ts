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

/** Tells when the machine wakes up; Electron's powerMonitor. */
export interface Waking {
  on(event: "resume", listener: () => void): unknown;
  off(event: "resume", listener: () => void): unknown;
}

/**
 * Restarts a board each night, so that what has leaked or drifted in a screen that nobody ever touches ends with the day.
 * A machine that slept over the hour restarts it at once when it wakes, before anybody looks at the board.
 * @returns the way to stop
 */
export const restartNightly = (restart: () => void, waking: Waking): (() => void) => {
  let since = new Date();
  const look = (): void => {
    const now = new Date();
    if (!isRestartDue(since, now)) return;
    since = now;
    restart();
  };
  const timer = setInterval(look, LOOK_MS);
  waking.on("resume", look);
  return () => {
    clearInterval(timer);
    waking.off("resume", look);
  };
};
