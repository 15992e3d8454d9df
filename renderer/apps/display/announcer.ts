import { announcementClipsIn, type VoiceLanguage } from "../../../shared/domain/queue/announcement.ts";

/** Plays joined recordings; resolves when the last one has ended, rejects when they could not be heard. */
export interface AudioPort {
  play(clipIds: readonly string[]): Promise<void>;
  /** Silences what is playing; its promise may then stay open. */
  stop?(): void;
}

export interface CallAnnouncement {
  /** One per call and re-call; the same id twice is the same announcement. */
  readonly id: string;
  readonly number: string;
  /** The counter's number as people see it, 1-99. */
  readonly counter: number;
  readonly languages: readonly VoiceLanguage[];
  readonly kind: "call" | "recall";
  /** How often it is said; left out: as often as the hall is used to. */
  readonly times?: number;
}

/** "merged": a later call of the same ticket speaks for it. */
export type AnnouncementEnd = "spoken" | "merged" | "duplicate" | "failed" | "closed";

export interface AnnouncerOptions {
  readonly port: AudioPort;
  /** Gets the id of what is being spoken, and null when the loudspeaker is silent again. */
  readonly onSpeaking?: (id: string | null) => void;
  readonly onError?: (id: string, error: unknown) => void;
  /** With so many waiting, a ticket that waits already is spoken once for call and re-call. */
  readonly mergeFrom?: number;
  /** A port that is not done after so long is given up, or a lost sound device would silence the hall for ever. */
  readonly giveUpMs?: number;
}

interface Waiting {
  announcement: CallAnnouncement;
  end: (how: AnnouncementEnd) => void;
}

const MERGE_FROM = 4;
const GIVE_UP_MS = 60_000;
/** More ids than calls can wait; the oldest are forgotten. */
const REMEMBERED_IDS = 1_000;

/**
 * Speaks announcements strictly one after the other, in the order they came (field.md, invariant 5). One that fails is
 * reported and passed over; it never holds up the next.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  #waiting: Waiting[] = [];
  readonly #seen = new Set<string>();
  #isRunning = false;
  #isClosed = false;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** What is still to be spoken, next first; without the one being spoken now. */
  get waiting(): readonly CallAnnouncement[] {
    return this.#waiting.map(({ announcement }) => announcement);
  }

  /** Takes an announcement in; resolves when it has been spoken or it is known that it will not be. Never rejects. */
  enqueue(announcement: CallAnnouncement): Promise<AnnouncementEnd> {
    if (this.#isClosed) return Promise.resolve("closed");
    if (this.#seen.has(announcement.id)) return Promise.resolve("duplicate");
    this.#remember(announcement.id);
    return new Promise((end) => {
      const before = this.#waiting.find((waiting) => waiting.announcement.number === announcement.number);
      if (before && this.#speaksForBoth(before.announcement, announcement)) {
        // It keeps the earlier place: the person has been waiting to be heard since then.
        before.end("merged");
        before.announcement = announcement;
        before.end = end;
      } else {
        this.#waiting.push({ announcement, end });
      }
      void this.#run();
    });
  }

  /** Silence now; what waits is not spoken any more. */
  close(): void {
    this.#isClosed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.end("closed");
    this.#options.port.stop?.();
  }

  /** Sent to another counter meanwhile: the earlier call would lead the person astray, however short the queue. */
  #speaksForBoth(before: CallAnnouncement, later: CallAnnouncement): boolean {
    return before.counter !== later.counter || this.#waiting.length >= (this.#options.mergeFrom ?? MERGE_FROM);
  }

  #remember(id: string): void {
    this.#seen.add(id);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= REMEMBERED_IDS) break;
      this.#seen.delete(oldest);
    }
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      next.end(await this.#speak(next.announcement));
    }
    this.#isRunning = false;
  }

  async #speak(announcement: CallAnnouncement): Promise<AnnouncementEnd> {
    const { port, onSpeaking, onError } = this.#options;
    onSpeaking?.(announcement.id);
    try {
      await this.#inTime(port.play(announcementClipsIn(announcement)));
      return this.#isClosed ? "closed" : "spoken";
    } catch (error) {
      onError?.(announcement.id, error);
      return "failed";
    } finally {
      onSpeaking?.(null);
    }
  }

  async #inTime(playing: Promise<void>): Promise<void> {
    const giveUpMs = this.#options.giveUpMs ?? GIVE_UP_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#options.port.stop?.();
        reject(new Error(`not spoken within ${giveUpMs} ms`));
      }, giveUpMs);
    });
    try {
      await Promise.race([playing, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
