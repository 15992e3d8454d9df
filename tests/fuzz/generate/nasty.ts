import type { Random } from "../../helpers/random.ts";

/** Texts that programs have stumbled over. */
const TEXTS: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "null",
  "undefined",
  "NaN",
  "true",
  "A001",
  "大厅",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "\ud83d\ude00",
  "\u202eabc",
  "\ufeff",
  "\r\nSet-Cookie: a=b",
  "' OR '1'='1",
  "'; DROP TABLE events; --",
  "<img src=x onerror=alert(1)>",
  "${7*7}",
  "../../../../etc/passwd",
  "%2e%2e%2f",
  "__proto__",
  "constructor",
  "toString",
  "1e309",
  "9007199254740993",
  "2026-02-30",
  "2026-13-01T00:00:00Z",
  "440106199901011234",
  "=cmd|' /C calc'!A0",
];

/** A short text, half of them odd. @param most its greatest length */
export const nastyString = (random: Random, most: number): string => {
  if (random.next() < 0.5) return random.pick(TEXTS).slice(0, most);
  const length = random.between(0, Math.min(most, 20));
  return Array.from({ length }, () => String.fromCodePoint(random.between(32, 126))).join("");
};

/** A value of another kind than anybody asked for. */
export const nastyValue = (random: Random): unknown => {
  const makers: readonly (() => unknown)[] = [
    () => null,
    () => random.pick([true, false]),
    () => random.pick([0, -0, -1, 1.5, 1e21, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 31, -(2 ** 63)]),
    () => nastyString(random, 60),
    () => "长".repeat(random.between(100, 20_000)),
    () => [],
    () => ({}),
    () => Array.from({ length: random.between(1, 600) }, () => 0),
    () => nested(random.between(10, 2_000)),
    () =>
      Object.fromEntries(Array.from({ length: random.between(1, 300) }, (_, index) => [`k${String(index)}`, index])),
  ];
  return random.pick(makers)();
};

const nested = (depth: number): unknown => {
  let value: unknown = 0;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};
