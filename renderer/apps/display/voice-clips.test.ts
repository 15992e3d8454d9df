import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { announcementClips, pauseOf, type VoiceLanguage } from "../../../shared/domain/queue/announcement.ts";

interface Clip {
  readonly file: string;
  readonly text: string;
  readonly durationMs: number;
  readonly rmsDb: number;
  readonly bytes: number;
  readonly sha256: string;
}

const VOICE_DIR = join(import.meta.dirname, "../../public/voice");
const manifest = JSON.parse(readFileSync(join(VOICE_DIR, "manifest.json"), "utf8")) as {
  readonly targetRmsDb: number;
  readonly clips: Readonly<Record<string, Clip>>;
};
const clips = Object.entries(manifest.clips);
const read = (clip: Clip): Buffer => readFileSync(join(VOICE_DIR, clip.file));

const LANGUAGES: readonly VoiceLanguage[] = ["zh-CN", "en"];

/** Every recording that some call of some hall may need. */
const needed = (): Set<string> => {
  const ids = new Set<string>();
  for (const language of LANGUAGES) {
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
      for (let counter = 1; counter <= 99; counter++)
        for (const number of [`${letter}0123456789`, `V${letter}001`, `Y${letter}001`, `${letter}981+1`])
          for (const id of announcementClips({ number, counter, language })) ids.add(id);
  }
  return ids;
};

/** The facts in the headers of an Ogg Opus file (RFC 7845): channels, and the length by the last page's position. */
const opusFacts = (file: Buffer): { channels: number; durationMs: number } => {
  expect(file.toString("latin1", 0, 4)).toBe("OggS");
  const head = file.indexOf("OpusHead");
  expect(head).toBeGreaterThan(0);
  const preSkip = file.readUInt16LE(head + 10);
  const lastPage = file.lastIndexOf("OggS");
  const samples = Number(file.readBigInt64LE(lastPage + 6)) - preSkip;
  return { channels: file.readUInt8(head + 9), durationMs: samples / 48 };
};

describe("the recordings", () => {
  test("there is one for every letter, digit and counter 1-99 in both languages, and none that nothing needs", () => {
    const ids = [...needed()].filter((id) => pauseOf(id) === undefined).sort();
    expect(clips.map(([id]) => id).sort()).toEqual(ids);
  });

  test("the manifest tells the truth about each file", () => {
    for (const [id, clip] of clips) {
      const file = read(clip);
      expect(createHash("sha256").update(file).digest("hex"), id).toBe(clip.sha256);
      expect(file.length, id).toBe(clip.bytes);
      const { channels, durationMs } = opusFacts(file);
      expect(channels, id).toBe(1);
      expect(Math.abs(durationMs - clip.durationMs), id).toBeLessThanOrEqual(1);
    }
  });

  test("there is no file beside them", () => {
    const files = readdirSync(VOICE_DIR, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ogg"));
    expect(files.sort()).toEqual(clips.map(([, clip]) => clip.file).sort());
  });

  test("each is as long as a word and as loud as the others, and all are small", () => {
    for (const [id, clip] of clips) {
      expect(clip.durationMs, id).toBeGreaterThanOrEqual(80);
      expect(clip.durationMs, id).toBeLessThanOrEqual(2_500);
      expect(Math.abs(clip.rmsDb - manifest.targetRmsDb), id).toBeLessThanOrEqual(2);
    }
    expect(clips.reduce((sum, [, clip]) => sum + clip.bytes, 0)).toBeLessThan(1_500_000);
  });

  test("a call is over in a time that a busy hall can bear", () => {
    for (const language of LANGUAGES) {
      const ids = announcementClips({ number: "A012", counter: 12, language });
      const ms = ids.reduce((sum, id) => sum + (pauseOf(id) ?? (manifest.clips[id]?.durationMs ?? NaN) + 40), 0);
      expect(ms, language).toBeGreaterThan(6_000);
      expect(ms, language).toBeLessThan(12_500);
    }
  });
});
