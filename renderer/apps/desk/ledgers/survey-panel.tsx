import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { DESK_LEDGERS_PATH, ledgerCodeSchema, type LedgerCode } from "../../../../shared/contract/desk-ledgers.ts";
import type { LedgerDefinition } from "../../../../shared/domain/ledger/definition.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { QrCode } from "../../../ui/public/qr-code.tsx";
import { askDesk } from "../ask-desk.ts";

/** Makes the code of an anonymous questionnaire for a third party, and shows it to be printed. */
export const SurveyCodePanel = ({ definition }: { readonly definition: LedgerDefinition }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [by, setBy] = useState("");
  const [days, setDays] = useState(30);
  const [code, setCode] = useState<LedgerCode | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (by.trim().length < 2) return setFault("ledgers:survey.noName");
    const body = { ledgerId: definition.id, by: by.trim(), days };
    const answer = await askDesk(terminal, `${DESK_LEDGERS_PATH}/code`, ledgerCodeSchema, body);
    setFault(answer.ok ? null : "ledgers:archive.failed");
    setCode(answer.ok ? answer.value : null);
  };
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
            type="number"
            min={1}
            max={366}
            value={days}
            onChange={(event) => setDays(Math.min(366, Math.max(1, Math.round(event.target.valueAsNumber || 1))))}
          />
        </label>
        <button type="submit" className="small-button">
          {t("ledgers:survey.make")}
        </button>
      </form>
      {fault === null ? null : (
        <p className="ledger-fault" role="alert">
          {t(fault)}
        </p>
      )}
      {code === null ? null : (
        <div className="ledger-code">
          <QrCode text={code.url} label={t("ledgers:survey.code")} />
          <p>
            {t("ledgers:survey.until", { day: code.until })}
            <br />
            <a href={code.url}>{code.url}</a>
          </p>
        </div>
      )}
    </section>
  );
};
