import type { PublicBridge } from "../../../shared/contract/ipc.ts";
import type { ApplicantAnswer } from "../../../shared/domain/document/applicant-view.ts";

/** In a plain browser the window terminal is another tab of the same origin; the name is that of renderer/papers. */
const CHANNEL = "service-hall-applicant-answer";

/** Tells the window what the applicant did here. */
export const tellWindow = async (answer: ApplicantAnswer): Promise<void> => {
  const bridge = (globalThis as { readonly terminal?: Partial<PublicBridge> }).terminal;
  const call = bridge?.["applicant.answer"];
  if (call) {
    await call(answer);
    return;
  }
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(answer);
  channel.close();
};
