import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { Catalogue, CatalogueEntry } from "../../../../shared/domain/catalogue/catalogue.ts";
import type { Refusal } from "../../../../shared/domain/hall/refusal.ts";
import type { Ticket } from "../../../../shared/domain/queue/ticket.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { ConfirmDialog } from "../../../ui/staff/confirm-dialog.tsx";
import type { DraftEntry } from "./draft-shelf.ts";
import { FindItem } from "./find-item.tsx";
import { maskId, maskName } from "../../../../shared/domain/identity/mask.ts";

interface IntakeHomeProps {
  readonly catalogue: Catalogue;
  readonly ticket: Ticket | undefined;
  readonly entries: readonly DraftEntry[];
  readonly held: { readonly refusal: Refusal } | null;
  readonly onStart: (entry: CatalogueEntry) => void;
  readonly onDraft: (intakeId: string) => void;
  readonly onForget: (intakeId: string) => void;
  readonly onTakeOver: () => void;
  readonly onClose: () => void;
}

/** What the called ticket is about, in the catalogue. */
const entryOfTicket = (catalogue: Catalogue, ticket: Ticket | undefined): CatalogueEntry | null => {
  const code = ticket?.itemCode ?? null;
  if (code === null) return null;
  const item = catalogue.items.find((each) => each.code === code);
  if (item) return { kind: "item", item };
  const pack = catalogue.packages.find((each) => each.id === code);
  return pack ? { kind: "package", package: pack } : null;
};

/** Where an intake begins: the called ticket's matter, a search, or what lies unfinished. */
export const IntakeHome = (props: IntakeHomeProps) => {
  const { catalogue, ticket, entries, held, onStart, onDraft, onForget, onTakeOver, onClose } = props;
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const [forgetting, setForgetting] = useState<DraftEntry | null>(null);
  const known = forgetting === null ? undefined : hall.intakes.get(forgetting.intakeId);
  const called = entryOfTicket(catalogue, ticket);
  const today = dayOf(terminal.now(), offset);
  const when = (at: number): string =>
    dayOf(at, offset) === today ? clockOf(at, offset) : `${dayOf(at, offset)} ${clockOf(at, offset)}`;
  return (
    <section className="intake intake-home" aria-label={t("intake:home.label")}>
      <header className="intake-head">
        <h2>{t("intake:home.heading")}</h2>
        <span className="status-gap" />
        <button type="button" className="head-button" onClick={onClose}>
          <kbd>F10</kbd> {t("intake:home.back")}
        </button>
      </header>
      {held === null ? null : (
        <p className="staff-hint staff-hint-alarm" role="alert">
          {t(`refusal:${held.refusal.code}`, held.refusal.params)}{" "}
          <button type="button" className="staff-link" onClick={onTakeOver}>
            {t("intake:takeOver.confirm")}
          </button>
        </p>
      )}
      {called === null ? null : (
        <button type="button" className="intake-called" autoFocus onClick={() => onStart(called)}>
          <b>{ticket?.number}</b>
          <span>{called.kind === "item" ? called.item.name : called.package.name}</span>
          <small>{t("intake:home.startCalled")}</small>
        </button>
      )}
      <FindItem catalogue={catalogue} label={t("intake:find.label")} autoFocus={called === null} onChoose={onStart} />
      <h3>{t("intake:home.drafts", { n: entries.length })}</h3>
      {entries.length === 0 ? (
        <p className="intake-quiet">{t("intake:home.noDrafts")}</p>
      ) : (
        <ul className="draft-list">
          {entries.map((entry) => (
            <li key={entry.intakeId}>
              <button type="button" className="draft-open" onClick={() => onDraft(entry.intakeId)}>
                <b>{entry.name === "" ? t("intake:home.noName") : maskName(entry.name)}</b>
                <span className="draft-id">{entry.idNo === "" ? "" : maskId(entry.idNo)}</span>
                <span className="draft-title">{entry.title}</span>
                <time>{when(entry.touchedAt)}</time>
              </button>
              <button
                type="button"
                className="small-button small-danger"
                aria-label={t("intake:home.forgetOf", { title: entry.title })}
                onClick={() => setForgetting(entry)}
              >
                {t("intake:home.forget")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {forgetting === null ? null : (
        <ConfirmDialog
          question={t("intake:home.forgetAsk", { title: forgetting.title })}
          consequence={
            known === undefined ? t("intake:home.forgetAll") : t("intake:home.forgetChanges", { number: known.number })
          }
          confirm={t("intake:home.forget")}
          danger
          onConfirm={() => onForget(forgetting.intakeId)}
          onClose={() => setForgetting(null)}
        />
      )}
    </section>
  );
};
