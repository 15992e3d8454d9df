import { err, ok } from "../../shared/basics/result.ts";
import { SETUP_ONLY, type Handler } from "./handler.ts";

export const setupTestNode: Handler<"setup.testNode"> = {
  roles: SETUP_ONLY,
  async handle({ terminal }, nodeUrl, code) {
    const info = await terminal.enrolling.testNode(nodeUrl, code);
    return info.ok
      ? ok({ hallName: info.value.name ?? "" })
      : err({ code: info.error, message: terminal.faultText(info.error) });
  },
};
