import { err, ok } from "../../shared/basics/result.ts";
import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupEnrol: Handler<"setup.enrol"> = {
  roles: SETUP_ONLY,
  async handle({ terminal }, { nodeUrl, code, name }) {
    const outcome = await terminal.enrolling.enrol(nodeUrl, code, name);
    return outcome.ok
      ? ok({ hallName: outcome.value.hallName, role: outcome.value.role })
      : err({ code: outcome.error, message: terminal.faultText(outcome.error) });
  },
};
