import { readBooks, type Books } from "../harness/books.ts";
import type { NodeReady } from "../harness/hall-node.ts";

/**
 * What a terminal confirmed to a person must be in the books: once, whatever died in between (I1, I2).
 * @param mayBeLost of those, what its disk took while it failed and then did not have; at most once it must be there all the same
 */
export const checkConfirmed = async (
  ready: NodeReady,
  confirmed: ReadonlySet<string>,
  mayBeLost: ReadonlySet<string> = new Set(),
): Promise<{ books: Books; faults: readonly string[] }> => {
  const books = await readBooks(ready.databaseUrl, ready.hallId);
  const faults = [...books.faults];
  const effects = new Map<string, number>();
  for (const event of books.events) {
    if (event.type === "TicketTaken" || event.type === "HelpRequested")
      effects.set(event.commandId, (effects.get(event.commandId) ?? 0) + 1);
  }
  for (const id of confirmed) {
    const count = effects.get(id) ?? 0;
    if (count === 0 && !mayBeLost.has(id)) faults.push(`confirmed and lost: ${id}`);
    if (count > 1) faults.push(`took effect ${String(count)} times: ${id}`);
  }
  for (const anomaly of books.state.anomalies) faults.push(`anomaly ${anomaly.code} (${anomaly.number ?? ""})`);
  return { books, faults };
};
