import { setTimeout as pause } from "node:timers/promises";

/** What a center says of itself: 200 while all is well, else 503 and why. */
export const healthOf = async (url: string): Promise<{ status: number; reason: string | null }> => {
  const answer = await fetch(`${url}/health`);
  return { status: answer.status, reason: ((await answer.json()) as { reason: string | null }).reason };
};

/** Waits until a center says that it can write nothing. @returns why */
export const standsStill = async (url: string): Promise<string | null> => {
  const until = performance.now() + 15_000;
  for (;;) {
    const { status, reason } = await healthOf(url);
    if (status === 503) return reason;
    if (performance.now() > until) throw new Error("the center is still well");
    await pause(20);
  }
};
