import {
  applicantAnswerSchema,
  type ApplicantAnswer,
  type ApplicantView,
} from "../../shared/domain/document/applicant-view.ts";
import { liveValue } from "../store/live.ts";
import type { Live } from "../store/terminal.ts";
import { findStaffBridge } from "../ui/staff/bridge.ts";

/** In a plain browser the applicant's side is another tab of the same origin; the name is that of apps/review. */
const CHANNEL = "service-hall-applicant-answer";

/** The applicant's side of this window: what it shows beside the counter's number, and what the applicant does there. */
export interface ApplicantSide {
  readonly view: Live<ApplicantView | null>;
  show(view: ApplicantView): void;
  /** Takes a view away, if it is still the one that is shown. */
  clear(requestId: string): void;
  /** Answers to the view that is shown; those to an older one are dropped. */
  onAnswer(listener: (answer: ApplicantAnswer) => void): () => void;
}

const makeApplicantSide = (): ApplicantSide => {
  const view = liveValue<ApplicantView | null>(null);
  const listeners = new Set<(answer: ApplicantAnswer) => void>();
  let stop: (() => void) | null = null;
  const hear = (answer: ApplicantAnswer): void => {
    if (answer.requestId !== view.get()?.requestId) return;
    for (const listener of [...listeners]) listener(answer);
  };
  const listen = (): (() => void) => {
    const bridge = findStaffBridge();
    if (bridge) return bridge.onApplicantAnswer(hear);
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const answer = applicantAnswerSchema.safeParse(data);
      if (answer.success) hear(answer.data);
    };
    return () => channel.close();
  };
  return {
    view,
    show: (next) => view.set(next),
    clear: (requestId) => {
      if (view.get()?.requestId === requestId) view.set(null);
    },
    onAnswer: (listener) => {
      listeners.add(listener);
      stop ??= listen();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
};

/** A window has one applicant at a time. */
export const applicantSide = makeApplicantSide();
