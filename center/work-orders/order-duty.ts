import type { Command } from "../../shared/domain/hall/commands.ts";
import { dueOrderSteps } from "../../shared/domain/work-order/due-steps.ts";
import { filingsDue } from "../../shared/domain/work-order/filing.ts";
import { uuidOf } from "../command-id.ts";
import type { HallDuty } from "../hall-registry.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { LogFollower } from "../log/log-follower.ts";
import type { Logger } from "../logger.ts";
import { Watch } from "../watch.ts";

const SCAN_MS = 10_000;

type OwnCommand = Extract<Command, { type: "EscalateWorkOrder" | "FileOrderReports" }>;

const run = async (hall: HallLog, now: number, name: string, act: Pick<OwnCommand, "type" | "data">): Promise<void> => {
  // Made of what it is about: neither a second center nor a restart does it again.
  const id = uuidOf(`${act.type}\n${hall.hallId}\n${name}`);
  await hall.execute({ id, mode: "claim", at: now, ...act } as OwnCommand);
};

/**
 * Tells of every light of a work order that has come on and files every weekly report whose time has come, each once, also
 * after days of downtime. What fell due before a filing is told before it is filed.
 */
export const scanWorkOrders = async (hall: HallLog, now: number, log: Logger): Promise<void> => {
  for (const data of dueOrderSteps(hall.state.workOrders.values(), now)) {
    await run(hall, now, `${data.orderId}\n${String(data.clock)}\n${data.step}`, { type: "EscalateWorkOrder", data });
    log.info({ event: "orders.light", hall: hall.hallId, step: data.step }, "a light came on");
  }
  const { plan, workOrders, orderFiled } = hall.state;
  if (plan === null) return;
  for (const data of filingsDue(plan, workOrders.values(), orderFiled, now)) {
    await run(hall, now, `${data.kind}\n${String(data.dueAt)}`, { type: "FileOrderReports", data });
    log.info({ event: "orders.filed", hall: hall.hallId, kind: data.kind }, "weekly reports filed");
  }
};

/** What a hall needs done by itself about its work orders. */
export const orderDuty = (hall: HallLog, ledger: LogFollower, log: Logger, clock: () => number): HallDuty => {
  const watch = new Watch(
    SCAN_MS,
    () => scanWorkOrders(hall, clock(), log),
    (error) => log.warn({ event: "orders.scan_failed", hall: hall.hallId, err: error }, "work orders not looked at"),
  );
  return {
    tick: () => watch.tick(),
    stop: async () => {
      await Promise.all([ledger.stop(), watch.stop()]);
    },
  };
};
