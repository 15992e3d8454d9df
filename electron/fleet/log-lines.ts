import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { LOG_BYTES_MAX } from "../../shared/contract/fleet.ts";
import { isLogCode, logEvents } from "../../shared/contract/log-events.ts";
import type { TerminalAnswer } from "../../shared/contract/fleet-orders.ts";

type LogLine = Extract<TerminalAnswer, { kind: "logs" }>["lines"][number];

const LINES_MAX = 300;
const TEXT_MAX = 300;

/** Kinds of errors and codes of the system, and where in the program: all that leaves of what a program said in its own words. */
const GIST =
  /\b(?:[A-Z][A-Za-z]*)?(?:Error|Exception)\b|\bERR_[A-Z_]+\b|\bE[A-Z]{3,}\b|[\w-]+\.[cm]?[jt]sx?:\d{1,7}(?::\d{1,7})?(?!\d)/g;

const isTechnical = (word: string): boolean => !/^E[A-Z]+$/.test(word) || Object.hasOwn(constants.errno, word);

/** Errors quote what they stumbled over, and that may be somebody's: their words stay at the terminal. */
const gistOf = (text: string): string =>
  [...new Set(text.match(GIST)?.filter(isTechnical))].join(" ").slice(0, TEXT_MAX) || "<text>";

/** One word of the program, such as `out_of_paper` or `unhandledRejection`; names of persons are written with a capital. */
const CODE = /^(?:[-a-z][\w.:,-]{0,60}|[A-Z][A-Za-z]{0,40}Error)$/;

/** Chinese characters, addresses of mail and numbers of some length, however they are grouped, may be somebody's. */
const withoutPersons = (text: string): string =>
  text
    .replaceAll(/\p{Script=Han}+(?:[·•\s]?\p{Script=Han}+)*/gu, "<text>")
    .replaceAll(/\S+@\S+/g, "<mail>")
    .replaceAll(/\d(?:[\s\-–—._/()+]*\d){4,}[\s-]?[Xx]?/g, "<digits>")
    .slice(0, TEXT_MAX);

/** What a program said in its own words. */
const SENTENCES: ReadonlySet<string> = new Set(["message"]);
/** One word of the program in most lines, and its own words in some. */
const OFTEN_CODES: ReadonlySet<string> = new Set(["reason", "where", "file", "name", "names", "error"]);
/** Numbers that are nobody's, by what they look like. */
const OWN_NUMBERS: Readonly<Record<string, RegExp>> = {
  version: /^\d{1,4}\.\d{1,4}\.\d{1,4}$/,
  electron: /^\d{1,4}\.\d{1,4}\.\d{1,4}$/,
  deviceId: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
};

const leaving = (name: string, text: string): string => {
  if (OWN_NUMBERS[name]?.test(text)) return text;
  if (SENTENCES.has(name) || (OFTEN_CODES.has(name) && !CODE.test(text))) return gistOf(text);
  return withoutPersons(text);
};

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
    if (typeof value === "string") return [[name, leaving(name, value)]];
    return typeof value === "number" || typeof value === "boolean" ? [[name, value]] : [];
  });
  return { at, event, ...Object.fromEntries(kept) };
};

/**
 * The last lines of a terminal's log, for somebody elsewhere: only listed events and fields, without what might be a person's, and no
 * more than the node takes.
 */
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
    .map(readLine)
    .filter((line) => line !== null);
  let bytes = 0;
  const fits = lines.toReversed().findIndex((line) => {
    bytes += Buffer.byteLength(JSON.stringify(line)) + 1;
    return bytes > LOG_BYTES_MAX;
  });
  return fits === -1 ? lines : lines.slice(lines.length - fits);
};
