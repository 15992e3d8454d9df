import { stepsDue } from "../../shared/domain/rectification/rectification.ts";
import { uuidOf } from "../command-id.ts";
import type { HallLog } from "../log/hall-log.ts";
import type { Logger } from "../logger.ts";

/**
 * Tells of every order whose light has come on, oldest limit first, each step once: the id of the command is made of
 * order, round and step, so that neither a second center nor a restart after days tells it again.
 * @returns how many steps were told
 */
export const scanLights = async (hall: HallLog, now: number, log: Logger): Promise<number> => {
  const due = [...hall.state.rectifications.values()]
    .sort((left, right) => left.dueAt - right.dueAt)
    .flatMap((order) => stepsDue(order, now).map((step) => ({ rectificationId: order.id, round: order.round, step })));
  for (const data of due) {
    const id = uuidOf(`light\n${hall.hallId}\n${data.rectificationId}\n${String(data.round)}\n${data.step}`);
    await hall.execute({ id, type: "EscalateRectification", mode: "claim", at: now, data });
    log.info({ event: "reviews.light", hall: hall.hallId, step: data.step }, "a light came on");
  }
  return due.length;
};
