import { useCallback, useState } from "react";
import type { BoardCall } from "../../../shared/domain/hall/state.ts";

export type VoiceState = "on" | "blocked" | "none";

/** Placeholder until the announcer is there. */
export const useVoice = (
  _languages: readonly ("zh-CN" | "en")[] | undefined,
  _counterNumberOf: (counterId: string) => number | null,
): { readonly state: VoiceState; readonly speak: (call: BoardCall) => Promise<void>; readonly unlock: () => void } => {
  const [state] = useState<VoiceState>("none");
  const speak = useCallback(() => Promise.resolve(), []);
  const unlock = useCallback(() => undefined, []);
  return { state, speak, unlock };
};
