import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { procedures, type Case, type CaseOutcome, type Procedure } from "../../../shared/domain/case/intake.ts";
import { DialogFoot } from "../staff/dialog-foot.tsx";
import { Dialog } from "../staff/dialog.tsx";
import { ChoiceField, LineField, WordsField } from "./fields.tsx";

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
  readonly act: Exclude<CaseAct, "handOut">;
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
  const [outcome, setOutcome] = useState<CaseOutcome | null>(null);
  const [resultName, setResultName] = useState("");
  const [resultNo, setResultNo] = useState("");
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
        // Nothing is chosen beforehand: a decision is somebody's.
        if (outcome === null || (outcome !== "granted" && words === "")) return null;
        return {
          type: "DecideCase",
          outcome,
          resultName: resultName.trim() === "" ? null : resultName.trim(),
          resultNo: resultNo.trim() === "" ? null : resultNo.trim(),
          note: words === "" ? null : words,
        };
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wish = wishOf();
    if (wish === null) setWrong(true);
    else onConfirm(wish);
  };
  const change =
    <V,>(set: (value: V) => void) =>
    (value: V): void => {
      set(value);
      setWrong(false);
    };
  const words = (label: string, max: number): ReactNode => (
    <WordsField label={label} max={max} value={text} onChange={change(setText)} />
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
            <ChoiceField
              label={t("cases:ask.procedure")}
              choices={procedures.map((each) => [each, t(`cases:procedure.${each}`)] as const)}
              value={kind}
              onChange={change(setKind)}
            />
            {words(t("cases:ask.procedureReason"), 200)}
          </>
        ) : null}
        {act === "platform" ? (
          <LineField label={t("cases:ask.platform")} value={text} onChange={change(setText)} />
        ) : null}
        {act === "decide" ? (
          <>
            <ChoiceField
              label={t("cases:ask.outcome")}
              choices={outcomes.map((each) => [each, t(caseOutcomeKey(each))] as const)}
              value={outcome}
              onChange={change(setOutcome)}
            />
            <LineField label={t("cases:ask.resultName")} value={resultName} onChange={change(setResultName)} />
            <LineField label={t("cases:ask.resultNo")} value={resultNo} onChange={change(setResultNo)} />
            {words(outcome === "granted" ? t("cases:ask.remark") : t("cases:ask.denyReason"), 500)}
          </>
        ) : null}
        <p role="alert" className="staff-error">
          {wrong ? t("cases:ask.needed") : (fault ?? "")}
        </p>
        <DialogFoot confirm={t(caseActKey(act))} danger={act === "return"} onBack={onClose} />
      </form>
    </Dialog>
  );
};
