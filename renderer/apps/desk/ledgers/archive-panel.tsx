import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { addDays, type Day } from "../../../../shared/basics/time.ts";
import { DESK_LEDGERS_PATH } from "../../../../shared/contract/desk-ledgers.ts";
import type { LedgerDefinition } from "../../../../shared/domain/ledger/definition.ts";
import type { LedgerEntry } from "../../../../shared/domain/ledger/entry.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { askDesk } from "../ask-desk.ts";
import { deskSheet, keepSheet } from "../keep-sheet.ts";
import { DayField } from "../../../ui/staff/day-field.tsx";

/** Made and checked by the center from its log. */
const entriesSchema = z.object({ entries: z.array(z.custom<LedgerEntry>()) });

interface ArchiveProps {
  readonly definition: LedgerDefinition;
  readonly today: Day;
  readonly mayExport: boolean;
  readonly onFound: (entries: readonly LedgerEntry[]) => void;
}

/** Entries of any days, also those that left the screen long ago, and the workbook of them. */
export const ArchivePanel = ({ definition, today, mayExport, onFound }: ArchiveProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [from, setFrom] = useState(addDays(today, -90));
  const [to, setTo] = useState(today);
  const [said, setSaid] = useState<string | null>(null);
  const isWrong = from === "" || to === "" || from > to;
  const days = { ledgerId: definition.id, from, to };
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isWrong) return setSaid("ledgers:archive.wrongDays");
    const answer = await askDesk(terminal, `${DESK_LEDGERS_PATH}/list`, entriesSchema, days);
    if (answer.ok) onFound(answer.value.entries);
    setSaid(answer.ok ? null : "ledgers:archive.failed");
  };
  const take = async (): Promise<void> => {
    if (isWrong) return setSaid("ledgers:archive.wrongDays");
    const name = `ledger-${definition.id}-${from}-${to}.xlsx`;
    const sheet = await deskSheet(terminal, `${DESK_LEDGERS_PATH}/export`, days);
    const saved = sheet.ok ? await keepSheet(sheet.value, name) : sheet;
    setSaid(saved.ok ? (saved.value ? "ledgers:archive.saved" : null) : "ledgers:archive.failed");
  };
  return (
    <details className="ledger-archive">
      <summary>{t("ledgers:archive.heading")}</summary>
      <form onSubmit={(event) => void find(event)} noValidate>
        <label>
          {t("ledgers:archive.from")}
          <DayField value={from} isWrong={isWrong} onChange={setFrom} />
        </label>
        <label>
          {t("ledgers:archive.to")}
          <DayField value={to} isWrong={isWrong} onChange={setTo} />
        </label>
        <button type="submit" className="small-button">
          {t("ledgers:archive.find")}
        </button>
        {mayExport ? (
          <button type="button" className="small-button" onClick={() => void take()}>
            {t("ledgers:archive.export")}
          </button>
        ) : null}
      </form>
      <p role="status" className="ledger-hint">
        {said === null ? t("ledgers:archive.about") : t(said)}
      </p>
    </details>
  );
};
