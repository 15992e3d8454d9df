import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import type { HallPlan } from "../../../shared/domain/hall/plan.ts";
import type { TerminalRole } from "../../../shared/domain/identity/roles.ts";
import { ask, toldBy } from "../../helpers/ask-process.ts";
import { processesNaming, treeOf } from "./processes.ts";
import { freePort } from "../../helpers/free-port.ts";

const ROOT = process.cwd();

export interface NodeOrder {
  readonly dataDir: string;
  readonly port: number;
  readonly plan: HallPlan;
  readonly postgresFlags: readonly string[];
  /** A PostgreSQL that is there already; absent: the embedded one. */
  readonly databaseUrl?: string;
  readonly devices: readonly { readonly role: TerminalRole; readonly counterId: string | null }[];
  readonly clerks: readonly string[];
}

export interface NodeReady {
  readonly url: string;
  readonly hallId: string;
  readonly devices: readonly EnrolResponse[];
  readonly clerkIds: readonly string[];
  readonly databaseUrl: string;
}

/** What a running node is asked; each is answered with what it holds. */
export interface NodeQuestion {
  /** Where its clock is to stand from now on, milliseconds ahead; left out: as before. */
  readonly ahead?: number;
}

export interface NodeMemory {
  /** Bytes. */
  readonly heap: number;
  /** Open files and lines. */
  readonly files: number;
}

/** A node that is started again whenever it has been killed, always at the same address on the same data. */
export class HallNode {
  private child: ChildProcess | undefined;
  private stopping = false;
  private starting: Promise<NodeReady> | undefined;
  restarts = 0;

  private constructor(
    private readonly order: NodeOrder,
    private readonly say: (line: string) => void,
  ) {}

  static async start(
    order: Omit<NodeOrder, "port" | "postgresFlags"> & Partial<Pick<NodeOrder, "postgresFlags">>,
    say: (line: string) => void,
  ): Promise<{ node: HallNode; ready: NodeReady }> {
    const node = new HallNode({ postgresFlags: [], ...order, port: await freePort() }, say);
    const ready = await node.launch(true);
    return { node, ready };
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  private launch(first: boolean): Promise<NodeReady> {
    this.starting = this.fork(first);
    return this.starting;
  }

  private async fork(first: boolean): Promise<NodeReady> {
    const { bundleTs } = (await import(pathToFileURL(join(ROOT, "scripts/lib/run-ts.mjs")).href)) as {
      bundleTs: (entry: string) => Promise<string>;
    };
    const file = await bundleTs(relative(ROOT, fileURLToPath(new URL("./serve.ts", import.meta.url))));
    const order = first ? this.order : { ...this.order, devices: [], clerks: [] };
    const child = fork(file, {
      env: {
        ...process.env,
        FAULT_NODE: JSON.stringify(order),
        SERVICE_HALL_LOG: process.env["SERVICE_HALL_LOG"] ?? "fatal",
      },
      execArgv: ["--enable-source-maps", "--expose-gc"],
    });
    this.child = child;
    child.once("exit", (code, signal) => {
      if (this.stopping || this.child !== child) return;
      this.restarts += 1;
      if (signal === null) this.say(`    the node ended by itself with ${String(code)}`);
      // Killed again while it starts: its own exit starts the next one.
      this.launch(false).catch(() => undefined);
    });
    return toldBy<NodeReady>(child);
  }

  /** Sets its clock ahead by so many milliseconds. */
  async setClockAhead(ahead: number): Promise<void> {
    await this.ask({ ahead });
  }

  /** What it holds in memory once everything that can be thrown away has been. */
  memory(): Promise<NodeMemory> {
    return this.ask({});
  }

  private async ask(question: NodeQuestion): Promise<NodeMemory> {
    // What a node tells first is that it is ready.
    await this.starting;
    const { child } = this;
    if (child === undefined) throw new Error("the node is not there");
    return ask<NodeMemory>(child, question);
  }

  /** SIGKILL to the node alone; its database server lives on and must be found by the next start. */
  kill(): void {
    this.child?.kill("SIGKILL");
  }

  /** SIGKILL to the database server and everything it started. */
  killDatabase(): void {
    const pid = this.databasePid();
    if (pid === null) return;
    for (const each of [pid, ...treeOf(pid)]) {
      try {
        process.kill(each, "SIGKILL");
      } catch {
        // it ended by itself in the meantime
      }
    }
  }

  /** Stops the node for a while, as a machine under a heavy load does. */
  async freeze(ms: number): Promise<void> {
    const { child } = this;
    child?.kill("SIGSTOP");
    await new Promise((done) => setTimeout(done, ms));
    child?.kill("SIGCONT");
  }

  /** Everything dies at once and nothing is started again: before the power comes back. */
  async killAll(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    // The server first, while its parent is there to collect it: a dead process that nobody collects still answers to its
    // id, and PostgreSQL would take the id in its lock file for a server that runs. No real power cut leaves one behind.
    await this.killProcesses(() => processesNaming(join(this.order.dataDir, "pg")));
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    await this.killProcesses(() => processesNaming(join(this.order.dataDir, "pg")));
  }

  private async killProcesses(find: () => readonly number[]): Promise<void> {
    const until = Date.now() + 3_000;
    const killed = new Set<number>();
    for (;;) {
      const left = find();
      for (const pid of [...left.flatMap((each) => treeOf(each)), ...left]) {
        killed.add(pid);
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // ended already
        }
      }
      const uncollected = [...killed].filter((pid) => existsSync(`/proc/${String(pid)}`));
      if ((left.length === 0 && uncollected.length === 0) || Date.now() > until) return;
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** Starts again on the same data after `killAll`. */
  async again(): Promise<NodeReady> {
    this.stopping = false;
    return this.launch(false);
  }

  /** The database server of this node, or null. */
  databasePid(): number | null {
    try {
      const pid = Number(readFileSync(join(this.order.dataDir, "pg", "postmaster.pid"), "utf8").split("\n")[0]);
      return Number.isInteger(pid) && pid > 1 ? pid : null;
    } catch {
      return null;
    }
  }

  async stop(): Promise<void> {
    await this.starting?.catch(() => undefined);
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGCONT");
    child.kill("SIGTERM");
    await ended;
  }
}
