import { useState, type FormEvent, type ReactNode } from "react";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useTranslation } from "react-i18next";
import { procedures, type Case, type CaseOutcome, type Procedure } from "../../../shared/domain/case/intake.ts";
import { Dialog } from "../staff/dialog.tsx";

/** Acts behind the counter that ask something first. */
export type CaseAct = "return" | "resubmit" | "procedure" | "endProcedure" | "decide" | "handOut" | "platform";

/** What was answered, as the commands want it. */
export type CaseWish =
  | { readonly type: "ReturnCase"; readonly reason: string }
  | { readonly type: "ResubmitCase"; readonly note: string }
  | { readonly type: "StartSpecialProcedure"; readonly kind: Procedure; readonly reason: string }
  | { readonly type: "EndSpecialProcedure"; readonly result: string }
  | { readonly type: "SetPlatformNumber"; readonly platformNo: string }
  | {
      readonly type: "DecideCase";
      readonly outcome: CaseOutcome;
      readonly resultName: string | null;
      readonly resultNo: string | null;
      readonly note: string | null;
    }
  | {
      readonly type: "HandOutResult";
      readonly way: "counter" | "courier";
      readonly to: "applicant" | "agent";
      readonly courier: { readonly company: string; readonly trackingNo: string } | null;
    };

export const caseActKey = (act: CaseAct): string => {
  switch (act) {
    case "return":
      return "cases:act.return";
    case "resubmit":
      return "cases:act.resubmit";
    case "procedure":
      return "cases:act.procedure";
    case "endProcedure":
      return "cases:act.endProcedure";
    case "decide":
      return "cases:act.decide";
    case "handOut":
      return "cases:act.handOut";
    case "platform":
      return "cases:act.platform";
  }
};

const outcomes: readonly CaseOutcome[] = ["granted", "denied", "withdrawn", "terminated"];
export const caseOutcomeKey = (outcome: CaseOutcome): string => {
  switch (outcome) {
    case "granted":
      return "cases:outcome.granted";
    case "denied":
      return "cases:outcome.denied";
    case "withdrawn":
      return "cases:outcome.withdrawn";
    case "terminated":
      return "cases:outcome.terminated";
  }
};

interface CaseActDialogProps {
  readonly act: CaseAct;
  readonly about: Case;
  readonly fault: string | null;
  readonly onConfirm: (wish: CaseWish) => void;
  readonly onClose: () => void;
}

/** Asks what an act needs, with the number in the question. */
export const CaseActDialog = ({ act, about, fault, onConfirm, onClose }: CaseActDialogProps) => {
  const { t } = useTranslation();
  const [text, setText] = useState(act === "platform" ? (about.platformNo ?? "") : "");
  const [kind, setKind] = useState<Procedure>("inspection");
  const [outcome, setOutcome] = useState<CaseOutcome>("granted");
  const [resultName, setResultName] = useState("");
  const [resultNo, setResultNo] = useState("");
  const [way, setWay] = useState<"counter" | "courier">("counter");
  const [to, setTo] = useState<"applicant" | "agent">("applicant");
  const [company, setCompany] = useState("");
  const [trackingNo, setTrackingNo] = useState("");
  const [wrong, setWrong] = useState(false);

  const wishOf = (): CaseWish | null => {
    const words = text.trim();
    switch (act) {
      case "return":
        return words === "" ? null : { type: "ReturnCase", reason: words };
      case "resubmit":
        return { type: "ResubmitCase", note: words };
      case "procedure":
        return words === "" ? null : { type: "StartSpecialProcedure", kind, reason: words };
      case "endProcedure":
        return { type: "EndSpecialProcedure", result: words };
      case "platform":
        return words === "" ? null : { type: "SetPlatformNumber", platformNo: words };
      case "decide":
        if (outcome !== "granted" && words === "") return null;
        return {
          type: "DecideCase",
          outcome,
          resultName: resultName.trim() === "" ? null : resultName.trim(),
          resultNo: resultNo.trim() === "" ? null : resultNo.trim(),
          note: words === "" ? null : words,
        };
      case "handOut":
        if (way === "counter") return { type: "HandOutResult", way, to, courier: null };
        if (company.trim() === "" || trackingNo.trim() === "") return null;
        return { type: "HandOutResult", way, to, courier: { company: company.trim(), trackingNo: trackingNo.trim() } };
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wish = wishOf();
    if (wish === null) setWrong(true);
    else onConfirm(wish);
  };
  const words = (label: string, max: number): ReactNode => (
    <label className="staff-field">
      <span>{label}</span>
      <Input.TextArea
        rows={2}
        maxLength={max}
        showCount
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
      />
    </label>
  );
  const line = (label: string, value: string, set: (text: string) => void): ReactNode => (
    <label className="staff-field">
      <span>{label}</span>
      <Input
        value={value}
        maxLength={60}
        onChange={(event) => {
          set(event.target.value);
          setWrong(false);
        }}
      />
    </label>
  );
  const choice = <V extends string>(
    label: string,
    name: string,
    all: readonly (readonly [V, string])[],
    value: V,
    set: (value: V) => void,
  ): ReactNode => (
    <fieldset className="form-radios case-choice">
      <legend>{label}</legend>
      {all.map(([each, title]) => (
        <label key={each}>
          <input type="radio" name={name} checked={value === each} onChange={() => set(each)} />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );

  return (
    <Dialog title={t("cases:act.question", { act: t(caseActKey(act)), number: about.number })} onClose={onClose} wide>
      <form onSubmit={submit}>
        <p className="outcome-about">{about.itemName}</p>
        {act === "return" ? words(t("cases:ask.returnReason"), 200) : null}
        {act === "resubmit" ? words(t("cases:ask.note"), 200) : null}
        {act === "endProcedure" ? words(t("cases:ask.procedureResult"), 200) : null}
        {act === "procedure" ? (
          <>
            {choice(
              t("cases:ask.procedure"),
              "procedure",
              procedures.map((each) => [each, t(`cases:procedure.${each}`)] as const),
              kind,
              setKind,
            )}
            {words(t("cases:ask.procedureReason"), 200)}
          </>
        ) : null}
        {act === "platform" ? line(t("cases:ask.platform"), text, setText) : null}
        {act === "decide" ? (
          <>
            {choice(
              t("cases:ask.outcome"),
              "outcome",
              outcomes.map((each) => [each, t(caseOutcomeKey(each))] as const),
              outcome,
              setOutcome,
            )}
            {line(t("cases:ask.resultName"), resultName, setResultName)}
            {line(t("cases:ask.resultNo"), resultNo, setResultNo)}
            {words(outcome === "granted" ? t("cases:ask.remark") : t("cases:ask.denyReason"), 500)}
          </>
        ) : null}
        {act === "handOut" ? (
          <>
            {choice(
              t("cases:ask.way"),
              "way",
              [
                ["counter", t("cases:ask.atCounter")],
                ["courier", t("cases:ask.byCourier")],
              ],
              way,
              setWay,
            )}
            {choice(
              t("cases:ask.to"),
              "to",
              [
                ["applicant", t("cases:ask.applicant")],
                ["agent", t("cases:ask.agent")],
              ],
              to,
              setTo,
            )}
            {way === "courier" ? (
              <>
                {line(t("cases:ask.company"), company, setCompany)}
                {line(t("cases:ask.trackingNo"), trackingNo, setTrackingNo)}
              </>
            ) : null}
          </>
        ) : null}
        <p role="alert" className="staff-error">
          {wrong ? t("cases:ask.needed") : (fault ?? "")}
        </p>
        <div className="staff-dialog-foot">
          <Button size="large" onClick={onClose}>
            {t("staff:dialog.back")}
          </Button>
          <Button size="large" type="primary" htmlType="submit" danger={act === "return"}>
            {t(caseActKey(act))}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
