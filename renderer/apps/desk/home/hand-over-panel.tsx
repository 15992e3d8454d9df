import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { LedgerEntry } from "../../../../shared/domain/ledger/entry.ts";
import { ledgersOf } from "../../../../shared/domain/ledger/ledgers.ts";
import { moveFault } from "../../../../shared/domain/ledger/decide.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { useClerkNames } from "../floor/use-clerk-names.ts";
import { nameOf, valueText } from "../../../ui/ledgers/ledger-model.ts";
import { formPlace } from "../../../ui/ledgers/ledger-scans.ts";
import { StepForm } from "../../../ui/ledgers/step-form.tsx";
import { useLedgerAct } from "../../../ui/ledgers/use-ledger-act.ts";
import { hashOf } from "../route.ts";
import { lightsOf, type HomeInput } from "./tasks.ts";

/** The ledger of notes between shifts (ledgers.json). */
const HAND_OVER = "handover";
const TAKE = "take";

/** The note of the last shift, which the next one signs for, and the form to leave one's own. */
export const HandOverPanel = ({ input }: { readonly input: HomeInput }) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const names = useClerkNames();
  const { write, fault } = useLedgerAct();
  /** The note that is being written. */
  const [newEntryId, setNewEntryId] = useState<string | null>(null);
  const { hall, actor } = input;
  const definition = ledgersOf(hall.plan).get(HAND_OVER);
  if (!definition) return null;
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const notes = [...hall.ledgerEntries.values()]
    .filter(({ ledgerId }) => ledgerId === HAND_OVER)
    .sort((left, right) => right.openedAt - left.openedAt);
  const open = notes.filter(({ endedAt }) => endedAt === null);
  const shown = open.length > 0 ? open : notes.slice(0, 1);
  const take = definition.moves.find(({ id }) => id === TAKE);
  const clerk = (id: string | null | undefined): string =>
    id == null ? "–" : (names.get(id) ?? t("ledgers:nameLater"));
  const figures = lightsOf(input).map(({ matter, open: count, red, yellow }) =>
    t("home:shift.figure", { matter: t(`home:matter.${matter}`), open: count, red, yellow }),
  );
  const note = (entry: LedgerEntry) => {
    const isOpen = entry.endedAt === null;
    const refusal = take && isOpen ? moveFault(take, entry, actor) : null;
    return (
      <article key={entry.id} className="home-note" data-open={isOpen}>
        <p>
          <a href={hashOf("ledgers", HAND_OVER, entry.id)}>{entry.number}</a>{" "}
          {t(isOpen ? "home:shift.left" : "home:shift.taken", {
            name: clerk(entry.history[0]?.by),
            by: clerk(entry.history.at(-1)?.by),
            time: `${dayOf(entry.openedAt, offset)} ${clockOf(entry.openedAt, offset)}`,
          })}
        </p>
        <dl className="ledger-facts">
          {definition.fields
            .filter(({ id }) => id in entry.values)
            .map((field) => (
              <div key={field.id} data-wide="true">
                <dt>{nameOf(field, i18n.language)}</dt>
                <dd>{valueText(field, entry.values[field.id], i18n.language, ["", ""])}</dd>
              </div>
            ))}
        </dl>
        {take && isOpen ? (
          <button
            type="button"
            className="small-button"
            disabled={refusal !== null}
            onClick={() =>
              void write("MoveLedgerEntry", definition, {}, (values, sealed) => ({
                entryId: entry.id,
                moveId: take.id,
                values,
                sealed,
                note: "",
              }))
            }
          >
            {nameOf(take, i18n.language)}
            {refusal?.code === "same_person" ? <small> {t("ledgers:otherPerson")}</small> : null}
          </button>
        ) : null}
      </article>
    );
  };
  return (
    <section className="desk-card" aria-labelledby="home-shift">
      <h2 id="home-shift">{t("home:shift.heading")}</h2>
      {shown.length === 0 ? <p className="desk-empty">{t("home:shift.none")}</p> : shown.map(note)}
      {fault === null ? null : (
        <p className="ledger-fault" role="alert">
          {t(fault, { number: "", field: "" })}
        </p>
      )}
      {newEntryId !== null ? (
        <>
          <p className="desk-more">{figures.join(t("home:shift.comma"))}</p>
          <StepForm
            definition={definition}
            place={formPlace(HAND_OVER, newEntryId, "open")}
            asks={definition.opening.asks.filter(({ field }) => field !== "figures")}
            note="none"
            noteLabel=""
            confirm={t("home:shift.leave")}
            onCancel={() => setNewEntryId(null)}
            onSend={async (written) => {
              const isDone = await write("OpenLedgerEntry", definition, { ...written, figures }, (values, sealed) => ({
                entryId: newEntryId,
                ledgerId: HAND_OVER,
                values,
                sealed,
              }));
              if (isDone) setNewEntryId(null);
              return isDone;
            }}
          />
        </>
      ) : (
        <button type="button" className="small-button" onClick={() => setNewEntryId(terminal.newId())}>
          {t("home:shift.write")}
        </button>
      )}
    </section>
  );
};
