import type { Handler } from "./handler.ts";

export const idReaderRead: Handler<"idReader.read"> = {
  roles: ["window"],
  async handle({ terminal }) {
    const outcome = await terminal.idReader.read();
    if (!outcome.ok) terminal.log.write("idReader.failed", { code: outcome.error.code });
    return outcome;
  },
};
