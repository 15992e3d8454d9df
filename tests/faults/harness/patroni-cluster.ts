import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../../helpers/free-port.ts";
import { processesNaming, treeOf } from "./processes.ts";

const TEMPLATES = join(process.cwd(), "packaging", "high-availability");
const PROGRAMS = ["/usr/bin/patroni", "/usr/bin/etcd", "/usr/sbin/haproxy", "/usr/lib/postgresql/15/bin/postgres"];
const PASSWORD = "only-for-this-test";
/** Patroni counts a machine as dead after twenty seconds; a rejoining one may copy the whole database. */
const SETTLE_MS = 90_000;

interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

/** Where the files of docs/high-availability.md stand, with their places filled in. */
const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`@${name}@`, value),
    readFileSync(join(TEMPLATES, template), "utf8"),
  );

const idOf = (flag: "-u" | "-g"): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));

/** A machine of the cluster, on a loop-back address of its own: etcd, and where it holds a database, Patroni and PostgreSQL. */
export class Machine {
  readonly data: string;
  private readonly running: ChildProcess[] = [];

  constructor(
    private readonly folder: string,
    readonly name: string,
    readonly address: string,
    private readonly all: readonly { readonly name: string; readonly address: string }[],
    private readonly hasDatabase: boolean,
  ) {
    this.data = join(folder, name, "pg");
    mkdirSync(join(folder, name), { recursive: true, mode: 0o755 });
    execFileSync("chown", ["postgres:postgres", join(folder, name)]);
  }

  start(): void {
    const { name, address, all } = this;
    const folder = join(this.folder, name);
    const settings = fill("etcd.conf", {
      NAME: name,
      ADDRESS: address,
      DATA: join(folder, "etcd"),
      CLUSTER: all.map((each) => `${each.name}=http://${each.address}:2380`).join(","),
    });
    const lines = settings.split("\n").filter((line) => /^\w+=/.test(line));
    this.run("etcd", [], Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])));
    if (!this.hasDatabase) return;
    const config = join(folder, "patroni.yml");
    const members = all.map((each) => `${each.address}:2379`).join(",");
    const values = { NAME: name, ADDRESS: address, DATA: this.data, MEMBERS: members };
    writeFileSync(config, fill("patroni.yml", { ...values, PASSWORD, NETWORK: "127.0.0.0/8" }));
    this.run("patroni", [config], {});
  }

  /** Its power is cut: everything that runs there dies at once. */
  async die(): Promise<void> {
    this.signal("SIGSTOP");
    this.signal("SIGKILL");
    this.running.length = 0;
    while (this.databasePids().some((pid) => existsSync(`/proc/${String(pid)}/exe`))) await pause(20);
    // A machine that starts again has no process under the id in this file; here one may not have been collected.
    rmSync(join(this.data, "postmaster.pid"), { force: true });
  }

  /** SIGKILL to its database server and all that it started; Patroni lives. */
  killDatabase(): void {
    for (const pid of this.databasePids()) kill(pid, "SIGKILL");
  }

  freeze(): void {
    this.signal("SIGSTOP");
  }

  thaw(): void {
    this.signal("SIGCONT");
  }

  /** The process that takes in what the primary sends. */
  receiver(): number | undefined {
    return this.databasePids().find((pid) => commandOf(pid).includes("walreceiver"));
  }

  /** What Patroni says of the whole cluster; none where it does not answer. */
  async members(): Promise<readonly Member[]> {
    try {
      const answer = await fetch(`http://${this.address}:8008/cluster`, { signal: AbortSignal.timeout(1_000) });
      return ((await answer.json()) as { members: Member[] }).members;
    } catch {
      return [];
    }
  }

  /** Whether it holds the leader's key, by its own word. */
  async isPrimary(): Promise<boolean> {
    try {
      const answer = await fetch(`http://${this.address}:8008/primary`, { signal: AbortSignal.timeout(1_000) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  private databasePids(): readonly number[] {
    return processesNaming(this.data).flatMap((pid) => [...treeOf(pid), pid]);
  }

  private signal(name: NodeJS.Signals): void {
    for (const pid of [...this.running.map((child) => child.pid ?? 0), ...this.databasePids()]) kill(pid, name);
  }

  private run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): void {
    const log = openSync(join(this.folder, `${this.name}-${program}.log`), "a");
    const child = spawn(program, args, {
      env: { PATH: process.env["PATH"], LANG: "C.UTF-8", ...env },
      cwd: this.folder,
      stdio: ["ignore", log, log],
      uid: idOf("-u"),
      gid: idOf("-g"),
    });
    child.on("error", () => undefined);
    this.running.push(child);
  }
}

const kill = (pid: number, name: NodeJS.Signals): void => {
  try {
    if (pid > 1) process.kill(pid, name);
  } catch {
    // it has ended
  }
};

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8");
  } catch {
    return "";
  }
};

/**
 * The set-up of docs/high-availability.md on one computer, from the same files: two machines with a database, a third with etcd alone,
 * and HAProxy where the center runs.
 */
export class PatroniCluster {
  private proxy: ChildProcess | undefined;

  private constructor(
    readonly machines: readonly [Machine, Machine, Machine],
    readonly url: string,
  ) {}

  /** Why this machine cannot run one, or null. */
  static impossible(): string | null {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return "is not Linux, or not under root";
    const missing = PROGRAMS.filter((program) => !existsSync(program));
    return missing.length === 0
      ? null
      : `lacks ${missing.join(", ")} (apt-get install patroni etcd-server haproxy postgresql-15)`;
  }

  static async start(folder: string): Promise<PatroniCluster> {
    const places = ["a", "b", "c"].map((name, index) => ({ name, address: `127.77.0.${String(index + 1)}` }));
    const machineOf = (index: number, hasDatabase: boolean): Machine => {
      const { name, address } = places[index] ?? { name: "", address: "" };
      return new Machine(folder, name, address, places, hasDatabase);
    };
    const port = await freePort();
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${String(port)}/postgres`;
    const cluster = new PatroniCluster([machineOf(0, true), machineOf(1, true), machineOf(2, false)], url);
    for (const machine of cluster.machines) machine.start();
    const values = {
      PORT: String(port),
      "NAME-A": "a",
      "NAME-B": "b",
      "ADDRESS-A": "127.77.0.1",
      "ADDRESS-B": "127.77.0.2",
    };
    const config = join(folder, "haproxy.cfg");
    writeFileSync(config, fill("haproxy.cfg", values));
    cluster.proxy = spawn("/usr/sbin/haproxy", ["-db", "-q", "-f", config], { stdio: "ignore" });
    return cluster;
  }

  async stop(): Promise<void> {
    this.proxy?.kill("SIGKILL");
    for (const machine of this.machines) await machine.die();
  }

  /** Waits until one machine is the primary and, with `sync`, the other its synchronous standby. */
  async whole(sync = true): Promise<{ primary: Machine; standby: Machine }> {
    const [a, b] = this.machines;
    return this.until("a primary with its standby", async () => {
      for (const [primary, standby] of [
        [a, b],
        [b, a],
      ] as const) {
        if (!(await primary.isPrimary())) continue;
        const other = (await primary.members()).find(({ name }) => name === standby.name);
        const isReady =
          other?.role === (sync ? "sync_standby" : "replica") && /^(running|streaming)$/.test(other.state);
        if (isReady && standby.receiver() !== undefined) return { primary, standby };
      }
      return undefined;
    });
  }

  async primaryIs(machine: Machine): Promise<void> {
    await this.until(`${machine.name} as the primary`, async () => ((await machine.isPrimary()) ? true : undefined));
  }

  /** Waits until HAProxy leads to a primary again. */
  async reachable(): Promise<void> {
    await this.until("a way to the primary", async () => {
      const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 1_000 });
      client.on("error", () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query<{ reads: boolean }>("SELECT pg_is_in_recovery() AS reads");
        return rows[0]?.reads === false ? true : undefined;
      } catch {
        return undefined;
      } finally {
        await client.end().catch(() => undefined);
      }
    });
  }

  /** Commits wait for the standby, or do not. */
  async setSynchronous(primary: Machine, isSynchronous: boolean): Promise<void> {
    await fetch(`http://${primary.address}:8008/config`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ synchronous_mode: isSynchronous }),
    });
    await this.whole(isSynchronous);
  }

  private async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const until = Date.now() + SETTLE_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > until) throw new Error(`not within ${String(SETTLE_MS)} ms: ${what}`);
      await pause(200);
    }
  }
}
