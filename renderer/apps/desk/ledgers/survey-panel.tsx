import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import {
  DESK_LEDGERS_PATH,
  deskLedgerCodeSchema,
  ledgerCodeSchema,
  type LedgerCode,
} from "../../../../shared/contract/desk-ledgers.ts";
import type { LedgerDefinition } from "../../../../shared/domain/ledger/definition.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { dayOf } from "../../../../shared/basics/time.ts";
import { surveyPaper } from "../../../../shared/domain/ledger/survey-paper.ts";
import { qrPointsOf } from "../../../papers/print-document.ts";
import { PaperButtons } from "../paper-buttons.tsx";
import { printPaper, savePaper, type PaperAct, type Said } from "../paper-acts.ts";
import { QrCode } from "../../../ui/public/qr-code.tsx";
import { askDesk } from "../ask-desk.ts";
import { Button } from "../../../ui/staff/button.tsx";

/** A code, and who asks with it. */
type Made = LedgerCode & { readonly by: string };

/** Makes the code of an anonymous questionnaire for a third party, and shows it to be printed. */
export const SurveyCodePanel = ({ definition }: { readonly definition: LedgerDefinition }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { plan } = useLive(terminal.hall);
  const [by, setBy] = useState("");
  const [days, setDays] = useState("30");
  const [made, setMade] = useState<Made | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const asked = {
      by: deskLedgerCodeSchema.shape.by.safeParse(by),
      days: deskLedgerCodeSchema.shape.days.safeParse(Number(days)),
    };
    if (!asked.by.success) return setFault("ledgers:survey.noName");
    if (!asked.days.success) return setFault("ledgers:survey.noDays");
    const body = { ledgerId: definition.id, by: asked.by.data, days: asked.days.data };
    const answer = await askDesk(terminal, `${DESK_LEDGERS_PATH}/code`, ledgerCodeSchema, body);
    setFault(answer.ok ? null : "ledgers:survey.failed");
    setMade(answer.ok ? { ...answer.value, by: body.by } : null);
  };
  /** Prints or keeps the sheet with the code. */
  const giveOut = async (act: PaperAct, asked: Made): Promise<Said> =>
    plan === null
      ? "orders:paper.failed"
      : act(terminal, surveyPaper(plan, asked, dayOf(terminal.now(), plan.utcOffsetMinutes)), qrPointsOf(asked.url));
  return (
    <section className="desk-card" aria-label={t("ledgers:survey.heading")}>
      <h3>{t("ledgers:survey.heading")}</h3>
      <form className="ledger-survey" noValidate onSubmit={(event) => void make(event)}>
        <label>
          {t("ledgers:survey.by")}
          <input
            value={by}
            maxLength={40}
            aria-invalid={fault === "ledgers:survey.noName"}
            onChange={(event) => setBy(event.target.value)}
          />
        </label>
        <label>
          {t("ledgers:survey.days")}
          <input
            inputMode="numeric"
            maxLength={3}
            size={4}
            value={days}
            aria-invalid={fault === "ledgers:survey.noDays"}
            onChange={(event) => setDays(event.target.value)}
          />
        </label>
        <Button main submit>
          {t("ledgers:survey.make")}
        </Button>
      </form>
      {fault === null ? null : (
        <p className="ledger-fault" role="alert">
          {t(fault)}
        </p>
      )}
      {made === null ? null : (
        <div className="ledger-code">
          <QrCode text={made.url} label={t("ledgers:survey.code")} />
          <div>
            <p>
              <b>{made.by}</b>
              <br />
              {t("ledgers:survey.until", { day: made.until })}
              <br />
              <code>{made.url}</code>
            </p>
            <p className="ledger-acts">
              <PaperButtons
                acts={[
                  ["ledgers:survey.print", () => giveOut(printPaper, made)],
                  ["ledgers:survey.pdf", () => giveOut(savePaper, made)],
                ]}
              />
            </p>
          </div>
        </div>
      )}
    </section>
  );
};
