import { useCallback, useEffect, useRef, useState } from "react";
import type { Terminal } from "../../../store/terminal.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { forgetTaken } from "../../../papers/scan-keep.ts";
import { applicantOf, draftSchema, isEmptyDraft, scanPlace, type Draft } from "./draft.ts";
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
/** So long after the last key a draft is written: a program that is killed loses no more than that. */
const PAUSE_MS = 150;

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

const readKept = async (terminal: Terminal, intakeId: string): Promise<Draft | null> =>
  draftSchema.safeParse(await terminal.readDraft(keyOf(intakeId))).data ?? null;

const readIndex = async (terminal: Terminal): Promise<readonly DraftEntry[]> => {
  const kept = await terminal.readDraft(INDEX);
  return Array.isArray(kept) ? (kept as readonly DraftEntry[]) : [];
};

export interface Drafts {
  readonly entries: readonly DraftEntry[];
  /** The draft on the screen. */
  readonly draft: Draft | null;
  /** When it was last on the disk; null while something is unsaved. */
  readonly savedAt: number | null;
  /** The local database did not take it. */
  readonly fault: boolean;
  readonly open: (intakeId: string) => Promise<Draft | null>;
  readonly show: (draft: Draft | null) => void;
  readonly change: (change: (draft: Draft) => Draft) => void;
  /** Takes a draft off the disk and out of the list; one on the screen stays there. */
  readonly forget: (intakeId: string) => Promise<void>;
  /** Forgets a draft that is not on the screen and cannot tell the hall anything any more. */
  readonly tidy: (intakeId: string) => Promise<void>;
}

/** The drafts of this terminal: the one on the screen saves itself while it is typed. */
export const useDrafts = (): Drafts => {
  const terminal = useTerminal();
  const [entries, setEntries] = useState<readonly DraftEntry[]>([]);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [fault, setFault] = useState(false);
  const index = useRef<readonly DraftEntry[]>([]);
  const latest = useRef<Draft | null>(null);

  useEffect(() => {
    void readIndex(terminal).then((kept) => {
      index.current = kept;
      setEntries(kept);
    });
  }, [terminal]);

  const writeIndex = useCallback(
    async (next: readonly DraftEntry[]): Promise<void> => {
      index.current = next;
      setEntries(next);
      await terminal.writeDraft(INDEX, next);
    },
    [terminal],
  );
  const forget = useCallback(
    async (intakeId: string): Promise<void> => {
      const kept = await readKept(terminal, intakeId);
      for (const { key } of kept?.requirements ?? []) await forgetTaken(terminal, scanPlace(intakeId, key));
      await terminal.writeDraft(keyOf(intakeId), null);
      await writeIndex(index.current.filter((entry) => entry.intakeId !== intakeId));
    },
    [terminal, writeIndex],
  );

  const save = useCallback(
    async (toSave: Draft): Promise<void> => {
      if (isEmptyDraft(toSave)) return;
      try {
        // What the hall has been told is the hall's: no draft of it is left lying here to be handed in again.
        if (!isUnfinished(terminal.hall.get(), toSave)) return await forget(toSave.intakeId);
        await terminal.writeDraft(keyOf(toSave.intakeId), toSave);
        const entry = entryOf(toSave);
        await writeIndex([entry, ...index.current.filter(({ intakeId }) => intakeId !== toSave.intakeId)]);
        setFault(false);
        if (latest.current === toSave) setSavedAt(terminal.now());
      } catch {
        // Said on the screen: whoever types must know that it is not kept.
        setFault(true);
      }
    },
    [terminal, writeIndex, forget],
  );

  useEffect(() => {
    latest.current = draft;
    if (draft === null) return undefined;
    const timer = setTimeout(() => void save(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, save]);
  useEffect(
    () => () => {
      if (latest.current !== null) void save(latest.current);
    },
    [save],
  );

  const change = useCallback(
    (changeDraft: (draft: Draft) => Draft): void => {
      setSavedAt(null);
      setDraft((before) => (before === null ? null : { ...changeDraft(before), touchedAt: terminal.now() }));
    },
    [terminal],
  );

  const tidy = useCallback(
    async (intakeId: string): Promise<void> => {
      if (latest.current?.intakeId === intakeId) return;
      const kept = await readKept(terminal, intakeId);
      if (kept !== null && !isUnfinished(terminal.hall.get(), kept)) await forget(intakeId);
    },
    [terminal, forget],
  );

  return {
    entries,
    draft,
    savedAt,
    fault,
    open: async (intakeId) => {
      const kept = await readKept(terminal, intakeId);
      if (kept === null) return null;
      setDraft(kept);
      setSavedAt(kept.touchedAt);
      return kept;
    },
    show: (next) => {
      // What was typed up to now is kept before something else is shown.
      if (latest.current !== null && latest.current.intakeId !== next?.intakeId) void save(latest.current);
      setDraft(next);
      setSavedAt(null);
    },
    change,
    forget,
    tidy,
  };
};
