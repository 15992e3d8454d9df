import type { Handler } from "./handler.ts";

export const documentPrint: Handler<"document.print"> = {
  roles: ["window", "desk"],
  async handle({ terminal }, paper) {
    const since = performance.now();
    const outcome = await terminal.documents.print(paper);
    if (outcome.ok) terminal.log.write("printer.printed", { ms: Math.round(performance.now() - since) });
    else terminal.log.write("printer.failed", { code: outcome.error.code });
    return outcome;
  },
};
