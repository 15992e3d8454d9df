import { err, ok } from "../../shared/basics/result.ts";
import { idNumberDigest } from "../../shared/domain/appointment/person.ts";
import type { Handler } from "./handler.ts";

/**
 * For a kiosk: that it is the same person as before, and four characters to show. Name, address and number stay in the
 * main process; a public page has no use for them.
 */
export const personCardRead: Handler<"personCard.read"> = {
  roles: ["kiosk"],
  async handle({ terminal }) {
    const outcome = await terminal.idReader.read();
    if (!outcome.ok) {
      terminal.log.write("idReader.failed", { code: outcome.error.code });
      return err(outcome.error);
    }
    const { idNumber } = outcome.value;
    return ok({
      tail: idNumber.slice(-4),
      digest: idNumberDigest(idNumber),
    });
  },
};
