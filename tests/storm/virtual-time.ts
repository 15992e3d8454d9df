/** One who waits for a moment of virtual time. */
interface Alarm {
  readonly at: number;
  /** Of two for the same moment the one that was set first comes first. */
  readonly order: number;
  readonly act: () => void;
}

/**
 * Time that passes only when nothing is left to do: promises, the database in memory and ciphers come to rest first, then the next alarm rings.
 * What is built on it alone does the same in the same order on every machine, however slow, and a day takes as long as its work.
 */
export class VirtualTime {
  private alarms: Alarm[] = [];
  private orders = 0;
  private working = 0;
  /** Milliseconds since the beginning. */
  now = 0;

  /** Rings once after a while; returns the way to call it off. */
  readonly after = (ms: number, act: () => void): (() => void) => {
    this.orders += 1;
    const alarm: Alarm = { at: this.now + Math.max(0, ms), order: this.orders, act };
    let place = this.alarms.length;
    // Sorted, the next one last.
    while (place > 0 && isLater(alarm, this.alarms[place - 1])) place -= 1;
    this.alarms.splice(place, 0, alarm);
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm);
    };
  };

  /** Work that the event loop does not show (ciphers run on threads of their own): time waits for its end. */
  readonly during = async <T>(work: Promise<T>): Promise<T> => {
    this.working += 1;
    try {
      return await work;
    } finally {
      this.working -= 1;
    }
  };

  /** Lets so much time pass. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      await this.rest();
      const next = this.alarms.at(-1);
      if (next === undefined || next.at > until) break;
      this.alarms.pop();
      this.now = next.at;
      next.act();
    }
    this.now = until;
  }

  /** Lets time pass until something is so. @returns whether it was so in time */
  async until(isSo: () => boolean, mostMs: number): Promise<boolean> {
    const end = this.now + mostMs;
    await this.rest();
    while (!isSo() && this.now < end) await this.pass(Math.min(STEP_MS, end - this.now));
    return isSo();
  }

  private async rest(): Promise<void> {
    do await new Promise<void>((done) => setImmediate(done));
    while (this.working > 0 || process.getActiveResourcesInfo().includes("Immediate"));
  }
}

const STEP_MS = 100;

const isLater = (alarm: Alarm, than: Alarm | undefined): boolean =>
  than !== undefined && (alarm.at > than.at || (alarm.at === than.at && alarm.order > than.order));

/** Ciphers as they are, time waiting for them; the slow hash of a password, which is slow on purpose, quick. */
export const cryptoIn = (time: VirtualTime): Crypto => {
  const { subtle } = globalThis.crypto;
  return {
    getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto),
    subtle: {
      importKey: (...args: Parameters<SubtleCrypto["importKey"]>) => time.during(subtle.importKey(...args)),
      encrypt: (...args: Parameters<SubtleCrypto["encrypt"]>) => time.during(subtle.encrypt(...args)),
      decrypt: (...args: Parameters<SubtleCrypto["decrypt"]>) => time.during(subtle.decrypt(...args)),
      deriveBits: () => Promise.resolve(new ArrayBuffer(32)),
    },
  } as unknown as Crypto;
};
