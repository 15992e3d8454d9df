import { readFileSync } from "node:fs";
import { isLogCode, logEvents } from "../../shared/contract/log-events.ts";
import type { TerminalAnswer } from "../../shared/contract/fleet-orders.ts";

type LogLine = Extract<TerminalAnswer, { kind: "logs" }>["lines"][number];

const LINES_MAX = 300;
const TEXT_MAX = 300;

/**
 * Errors quote what they stumbled over: characters of Chinese, what stands in quotation marks, addresses of mail and numbers of some
 * length may be somebody's. What is left still says which program line failed.
 */
const withoutPersons = (text: string): string =>
  text
    .replaceAll(/\p{Script=Han}+(?:[·•\s]?\p{Script=Han}+)*/gu, "<text>")
    .replaceAll(/"[^"\n]*"|'[^'\n]*'|“[^”\n]*”|`[^`\n]*`/g, "<quoted>")
    .replaceAll(/\S+@\S+/g, "<mail>")
    .replaceAll(/\d{5,}[\dXx]?/g, "<digits>")
    .slice(0, TEXT_MAX);

/** Fields that hold what a program said, or a name that people gave. The others are codes, counts and kinds. */
const FREE_TEXTS: ReadonlySet<string> = new Set(["message", "reason", "where", "file", "name", "names", "error"]);

const readLine = (text: string): LogLine | null => {
  let line: Readonly<Record<string, unknown>>;
  try {
    line = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return null; // torn by a cut power supply
  }
  const { at, event } = line;
  if (typeof at !== "string" || typeof event !== "string" || !isLogCode(event)) return null;
  const allowed: readonly string[] = logEvents[event].fields;
  const kept = allowed.flatMap((name): [string, string | number | boolean][] => {
    const value = line[name];
    if (typeof value === "string")
      return [[name, FREE_TEXTS.has(name) ? withoutPersons(value) : value.slice(0, TEXT_MAX)]];
    return typeof value === "number" || typeof value === "boolean" ? [[name, value]] : [];
  });
  return { at, event, ...Object.fromEntries(kept) };
};

/** The last lines of a terminal's log, for somebody elsewhere: only listed events and fields, without what might be a person's. */
export const lastLogLines = (file: string): LogLine[] => {
  const texts = [`${file}.1`, file].flatMap((each) => {
    try {
      return readFileSync(each, "utf8").split("\n");
    } catch {
      return []; // not written yet
    }
  });
  const lines = texts
    .filter((text) => text !== "")
    .slice(-LINES_MAX)
    .map(readLine);
  return lines.filter((line) => line !== null);
};
