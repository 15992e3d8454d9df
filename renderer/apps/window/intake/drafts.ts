import { useCallback, useEffect, useRef, useState } from "react";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { isEmptyDraft, type Draft } from "./draft.ts";
import { shelfOf, type DraftEntry } from "./draft-shelf.ts";

/** So long after the last key a draft is written: a program that is killed loses no more than that. */
const PAUSE_MS = 150;

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
  /** Takes a draft off the disk and out of the list. */
  readonly forget: (intakeId: string) => Promise<void>;
  /** Forgets a draft that is not on the screen and cannot tell the hall anything any more. */
  readonly tidy: (intakeId: string) => void;
}

/** The drafts of this terminal: the one on the screen saves itself while it is typed. */
export const useDrafts = (): Drafts => {
  const terminal = useTerminal();
  const shelf = shelfOf(terminal);
  const entries = useLive(shelf.entries);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [fault, setFault] = useState(false);
  const latest = useRef<Draft | null>(null);

  const save = useCallback(
    async (toSave: Draft): Promise<void> => {
      if (isEmptyDraft(toSave)) return;
      try {
        await shelf.keep(toSave);
        setFault(false);
        if (latest.current === toSave) setSavedAt(terminal.now());
      } catch {
        // Said on the screen: whoever types must know that it is not kept.
        setFault(true);
      }
    },
    [terminal, shelf],
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
    (intakeId: string): void => {
      // What cannot be tidied now is tidied when the list is looked at again.
      if (latest.current?.intakeId !== intakeId) void shelf.tidy(intakeId).catch(() => undefined);
    },
    [shelf],
  );

  return {
    entries,
    draft,
    savedAt,
    fault,
    open: async (intakeId) => {
      const kept = await shelf.read(intakeId);
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
    forget: (intakeId) => shelf.forget(intakeId),
    tidy,
  };
};
