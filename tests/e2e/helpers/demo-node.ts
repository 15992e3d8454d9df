import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TerminalRole } from "../../../shared/domain/identity/roles.ts";
import { freePort } from "../../helpers/free-port.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** The password of clerks whom the operator adds. */
export const ADDED_PASSWORD = "added-2026";
const OPERATOR = { ...process.env, SERVICE_HALL_PASSWORD: ADDED_PASSWORD };

interface ReadyLine {
  readonly ready: true;
  readonly url: string;
  readonly demo: { readonly enrolSecret: string; readonly codes: unknown; readonly clerks: unknown };
}

/** The demo hall's node as `npm start` runs it, at an address that stays when it is stopped and started again. */
export class DemoNode {
  private child: ChildProcess | undefined;
  private ready: ReadyLine | undefined;
  private planFile: string | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly mode: "hall" | "city",
  ) {}

  /**
   * @param planFor another plan than the demo's, made for the address that the node will have
   * @param mode "city": a city center at which a hall is homed; it needs a plan
   */
  static async start(planFor?: (url: string) => unknown, mode: "hall" | "city" = "hall"): Promise<DemoNode> {
    const folder = mkdtempSync(join(tmpdir(), "service-hall-e2e-node-"));
    // As root the database runs as another user, who must be able to get there.
    chmodSync(folder, 0o755);
    const node = new DemoNode(folder, await freePort(), mode);
    if (planFor) {
      node.planFile = join(folder, "plan.json");
      writeFileSync(node.planFile, JSON.stringify(planFor(node.url)));
    }
    await node.again();
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** What it said of the demo when it started. */
  get demo(): ReadyLine["demo"] {
    if (!this.ready) throw new Error("the demo node has not started");
    return this.ready.demo;
  }

  /** Starts it again on the same data. */
  async again(): Promise<void> {
    const args = [
      "dist/center/main.js",
      "serve",
      "--demo",
      "--mode",
      this.mode,
      "--port",
      String(this.port),
      "--data",
      this.folder,
    ];
    if (this.planFile !== undefined) args.push("--plan", this.planFile);
    const child = spawn(process.execPath, [...args, "--renderer", "dist/renderer"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, SERVICE_HALL_LOG: process.env["SERVICE_HALL_LOG"] ?? "error" },
    });
    this.child = child;
    const ready = await new Promise<ReadyLine>((done, fail) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const message = JSON.parse(line) as ReadyLine;
        if (message.ready) done(message);
      });
      child.once("exit", (code) => fail(new Error(`the demo node ended with ${String(code)}`)));
    });
    this.ready = ready;
  }

  /** A fresh enrolment code. */
  async code(role: TerminalRole, counterId: string | null = null): Promise<string> {
    const answer = await fetch(`${this.url}/api/demo/enrol-code`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret: this.demo.enrolSecret, role, counterId }),
    });
    const body = (await answer.json()) as { code?: string };
    if (body.code === undefined) throw new Error(`no enrolment code: ${JSON.stringify(body)}`);
    return body.code;
  }

  /** A code for a desk of one department, as the operator of the node makes it. */
  departmentCode(department: string): string {
    return this.operate("enrol-code", "--role", "desk", "--department", department);
  }

  /** What the operator does on the command line of the node. @returns what is said */
  operate(...args: readonly string[]): string {
    const line = ["dist/center/main.js", ...args, "--data", this.folder];
    return execFileSync(process.execPath, line, { cwd: ROOT, encoding: "utf8", env: OPERATOR }).trim();
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }

  /** Stops it and forgets everything. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
