import { createCipheriv, createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PersonalBox } from "./personal.ts";
import { suiteNamed } from "./sealing-suites.ts";

const KEY = randomBytes(32);

describe.each(["aes-256-gcm", "sm4-sm3"])("sealing with %s", (name) => {
  const suite = suiteNamed(name);

  it("gives back what was sealed, at its place only, and never the same box twice (property)", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.string(), (bytes, place, other) => {
        const box = suite.seal(KEY, place, bytes);
        expect(suite.open(KEY, place, box)).toEqual(Buffer.from(bytes));
        expect(suite.seal(KEY, place, bytes)).not.toEqual(box);
        if (other !== place) expect(() => suite.open(KEY, other, box)).toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it("notices each flipped bit, a cut box and another key", () => {
    const box = suite.seal(KEY, "hall\nid", Buffer.from("440106199001011234"));
    expect(box.includes("440106")).toBe(false);
    for (let at = 0; at < box.length; at += 1) {
      const changed = Buffer.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => new PersonalBox(KEY).openBytes("hall\nid", changed), `byte ${String(at)}`).toThrow();
    }
    expect(() => suite.open(KEY, "hall\nid", box.subarray(0, -1))).toThrow();
    expect(() => suite.open(randomBytes(32), "hall\nid", box)).toThrow();
  });

  it("opens what the other suite has sealed, after a change of the setting", () => {
    const record = { id: "r1", kind: "reviewText", value: "慢" } as const;
    for (const other of ["aes-256-gcm", "sm4-sm3"]) {
      const box = Buffer.from(new PersonalBox(KEY, suiteNamed(other)).seal("hall", record), "base64");
      expect(new PersonalBox(KEY, suite).open("hall", record, box)).toBe("慢");
    }
  });
});

describe("the national algorithms of this Node", () => {
  it("are those of the standards: the example of GB/T 32907 and of GB/T 32905", () => {
    const key = Buffer.from("0123456789abcdeffedcba9876543210", "hex");
    const cipher = createCipheriv("sm4-ecb", key, null).setAutoPadding(false);
    expect(Buffer.concat([cipher.update(key), cipher.final()]).toString("hex")).toBe(
      "681edf34d206965e86b3e94f536e4246",
    );
    expect(createHash("sm3").update("abc").digest("hex")).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
  });

  it("are asked for by name, and a wrong name is refused in a sentence", () => {
    expect(() => suiteNamed("rot13")).toThrow("SERVICE_HALL_CIPHER is one of aes-256-gcm, sm4-sm3");
  });
});
