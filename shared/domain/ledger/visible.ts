import type { DomainEvent } from "../hall/events.ts";
import type { HallState } from "../hall/state.ts";
import type { Viewer } from "../hall/visible.ts";
import type { LedgerGroup } from "./definition.ts";
import type { LedgerEntry, LedgerValues } from "./entry.ts";
import type { LedgerEvent } from "./evolve.ts";
import { readFileMark } from "./file-mark.ts";

/** The group that a terminal belongs to; undefined: it has nothing to do with ledgers. */
export const ledgerGroupOf = ({
  role,
  department,
}: {
  readonly role: string;
  readonly department?: string | null | undefined;
}): LedgerGroup | undefined => {
  if (role === "desk") return department == null ? "desk" : "department";
  return role === "window" || role === "page" ? role : undefined;
};

/** Whether a viewer may see something of an entry: its group is in the audience, a department only where it is named. */
export const seesEntry = (
  viewer: Pick<Viewer, "role" | "department">,
  of: Pick<LedgerEntry, "audience" | "departments">,
): boolean => {
  const group = ledgerGroupOf(viewer);
  if (group === undefined || !of.audience.includes(group)) return false;
  return viewer.department == null || of.departments.includes(viewer.department);
};

/** A ledger event as a viewer may see it, or null. */
export const visibleLedger = (event: LedgerEvent, viewer: Viewer): DomainEvent | null => {
  if (!seesEntry(viewer, event.data)) return null;
  if (event.type === "LedgerEntryShared") return viewer.department === event.data.department ? event : null;
  const isDesk = ledgerGroupOf(viewer) === "desk";
  return event.type !== "LedgerEntryOpened" || isDesk ? event : { ...event, data: { ...event.data, serial: 0 } };
};

/** The ledgers that a viewer may hold: what folding the visible events gives. */
export const visibleLedgers = (
  state: HallState,
  viewer: Viewer,
): Pick<HallState, "ledgerEntries" | "ledgerSerials"> => ({
  ledgerEntries: new Map([...state.ledgerEntries].filter(([, entry]) => seesEntry(viewer, entry))),
  ledgerSerials: ledgerGroupOf(viewer) === "desk" ? state.ledgerSerials : new Map(),
});

/** Whether one of these entries holds a file and lets this viewer see it. */
export const mayReadEntryFile = (
  viewer: Pick<Viewer, "role" | "department">,
  entries: Iterable<LedgerEntry>,
  hash: string,
): boolean => {
  for (const entry of entries)
    if (seesEntry(viewer, entry) && entry.history.some(({ values }) => holdsFile(values, hash))) return true;
  return false;
};

const holdsFile = (values: LedgerValues, hash: string): boolean =>
  Object.values(values).some(
    (value) => typeof value === "object" && value.some((text) => readFileMark(text)?.hash === hash),
  );
