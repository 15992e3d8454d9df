import { afterEach, describe, expect, test, vi } from "vitest";
import { WebAudioPort, type WebAudioPortOptions } from "./web-audio-port.ts";

interface Started {
  readonly clip: string;
  readonly at: number;
}

/** An audio device by its clock: decodes a text `name:seconds` to a buffer, notes what starts when. */
class FakeContext {
  state: AudioContextState = "running";
  currentTime = 10;
  readonly destination = {};
  readonly started: Started[] = [];
  readonly sources: { onended: (() => void) | null; isStopped: boolean }[] = [];
  allowsSound = true;

  decodeAudioData(data: ArrayBuffer): Promise<{ clip: string; duration: number }> {
    const [clip = "", seconds] = new TextDecoder().decode(data).split(":");
    if (seconds === undefined) return Promise.reject(new Error("cannot decode"));
    return Promise.resolve({ clip, duration: Number(seconds) });
  }

  createBufferSource() {
    const { started } = this;
    const source = {
      buffer: null as { clip: string } | null,
      onended: null as (() => void) | null,
      isStopped: false,
      connect: (to: unknown) => expect(to).toBe(this.gains.at(-1)),
      disconnect: () => undefined,
      start: (at: number) => started.push({ clip: source.buffer?.clip ?? "", at }),
      stop: () => {
        source.isStopped = true;
      },
    };
    this.sources.push(source);
    return source;
  }

  readonly gains: { readonly gain: { value: number }; isConnected: boolean }[] = [];

  createGain() {
    const node = {
      gain: { value: 1 },
      isConnected: false,
      connect: (to: unknown) => {
        expect(to).toBe(this.destination);
        node.isConnected = true;
      },
      disconnect: () => {
        node.isConnected = false;
      },
    };
    this.gains.push(node);
    return node;
  }

  resume(): Promise<void> {
    if (!this.allowsSound) return new Promise(() => undefined);
    this.state = "running";
    return Promise.resolve();
  }

  endAll(): void {
    this.sources.at(-1)?.onended?.();
  }
}

const CLIPS: Record<string, string> = { chime: "1.5", "zh-CN/d1": "0.4", "zh-CN/d2": "0.3", "zh-CN/number": "0.5" };

const setUp = (files: Record<string, string> = {}, options: Partial<WebAudioPortOptions> = {}) => {
  const context = new FakeContext();
  const errors: string[] = [];
  const states: string[] = [];
  const loaded: string[] = [];
  const clips = Object.fromEntries(
    Object.entries(CLIPS).map(([id, seconds]) => [id, { file: `${id}.ogg`, durationMs: Number(seconds) * 1_000 }]),
  );
  const all: Record<string, string> = { "voice/manifest.json": JSON.stringify({ note: "", clips }) };
  for (const [id, seconds] of Object.entries(CLIPS)) all[`voice/${id}.ogg`] = `${id}:${seconds}`;
  Object.assign(all, files);
  const port = new WebAudioPort({
    baseUrl: "voice/",
    createContext: () => context as unknown as AudioContext,
    load: (url) => {
      loaded.push(url);
      const content = all[url];
      if (content === undefined || content === "") return Promise.reject(new Error("404"));
      return Promise.resolve(new TextEncoder().encode(content).buffer);
    },
    onError: (id) => errors.push(id),
    onState: (state) => states.push(state),
    ...options,
  });
  return { context, errors, states, loaded, port };
};

const ready = async (port: WebAudioPort, clips: readonly string[]): Promise<{ playing: Promise<void> }> => {
  await port.prepare();
  const playing = port.play(clips);
  playing.catch(() => undefined);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return { playing };
};

afterEach(() => {
  vi.useRealTimers();
});

describe("joining recordings", () => {
  test("each begins 40 ms after the end of the one before; pauses add to that", async () => {
    const { context, port } = setUp();
    const { playing } = await ready(port, ["chime", "zh-CN/d1", "pause-200", "zh-CN/d2"]);
    const times = context.started.map(({ at }) => Number((at - 10).toFixed(3)));
    expect(context.started.map(({ clip }) => clip)).toEqual(["chime", "zh-CN/d1", "zh-CN/d2"]);
    expect(times).toEqual([0.05, 1.59, 2.23]);
    context.endAll();
    await playing;
  });

  test("all recordings are loaded once, whatever is played", async () => {
    const { context, loaded, port } = setUp();
    for (let n = 0; n < 2; n++) {
      const { playing } = await ready(port, ["chime"]);
      context.endAll();
      await playing;
    }
    expect(loaded).toHaveLength(5);
    expect(new Set(loaded).size).toBe(5);
  });
});

test("each announcement is as loud as the hour wants, and lets go of the device", async () => {
  let percent = 100;
  const { context, port } = setUp({}, { volume: () => percent / 100 });
  for (const next of [40, 0]) {
    const { playing } = await ready(port, ["chime"]);
    percent = next;
    context.endAll();
    await playing;
  }
  expect(context.gains.map(({ gain }) => gain.value)).toEqual([1, 0.4]);
  expect(context.gains.some(({ isConnected }) => isConnected)).toBe(false);
});

describe("what goes wrong", () => {
  test("a broken recording: the call that needs it is chimed, not spoken with a digit missing", async () => {
    const { context, errors, port } = setUp({ "voice/zh-CN/d2.ogg": "noise" });
    const { playing } = await ready(port, ["chime", "zh-CN/d1", "zh-CN/d2"]);
    expect(errors).toEqual(["zh-CN/d2"]);
    expect(context.started.map(({ clip }) => clip)).toEqual(["chime"]);
    context.endAll();
    await expect(playing).rejects.toThrow("zh-CN/d2");
    const { playing: other } = await ready(port, ["chime", "zh-CN/d1"]);
    context.endAll();
    await expect(other).resolves.toBeUndefined();
  });

  test("no manifest, or no sound at all: said, never thrown from prepare", async () => {
    const { port, states } = setUp({ "voice/manifest.json": "" });
    await port.prepare();
    expect(port.state).toBe("none");
    expect(states).toEqual(["none"]);
    await expect(port.play(["chime"])).rejects.toThrow("no voice");
    const noDevice = setUp({}, { createContext: () => { throw new Error("no device"); } }); // prettier-ignore
    await noDevice.port.prepare();
    expect(noDevice.port.state).toBe("none");
  });

  test("a device that never reports the end is given up", async () => {
    vi.useFakeTimers();
    const { context, port } = setUp();
    const { playing } = await ready(port, ["zh-CN/d1"]);
    const failed = expect(playing).rejects.toThrow("stalled");
    await vi.advanceTimersByTimeAsync(2_500);
    await failed;
    expect(context.sources[0]?.isStopped).toBe(true);
  });

  test("sound that waits for a touch is blocked until unlocked", async () => {
    vi.useFakeTimers();
    const { context, port, states } = setUp();
    context.state = "suspended";
    context.allowsSound = false;
    await port.prepare();
    expect(port.state).toBe("blocked");
    const refused = expect(port.play(["chime"])).rejects.toThrow("touch");
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
    context.allowsSound = true;
    await port.unlock();
    expect(states).toEqual(["blocked", "on"]);
  });
});

test("stop silences what plays", async () => {
  const { context, port } = setUp();
  await ready(port, ["chime", "zh-CN/d1"]);
  port.stop();
  expect(context.sources.every(({ isStopped }) => isStopped)).toBe(true);
});
