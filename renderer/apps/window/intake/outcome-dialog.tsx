import { useMemo, useState, type FormEvent, type ReactNode } from "react";
import { TextArea, TextInput } from "../../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../../shared/basics/time.ts";
import type { Intake, Lacks } from "../../../../shared/domain/case/intake.ts";
import type { Act } from "../../../../shared/domain/hall/would-be.ts";
import type { IssueWish } from "../../../papers/paper-work.ts";
import { dueText } from "../../../ui/cases/due-text.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { readDay } from "../../../ui/forms/widgets.tsx";
import { DialogFoot } from "../../../ui/staff/dialog-foot.tsx";
import { Dialog } from "../../../ui/staff/dialog.tsx";
import type { Draft } from "./draft.ts";
import { handInFaultText } from "./hand-in-fault.ts";
import { duesToday, latestMakeUpDay, usualMakeUpDay, type OutcomeKind } from "./outcomes.ts";
import type { HandInFault } from "./use-intake.ts";
import { later } from "../../../ui/later.tsx";

const PaperPreview = later(async () => (await import("../../../papers/paper-preview.tsx")).PaperPreview, <div />);

/** What the clerk decides on, as the commands want it. */
export type OutcomeWish =
  | { readonly type: "AcceptIntake" }
  | { readonly type: "IssueCorrection"; readonly repeatReason: string | null }
  | { readonly type: "AcceptWithTolerance"; readonly by: string; readonly credit: "clear" | "repaired" | "unrepaired" }
  | { readonly type: "AcceptOnCommitment" }
  | { readonly type: "RefuseIntake"; readonly reason: string; readonly remedies: readonly string[] };

interface OutcomeDialogProps {
  readonly kind: OutcomeKind;
  readonly draft: Draft;
  readonly lacks: Lacks;
  readonly intake: Intake | undefined;
  readonly busy: boolean;
  readonly fault: HandInFault | null;
  /** Everything that the hall would be told; null: nothing can be shown yet. */
  readonly actsOf: (wish: OutcomeWish) => readonly Act[] | null;
  /** The papers that the applicant would get. */
  readonly papers: readonly IssueWish[];
  readonly onConfirm: (wish: OutcomeWish) => void;
  readonly onClose: () => void;
}

export const outcomeTitleKey = (kind: OutcomeKind): string => {
  switch (kind) {
    case "accept":
      return "intake:outcome.accept";
    case "correct":
      return "intake:outcome.correct";
    case "tolerate":
      return "intake:outcome.tolerate";
    case "commit":
      return "intake:outcome.commit";
    case "refuse":
      return "intake:outcome.refuse";
  }
};

const papersKey = (kind: OutcomeKind): string => {
  switch (kind) {
    case "accept":
      return "intake:papers.accept";
    case "correct":
      return "intake:papers.correct";
    case "tolerate":
      return "intake:papers.tolerate";
    case "commit":
      return "intake:papers.commit";
    case "refuse":
      return "intake:papers.refuse";
  }
};

/** Everything that is missing, in the order and under the numbers of the notification. */
export const LacksList = ({ lacks }: { readonly lacks: Lacks }) => {
  const { t } = useTranslation();
  return (
    <ol className="lacks">
      {lacks.formErrors.map((error) => (
        <li key={error.field}>
          <b>{error.title}</b> {error.problem}
        </li>
      ))}
      {lacks.materials.map((lack) => (
        <li key={lack.key}>
          <b>{lack.name}</b>{" "}
          {lack.why === "missing"
            ? t("intake:lack.missing")
            : lack.why === "toFollow"
              ? t("intake:lack.toFollow")
              : lack.why === "copies"
                ? t("intake:lack.copies", { n: lack.copies })
                : t("intake:lack.defect", { defect: lack.defect ?? "" })}
        </li>
      ))}
    </ol>
  );
};

const Due = ({ draft }: { readonly draft: Draft }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const plan = useLive(terminal.hall).plan;
  return (
    <table className="due-table">
      <thead>
        <tr>
          <th>{t("intake:due.item")}</th>
          <th>{t("intake:due.promised")}</th>
          <th>{t("intake:due.legal")}</th>
        </tr>
      </thead>
      <tbody>
        {duesToday(plan, draft.items, terminal.now()).map(({ item, due }) => (
          <tr key={item.caseId}>
            <td>{item.itemName}</td>
            <td>{dueText(due.promised, item.promisedLimit, due.unknownYear, t("intake:due.none"), t)}</td>
            <td>{dueText(due.legal, item.legalLimit, due.unknownYear, t("intake:due.none"), t)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Asks once before an outcome, with a preview of what will be issued. */
export const OutcomeDialog = (props: OutcomeDialogProps) => {
  const { kind, draft, lacks, intake, busy, fault, actsOf, papers, onConfirm, onClose } = props;
  const { t } = useTranslation();
  const terminal = useTerminal();
  const plan = useLive(terminal.hall).plan;
  const today = dayOf(terminal.now(), plan?.utcOffsetMinutes ?? 480);
  const latest = latestMakeUpDay(duesToday(plan, draft.items, terminal.now()));
  const [by, setBy] = useState(latest === null ? "" : usualMakeUpDay(today, latest));
  const [credit, setCredit] = useState<"clear" | "repaired" | "unrepaired">("clear");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const told = intake?.corrections.length ?? 0;
  const isTitle = draft.package?.name ?? draft.items.map(({ itemName }) => itemName).join("、");
  const remedies = [t("intake:remedy.review"), t("intake:remedy.lawsuit"), t("intake:remedy.desk")];
  const words = reason.trim();

  const wishNow = (): OutcomeWish => {
    switch (kind) {
      case "accept":
        return { type: "AcceptIntake" };
      case "commit":
        return { type: "AcceptOnCommitment" };
      case "correct":
        return { type: "IssueCorrection", repeatReason: told > 0 && words !== "" ? words : null };
      case "tolerate":
        return { type: "AcceptWithTolerance", by, credit };
      case "refuse":
        return { type: "RefuseIntake", reason: words, remedies };
    }
  };
  const faultOf = (wish: OutcomeWish): string | null => {
    switch (wish.type) {
      case "IssueCorrection":
        return told > 0 && wish.repeatReason === null ? "intake:outcome.repeatNeeded" : null;
      case "AcceptWithTolerance":
        if (latest === null || by < today || by > latest) return "intake:outcome.byWrong";
        return credit === "unrepaired" ? "intake:outcome.creditBad" : null;
      case "RefuseIntake":
        return words === "" ? "intake:outcome.reasonNeeded" : null;
      case "AcceptIntake":
      case "AcceptOnCommitment":
        return null;
    }
  };
  const wishText = JSON.stringify(wishNow());
  // The text says all that matters of the wish.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const acts = useMemo(() => actsOf(wishNow()), [wishText, actsOf]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wish = wishNow();
    const found = faultOf(wish);
    if (found === null) onConfirm(wish);
    else setWrong(found);
  };

  const reasonField = (label: string): ReactNode => (
    <label className="staff-field">
      <span>{label}</span>
      <TextArea
        rows={2}
        maxLength={200}
        counted
        data-autofocus
        value={reason}
        {...(wrong === null ? {} : { wrong: true, "aria-describedby": "outcome-fault" })}
        onChange={(event) => {
          setReason(event.target.value);
          setWrong(null);
        }}
      />
    </label>
  );

  return (
    <Dialog title={t(outcomeTitleKey(kind))} onClose={onClose} wide>
      <div className="with-preview">
        <form onSubmit={submit} className="outcome" data-outcome={kind}>
          <p className="outcome-about">{isTitle}</p>
          <p className="outcome-papers">{t(papersKey(kind))}</p>
          {kind === "correct" || kind === "tolerate" || kind === "commit" ? <LacksList lacks={lacks} /> : null}
          {kind === "accept" || kind === "tolerate" ? <Due draft={draft} /> : null}
          {kind === "correct" ? (
            told > 0 ? (
              <>
                <p className="staff-hint staff-hint-warn">{t("intake:outcome.toldBefore", { n: told })}</p>
                {reasonField(t("intake:outcome.repeatReason"))}
              </>
            ) : (
              <p className="staff-hint">{t("intake:outcome.onceAndCompletely")}</p>
            )
          ) : null}
          {kind === "tolerate" ? (
            <>
              <label className="staff-field">
                <span>{t("intake:outcome.by", { day: latest ?? "–" })}</span>
                <TextInput
                  data-autofocus
                  value={by}
                  inputMode="numeric"
                  onChange={(event) => {
                    setBy(event.target.value);
                    setWrong(null);
                  }}
                  onBlur={() => setBy(readDay(by))}
                />
              </label>
              <fieldset className="form-radios">
                <legend>{t("intake:outcome.credit")}</legend>
                {(["clear", "repaired", "unrepaired"] as const).map((each) => (
                  <label key={each}>
                    <input
                      type="radio"
                      name="credit"
                      checked={credit === each}
                      onChange={() => {
                        setCredit(each);
                        setWrong(null);
                      }}
                    />
                    <span>
                      {each === "clear"
                        ? t("intake:credit.clear")
                        : each === "repaired"
                          ? t("intake:credit.repaired")
                          : t("intake:credit.unrepaired")}
                    </span>
                  </label>
                ))}
              </fieldset>
            </>
          ) : null}
          {kind === "commit" ? <p className="staff-hint">{t("intake:outcome.commitHint")}</p> : null}
          {kind === "refuse" ? (
            <>
              {reasonField(t("intake:outcome.refuseReason"))}
              <p>{t("intake:outcome.remedies")}</p>
              <ul className="lacks">
                {remedies.map((remedy) => (
                  <li key={remedy}>{remedy}</li>
                ))}
              </ul>
            </>
          ) : null}
          <p id="outcome-fault" role="alert" className="staff-error">
            {wrong !== null ? t(wrong) : fault === null ? "" : handInFaultText(fault, t)}
          </p>
          <DialogFoot
            confirm={t("intake:outcome.confirm", { outcome: t(outcomeTitleKey(kind)) })}
            danger={kind === "refuse"}
            loading={busy}
            autoFocus={kind === "accept" || kind === "commit" || (kind === "correct" && told === 0)}
            onBack={onClose}
          />
        </form>
        {acts === null ? null : <PaperPreview acts={acts} wishes={papers} />}
      </div>
    </Dialog>
  );
};
