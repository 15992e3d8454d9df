import { isLogCode } from "../../shared/contract/log-events.ts";
import { EVERY_ROLE, type Handler } from "./handler.ts";

/** A code that log-events.ts does not list leaves only the trace that somebody used one. */
export const terminalLog: Handler<"terminal.log"> = {
  roles: EVERY_ROLE,
  handle({ terminal }, code, fields) {
    if (isLogCode(code)) terminal.log.write(code, fields);
    else terminal.log.write("security.ipc", { channel: "terminal.log", reason: "unknown_code" });
    return null;
  },
};
