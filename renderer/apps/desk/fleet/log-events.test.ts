import { expect, it } from "vitest";
import { logEvents } from "../../../../shared/contract/log-events.ts";
import english from "../../../locales/en/logEvent.json";
import chinese from "../../../locales/zh-CN/logEvent.json";

const codesOf = (texts: Readonly<Record<string, Readonly<Record<string, string>>>>): readonly string[] =>
  Object.entries(texts).flatMap(([group, names]) => Object.keys(names).map((name) => `${group}.${name}`));

it("has words for every event that a terminal's log may tell", () => {
  const codes = Object.keys(logEvents).sort();
  expect([...codesOf(chinese)].sort()).toEqual(codes);
  expect([...codesOf(english)].sort()).toEqual(codes);
});
