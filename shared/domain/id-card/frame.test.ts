import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeFrame, FrameReader, idReaderCommands } from "./frame.ts";

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

describe("frames of the ID reader", () => {
  test.each([
    ["status", "aa aa aa 96 69 00 03 11 ff ed"],
    ["find", "aa aa aa 96 69 00 03 20 01 22"],
    ["select", "aa aa aa 96 69 00 03 20 02 21"],
    ["readBase", "aa aa aa 96 69 00 03 30 01 32"],
  ] as const)("%s is written as published", (name, bytes) => {
    expect(hex(encodeFrame(idReaderCommands[name]))).toBe(bytes);
  });

  const bytes = fc.uint8Array({ minLength: 3, maxLength: 1_300 });
  test("come back whole, however the line cuts them up and whatever noise is between", () => {
    // Noise without the first byte of a preamble; the rest of a frame's loss is another test.
    const noise = fc.array(
      fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 0xaa),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, bytes), { maxLength: 4 }), fc.integer({ min: 1, max: 64 }), (sent, step) => {
        const line = sent.flatMap(([before, content]) => [...before, ...encodeFrame(content)]);
        const reader = new FrameReader();
        const got: Uint8Array[] = [];
        for (let at = 0; at < line.length; at += step)
          for (const news of reader.feed(line.slice(at, at + step))) if (news.kind === "frame") got.push(news.content);
        expect(got).toEqual(sent.map(([, content]) => content));
      }),
    );
  });

  test("a changed byte is never taken for a frame with that content", () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (content, where, change) => {
        const frame = encodeFrame(content);
        const place = where % frame.length;
        frame[place] = (frame[place] ?? 0) ^ change;
        for (const news of new FrameReader().feed(frame))
          if (news.kind === "frame") expect(hex(news.content)).not.toBe(hex(content));
      }),
    );
  });

  test("after any bytes at all the next frames still arrive", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (junk) => {
        const reader = new FrameReader();
        reader.feed(junk);
        reader.reset();
        expect(reader.feed(encodeFrame([0, 0, 0x90]))).toEqual([{ kind: "frame", content: Uint8Array.of(0, 0, 0x90) }]);
      }),
    );
  });
});
