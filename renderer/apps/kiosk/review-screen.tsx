import { useEffect, useReducer, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ReviewByNumber } from "../../../shared/contract/review-by-number.ts";
import { TICKET_NUMBER } from "../../../shared/domain/queue/ticket-number.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { useAnswering } from "../../ui/review/answering.ts";
import { ReviewForm } from "../../ui/review/review-form.tsx";
import { deadlineOf, newReviewModel, nextReview } from "../../ui/review/review-model.ts";
import { useSwitchScan } from "../../ui/review/switch-scan.ts";
import { useNow } from "../../ui/use-now.ts";
import { CodeEntry } from "./code-entry.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { askReviewByNumber, type ByNumberFault } from "./review-by-number.ts";

const NUMBER_MAX = 60;
const SHORTEST = 3;
const CHECK_LENGTH = 4;
/** A kiosk is touched by many: whoever walks away leaves the faces for no longer than this. */
const SECONDS = 60;

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** What is being reviewed, as far as a bystander may see it. */
interface Chosen {
  readonly number: string;
  readonly check: string;
  /** Null: without the node nobody can look. */
  readonly found: ReviewByNumber | null;
}

/** The faces for a number; kept on this kiosk before it says thank you, sent when there is a network. */
const Answering = ({ chosen, onDone }: { readonly chosen: Chosen; readonly onDone: () => void }): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const [model, dispatch] = useReducer(nextReview, newReviewModel);
  const now = useNow(500);
  const { stage } = model;
  const { number, check, found } = chosen;
  useEffect(() => {
    dispatch({ do: "started", finished: [] });
    const at = terminal.now();
    const invitation = { reviewId: terminal.newId(), number, expiresAt: at + SECONDS * 1000 };
    dispatch({ do: "invited", invitation, now: at });
  }, [terminal, number]);
  const { act, send } = useAnswering(stage, dispatch, (answer, personal) => {
    const claimId = stage.at === "asking" ? stage.invitation.reviewId : terminal.newId();
    const checkId = terminal.newId();
    return terminal.send(
      "ClaimReview",
      { ...answer, claimId, number, checkId },
      { mode: "record", personal: [...personal, { id: checkId, kind: "reviewCheck", value: check }] },
    );
  });
  useSwitchScan(stage.at === "asking");
  const isGiven = model.finished.length > 0;
  const isOver = (isGiven && stage.at === "resting") || (stage.at === "asking" && now >= deadlineOf(stage, SECONDS));
  useEffect(() => {
    dispatch({ do: "tick", now });
    if (isOver) onDone();
  }, [now, isOver, onDone]);
  if (stage.at === "thanks")
    return (
      <div className="public-message" role="status">
        <Icon name="check" />
        <h1>{t("review:thanks.title")}</h1>
        <p>{t("review:thanks.text")}</p>
      </div>
    );
  if (stage.at !== "asking") return <></>;
  const counter = plan?.counters.find(({ id }) => id === found?.counterId)?.number;
  const about = found?.itemName ?? (counter === undefined ? null : t("kiosk:review.counter", { number: counter }));
  return (
    <ReviewForm
      stage={stage}
      secondsLeft={Math.min(SECONDS, Math.max(0, Math.ceil((deadlineOf(stage, SECONDS) - now) / 1000)))}
      act={act}
      codeUrl={null}
      notes={[
        ...(about === null ? [] : [about]),
        ...(found?.isReviewed === true ? [t("kiosk:review.added")] : []),
        ...(found === null ? [t("kiosk:review.offline")] : []),
      ]}
      onSend={send}
      onDecline={onDone}
    />
  );
};

/** Reviews a service or a case by its number; whose it is stands nowhere. */
export const ReviewScreen = (leave: LeaveHandlers): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [number, setNumber] = useState("");
  const [check, setCheck] = useState("");
  const [step, setStep] = useState<"number" | "check">("number");
  const [isAsking, setAsking] = useState(false);
  const [fault, setFault] = useState<ByNumberFault | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const typed = number.trim();
  const isTicket = TICKET_NUMBER.test(typed);
  const ask = (): void => {
    if (isAsking) return;
    setAsking(true);
    void askReviewByNumber(terminal, typed, check).then((outcome) => {
      setAsking(false);
      if (outcome.ok) setChosen({ number: typed, check, found: outcome.value });
      else if (outcome.error === "offline") setChosen({ number: typed, check, found: null });
      else setFault(outcome.error);
    });
  };
  if (chosen !== null) return <Answering chosen={chosen} onDone={leave.onHome} />;
  const faultTexts: Readonly<Record<ByNumberFault, string>> = {
    unknown: t("kiosk:review.unknown"),
    notYet: t("kiosk:review.notYet"),
    tooOften: t("kiosk:review.tooOften"),
    offline: t("kiosk:review.offline"),
  };
  const isNumber = step === "number";
  const checkTexts = isTicket
    ? { label: t("kiosk:review.check"), note: t("kiosk:review.checkNote") }
    : { label: t("kiosk:progress.tail"), note: t("kiosk:progress.tailNote") };
  const texts = isNumber ? { label: t("kiosk:review.number"), note: t("kiosk:review.numberNote") } : checkTexts;
  return (
    <Page
      {...leave}
      onBack={
        isNumber
          ? leave.onBack
          : () => {
              setFault(null);
              setStep("number");
            }
      }
      isBusy={isAsking}
      title={t("kiosk:review.title")}
      below={
        <button
          type="button"
          className="big-button big-button-primary kiosk-next"
          disabled={isAsking || (isNumber ? typed.length < SHORTEST : check.length !== CHECK_LENGTH)}
          onClick={() => {
            if (isNumber) setStep("check");
            else ask();
          }}
        >
          <Icon name="arrow" />
          {isAsking ? t("kiosk:review.checking") : t("kiosk:review.next")}
        </button>
      }
    >
      <CodeEntry
        key={step}
        label={texts.label}
        note={fault === null ? texts.note : faultTexts[fault]}
        isWrong={fault !== null}
        value={isNumber ? number : check}
        maxLength={isNumber ? NUMBER_MAX : CHECK_LENGTH}
        layout={!isNumber && isTicket ? "digits" : "codes"}
        onChange={(next) => {
          setFault(null);
          if (isNumber) setNumber(next);
          else setCheck(next);
        }}
      />
    </Page>
  );
};
