import { useCallback, useEffect, useRef, type Dispatch } from "react";
import { isBad, type ReviewChannel, type ReviewInput } from "../../../shared/domain/review/review.ts";
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

/**
 * Passes a person's acts to the model and sends the review as a record: kept on this terminal before it says thank you.
 * @param counterId whose service it is
 */
export const useAnswering = (
  stage: Stage,
  dispatch: Dispatch<ReviewAction>,
  counterId: string | null,
  channel: ReviewChannel,
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
    const { invitation, answer, openedAt } = stage;
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
    const data = {
      reviewId: invitation.reviewId,
      counterId,
      level: answer.level,
      tags: [...answer.tags],
      elapsedMs: Math.round(answer.chosenAfterMs),
      totalMs: Math.max(0, Math.round(terminal.now() - openedAt)),
      input: chosenWith.current,
      channel,
      textId,
      phoneId,
    };
    void terminal
      .send("GiveReview", data, { mode: "record", personal })
      .then((outcome) => {
        const isKept = outcome.status === "accepted" || outcome.status === "kept";
        dispatch(isKept ? { do: "given", now: terminal.now() } : { do: "notKept" });
      })
      .catch(() => dispatch({ do: "notKept" }));
  };
  return { act, send };
};
