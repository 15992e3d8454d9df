import type { Handler } from "./handler.ts";

export const ticketPrint: Handler<"ticket.print"> = {
  roles: ["kiosk", "window", "setup"],
  async handle({ terminal }, paper) {
    const since = performance.now();
    const outcome = await terminal.printer.print(paper);
    if (outcome.ok) terminal.log.write("printer.printed", { ms: Math.round(performance.now() - since) });
    else terminal.log.write("printer.failed", { code: outcome.error.code });
    return outcome;
  },
};
