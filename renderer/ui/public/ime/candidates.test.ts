import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSampleCatalogue } from "../../../../shared/domain/catalogue/catalogue.fixture.ts";
import { candidatesFor, composingPart, putIn } from "./candidates.ts";
import { loadImeDictionary, spelledNames } from "./dictionary.ts";

const dictionary = await loadImeDictionary();
const names = spelledNames(buildSampleCatalogue().catalogue);
const texts = (typed: string, from = names): readonly string[] =>
  candidatesFor(typed, dictionary, from).map(({ text }) => text);

/** Types a word by choosing whatever offers most of it each time, as a person does. */
const typeByChoosing = (word: string, letters: string): string => {
  let text = letters;
  for (let step = 0; step < 12 && composingPart(text) !== ""; step += 1) {
    const done = text.slice(0, text.length - composingPart(text).length);
    const rest = word.slice(done.length);
    const fitting = candidatesFor(composingPart(text), dictionary, names).filter(({ text: each }) =>
      rest.startsWith(each),
    );
    const [best] = fitting.sort((one, other) => other.text.length - one.text.length);
    if (!best) return text;
    text = putIn(text, best);
  }
  return text;
};

describe("Chinese by pinyin on the screen", () => {
  it("offers the words of the services first, by pinyin, by initials and half-typed", () => {
    expect(texts("shenfenzheng")[0]).toBe("身份证");
    expect(texts("yanglaojin")[0]).toBe("养老金");
    expect(texts("yingyezhizhao").slice(0, 2)).toContain("营业执照");
    expect(texts("shebao").slice(0, 3)).toContain("社保");
    expect(texts("sfz").slice(0, 6)).toContain("身份证");
    expect(texts("shenfenzh").slice(0, 3)).toContain("身份证");
    expect(texts("taidu")[0]).toBe("态度");
  });

  it("has everyday words without a catalogue, as on a review screen", () => {
    expect(texts("fuwutaidu", [])[0]).toBe("服务态度");
    expect(texts("paidui", [])[0]).toBe("排队");
    expect(texts("tjl", []).length).toBeGreaterThan(0);
  });

  it("offers every common character under its syllable, and takes only that syllable's letters", () => {
    for (const [syllable, characters] of dictionary.syllables) {
      const offered = candidatesFor(syllable, dictionary, []);
      const [first = ""] = Array.from(characters);
      expect(
        offered.some(({ text, used }) => text === first && used <= syllable.length),
        syllable,
      ).toBe(true);
    }
    expect(candidatesFor("nihao", dictionary, []).find(({ text }) => text === "你")).toEqual({ text: "你", used: 2 });
    expect(candidatesFor("xianggang", dictionary, []).find(({ text }) => text === "香")?.used).toBe(5);
  });

  it("writes whole sentences choice by choice", () => {
    expect(typeByChoosing("请你们改进", "qingnimengaijin")).toBe("请你们改进");
    expect(typeByChoosing("窗口排队太久", "chuangkoupaiduitaijiu")).toBe("窗口排队太久");
  });

  it("leaves what stands before the letters alone, and letters that are nothing stay letters", () => {
    expect(putIn("居民sfz", { text: "身份证", used: 3 })).toBe("居民身份证");
    expect(putIn("2026 nihao", { text: "你", used: 2 })).toBe("2026 你hao");
    expect(composingPart("A012")).toBe("");
    expect(texts("vvv")).toEqual([]);
  });

  it("never takes more letters than were typed, whatever is typed", () => {
    const typed = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"), minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(typed, (letters) => {
        for (const { text, used } of candidatesFor(letters, dictionary, names)) {
          expect(used).toBeGreaterThan(0);
          expect(used).toBeLessThanOrEqual(letters.length);
          expect(text).not.toBe("");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("answers a key within a frame or two, with the whole catalogue", () => {
    const typed = "qiyezhigongjibenyanglao";
    const took: number[] = [];
    for (let length = 1; length <= typed.length; length += 1) {
      // What the key costs the processor: other programs on a busy machine do not count.
      const before = process.cpuUsage();
      candidatesFor(typed.slice(0, length), dictionary, names);
      const { user, system } = process.cpuUsage(before);
      took.push((user + system) / 1_000);
    }
    took.sort((one, other) => one - other);
    // The median: 7 ms on the machine that this was written on.
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(60);
  });
});
