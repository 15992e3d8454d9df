import { liveValue } from "../../../store/live.ts";
import type { Live, Terminal } from "../../../store/terminal.ts";
import { forgetTaken } from "../../../papers/scan-keep.ts";
import { applicantOf, draftSchema, scanPlace, type Draft } from "./draft.ts";
import { isUnfinished } from "./hand-in.ts";

/** A draft as it stands in a list. The number is whole: it rests sealed like the draft itself, and screens mask it. */
export interface DraftEntry {
  readonly intakeId: string;
  readonly touchedAt: number;
  readonly title: string;
  readonly name: string;
  readonly idNo: string;
}

const INDEX = "intake.drafts";
const keyOf = (intakeId: string): string => `intake.draft.${intakeId}`;

const entryOf = (draft: Draft): DraftEntry => {
  const applicant = applicantOf(draft);
  return {
    intakeId: draft.intakeId,
    touchedAt: draft.touchedAt,
    title: draft.package?.name ?? draft.items.map(({ itemName }) => itemName).join("、"),
    name: applicant?.name ?? "",
    idNo: applicant?.idNo ?? "",
  };
};

type Keeps = Pick<Terminal, "readDraft" | "writeDraft" | "hall">;

/**
 * The drafts that rest on this terminal and the list of them. One change after the other: a screen is left and opened again faster
 * than a slow disk writes, and a list that was read before the last change would be written over it.
 */
export class DraftShelf {
  private readonly list = liveValue<readonly DraftEntry[]>([]);
  private last: Promise<unknown> = Promise.resolve();
  private isRead = false;

  constructor(private readonly terminal: Keeps) {
    // A disk that cannot be read now is asked again with the next change, which says so.
    void this.inOrder(() => Promise.resolve()).catch(() => undefined);
  }

  get entries(): Live<readonly DraftEntry[]> {
    return this.list;
  }

  /** @returns null when there is none, or none that this program can read */
  read(intakeId: string): Promise<Draft | null> {
    return this.inOrder(() => this.kept(intakeId));
  }

  /** Keeps a draft, or forgets it when the hall has been told all of it: it is not left lying here to be handed in again. */
  keep(draft: Draft): Promise<void> {
    return this.inOrder(async () => {
      const { terminal } = this;
      if (!isUnfinished(terminal.hall.get(), draft)) return this.drop(draft.intakeId);
      await terminal.writeDraft(keyOf(draft.intakeId), draft);
      await this.write([entryOf(draft), ...this.without(draft.intakeId)]);
    });
  }

  forget(intakeId: string): Promise<void> {
    return this.inOrder(() => this.drop(intakeId));
  }

  /** Forgets one that cannot tell the hall anything any more. */
  tidy(intakeId: string): Promise<void> {
    return this.inOrder(async () => {
      const kept = await this.kept(intakeId);
      if (kept !== null && !isUnfinished(this.terminal.hall.get(), kept)) await this.drop(intakeId);
    });
  }

  private async kept(intakeId: string): Promise<Draft | null> {
    return draftSchema.safeParse(await this.terminal.readDraft(keyOf(intakeId))).data ?? null;
  }

  private async drop(intakeId: string): Promise<void> {
    const { terminal } = this;
    const kept = await this.kept(intakeId);
    for (const { key } of kept?.requirements ?? []) await forgetTaken(terminal, scanPlace(intakeId, key));
    await terminal.writeDraft(keyOf(intakeId), null);
    if (this.list.get().some((entry) => entry.intakeId === intakeId)) await this.write(this.without(intakeId));
  }

  private without(intakeId: string): readonly DraftEntry[] {
    return this.list.get().filter((entry) => entry.intakeId !== intakeId);
  }

  private async write(next: readonly DraftEntry[]): Promise<void> {
    await this.terminal.writeDraft(INDEX, next);
    this.list.set(next);
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(async () => {
      if (!this.isRead) {
        const kept = await this.terminal.readDraft(INDEX);
        this.list.set(Array.isArray(kept) ? (kept as readonly DraftEntry[]) : []);
        this.isRead = true;
      }
      return work();
    });
    this.last = done.catch(() => undefined);
    return done;
  }
}

const shelves = new WeakMap<Keeps, DraftShelf>();

/** The one shelf of a terminal, whichever screen asks. */
export const shelfOf = (terminal: Keeps): DraftShelf => {
  const known = shelves.get(terminal);
  if (known) return known;
  const shelf = new DraftShelf(terminal);
  shelves.set(terminal, shelf);
  return shelf;
};
