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
import type { LeaveHandlers } from "./page.tsx";
import { TwoSteps } from "./two-steps.tsx";
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
  return (
    <TwoSteps
      leave={leave}
      title={t("kiosk:review.title")}
      steps={[
        {
          label: t("kiosk:review.number"),
          note: t("kiosk:review.numberNote"),
          value: number,
          shortest: SHORTEST,
          longest: NUMBER_MAX,
          layout: "codes",
          onChange: setNumber,
        },
        {
          label: isTicket ? t("kiosk:review.check") : t("kiosk:progress.tail"),
          note: isTicket ? t("kiosk:review.checkNote") : t("kiosk:progress.tailNote"),
          value: check,
          shortest: CHECK_LENGTH,
          longest: CHECK_LENGTH,
          layout: isTicket ? "digits" : "codes",
          onChange: setCheck,
        },
      ]}
      fault={fault === null ? null : faultTexts[fault]}
      isAsking={isAsking}
      next={t("kiosk:review.next")}
      ask={{ icon: "arrow", text: isAsking ? t("kiosk:review.checking") : t("kiosk:review.next") }}
      onFaultSeen={() => setFault(null)}
      onAsk={ask}
    />
  );
};
