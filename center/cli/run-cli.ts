import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { toString as drawQr } from "qrcode";
import { uuidv7 } from "uuidv7";
import { authorityLetters } from "../../shared/contract/enrol-code.ts";
import { intakeRulesOf } from "../../shared/domain/case/intake-rules.ts";
import { readCalendarFile } from "../../shared/domain/deadline/calendar-file.ts";
import { planProblems } from "../../shared/domain/hall/plan-problems.ts";
import { hallPlanSchema, type HallPlan } from "../../shared/domain/hall/plan.ts";
import { dutySchema, terminalRoleSchema } from "../../shared/domain/identity/roles.ts";
import { addPlatform } from "../appointments/platforms.ts";
import { describeExport, exportCases } from "../cases/export-cases.ts";
import { CatalogueStore } from "../catalogue/catalogue-store.ts";
import { importCatalogue } from "../catalogue/import-catalogue.ts";
import { describeReport } from "../catalogue/import/describe-report.ts";
import { importFile } from "../catalogue/import/import-file.ts";
import { readColumnMap, type ColumnMap } from "../catalogue/import/map-file.ts";
import { backUp } from "../backup/backup.ts";
import { checkBackup, restore } from "../backup/restore.ts";
import { claimDataDir } from "../data-dir-lock.ts";
import { loadNodeKey, loadPersonalBox, putNodeKey, type PersonalBox } from "../identity/personal.ts";
import { eraseRecord, retentionSchema, type Retention } from "../identity/retention.ts";
import { Database } from "../db/database.ts";
import { findRunningDatabase } from "../db/running.ts";
import { disableClerk, putClerk, setDuty } from "../identity/clerks.ts";
import { createEnrolCode, revokeDevice } from "../identity/devices.ts";
import { verifyLog } from "../log/verify.ts";
import { HallRegistry, type OpenHall } from "../hall-registry.ts";
import { setUpHall } from "../hall-setup.ts";
import { Metrics } from "../metrics.ts";
import { createLogger } from "../logger.ts";
import { putHandedPlan } from "../relay/handed-plan.ts";
import { putRelayHall } from "../relay/receive.ts";
import type { DeliveryTarget } from "../reports/delivery.ts";
import { startCenter, type CenterOptions, type TlsChoice } from "../start-center.ts";
import { fingerprintOf } from "../tls/certificate.ts";
import { loadAuthority } from "../tls/hall-authority.ts";

const HELP = `service-hall center

  serve                    the hall node, or the city center; one line of JSON on standard output when it is ready
    --mode hall|city         default hall
    --port N --host H        default a free port on 127.0.0.1
    --tls-name NAME          with a host that other computers reach, https is served with a certificate of the hall's own
                             authority, made at the first start and renewed by itself, for all addresses of this computer;
                             another name for it, several times if need be
    --tls-cert FILE --tls-key FILE   https with a certificate of your own (PEM); --tls-authority FILE: whom terminals
                             enrolled from now on shall believe, and nobody else; without it, whom their system believes
    --plain-http             no https although others reach the host: something in front of it does that
    --city URL --city-key K  relay this hall to its city (the key also as SERVICE_HALL_CITY_KEY)
    --report URL --report-key K  deliver reviews and cases to the platform that the plan names (the key also as
                             SERVICE_HALL_REPORT_KEY); without it they wait in their queue
    --message URL --message-key K  send the reminders of ledgers as text messages through this gateway (the key also as
                             SERVICE_HALL_MESSAGE_KEY); without it nothing is sent
    --plan FILE              the hall's local plan, JSON
    --public-url URL         with --demo: where phones reach this center
    --retention FILE         after how many days personal data is erased, by kind: {"reviewPhone": 180, "contact": 30};
                             what is not named is kept
    --demo                   sample hall, sample catalogue, two clerks, enrolment codes
    --renderer DIR           serve the built screens under /app/
  enrol-code --role R [--counter N] [--department NAME]   a one-time code for a terminal, valid for 24 hours; a desk with a
                                      department sees and works on the cases of that department only
                                      --qr draws it; what stands behind the hyphen says which hall's authority to believe
  authority [--out FILE]              whom terminals believe: the hall's own authority, made when there is none; its
                                      certificate for browsers, which cannot compare letters
  erase --record ID --reason TEXT     erase one personal record because somebody asked for it; the log stays
  revoke --device ID                  end a terminal's rights
  disable-clerk --no N                end a clerk's rights at once; add-clerk gives them back
  set-duty --no N --duty manager|clerk  who may change the settings of the running hall
  add-clerk --no N --name NAME        a clerk, or a new password; asked for, or SERVICE_HALL_PASSWORD, or standard input
  import-catalogue FILE [--map FILE] [--packages FILE] [--dry-run] [--json]   take a catalogue of service items (JSON, CSV,
                                      xlsx) over, with one-thing packages (JSON); with anything wrong in it nothing is taken
                                      over and every line is told
  import-catalogue [--from DIR]       build the catalogue from items.json, packages.json and the rules; default the sample
  check-plan --plan FILE              say what is wrong with a plan, or that nothing is
  show-plan                           print the plan that the hall works by, to be changed and set again
  set-plan --plan FILE                set the hall's plan; terminals have it within a second
  export-cases --out DIR [--json]     the hall's cases as CSV files of the national exchange tables, by the plan's mapping; what
                                      the platform would refuse is told, and the exit code is 1
  import-calendar FILE --plan FILE    put the years of a holiday notice (lines date,holiday|makeup_workday,name) into a plan
  backup FILE                         everything that the center keeps, and its key, into one file sealed with a passphrase
                                      (asked for, or SERVICE_HALL_PASSPHRASE, or standard input); beside a running center
  restore FILE                        puts a backup into an empty data folder; the center must not run
  verify-log                          recompute the hash chain; exit code 1 when something was changed
  add-hall --hall ID --name NAME      at the city: make a hall known and print its relay key
  hand-plan --plan FILE               at the city: hand a plan down to its hall
  add-platform --name NAME            a booking platform of the city; prints its key for the appointment API

  --data DIR     data folder (embedded database, key); default $SERVICE_HALL_DATA, else as root /var/lib/service-hall,
                 else ~/.local/share/service-hall
  --hall ID      which hall, when there are several
  DATABASE_URL=postgres://… uses that PostgreSQL instead of the embedded one.
  The commands work beside a running center as well as without one.
`;

const OPTIONS = {
  mode: { type: "string", default: "hall" },
  data: { type: "string" },
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  "tls-authority": { type: "string" },
  "tls-name": { type: "string", multiple: true, default: [] },
  "plain-http": { type: "boolean", default: false },
  qr: { type: "boolean", default: false },
  city: { type: "string" },
  "city-key": { type: "string" },
  report: { type: "string" },
  "report-key": { type: "string" },
  message: { type: "string" },
  "message-key": { type: "string" },
  plan: { type: "string" },
  "public-url": { type: "string" },
  retention: { type: "string" },
  record: { type: "string" },
  reason: { type: "string" },
  demo: { type: "boolean", default: false },
  renderer: { type: "string" },
  role: { type: "string" },
  counter: { type: "string" },
  department: { type: "string" },
  device: { type: "string" },
  no: { type: "string" },
  duty: { type: "string" },
  name: { type: "string" },
  hall: { type: "string" },
  from: { type: "string" },
  map: { type: "string" },
  packages: { type: "string" },
  out: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

/** A mistake of whoever typed the command: told in a sentence, without a stack. */
class UsageError extends Error {}

const parse = (argv: readonly string[]) => parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
type Values = ReturnType<typeof parse>["values"];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const need = (
  values: Values,
  name: "role" | "no" | "duty" | "name" | "plan" | "device" | "hall" | "out" | "record" | "reason",
): string => {
  const value = values[name];
  if (value === undefined) throw new UsageError(`--${name} is needed`);
  return value;
};

/** A JSON file. @throws UsageError with the place when it is none */
const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
};

const untilSignal = async (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => done());
  });

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

/** @throws UsageError for options that do not go together and for a certificate that no terminal would take */
const readTlsChoice = async (values: Values): Promise<TlsChoice | undefined> => {
  const { "tls-cert": certFile, "tls-key": keyFile, "tls-authority": authorityFile, host } = values;
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new UsageError("--tls-cert and --tls-key go together");
  if (certFile === undefined || keyFile === undefined) {
    if (authorityFile !== undefined) throw new UsageError("--tls-authority goes with --tls-cert");
    if (isLoopback(host) || values["plain-http"]) return undefined;
    return { kind: "hall", names: values["tls-name"] };
  }
  const [cert, key] = [await readFile(certFile, "utf8"), await readFile(keyFile, "utf8")];
  const authority = authorityFile === undefined ? null : await readFile(authorityFile, "utf8");
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw new UsageError("--tls-key is not the key of --tls-cert");
    if (authority !== null && !new X509Certificate(authority).ca)
      throw new UsageError("--tls-authority is no certificate of an authority");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--tls-cert, --tls-key, --tls-authority are PEM files: ${(error as Error).message}`);
  }
  return { kind: "files", cert, key, authority };
};

/** Where something is delivered to. Paths are put behind the address. @throws UsageError when half of it is missing or wrong */
const targetOf = (
  name: string,
  url: string | undefined,
  given: string | undefined,
  variable: string,
): DeliveryTarget | undefined => {
  if (url === undefined) return undefined;
  const key = given ?? process.env[variable];
  if (key === undefined) throw new UsageError(`--${name} needs --${name}-key`);
  if (!/^https?:\/\/[^/]+/.test(url)) throw new UsageError(`--${name} is an http(s) address`);
  return { url: url.replace(/\/+$/, ""), key };
};

const serve = async (values: Values, options: Pick<CenterOptions, "dataDir" | "databaseUrl">): Promise<number> => {
  const { mode, city } = values;
  if (mode !== "hall" && mode !== "city") throw new UsageError("--mode is hall or city");
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError("--port is a number up to 65535");
  const key = values["city-key"] ?? process.env["SERVICE_HALL_CITY_KEY"];
  if (city !== undefined && key === undefined) throw new UsageError("--city needs --city-key");
  const report = targetOf("report", values.report, values["report-key"], "SERVICE_HALL_REPORT_KEY");
  const message = targetOf("message", values.message, values["message-key"], "SERVICE_HALL_MESSAGE_KEY");
  const tls = await readTlsChoice(values);
  const signalled = untilSignal();
  const center = await startCenter({
    ...options,
    mode,
    tls,
    host: values.host,
    port,
    demo: values.demo,
    publicUrl: values["public-url"],
    rendererDir: values.renderer,
    city: city === undefined || key === undefined ? undefined : { url: city, key },
    report,
    message,
    retention: values.retention === undefined ? undefined : await readRetention(values.retention),
    plan: values.plan === undefined ? undefined : readPlan(await readJson(values.plan)),
    // For power-cut runs with a control that must lose: "-c synchronous_commit=off".
    postgresFlags: (process.env["SERVICE_HALL_POSTGRES_FLAGS"] ?? "").split(" ").filter((flag) => flag !== ""),
  });
  const { url, hallId, demo } = center;
  say(JSON.stringify({ ready: true, url, mode, hallId, pid: process.pid, ...(demo ? { demo } : {}) }));
  await signalled;
  await center.stop();
  return 0;
};

const readSecret = async (variable: "SERVICE_HALL_PASSWORD" | "SERVICE_HALL_PASSPHRASE"): Promise<string> => {
  const given = process.env[variable];
  if (given !== undefined) return given;
  if (process.stdin.isTTY) process.stderr.write(variable === "SERVICE_HALL_PASSWORD" ? "Password: " : "Passphrase: ");
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
};

const readRetention = async (file: string): Promise<Retention> => {
  const retention = retentionSchema.safeParse(await readJson(file));
  if (retention.success) return retention.data;
  throw new UsageError(`--retention: ${retention.error.issues[0]?.message ?? "not understood"}`);
};

const readPassphrase = async (): Promise<string> => {
  const passphrase = await readSecret("SERVICE_HALL_PASSPHRASE");
  if (passphrase.length < 12) throw new UsageError("The passphrase needs twelve characters or more.");
  return passphrase;
};

const defaultDataDir = (): string =>
  process.env["SERVICE_HALL_DATA"] ??
  (process.getuid?.() === 0 ? "/var/lib/service-hall" : join(homedir(), ".local", "share", "service-hall"));

const dataDirOf = (values: Values): string => resolve(values.data ?? defaultDataDir());

/** A plan, or a sentence for each thing that is wrong with it. */
const readPlan = (value: unknown): HallPlan => {
  const plan = hallPlanSchema.safeParse(value);
  if (plan.success) return plan.data;
  throw new UsageError(`The plan cannot be used:\n${planProblems(plan.error).join("\n")}`);
};

const theHall = async (database: Database, values: Values): Promise<string> => {
  if (values.hall !== undefined) return values.hall;
  const { rows } = await database.query<{ hall_id: string }>("SELECT hall_id FROM halls ORDER BY hall_id LIMIT 2");
  if (rows.length > 1) throw new UsageError("There are several halls: say which one with --hall.");
  if (!rows[0]) throw new UsageError("There is no hall yet: start the center with --plan or --demo first.");
  return rows[0].hall_id;
};

type DatabaseCommand = (database: Database, values: Values, file: string | undefined) => Promise<number>;

const personalOf = (values: Values): Promise<PersonalBox> =>
  loadPersonalBox(dataDirOf(values), process.env["SERVICE_HALL_KEY"]);

/** Works with the halls of a database, also beside a running center. */
const withHalls = async <T>(
  database: Database,
  values: Values,
  work: (halls: HallRegistry) => Promise<T> | T,
): Promise<T> => {
  const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
  const personal = await personalOf(values);
  const halls = new HallRegistry({
    database,
    log,
    metrics: new Metrics(),
    personal,
    clock: Date.now,
    processId: uuidv7(),
    knowledge: {},
  });
  try {
    return await work(halls);
  } finally {
    await halls.stop();
  }
};

const withHall = <T>(
  database: Database,
  values: Values,
  hallId: string,
  work: (open: OpenHall) => Promise<T> | T,
): Promise<T> => withHalls(database, values, async (halls) => work(await halls.get(hallId)));

/** Puts the years of a holiday notice into a plan file. @returns the exit code: 1 when the notice is wrong, and nothing changed */
const importCalendar = async (file: string, planFile: string): Promise<number> => {
  const years = readCalendarFile(await readFile(file, "utf8"));
  if (!years.ok) {
    for (const { line, reason } of years.error) say(`line ${String(line)}: ${reason}`);
    return 1;
  }
  const plan = readPlan(await readJson(planFile));
  const intake = intakeRulesOf(plan);
  const other = intake.calendars.filter(({ year }) => !years.value.some((each) => each.year === year));
  const next = readPlan({ ...plan, intake: { ...intake, calendars: [...other, ...years.value] } });
  await writeFile(planFile, `${JSON.stringify(next, null, 2)}\n`);
  say(
    `The plan knows ${years.value.map(({ year }) => String(year)).join(", ")} now; hand it down or start the node with it.`,
  );
  return 0;
};

/** Imports a file, or with no database only checks it. @returns the exit code: 1 when something in it is wrong */
const importCatalogueFile = async (database: Database | null, values: Values, file: string): Promise<number> => {
  let map: ColumnMap | null = null;
  if (values.map !== undefined) {
    const read = readColumnMap(await readFile(resolve(values.map), "utf8"));
    if (!read.ok) throw new UsageError(read.error);
    map = read.value;
  }
  let store: CatalogueStore | null = null;
  if (database) {
    store = new CatalogueStore(database);
    await store.load();
  }
  const packages = values.packages === undefined ? null : resolve(values.packages);
  const report = await importFile(resolve(file), map, store, Date.now(), packages);
  say(values.json ? JSON.stringify(report) : describeReport(report));
  return report.rejected.length === 0 ? 0 : 1;
};

const commands: Readonly<Record<string, DatabaseCommand>> = {
  "enrol-code": async (database, values) => {
    const role = terminalRoleSchema.safeParse(need(values, "role"));
    if (!role.success) throw new UsageError(`--role is one of ${terminalRoleSchema.options.join(", ")}`);
    const { department = null, counter: counterId = null } = values;
    if (department !== null && role.data !== "desk") throw new UsageError("--department goes with --role desk");
    const hallId = await theHall(database, values);
    const code = await createEnrolCode(database, { hallId, role: role.data, counterId, department }, Date.now());
    say(code);
    if (values.qr) say(await drawQr(code, { type: "terminal", small: true }));
    return 0;
  },
  authority: async (database, values) => {
    const { cert } = await loadAuthority(database, await personalOf(values), Date.now());
    const fingerprint = fingerprintOf(cert);
    if (values.out !== undefined) await writeFile(values.out, cert);
    say(JSON.stringify({ fingerprint, letters: authorityLetters(fingerprint), file: values.out ?? null }));
    return 0;
  },
  revoke: async (database, values) => {
    const revoked = await revokeDevice(database, need(values, "device"), Date.now());
    say(revoked ? "The terminal has no rights any more." : "There is no such terminal, or it was revoked before.");
    return revoked ? 0 : 1;
  },
  erase: async (database, values) => {
    const [record, reason] = [need(values, "record"), need(values, "reason")];
    const erased = await eraseRecord(database, await theHall(database, values), record, reason, Date.now());
    say(erased ? "The record is erased." : "There is no such record, or it was erased before.");
    return erased ? 0 : 1;
  },
  "disable-clerk": async (database, values) => {
    const disabled = await disableClerk(database, await theHall(database, values), need(values, "no"), Date.now());
    say(disabled ? "The clerk has no rights any more." : "There is no such clerk, or the rights were ended before.");
    return disabled ? 0 : 1;
  },
  "set-duty": async (database, values) => {
    const duty = dutySchema.safeParse(need(values, "duty"));
    if (!duty.success) throw new UsageError("--duty is clerk or manager.");
    const isSet = await setDuty(database, await theHall(database, values), need(values, "no"), duty.data);
    say(isSet ? "Done. The clerk's screen follows at the next sign-in." : "There is no such clerk.");
    return isSet ? 0 : 1;
  },
  "add-clerk": async (database, values) => {
    const hallId = await theHall(database, values);
    const clerk = {
      hallId,
      clerkNo: need(values, "no"),
      name: need(values, "name"),
      password: await readSecret("SERVICE_HALL_PASSWORD"),
    };
    if (clerk.password.length < 8) throw new UsageError("The password needs eight characters or more.");
    await putClerk(database, clerk);
    say(`Clerk ${clerk.clerkNo} can sign in.`);
    return 0;
  },
  "import-catalogue": async (database, values, file) => {
    if (file !== undefined) return importCatalogueFile(database, values, file);
    const store = new CatalogueStore(database);
    await store.load();
    const report = await importCatalogue(
      store,
      Date.now(),
      values.from === undefined ? undefined : resolve(values.from),
    );
    say(JSON.stringify(report ?? { changed: false, version: store.version }));
    return 0;
  },
  "show-plan": async (database, values) => {
    const plan = await withHall(database, values, await theHall(database, values), ({ hall }) => hall.plan);
    if (plan === null) throw new UsageError("The hall has no plan yet: set one with set-plan --plan FILE.");
    say(JSON.stringify(plan, null, 2));
    return 0;
  },
  "set-plan": async (database, values) => {
    const plan = readPlan(await readJson(need(values, "plan")));
    await withHalls(database, values, (halls) => setUpHall(database, halls, plan));
    say(`${plan.name} works by this plan now.`);
    return 0;
  },
  "export-cases": async (database, values) => {
    const hallId = await theHall(database, values);
    const personal = await personalOf(values);
    const report = await withHall(database, values, hallId, ({ hall }) =>
      exportCases({ database, personal, hall }, resolve(need(values, "out"))),
    );
    say(values.json ? JSON.stringify(report) : describeExport(report));
    return report.problems.length === 0 ? 0 : 1;
  },
  backup: async (database, values, file) => {
    if (file === undefined) throw new UsageError("backup needs a file to write");
    const passphrase = await readPassphrase();
    const nodeKey = await loadNodeKey(dataDirOf(values), process.env["SERVICE_HALL_KEY"]);
    const { halls } = await backUp({ databaseUrl: database.url, nodeKey, file: resolve(file), passphrase }, Date.now());
    say(JSON.stringify({ file: resolve(file), halls }));
    return 0;
  },
  restore: async (database, values, file) => {
    if (file === undefined) throw new UsageError("restore needs the file of a backup");
    const passphrase = await readPassphrase();
    const given = process.env["SERVICE_HALL_KEY"];
    const { nodeKey } = await checkBackup(resolve(file), passphrase);
    if (!(await putNodeKey(dataDirOf(values), given, Buffer.from(nodeKey, "hex"))))
      throw new UsageError("This data folder, or SERVICE_HALL_KEY, has another key than the backup.");
    const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
    const { at, halls } = await restore({ databaseUrl: database.url, file: resolve(file), passphrase }, log);
    const verdicts = await Promise.all(
      halls.map(async ({ hallId }) => ({ hallId, ...(await verifyLog(database, hallId)) })),
    );
    const isSound = verdicts.every(({ faults }) => faults.length === 0);
    say(JSON.stringify({ ok: isSound, from: new Date(at).toISOString(), halls: verdicts }));
    return isSound ? 0 : 1;
  },
  "verify-log": async (database, values) => {
    const hallId = await theHall(database, values);
    const verdict = await verifyLog(database, hallId);
    say(JSON.stringify({ hallId, ok: verdict.faults.length === 0, ...verdict }));
    return verdict.faults.length === 0 ? 0 : 1;
  },
  "add-hall": async (database, values) => {
    say(await putRelayHall(database, need(values, "hall"), need(values, "name")));
    return 0;
  },
  "add-platform": async (database, values) => {
    say(await addPlatform(database, need(values, "name"), Date.now()));
    return 0;
  },
  "hand-plan": async (database, values) => {
    await putHandedPlan(database, readPlan(await readJson(need(values, "plan"))), null);
    say("The hall takes the plan over within seconds.");
    return 0;
  },
};

/** Runs the command line. @returns the exit code: 0 done, 1 failed, 2 not understood */
export const runCli = async (argv: readonly string[]): Promise<number> => {
  try {
    const { values, positionals } = parse(argv);
    const [name, file] = positionals;
    if (values.help || name === undefined) {
      process.stdout.write(HELP);
      return values.help ? 0 : 2;
    }
    const dataDir = dataDirOf(values);
    const databaseUrl = process.env["DATABASE_URL"];
    if (name === "serve") return await serve(values, { dataDir, databaseUrl });
    if (name === "check-plan") {
      const plan = readPlan(await readJson(need(values, "plan")));
      say(`Nothing is wrong with the plan of ${plan.name}.`);
      return 0;
    }
    if (name === "import-calendar") {
      if (file === undefined) throw new UsageError("import-calendar needs a file");
      return await importCalendar(resolve(file), resolve(need(values, "plan")));
    }
    const command = commands[name];
    if (!command) throw new UsageError(`There is no command "${name}"; --help lists them.`);
    if (name === "import-catalogue" && values["dry-run"]) {
      if (file === undefined) throw new UsageError("--dry-run needs a file");
      return await importCatalogueFile(null, values, file);
    }
    const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
    const url = databaseUrl ?? (await findRunningDatabase(dataDir));
    await mkdir(dataDir, { recursive: true });
    const release = url === undefined ? await claimDataDir(dataDir) : undefined;
    try {
      const database = await Database.open({ url, dataDir, log });
      try {
        return await command(database, values, file);
      } finally {
        await database.close();
      }
    } finally {
      await release?.();
    }
  } catch (error) {
    const usage = error instanceof UsageError || (error as { code?: unknown }).code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    process.stderr.write(`${(error as Error).message}\n`);
    return usage ? 2 : 1;
  }
};
