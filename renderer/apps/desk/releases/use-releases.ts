import { useCallback, useEffect, useState } from "react";
import type { Result } from "../../../../shared/basics/result.ts";
import type { DeskReleases } from "../../../../shared/contract/desk-releases.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { readReleases } from "./releases-api.ts";

const EVERY_MS = 10_000;

/** The center's releases, looked at again and again. */
export interface Releases {
  readonly list: DeskReleases | null;
  /** The last look was not answered; the list is the one before. */
  readonly isFailed: boolean;
  /** Orders something and shows what came of it. @returns false when it was not done */
  readonly order: (ask: (terminal: Terminal) => Promise<Result<DeskReleases, string>>) => Promise<boolean>;
}

export const useReleases = (): Releases => {
  const terminal = useTerminal();
  const [list, setList] = useState<DeskReleases | null>(null);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const look = (): void => {
      void readReleases(terminal).then((answer) => {
        if (!isCurrent) return;
        setFailed(!answer.ok);
        if (answer.ok) setList(answer.value);
      });
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [terminal]);
  const order = useCallback<Releases["order"]>(
    async (ask) => {
      const answer = await ask(terminal);
      if (answer.ok) setList(answer.value);
      return answer.ok;
    },
    [terminal],
  );
  return { list, isFailed, order };
};
