import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isSealed, type LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import type { LedgerEntry, LedgerValues } from "../../../shared/domain/ledger/entry.ts";
import { revealRecords } from "../cases/ask-node.ts";
import { useTerminal } from "../hooks.ts";
import { ReasonDialog } from "../staff/reason-dialog.tsx";
import { nameOf, valueText } from "./ledger-model.ts";
import { personalValues } from "./personal-values.ts";

const SHOWN_MS = 60_000;

/** The personal fields of an entry: hidden until somebody says why, noted at the center, hidden again after a minute. */
export const PersonalPanel = ({
  definition,
  entry,
}: {
  readonly definition: LedgerDefinition;
  readonly entry: LedgerEntry;
}) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<LedgerValues | null>(null);
  const [isFailed, setFailed] = useState(false);
  const fields = definition.fields.filter((field) => isSealed(field) && field.id in entry.sealed);
  if (fields.length === 0) return null;
  const look = async (reason: string): Promise<void> => {
    const ids = [...new Set(fields.map(({ id }) => entry.sealed[id] ?? ""))];
    const records = await revealRecords(terminal, ids, reason);
    const values = records && personalValues(entry, records);
    setFailed(values === null);
    if (values === null) return;
    setShown(values);
    setTimeout(() => setShown(null), SHOWN_MS);
  };
  return (
    <section className="ledger-personal" aria-label={t("ledgers:personal.heading")}>
      <dl className="ledger-facts">
        {fields.map((field) => (
          <div key={field.id}>
            <dt>{nameOf(field, i18n.language)}</dt>
            <dd>
              {shown === null
                ? "＊＊＊"
                : valueText(field, shown[field.id], i18n.language, [t("ledgers:yes"), t("ledgers:no")])}
            </dd>
          </div>
        ))}
      </dl>
      <div className="ledger-acts">
        <button
          type="button"
          className="small-button"
          onClick={() => (shown === null ? setAsking(true) : setShown(null))}
        >
          {shown === null ? t("ledgers:personal.look") : t("ledgers:personal.hide")}
        </button>
        <small role="status">{isFailed ? t("ledgers:personal.failed") : t("ledgers:personal.noted")}</small>
      </div>
      {isAsking ? (
        <ReasonDialog
          question={t("ledgers:personal.why")}
          presets={[t("ledgers:personal.callBack"), t("ledgers:personal.check"), t("ledgers:personal.deliver")]}
          confirm={t("ledgers:personal.look")}
          onConfirm={(reason) => void look(reason)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
};
