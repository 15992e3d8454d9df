import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { hallPlanSchema, type HallPlan } from "../../../shared/domain/hall/plan.ts";
import { kioskSettingsOf } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import type { TerminalRole } from "../../../shared/domain/identity/roles.ts";
import type { BenchContext } from "../lib/bench.ts";
import { ROOT } from "../lib/paths.ts";
import { scripts } from "../lib/scripts.ts";

export interface Place {
  readonly role: TerminalRole;
  readonly counterId: string | null;
  /** Of which hall: 0 (or left out) for that of `NodeOrder.plan`, n for the nth of `NodeOrder.morePlans`. */
  readonly hall?: number;
}

export interface NodeOrder {
  readonly mode: "hall" | "city";
  readonly dataDir: string;
  /** null: the demo's. */
  readonly plan: HallPlan | null;
  readonly demo: boolean;
  /** Further halls of the same center. */
  readonly morePlans: readonly HallPlan[];
  /** Enrolled at once, for bare lines. */
  readonly devices: readonly Place[];
  /** To be enrolled by the program itself. */
  readonly codes: readonly Place[];
  readonly clerks: readonly { readonly clerkNo: string; readonly name: string; readonly password: string }[];
  /** The node's clock starts here; null: it is right. */
  readonly startAt: number | null;
}

export interface NodeReady {
  readonly url: string;
  /** The owner's. */
  readonly databaseUrl: string;
  readonly hallId: string;
  /** In the order of `NodeOrder.devices`. */
  readonly devices: readonly EnrolResponse[];
  /** In the order of `NodeOrder.codes`. */
  readonly codes: readonly string[];
}

export interface BenchNode extends NodeReady {
  readonly pid: number;
  readonly moveClock: (to: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The demo hall without asking who takes a number: what is measured is the number, not a card being read. */
export const demoPlan = (): HallPlan => {
  const plan = hallPlanSchema.parse(JSON.parse(readFileSync(join(ROOT, "data/demo-hall.json"), "utf8")));
  const kiosk = { ...kioskSettingsOf(plan), identify: ["none" as const] };
  return { ...plan, settings: { ...plan.settings, kiosk } };
};

/** Twenty businesses of 999 numbers a day: room for 10,000 tickets; anybody may take one at any time. */
export const roomyPlan = (hallId = "bench-hall", counters = 10): HallPlan => {
  const letters = [..."ABCDEFGHIJKLMNOPQRST"];
  return hallPlanSchema.parse({
    hallId,
    name: "测速大厅",
    nameEn: "Bench hall",
    sample: true,
    businesses: letters.map((id) => ({
      id,
      name: `业务${id}`,
      nameEn: `Business ${id}`,
      dailyCap: 999,
      typicalServiceMinutes: 5,
    })),
    counters: Array.from({ length: counters }, (_, index) => ({
      id: String(index + 1),
      number: index + 1,
      name: `${String(index + 1)}号窗口`,
      nameEn: `Counter ${String(index + 1)}`,
      zone: "一",
      businesses: letters,
    })),
    settings: { requireOpenCounter: false },
  });
};

/** Starts a node with an embedded PostgreSQL of its own (fsync on) as a process of its own. */
export const startNode = async (
  context: BenchContext,
  order: Partial<Omit<NodeOrder, "dataDir">>,
): Promise<BenchNode> => {
  const { bundleTs } = await scripts();
  const file = await bundleTs(relative(ROOT, fileURLToPath(new URL("./serve.ts", import.meta.url))));
  const whole: NodeOrder = {
    mode: "hall",
    plan: order.demo === true ? demoPlan() : null,
    demo: false,
    morePlans: [],
    clerks: [],
    devices: [],
    codes: [],
    startAt: null,
    ...order,
    dataDir: await context.tempFolder("node"),
  };
  const profile = process.env["BENCH_PROFILE"];
  const child = fork(file, {
    env: { ...process.env, SERVICE_HALL_LOG: "error" },
    execArgv: profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`, "--enable-source-maps"] : [],
  });
  child.send(whole);
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  context.defer(stop);
  const ready = await new Promise<NodeReady>((done, fail) => {
    child.once("message", (message) => done(message as NodeReady));
    child.once("exit", (code) => fail(new Error(`the node ended with ${String(code)}`)));
  });
  return {
    ...ready,
    pid: child.pid ?? 0,
    stop,
    moveClock: async (to) => {
      const moved = once(child, "message");
      child.send({ startAt: to });
      await moved;
    },
  };
};
