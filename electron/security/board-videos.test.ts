import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { partOf, serveVideo } from "./board-videos.ts";

let folder: string;
let root: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "board-videos-"));
  root = join(folder, "films");
  mkdirSync(join(root, "sub.mp4"), { recursive: true });
  writeFileSync(join(root, "b.webm"), "0123456789");
  writeFileSync(join(root, "a.MP4"), "x");
  writeFileSync(join(root, "notes.txt"), "not a film");
  writeFileSync(join(root, "two words.mp4"), "x");
  writeFileSync(join(folder, "secret.mp4"), "secret");
  symlinkSync(join(folder, "secret.mp4"), join(root, "link.mp4"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = (name: string, range?: string) => serveVideo(root, name, "GET", range);
const textOf = (answer: Awaited<ReturnType<typeof get>>): string =>
  Buffer.isBuffer(answer?.data) ? answer.data.toString() : "";

describe("the films of a board", () => {
  it("lists plain film names; a folder that is not there has none", async () => {
    expect(JSON.parse(textOf(await get("index.json")))).toEqual(["a.MP4", "b.webm"]);
    const none = await serveVideo(join(folder, "none"), "index.json", "GET", undefined);
    expect(textOf(none)).toBe("[]");
  });

  it("gives a part by its range, so that the film can be played again from its beginning", async () => {
    const whole = await get("b.webm");
    expect([whole?.statusCode, textOf(whole), whole?.headers?.["content-range"]]).toEqual([
      206,
      "0123456789",
      "bytes 0-9/10",
    ]);
    const part = await get("b.webm", "bytes=2-4");
    expect([textOf(part), part?.headers?.["content-range"]]).toEqual(["234", "bytes 2-4/10"]);
    expect((await get("b.webm", "bytes=10-"))?.statusCode).toBe(416);
  });

  it("gives nothing else out of this folder or another", async () => {
    for (const name of ["notes.txt", "sub.mp4", "link.mp4", "../secret.mp4", "none.mp4", ""])
      expect(await get(name), name).toBeNull();
    expect(await serveVideo(root, "b.webm", "POST", undefined)).toBeNull();
  });

  it("understands every form of a range, and never hands out more than one part", () => {
    expect(partOf(undefined, 10)).toEqual({ from: 0, to: 9 });
    expect(partOf("bytes=-3", 10)).toEqual({ from: 7, to: 9 });
    expect(partOf("bytes=-30", 10)).toEqual({ from: 0, to: 9 });
    expect(partOf("bytes=4-", 10)).toEqual({ from: 4, to: 9 });
    expect(partOf("bytes=4-99", 10)).toEqual({ from: 4, to: 9 });
    expect(partOf("bytes=0-", 1e9)).toEqual({ from: 0, to: 2 * 1024 * 1024 - 1 });
    for (const bad of ["bytes=-", "bytes=5-4", "bytes=a-b", "items=0-1", "bytes=0-1,3-4"])
      expect(partOf(bad, 10), bad).toBeNull();
    expect(partOf(undefined, 0)).toBeNull();
  });
});
