import type { OutboundCommand, PersonalRecord } from "../../shared/contract/api.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import type { OutboxRow } from "./db.ts";
import type { Sealed, Sealer } from "./seal.ts";

/** A row of the outbox as it is held in memory. */
export interface HeldRow {
  /** null until the database has given it. */
  order: number | null;
  /** When it was written, hall time. */
  readonly at: number;
  readonly entries: readonly PendingEntry[];
  /** Commands of it that have no answer yet. */
  open: number;
  /** What is kept of it once it is acknowledged, where that differs from what was sent; index → command or null. */
  readonly kept: Map<number, OutboundCommand | null>;
}

/** A command that the node has not answered yet. */
export interface PendingEntry {
  readonly outbound: OutboundCommand;
  readonly row: HeldRow;
  readonly index: number;
  /** The events that it is shown as, null while it has not been applied. */
  predicted: readonly DomainEvent[] | null;
  /** Its events have come, its answer has not: it is in the confirmed state already. */
  confirmed: boolean;
}

/** Makes the in-memory form of commands that share a row. */
export const holdRow = (order: number | null, at: number, commands: readonly OutboundCommand[]): HeldRow => {
  const entries: PendingEntry[] = [];
  const row: HeldRow = { order, at, entries, open: commands.length, kept: new Map() };
  commands.forEach((outbound, index) => {
    entries.push({ outbound, row, index, predicted: null, confirmed: false });
  });
  return row;
};

const texts = new WeakMap<OutboundCommand, string>();

/** A command as it goes over the wire. Without personal data that is also how it rests, so it is made once. */
export const wireText = (outbound: OutboundCommand): string => {
  let text = texts.get(outbound);
  if (text === undefined) {
    text = JSON.stringify(outbound);
    texts.set(outbound, text);
  }
  return text;
};

const restingText = (outbound: OutboundCommand): string =>
  outbound.personal.length === 0 ? wireText(outbound) : JSON.stringify({ ...outbound, personal: [] });

/** Commands → row. Encrypts, so it must be called before a transaction is opened. */
export const packRow = async (
  commands: readonly OutboundCommand[],
  at: number,
  sealer: Sealer,
): Promise<Omit<OutboxRow, "order">> => {
  const sealed: Record<number, Sealed> = {};
  for (const [index, { personal }] of commands.entries())
    if (personal.length > 0) sealed[index] = await sealer.seal(personal);
  return {
    at,
    text: `[${commands.map(restingText).join(",")}]`,
    sealed: Object.keys(sealed).length === 0 ? null : sealed,
  };
};

export interface UnpackedRow {
  readonly commands: readonly OutboundCommand[];
  /** Personal records that could not be opened (the key is another one); their commands go without them. */
  readonly unreadable: number;
}

/** Row → commands. @throws when the row itself cannot be read */
export const unpackRow = async (row: OutboxRow, sealer: Sealer): Promise<UnpackedRow> => {
  const commands = JSON.parse(row.text) as OutboundCommand[];
  let unreadable = 0;
  for (const [place, sealed] of Object.entries(row.sealed ?? {})) {
    const index = Number(place);
    const outbound = commands[index];
    if (!outbound) continue;
    try {
      commands[index] = { ...outbound, personal: (await sealer.open(sealed)) as PersonalRecord[] };
    } catch {
      unreadable += 1;
    }
  }
  return { commands, unreadable };
};

/**
 * What an acknowledged row is kept as. Most rows stay as they are (undefined); refused commands go, and an accepted claim
 * becomes the record of what came of it.
 */
export const keptRow = (row: HeldRow): readonly OutboundCommand[] | undefined => {
  if (row.kept.size === 0) return undefined;
  return row.entries.flatMap(({ outbound, index }) => {
    const kept = row.kept.get(index);
    if (kept === undefined) return [outbound];
    return kept === null ? [] : [kept];
  });
};
