import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { startCenter, type CenterOptions } from "../start-center.ts";

const HELP = `service-hall center

  serve              the hall node, or with --mode city the city center
    --mode hall|city       default hall
    --data DIR             data folder (embedded database, key); default $SERVICE_HALL_DATA or ${"~"}/.local/share/service-hall,
                           as root /var/lib/service-hall
    --port N --host H      default a free port on 127.0.0.1
    --city URL --city-key K  relay this hall to its city
    --plan FILE            the hall's local plan, JSON
    --demo                 sample hall, sample catalogue, two clerks, enrolment codes
    --renderer DIR         serve the built screens under /app/
  DATABASE_URL=postgres://… uses that PostgreSQL instead of the embedded one.

  When ready, one line of JSON goes to standard output; the log goes to standard error, one JSON a line.
`;

const OPTIONS = {
  mode: { type: "string", default: "hall" },
  data: { type: "string" },
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  city: { type: "string" },
  "city-key": { type: "string" },
  plan: { type: "string" },
  demo: { type: "boolean", default: false },
  renderer: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

const defaultDataDir = (): string =>
  process.env["SERVICE_HALL_DATA"] ??
  (process.getuid?.() === 0 ? "/var/lib/service-hall" : join(homedir(), ".local", "share", "service-hall"));

const untilSignal = async (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve(signal));
  });

const serve = async (options: CenterOptions): Promise<number> => {
  const signalled = untilSignal();
  const center = await startCenter(options);
  const { url, hallId, demo } = center;
  process.stdout.write(
    `${JSON.stringify({ ready: true, url, mode: options.mode, hallId, pid: process.pid, ...(demo ? { demo } : {}) })}\n`,
  );
  await signalled;
  await center.stop();
  return 0;
};

/** Runs the command line. @returns the exit code */
export const runCli = async (argv: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const command = positionals[0];
  if (values.help || command === undefined) {
    process.stdout.write(HELP);
    return command === undefined && !values.help ? 2 : 0;
  }
  if (values.mode !== "hall" && values.mode !== "city") throw new Error("--mode is hall or city");
  const dataDir = values.data ?? defaultDataDir();
  const databaseUrl = process.env["DATABASE_URL"];
  if (command === "serve")
    return serve({
      mode: values.mode,
      dataDir,
      databaseUrl,
      host: values.host,
      port: Number(values.port),
      demo: values.demo,
      rendererDir: values.renderer,
      plan: values.plan === undefined ? undefined : (JSON.parse(await readFile(values.plan, "utf8")) as unknown),
    });
  process.stderr.write(`Unknown command "${command}".\n${HELP}`);
  return 2;
};
