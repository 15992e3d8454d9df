import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rectification, RectificationCause } from "../../../../shared/domain/rectification/rectification.ts";
import { Radios, SentenceForm } from "../act-form.tsx";
import type { OrderRow } from "./order-model.ts";
import type { RunAct } from "./use-desk-act.ts";

const causes: readonly RectificationCause[] = ["attitude", "rule", "material", "equipment", "system", "other"];
const VerifyForm = ({ order, run, isBusy }: StepProps) => {
  const { t } = useTranslation();
  const [cause, setCause] = useState<RectificationCause | null>(null);
  return (
    <SentenceForm
      label={t("deskReviews:step.finding")}
      confirm={t("deskReviews:step.verify")}
      isBusy={isBusy}
      isReady={cause !== null}
      onSend={(finding) =>
        cause === null
          ? Promise.resolve(false)
          : run("VerifyRectification", { rectificationId: order.id, cause, finding })
      }
    >
      <Radios
        legend={t("deskReviews:step.cause")}
        values={causes}
        value={cause}
        nameOf={(each) => t(`deskReviews:cause.${each}`)}
        onChange={setCause}
      />
    </SentenceForm>
  );
};

const callOutcomes = ["satisfied", "notSatisfied", "unreachable"] as const;

const CallBackForm = ({ order, run, isBusy }: StepProps) => {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<(typeof callOutcomes)[number] | null>(null);
  return (
    <SentenceForm
      label={t("deskReviews:step.callNote")}
      confirm={t("deskReviews:step.callBack")}
      isBusy={isBusy}
      isReady={outcome !== null}
      onSend={(note) =>
        outcome === null ? Promise.resolve(false) : run("RecordCallBack", { rectificationId: order.id, outcome, note })
      }
    >
      <Radios
        legend={t("deskReviews:step.callOutcome")}
        values={callOutcomes}
        value={outcome}
        nameOf={(each) => t(`deskReviews:call.${each}`)}
        onChange={setOutcome}
      />
    </SentenceForm>
  );
};

interface StepProps {
  readonly order: Rectification;
  readonly run: RunAct;
  readonly isBusy: boolean;
}

/** The one thing to be done next with an order. */
export const NextStep = ({
  row,
  run,
  isBusy,
}: {
  readonly row: OrderRow;
  readonly run: RunAct;
  readonly isBusy: boolean;
}) => {
  const { t } = useTranslation();
  const { order, next } = row;
  const rectificationId = order.id;
  if (order.closedAt !== null)
    return (
      <SentenceForm
        label={t("deskReviews:step.reopenWhy")}
        confirm={t("deskReviews:step.reopen")}
        isBusy={isBusy}
        onSend={(reason) => run("ReopenRectification", { rectificationId, reason })}
      />
    );
  switch (next) {
    case "cause":
      return <VerifyForm order={order} run={run} isBusy={isBusy} />;
    case "measure":
      return (
        <SentenceForm
          label={t("deskReviews:step.measure")}
          confirm={t("deskReviews:step.measureSend")}
          isBusy={isBusy}
          onSend={(measure) => run("MeasureRectification", { rectificationId, measure })}
        />
      );
    case "answer":
      return (
        <SentenceForm
          label={t("deskReviews:step.answer")}
          confirm={t("deskReviews:step.answerSend")}
          isBusy={isBusy}
          onSend={(answer) => run("AnswerRectification", { rectificationId, answer })}
        />
      );
    case "callBack":
      return <CallBackForm order={order} run={run} isBusy={isBusy} />;
    case "appeal":
      return <p className="reviews-hint">{t("deskReviews:step.appealFirst")}</p>;
    case null:
      return (
        <button
          type="button"
          className="small-button"
          disabled={isBusy}
          onClick={() => void run("CloseRectification", { rectificationId })}
        >
          {t("deskReviews:step.close")}
        </button>
      );
  }
};

const grounds = ["wrong", "malicious"] as const;

/** Appeal by one person, decision by another. */
export const AppealBox = ({ order, run, isBusy }: StepProps) => {
  const { t } = useTranslation();
  const [ground, setGround] = useState<(typeof grounds)[number] | null>(null);
  const [isUpheld, setUpheld] = useState<boolean | null>(null);
  const { appeal } = order;
  const rectificationId = order.id;
  if (appeal === null)
    return (
      <SentenceForm
        label={t("deskReviews:appeal.reason")}
        confirm={t("deskReviews:appeal.send")}
        isBusy={isBusy}
        isReady={ground !== null}
        onSend={(reason) =>
          ground === null ? Promise.resolve(false) : run("AppealReview", { rectificationId, ground, reason })
        }
      >
        <Radios
          legend={t("deskReviews:appeal.ground")}
          values={grounds}
          value={ground}
          nameOf={(each) => t(`deskReviews:appeal.${each}`)}
          onChange={setGround}
        />
      </SentenceForm>
    );
  return (
    <>
      <p>
        <b>{t(`deskReviews:appeal.${appeal.ground}`)}</b> {appeal.reason}
      </p>
      {appeal.decision === null ? (
        <SentenceForm
          label={t("deskReviews:appeal.decisionReason")}
          confirm={t("deskReviews:appeal.decide")}
          isBusy={isBusy}
          isReady={isUpheld !== null}
          onSend={(reason) =>
            isUpheld === null ? Promise.resolve(false) : run("DecideAppeal", { rectificationId, isUpheld, reason })
          }
        >
          <Radios
            legend={t("deskReviews:appeal.decision")}
            values={["upheld", "rejected"]}
            value={isUpheld === null ? null : isUpheld ? "upheld" : "rejected"}
            nameOf={(each) => t(`deskReviews:appeal.${each}`)}
            onChange={(each) => setUpheld(each === "upheld")}
          />
          <p className="reviews-hint">{t("deskReviews:appeal.twoPeople")}</p>
        </SentenceForm>
      ) : (
        <p>
          <b>{t(appeal.decision.isUpheld ? "deskReviews:appeal.upheld" : "deskReviews:appeal.rejected")}</b>{" "}
          {appeal.decision.reason}
        </p>
      )}
    </>
  );
};

/** Another department answers for it. */
export const AssignBox = ({ order, run, isBusy }: StepProps) => {
  const { t } = useTranslation();
  const id = useId();
  const [department, setDepartment] = useState("");
  return (
    <SentenceForm
      label={t("deskReviews:assign.reason")}
      confirm={t("deskReviews:assign.send")}
      isBusy={isBusy}
      isReady={department.trim() !== ""}
      onSend={(reason) =>
        run("AssignRectification", { rectificationId: order.id, department: department.trim(), reason })
      }
    >
      <label htmlFor={id}>{t("deskReviews:assign.department")}</label>
      <input id={id} maxLength={60} value={department} onChange={(event) => setDepartment(event.target.value)} />
    </SentenceForm>
  );
};
