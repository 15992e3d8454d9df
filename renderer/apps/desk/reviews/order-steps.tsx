import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Rectification, RectificationCause } from "../../../../shared/domain/rectification/rectification.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { callOutcomes, ChoiceForm, SentenceForm } from "../act-form.tsx";
import type { OrderRow } from "./order-model.ts";
import type { RunAct } from "./use-desk-act.ts";

const causes: readonly RectificationCause[] = ["attitude", "rule", "material", "equipment", "system", "other"];

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
      return (
        <ChoiceForm
          label={t("deskReviews:step.finding")}
          confirm={t("deskReviews:step.verify")}
          isBusy={isBusy}
          legend={t("deskReviews:step.cause")}
          values={causes}
          nameOf={(each) => t(`deskReviews:cause.${each}`)}
          onSend={(cause, finding) => run("VerifyRectification", { rectificationId, cause, finding })}
        />
      );
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
      return (
        <ChoiceForm
          label={t("deskReviews:step.callNote")}
          confirm={t("deskReviews:step.callBack")}
          isBusy={isBusy}
          legend={t("deskReviews:step.callOutcome")}
          values={callOutcomes}
          nameOf={(each) => t(`deskReviews:call.${each}`)}
          onSend={(outcome, note) => run("RecordCallBack", { rectificationId, outcome, note })}
        />
      );
    case "appeal":
      return <p className="form-hint">{t("deskReviews:step.appealFirst")}</p>;
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
  const clerkId = useLive(useTerminal().clerk)?.clerkId;
  const { appeal } = order;
  const rectificationId = order.id;
  if (appeal === null)
    return (
      <ChoiceForm
        label={t("deskReviews:appeal.reason")}
        confirm={t("deskReviews:appeal.send")}
        isBusy={isBusy}
        legend={t("deskReviews:appeal.ground")}
        values={grounds}
        nameOf={(each) => t(`deskReviews:appeal.${each}`)}
        onSend={(ground, reason) => run("AppealReview", { rectificationId, ground, reason })}
      />
    );
  return (
    <>
      <p>
        <b>{t(`deskReviews:appeal.${appeal.ground}`)}</b> {appeal.reason}
      </p>
      {appeal.decision === null && appeal.by === clerkId ? (
        <p className="form-hint">{t("deskReviews:appeal.waits")}</p>
      ) : appeal.decision === null ? (
        <ChoiceForm
          label={t("deskReviews:appeal.decisionReason")}
          confirm={t("deskReviews:appeal.decide")}
          isBusy={isBusy}
          legend={t("deskReviews:appeal.decision")}
          values={["upheld", "rejected"] as const}
          nameOf={(each) => t(`deskReviews:appeal.${each}`)}
          hint={t("deskReviews:appeal.twoPeople")}
          onSend={(decision, reason) =>
            run("DecideAppeal", { rectificationId, isUpheld: decision === "upheld", reason })
          }
        />
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
