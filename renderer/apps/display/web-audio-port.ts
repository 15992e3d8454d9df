import { z } from "zod";
import { pauseOf } from "../../../shared/domain/queue/announcement.ts";
import type { AudioPort } from "./announcer.ts";

const manifestSchema = z.object({
  clips: z.record(z.string(), z.object({ file: z.string(), durationMs: z.number() })),
});

/** "blocked": the browser wants a touch first (see `unlock`); "none": no recordings or no sound at all. */
export type VoiceState = "loading" | "on" | "blocked" | "none";

export interface WebAudioPortOptions {
  /** Folder of manifest.json and the recordings, with a slash at its end. */
  readonly baseUrl: string;
  /** A recording that is missing or broken; calls that need it are not spoken. */
  readonly onError?: (clipId: string, error: unknown) => void;
  readonly onState?: (state: VoiceState) => void;
  /** Loudness of the next announcement, 0 to 1; asked when it begins. */
  readonly volume?: () => number;
  readonly createContext?: () => AudioContext;
  readonly load?: (url: string) => Promise<ArrayBuffer>;
}

/** Between two recordings: as between words of a careful speaker. */
const JOINT_SECONDS = 0.04;
/** The first one is scheduled a little ahead, so that it does not begin in the middle. */
const LEAD_SECONDS = 0.05;
const RESUME_MS = 1_000;
/** A sound device that was pulled out never reports the end. */
const STALLED_MS = 2_000;
const CHIME = "chime";

const loadByFetch = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
};

/**
 * Joined recordings through Web Audio: all of them are decoded once, then each announcement is scheduled whole on the
 * audio clock, so that a busy renderer cannot tear gaps into a number.
 */
export class WebAudioPort implements AudioPort {
  readonly #options: WebAudioPortOptions;
  readonly #buffers = new Map<string, AudioBuffer>();
  #context: AudioContext | undefined;
  #playing: AudioBufferSourceNode[] = [];
  #state: VoiceState = "loading";
  #prepared: Promise<void> | undefined;

  constructor(options: WebAudioPortOptions) {
    this.#options = options;
  }

  get state(): VoiceState {
    return this.#state;
  }

  /** Loads and decodes the recordings; once, however often it is called. Never rejects: see `state`. */
  prepare(): Promise<void> {
    this.#prepared ??= this.#prepare();
    return this.#prepared;
  }

  /** To be called on a touch, where the browser wants one before it makes a sound. */
  async unlock(): Promise<void> {
    await this.prepare();
    if (this.#context && this.#state !== "none") this.#setState((await resumed(this.#context)) ? "on" : "blocked");
  }

  /**
   * Plays the recordings in order and resolves at the end of the last.
   * A call that lacks a recording is not spoken, only chimed: without one digit it would send somebody else.
   */
  async play(clipIds: readonly string[]): Promise<void> {
    await this.prepare();
    const context = this.#context;
    if (!context || this.#state === "none") throw new Error("no voice");
    if (!(await resumed(context))) {
      this.#setState("blocked");
      throw new Error("sound is blocked until someone touches the screen");
    }
    this.#setState("on");
    const missing = clipIds.filter((id) => pauseOf(id) === undefined && !this.#buffers.has(id));
    await this.#schedule(context, missing.length === 0 ? clipIds : clipIds.filter((id) => id === CHIME));
    if (missing.length > 0) throw new Error(`recordings missing: ${[...new Set(missing)].join(", ")}`);
  }

  stop(): void {
    for (const source of this.#playing.splice(0)) {
      source.onended = null;
      source.stop();
      source.disconnect();
    }
  }

  async #prepare(): Promise<void> {
    const { baseUrl, createContext = () => new AudioContext(), load = loadByFetch, onError } = this.#options;
    try {
      const context = createContext();
      const text = new TextDecoder().decode(await load(`${baseUrl}manifest.json`));
      const manifest = manifestSchema.parse(JSON.parse(text));
      await Promise.all(
        Object.entries(manifest.clips).map(async ([id, { file }]) => {
          try {
            this.#buffers.set(id, await context.decodeAudioData(await load(`${baseUrl}${file}`)));
          } catch (error) {
            onError?.(id, error);
          }
        }),
      );
      this.#context = context;
      this.#setState(this.#buffers.size === 0 ? "none" : context.state === "running" ? "on" : "blocked");
    } catch (error) {
      onError?.("manifest", error);
      this.#setState("none");
    }
  }

  #schedule(context: AudioContext, clipIds: readonly string[]): Promise<void> {
    this.stop();
    const begin = context.currentTime + LEAD_SECONDS;
    let at = begin;
    const gain = context.createGain();
    gain.gain.value = this.#options.volume?.() ?? 1;
    gain.connect(context.destination);
    for (const id of clipIds) {
      const buffer = this.#buffers.get(id);
      if (!buffer) {
        at += (pauseOf(id) ?? 0) / 1_000;
        continue;
      }
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(gain);
      source.start(at);
      this.#playing.push(source);
      at += buffer.duration + JOINT_SECONDS;
    }
    const last = this.#playing.at(-1);
    if (!last) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.stop();
          reject(new Error("the sound device stalled"));
        },
        (at - begin) * 1_000 + STALLED_MS,
      );
      last.onended = () => {
        clearTimeout(timer);
        gain.disconnect();
        this.#playing = [];
        resolve();
      };
    });
  }

  #setState(state: VoiceState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state);
  }
}

const resumed = async (context: AudioContext): Promise<boolean> => {
  if (context.state === "running") return true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A blocked context answers only after a touch, so the wait has an end of its own.
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, RESUME_MS);
  });
  await Promise.race([context.resume().catch(() => undefined), late]);
  clearTimeout(timer);
  // Read anew: TypeScript believes that the state cannot have changed since the check above.
  return (context.state as AudioContextState) === "running";
};
