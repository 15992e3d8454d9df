import { useCallback, useEffect, useRef, type Dispatch } from "react";
import { isBad, type ReviewInput, type ReviewLevel } from "../../../shared/domain/review/review.ts";
import type { PersonalRecord } from "../../../shared/contract/api.ts";
import type { SendOutcome } from "../../store/terminal.ts";
import { useTerminal } from "../hooks.ts";
import type { Act } from "./review-form.tsx";
import { lacksOf, type ReviewAction, type Stage } from "./review-model.ts";

/** What an act was done with. A click without a pointer comes from a key; one that nobody made is the program's own. */
const inputOf = (event: Event): ReviewInput => {
  if (!event.isTrusted) return "script";
  if (!(event instanceof PointerEvent)) return "keyboard";
  if (event.pointerType === "mouse") return "mouse";
  return event.pointerType === "touch" || event.pointerType === "pen" ? "touch" : "keyboard";
};

/** What a person said, as the commands that carry it have it. */
export interface GivenAnswer {
  readonly level: ReviewLevel;
  readonly tags: string[];
  readonly elapsedMs: number;
  readonly totalMs: number;
  readonly input: ReviewInput;
  readonly textId: string | null;
  readonly phoneId: string | null;
}

/** Sends an answer as a record, its words and number beside it. */
export type Give = (answer: GivenAnswer, personal: readonly PersonalRecord[]) => Promise<SendOutcome>;

/** Passes a person's acts to the model and has the review sent: kept on this terminal before it says thank you. */
export const useAnswering = (
  stage: Stage,
  dispatch: Dispatch<ReviewAction>,
  give: Give,
): { readonly act: Act; readonly send: () => void } => {
  const terminal = useTerminal();
  const lastInput = useRef<ReviewInput>("touch");
  const chosenWith = useRef<ReviewInput>("touch");
  const isAsking = stage.at === "asking";
  useEffect(() => {
    if (!isAsking) return undefined;
    const note = (event: Event): void => {
      lastInput.current = inputOf(event);
    };
    const kinds = ["click", "keydown"] as const;
    for (const kind of kinds) window.addEventListener(kind, note, { capture: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, note, { capture: true });
    };
  }, [isAsking]);
  const act = useCallback<Act>(
    (action) => {
      if (action.do === "choose") chosenWith.current = lastInput.current;
      dispatch({ ...action, now: terminal.now() });
    },
    [terminal, dispatch],
  );
  const send = (): void => {
    if (stage.at !== "asking" || stage.isSending) return;
    const { answer, openedAt } = stage;
    if (answer.level === null || lacksOf(answer) !== null) return;
    dispatch({ do: "send" });
    const text = isBad(answer.level) ? answer.text.trim() : "";
    const phone = isBad(answer.level) ? answer.phone.trim() : "";
    const textId = text === "" ? null : terminal.newId();
    const phoneId = phone === "" ? null : terminal.newId();
    const personal = [
      ...(textId === null ? [] : [{ id: textId, kind: "reviewText" as const, value: text }]),
      ...(phoneId === null ? [] : [{ id: phoneId, kind: "reviewPhone" as const, value: phone }]),
    ];
    const given = {
      level: answer.level,
      tags: [...answer.tags],
      elapsedMs: Math.round(answer.chosenAfterMs),
      totalMs: Math.max(0, Math.round(terminal.now() - openedAt)),
      input: chosenWith.current,
      textId,
      phoneId,
    };
    void give(given, personal)
      .then((outcome) => {
        const isKept = outcome.status === "accepted" || outcome.status === "kept";
        dispatch(isKept ? { do: "given", now: terminal.now() } : { do: "notKept" });
      })
      .catch(() => dispatch({ do: "notKept" }));
  };
  return { act, send };
};
