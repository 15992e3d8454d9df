import { err, ok, type Result } from "../shared/basics/result.ts";
import { terminalRoleSchema, type TerminalRole } from "../shared/domain/identity/roles.ts";

export type StartRole = TerminalRole | "launcher";

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the command line may say. Everything that is not said comes from the settings. */
export interface StartArgs {
  readonly role: StartRole | null;
  readonly nodeUrl: string | null;
  readonly enrolCode: string | null;
  readonly userData: string | null;
  /** A place on the desktop (demo): then the window has a frame and is not locked. */
  readonly bounds: Bounds | null;
  /** The same for the applicant's screen of a window terminal; opens it even when there is one display only. */
  readonly secondBounds: Bounds | null;
  readonly windowed: boolean;
  /** What to show at once, as the part of a desk's link from "#" on: `#/ledgers/walk/<entry>`. */
  readonly openAt: string | null;
  /** What the demo hall said of itself when it started (scripts/start.mjs); only with the launcher. */
  readonly demoFile: string | null;
  /** Says which locks the system lacks, and ends. */
  readonly doctor: boolean;
  /** Ends when standard input closes, that is when the launcher that started this terminal is gone. */
  readonly endWithParent: boolean;
}

const WITH_VALUE = ["role", "node", "enrol", "user-data", "bounds", "second-bounds", "demo-file", "open"] as const;
type ValueName = (typeof WITH_VALUE)[number];
const isValueName = (name: string): name is ValueName => WITH_VALUE.some((known) => known === name);

const FLAGS = ["windowed", "end-with-parent", "doctor"] as const;
type FlagName = (typeof FLAGS)[number];
const isFlagName = (name: string): name is FlagName => FLAGS.some((known) => known === name);

/** The part of a link that says what to show, whichever center served it; null: it is no link of this program. */
export const parseLink = (text: string): string | null => /#\/[\w/%.~-]{0,500}$/.exec(text)?.[0] ?? null;

/** "x,y,width,height" in whole pixels. */
const parseBounds = (text: string): Bounds | null => {
  const match = /^(-?\d{1,5}),(-?\d{1,5}),(\d{2,5}),(\d{2,5})$/.exec(text);
  if (!match) return null;
  const [x = 0, y = 0, width = 0, height = 0] = match.slice(1).map(Number);
  return { x, y, width, height };
};

const readValues = (argv: readonly string[]): Map<ValueName | FlagName, string> => {
  const values = new Map<ValueName | FlagName, string>();
  for (let at = 0; at < argv.length; at += 1) {
    const [, name, inline] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(argv[at] ?? "") ?? [];
    if (name === undefined) continue;
    if (isFlagName(name)) values.set(name, "");
    if (!isValueName(name)) continue;
    const next = argv[at + 1];
    if (inline !== undefined) values.set(name, inline);
    else if (next !== undefined && !next.startsWith("--")) {
      values.set(name, next);
      at += 1;
    } else values.set(name, "");
  }
  return values;
};

/** The same command line for a terminal whose set-up has done its work: it is to be what it is enrolled for. */
export const withoutSetup = (argv: readonly string[]): string[] =>
  argv.filter((arg, at) => {
    const pair = arg === "--role" ? argv[at + 1] : at > 0 && argv[at - 1] === "--role" ? arg : null;
    return arg !== "--role=setup" && pair !== "setup";
  });

/**
 * Reads the program's own options. Others (Chromium's) are passed over here; security/switches.ts judges them.
 * @returns the options, or a sentence that says what is wrong
 */
export const parseArgs = (argv: readonly string[]): Result<StartArgs, string> => {
  const values = readValues(argv);
  const text = (name: ValueName) => values.get(name) ?? null;
  for (const name of WITH_VALUE) if (values.get(name) === "") return err(`--${name} needs a value.`);
  const role = text("role");
  const known = [...terminalRoleSchema.options, "launcher" as const];
  const startRole = role === null ? null : (known.find((each) => each === role) ?? undefined);
  if (startRole === undefined) return err(`There is no role "${role}"; the roles are ${known.join(", ")}.`);
  const [bounds, secondBounds] = [text("bounds"), text("second-bounds")];
  const place = bounds === null ? null : parseBounds(bounds);
  const secondPlace = secondBounds === null ? null : parseBounds(secondBounds);
  if (bounds !== null && place === null) return err(`--bounds wants x,y,width,height in pixels, not "${bounds}".`);
  if (secondBounds !== null && secondPlace === null)
    return err(`--second-bounds wants x,y,width,height in pixels, not "${secondBounds}".`);
  const link = text("open");
  const openAt = link === null ? null : parseLink(link);
  if (link !== null && openAt === null) return err(`--open wants a link of the desk with "#/" in it, not "${link}".`);
  return ok({
    role: startRole,
    nodeUrl: text("node"),
    enrolCode: text("enrol"),
    userData: text("user-data"),
    bounds: place,
    secondBounds: secondPlace,
    windowed: values.has("windowed"),
    openAt,
    demoFile: text("demo-file"),
    doctor: values.has("doctor"),
    endWithParent: values.has("end-with-parent"),
  });
};
