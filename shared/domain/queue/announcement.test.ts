import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  announcementClips,
  announcementClipsIn,
  announcementSpeech,
  announcementText,
  pauseOf,
  type VoiceLanguage,
} from "./announcement.ts";
import { formatNumber } from "./ticket-number.ts";

/** The sentence once, without chime and pauses, as names of clips of its language. */
const spoken = (number: string, counter: number, language: VoiceLanguage = "zh-CN"): string => {
  const clips = announcementClips({ number, counter, language });
  const again = clips.indexOf("pause-600");
  return clips
    .slice(1, again)
    .filter((clip) => pauseOf(clip) === undefined)
    .map((clip) => clip.replace(`${language}/`, ""))
    .join(" ");
};

describe("invariant 6: A001 is spoken as intended", () => {
  test("chime, then the sentence twice with a rest between", () => {
    const sentence = [
      "zh-CN/please",
      "zh-CN/letter-a",
      "zh-CN/d0",
      "zh-CN/d0",
      "zh-CN/d1",
      "zh-CN/number",
      "pause-180",
      "zh-CN/go-to",
      "zh-CN/d3",
      "zh-CN/counter",
    ];
    expect(announcementClips({ number: "A001", counter: 3, language: "zh-CN" })).toEqual([
      "chime",
      ...sentence,
      "pause-600",
      ...sentence,
    ]);
  });

  test.each([
    ["A001", 3, "please letter-a d0 d0 d1 number go-to d3 counter"],
    ["A012", 10, "please letter-a d0 d1 d2 number go-to n10 counter"],
    ["A100", 12, "please letter-a d1 d0 d0 number go-to n10 d2 counter"],
    ["VA003", 20, "please letter-v letter-a d0 d0 d3 number go-to d2 n10 counter"],
    ["YB103", 21, "please letter-y letter-b d1 d0 d3 number go-to d2 n10 d1 counter"],
    ["A981+1", 99, "please letter-a d9 d8 d1 plus d1 number go-to d9 n10 d9 counter"],
  ])("%s to counter %i in Mandarin", (number, counter, clips) => {
    expect(spoken(number, counter)).toBe(clips);
  });

  test.each([
    ["A001", 3, "number letter-a d0 d0 d1 please-go-to-counter d3"],
    ["A012", 12, "number letter-a d0 d1 d2 please-go-to-counter n12"],
    ["YB103", 20, "number letter-y letter-b d1 d0 d3 please-go-to-counter n20"],
    ["VC999", 47, "number letter-v letter-c d9 d9 d9 please-go-to-counter n40 d7"],
    ["A981+1", 10, "number letter-a d9 d8 d1 plus d1 please-go-to-counter n10"],
  ])("%s to counter %i in English", (number, counter, clips) => {
    expect(spoken(number, counter, "en")).toBe(clips);
  });

  test("every number a hall can print is spelled digit by digit, whatever its class", () => {
    const classes = fc.constantFrom("green", "appointment", "priority", "ordinary" as const);
    const letter = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTXYZ");
    const languages = fc.constantFrom("zh-CN", "en" as const);
    fc.assert(
      fc.property(
        classes,
        letter,
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 99 }),
        languages,
        (ticketClass, business, serial, counter, language) => {
          const number = formatNumber(ticketClass, business, serial);
          const heard = spoken(number, counter, language)
            .replace(/(?:go-to|please-go-to-counter).*/, "")
            .split(" ")
            .flatMap((clip) => /^(?:letter-(?<letter>[a-z])|d(?<digit>[0-9]))$/.exec(clip)?.slice(1) ?? [])
            .filter((part) => part !== undefined)
            .join("");
          expect(heard.toUpperCase()).toBe(number);
        },
      ),
    );
  });
});

test("a call in two languages has one chime and each language twice", () => {
  const clips = announcementClipsIn({ number: "A012", counter: 3, languages: ["zh-CN", "en"] });
  expect(clips.filter((clip) => clip === "chime")).toHaveLength(1);
  expect(clips.filter((clip) => clip === "zh-CN/please")).toHaveLength(2);
  expect(clips.filter((clip) => clip === "en/number")).toHaveLength(2);
  expect(clips.indexOf("en/number")).toBeGreaterThan(clips.lastIndexOf("zh-CN/counter"));
  expect(clips.filter((clip) => clip === "pause-600")).toHaveLength(3);
});

test("the sentence as text, and spelled out for a system voice", () => {
  const call = { number: "A012", counter: 12 };
  expect(announcementText({ ...call, language: "zh-CN" })).toBe("请 A012 号，到 12 号窗口");
  expect(announcementText({ ...call, language: "en" })).toBe("Number A012, please go to counter 12");
  expect(announcementSpeech({ ...call, language: "zh-CN" })).toBe("请 A 零 一 二 号，到 十二 号窗口");
  expect(announcementSpeech({ ...call, language: "en" })).toBe("Number A 0 1 2, please go to counter 12");
  expect(announcementSpeech({ number: "A981+1", counter: 20, language: "zh-CN" })).toBe(
    "请 A 九 八 一 加 一 号，到 二十 号窗口",
  );
});

test.each([
  ["", 1],
  ["012", 1],
  ["a012", 1],
  ["A", 1],
  ["A012 ", 1],
  ["A012", 0],
  ["A012", 100],
  ["A012", 1.5],
])("%j to counter %d cannot be spoken and says so", (number, counter) => {
  expect(() => announcementClips({ number, counter, language: "zh-CN" })).toThrow(RangeError);
  expect(() => announcementText({ number, counter, language: "en" })).toThrow(RangeError);
});

test("a pause is told from a recording", () => {
  expect(pauseOf("pause-180")).toBe(180);
  expect(pauseOf("zh-CN/d1")).toBeUndefined();
  expect(pauseOf("chime")).toBeUndefined();
});
