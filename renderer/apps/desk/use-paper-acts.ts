import { useRef, useState } from "react";

export interface PaperActs {
  /** Does one thing with a paper and shows what came of it; a second tap does nothing while it lasts. */
  readonly run: (act: () => Promise<string | null>) => Promise<void>;
  readonly isBusy: boolean;
  /** Key of what came of the last one; null: nothing to say. */
  readonly said: string | null;
}

/** Printing, keeping and exporting a paper, one at a time. */
export const usePaperActs = (): PaperActs => {
  const running = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const run = async (act: () => Promise<string | null>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      setSaid(await act());
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, isBusy, said };
};
