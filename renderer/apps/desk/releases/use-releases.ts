import { useCallback } from "react";
import type { Result } from "../../../../shared/basics/result.ts";
import type { DeskReleases } from "../../../../shared/contract/desk-releases.ts";
import type { Terminal } from "../../../store/terminal.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { useLooked, type Looked } from "../../../ui/use-looked.ts";
import { readReleases } from "./releases-api.ts";

const EVERY_MS = 10_000;

/** The center's releases. */
export interface Releases extends Looked<DeskReleases> {
  /** Orders something and shows what came of it. @returns false when it was not done */
  readonly order: (ask: (terminal: Terminal) => Promise<Result<DeskReleases, string>>) => Promise<boolean>;
}

export const useReleases = (): Releases => {
  const terminal = useTerminal();
  const looked = useLooked(readReleases, EVERY_MS);
  const { know } = looked;
  const order = useCallback<Releases["order"]>(
    async (ask) => {
      const answer = await ask(terminal);
      if (answer.ok) know(answer.value);
      return answer.ok;
    },
    [terminal, know],
  );
  return { ...looked, order };
};
