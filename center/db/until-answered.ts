import { setTimeout as sleep } from "node:timers/promises";

/** Between two tries, and up to half as long again: many that ask do not come back at one instant. */
const PAUSE_MS = 500;

/**
 * Asks the database until it answers.
 * @param isWanted whether anybody still waits for the answer
 * @throws what the database said last, once nobody does
 */
export const untilAnswered = async <T>(ask: () => Promise<T>, isWanted: () => boolean): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isWanted()) throw error;
      await sleep(PAUSE_MS * (1 + Math.random() / 2), undefined, { ref: false });
    }
  }
};
