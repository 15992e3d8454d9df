import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCenter as start, type CenterOptions, type RunningCenter } from "../../center/start-center.ts";
import { putClerk } from "../../center/identity/clerks.ts";
import { createEnrolCode } from "../../center/identity/devices.ts";
import { createLogger } from "../../center/logger.ts";
import { enrolResponseSchema, type EnrolResponse, type LoginResponse } from "../../shared/contract/api.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import { freshDatabase } from "./worker-database.ts";

/** A small hall with the businesses A and B and three counters; `requireOpenCounter` off. */
export const testPlan = {
  hallId: "test-hall",
  name: "测试大厅",
  nameEn: "Test hall",
  sample: true,
  businesses: [
    { id: "A", name: "企业", nameEn: "Enterprises", dailyCap: 999, typicalServiceMinutes: 10 },
    { id: "B", name: "个人", nameEn: "Individuals", dailyCap: 999, typicalServiceMinutes: 8 },
  ],
  counters: [
    { id: "1", number: 1, name: "综合", nameEn: "General", zone: "A", businesses: ["A", "B"] },
    { id: "2", number: 2, name: "综合", nameEn: "General", zone: "A", businesses: ["B", "A"] },
    { id: "3", number: 3, name: "个人", nameEn: "Individuals", zone: "A", businesses: ["B"] },
  ],
  settings: { requireOpenCounter: false },
};

export interface TestCenterOptions extends Partial<CenterOptions> {
  /** Keep the data folder of an earlier center; it is then not deleted at the end. It has a database server of its own. */
  readonly dataDir?: string;
  /** A database server of its own, to be killed, or to make more databases and roles on. */
  readonly ownServer?: boolean;
}

export interface TestCenter extends RunningCenter {
  readonly dataDir: string;
  /** For a second center on the same database. */
  readonly databaseUrl: string;
  /** Enrols a terminal through the real API. */
  enrol(role: TerminalRole, counterId?: string | null, department?: string | null): Promise<EnrolResponse>;
  /** Adds a clerk with the password `pw-<no>`. @returns the clerk's id */
  addClerk(no: string, name?: string): Promise<string>;
  /** Signs a clerk of `addClerk` in through the real API. */
  login(device: EnrolResponse, no: string): Promise<LoginResponse>;
  /** The process id of the server; with `ownServer` or `dataDir`. */
  postgresPid(): Promise<number>;
}

/** A folder that the OS user of the embedded server can reach. */
export const makeDataDir = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "service-hall-test-"));
  await chmod(folder, 0o755);
  return folder;
};

/** POST with a JSON body; the parsed answer and its status. */
export const post = async (url: string, body: unknown): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
};

/** Whether a database is enough: no other one is named, and nothing is wanted of a server's files, settings or end. */
const sharesServer = ({ databaseUrl, dataDir, ownServer, postgresFlags }: TestCenterOptions): boolean =>
  [databaseUrl, dataDir, postgresFlags].every((each) => each === undefined) && ownServer !== true;

/** Starts a real center in this process, on a real PostgreSQL database of its own unless a `databaseUrl` is given. */
export const startCenter = async (options: TestCenterOptions = {}): Promise<TestCenter> => {
  const dataDir = options.dataDir ?? (await makeDataDir());
  const fresh = sharesServer(options) ? await freshDatabase() : undefined;
  const clearUp = async (): Promise<void> => {
    await fresh?.remove();
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const center = await start({
    mode: "hall",
    plan: options.mode === "city" || options.demo === true ? undefined : testPlan,
    log: createLogger(process.env["SERVICE_HALL_LOG"] ?? "silent"),
    databaseUrl: fresh?.url,
    ...options,
    dataDir,
  }).catch(async (error: unknown) => {
    await clearUp();
    throw error;
  });
  const { database, clock } = center.context;
  const hallId = center.hallId ?? "";
  return {
    ...center,
    dataDir,
    databaseUrl: database.url,
    enrol: async (role, counterId = null, department = null) => {
      const code = await createEnrolCode(database, { hallId, role, counterId, department }, clock());
      const answer = await post(`${center.url}/api/enrol`, { code, name: `${role} ${counterId ?? ""}`.trim() });
      return enrolResponseSchema.parse(answer.body);
    },
    addClerk: async (no, name = `Clerk ${no}`) =>
      putClerk(database, { hallId, clerkNo: no, name, password: `pw-${no}` }),
    login: async ({ deviceId, secret }, no) => {
      const answer = await post(`${center.url}/api/login`, { deviceId, secret, clerkNo: no, password: `pw-${no}` });
      if (answer.status !== 200) throw new Error(`login failed: ${JSON.stringify(answer.body)}`);
      return answer.body as LoginResponse;
    },
    postgresPid: async () => Number((await readFile(join(dataDir, "pg", "postmaster.pid"), "utf8")).split("\n")[0]),
    stop: async () => {
      await center.stop();
      await clearUp();
    },
  };
};

/** A center with a window at counter 1 and clerk 1001 signed in there: who may keep files. */
export const startCenterWithWindow = async (): Promise<{ center: TestCenter; device: EnrolResponse }> => {
  const center = await startCenter();
  const device = await center.enrol("window", "1");
  await center.addClerk("1001");
  await center.login(device, "1001");
  return { center, device };
};
