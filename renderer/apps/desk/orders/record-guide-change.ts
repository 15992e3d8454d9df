import type { Terminal } from "../../../store/terminal.ts";
import { faultOf, type ActFault } from "../reviews/use-desk-act.ts";

/**
 * Tells all orders that ask for a change of the guide that it is made, so that each keeps it in its history. One that refuses
 * does not keep it from the others; while the node is away none is asked further.
 * @returns hasAnswer: the node took or refused something, so what is shown is of before; fault: the last of those not done
 */
export const recordGuideChange = async (
  terminal: Pick<Terminal, "send">,
  orderIds: readonly string[],
  what: string,
): Promise<{ readonly hasAnswer: boolean; readonly fault: ActFault }> => {
  let hasAnswer = false;
  let fault: ActFault = null;
  for (const orderId of orderIds) {
    const failed = faultOf(await terminal.send("RecordGuideChange", { orderId, what }, { mode: "claim" }));
    if (failed === "waits") return { hasAnswer, fault: failed };
    hasAnswer = true;
    fault = failed ?? fault;
  }
  return { hasAnswer, fault };
};
