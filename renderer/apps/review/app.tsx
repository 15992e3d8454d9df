import { useCallback, useEffect, useMemo, useReducer, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { counterScreenOf, type CounterScreen } from "../../../shared/domain/queue/counter-screen.ts";
import { useConnectionPart, useLink, useLive, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { PublicShell } from "../../ui/public/public-shell.tsx";
import { PublicSettingsProvider, usePublicSettings } from "../../ui/public/settings.tsx";
import { useNow } from "../../ui/use-now.ts";
import { ApplicantScreen, SignedThanks } from "./applicant-screen.tsx";
import { listenToWindow } from "./counter-screen-source.ts";
import { CounterView } from "./counter-view.tsx";
import { useAnswering } from "../../ui/review/answering.ts";
import { ReviewForm } from "../../ui/review/review-form.tsx";
import { useSwitchScan } from "../../ui/review/switch-scan.ts";
import { useReviewCode } from "../../ui/review/use-review-code.ts";
import {
  deadlineOf,
  isOpenFor,
  mergeScreens,
  newReviewModel,
  nextReview,
  readFinished,
  THANKS_MS,
} from "../../ui/review/review-model.ts";
import "./review.css";

const FINISHED_DRAFT = "review.finished";
const DEFAULT_SECONDS = 60;

const useCounterScreen = (counterId: string): CounterScreen => {
  const terminal = useTerminal();
  const state = useLive(terminal.hall);
  const [fromWindow, setFromWindow] = useState<CounterScreen | null>(null);
  useEffect(() => listenToWindow(setFromWindow), []);
  return useMemo(() => mergeScreens(counterScreenOf(state, counterId), fromWindow), [state, counterId, fromWindow]);
};

/** The window takes a signed paper away as soon as it has it, often before anybody could read the thanks. */
const useSignedThanks = (): readonly [isThanking: boolean, onSigned: () => void] => {
  const [signedAt, setSignedAt] = useState<number | null>(null);
  useEffect(() => {
    if (signedAt === null) return undefined;
    const timer = setTimeout(() => setSignedAt(null), THANKS_MS);
    return () => clearTimeout(timer);
  }, [signedAt]);
  const onSigned = useCallback(() => setSignedAt(performance.now()), []);
  return [signedAt !== null, onSigned];
};

const Review = ({ counterId }: { readonly counterId: string }): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const link = useLink();
  const { reset } = usePublicSettings();
  const [model, dispatch] = useReducer(nextReview, newReviewModel);
  const screen = useCounterScreen(counterId);
  const now = useNow(500);
  const { stage, finished } = model;
  const reviewId = stage.at === "asking" ? stage.invitation.reviewId : "";
  const seconds = useLive(terminal.hall).plan?.settings.reviewSeconds ?? DEFAULT_SECONDS;

  useEffect(() => {
    void terminal
      .readDraft(FINISHED_DRAFT)
      .then((draft) => dispatch({ do: "started", finished: readFinished(draft) }))
      .catch(() => dispatch({ do: "started", finished: [] }));
  }, [terminal]);
  useEffect(() => {
    if (finished.length > 0) terminal.writeDraft(FINISHED_DRAFT, finished).catch(() => undefined);
  }, [terminal, finished]);

  const close = useCallback(
    (reviewId: string, reason: "timeout" | "declined"): void => {
      dispatch({ do: "ended", reviewId });
      terminal.send("CloseReview", { reviewId, counterId, reason }, { mode: "record" }).catch(() => undefined);
    },
    [terminal, counterId],
  );

  const { review } = screen;
  useEffect(() => {
    if (review === null || stage.at === "starting" || stage.at === "thanks") return;
    if (isOpenFor(model, review, terminal.now())) dispatch({ do: "invited", invitation: review, now: terminal.now() });
    // Over before this screen saw it, e.g. while it was switched off: it ends as "not reviewed", as it would have here.
    else if (stage.at === "resting" && !finished.includes(review.reviewId)) close(review.reviewId, "timeout");
  }, [review, stage.at, model, finished, close, terminal]);
  useEffect(() => {
    dispatch({ do: "tick", now });
    if (stage.at === "asking" && !stage.isSending && now >= deadlineOf(stage, seconds))
      close(stage.invitation.reviewId, "timeout");
  }, [now, stage, seconds, close]);
  const isOverElsewhere = useLive(terminal.hall).reviews.get(reviewId)?.state === "closed";
  useEffect(() => {
    // Answered at the counter's other screen: nobody is to find the faces of the person before. Whoever is answering here
    // goes on: no act of a clerk ends it.
    if (isOverElsewhere && stage.at === "asking" && stage.touchedAt === null) dispatch({ do: "ended", reviewId });
  }, [isOverElsewhere, stage, reviewId]);
  useEffect(() => {
    // The next person finds the screen as it was set up: not the language or type size of the one before.
    if (stage.at === "resting") reset();
  }, [stage.at, reset]);
  useEffect(() => {
    if (stage.at !== "asking") return;
    const touch = (): void => dispatch({ do: "touch", now: terminal.now() });
    window.addEventListener("pointerdown", touch, { passive: true });
    return () => window.removeEventListener("pointerdown", touch);
  }, [stage.at, terminal]);

  const channel = terminal.info.display === "second" ? "secondDisplay" : "tablet";
  const { act, send } = useAnswering(stage, dispatch, (answer, personal) =>
    terminal.send("GiveReview", { ...answer, reviewId, counterId, channel }, { mode: "record", personal }),
  );
  const [isThanking, onSigned] = useSignedThanks();
  useSwitchScan(stage.at === "asking");
  const isUntouched = stage.at === "asking" && stage.answer.level === null;
  const codeUrl = useReviewCode(isUntouched ? stage.invitation.reviewId : null);

  const secondsLeft =
    stage.at === "asking" ? Math.min(seconds, Math.max(0, Math.ceil((deadlineOf(stage, seconds) - now) / 1000))) : 0;
  return (
    <PublicShell
      screenKey={
        stage.at === "asking"
          ? `asking ${String(stage.answer.level)}`
          : `${stage.at} ${screen.state} ${screen.applicant?.requestId ?? ""}`
      }
      hasTrace={false}
      isBusy={stage.at === "asking" || screen.applicant !== null || isThanking}
      place={t("review:place", { number: screen.counterNumber ?? counterId })}
      strip={link === "offline" ? t("review:offline") : null}
      onForget={() => undefined}
    >
      <div className="review">
        {stage.at === "asking" ? (
          <ReviewForm
            key={stage.invitation.reviewId}
            stage={stage}
            secondsLeft={secondsLeft}
            act={act}
            codeUrl={codeUrl}
            onSend={send}
            onDecline={() => close(stage.invitation.reviewId, "declined")}
          />
        ) : stage.at === "thanks" ? (
          <div className="public-message" role="status">
            <Icon name="check" />
            <h1>{t("review:thanks.title")}</h1>
            <p>{t("review:thanks.text")}</p>
          </div>
        ) : screen.applicant !== null ? (
          <ApplicantScreen view={screen.applicant} onSigned={onSigned} />
        ) : isThanking ? (
          <SignedThanks />
        ) : (
          <CounterView screen={screen} />
        )}
      </div>
    </PublicShell>
  );
};

const Unbound = (): ReactElement => {
  const { t } = useTranslation();
  return (
    <PublicShell screenKey="unbound" hasTrace={false} place={t("review:unbound.title")} onForget={() => undefined}>
      <div className="public-message">
        <Icon name="warning" />
        <h1>{t("review:unbound.title")}</h1>
        <p>{t("review:unbound.text")}</p>
      </div>
    </PublicShell>
  );
};

const Bound = (): ReactElement => {
  const { counterId } = useTerminal().info;
  const isUnpaired = useConnectionPart("isUnpaired");
  return counterId === null || isUnpaired ? <Unbound /> : <Review counterId={counterId} />;
};

/** The applicant's side of a counter: second display of the window's PC, or a paired tablet. */
export const App = (): ReactElement => (
  <PublicSettingsProvider>
    <Bound />
  </PublicSettingsProvider>
);
