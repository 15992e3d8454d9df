import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf, type Day } from "../../../shared/basics/time.ts";
import { endedLate, markLight } from "../../../shared/domain/ledger/clocks.ts";
import { mayAmend, moveFault } from "../../../shared/domain/ledger/decide.ts";
import { isSealed, type LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import type { LedgerAct, LedgerEntry, LedgerValue } from "../../../shared/domain/ledger/entry.ts";
import { amendable } from "../../../shared/domain/ledger/values.ts";
import { useConnection } from "../hooks.ts";
import { LightMark } from "../cases/case-list.tsx";
import { FilesShown } from "./files-field.tsx";
import { nameIn, nameOf, nodeLines, rowOf, valueText } from "./ledger-model.ts";
import { useLedgerPlace } from "./ledger-place.ts";
import { formPlace } from "./ledger-scans.ts";
import { PersonalPanel } from "./personal-panel.tsx";
import { StepForm } from "./step-form.tsx";
import { useLedgerAct } from "./use-ledger-act.ts";

interface DetailProps {
  readonly definition: LedgerDefinition;
  readonly entry: LedgerEntry;
  readonly today: Day;
  readonly offset: number;
  /** An entry out of the archive can be read and no more. */
  readonly isArchived: boolean;
}

const marksIn = (value: LedgerValue | undefined): readonly string[] => (typeof value === "object" ? value : []);

const Clocks = ({ definition, entry, today }: Pick<DetailProps, "definition" | "entry" | "today">) => {
  const { t, i18n } = useTranslation();
  if (entry.clocks.length === 0) return null;
  return (
    <table className="ledger-clocks">
      <caption>{t("ledgers:clock.heading")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("ledgers:clock.name")}</th>
          <th scope="col">{t("ledgers:clock.start")}</th>
          <th scope="col">{t("ledgers:clock.due")}</th>
          <th scope="col">{t("ledgers:clock.light")}</th>
        </tr>
      </thead>
      <tbody>
        {entry.clocks.map((mark, index) => (
          <tr key={`${mark.clockId} ${String(index)}`}>
            <th scope="row">{nameIn(definition.clocks, mark.clockId, i18n.language)}</th>
            <td>{mark.startDay}</td>
            <td>{mark.dueDay ?? "–"}</td>
            <td>
              {mark.endedDay === null ? (
                <LightMark light={markLight(mark, today)} />
              ) : endedLate(mark) ? (
                t("ledgers:clock.endedLate", { day: mark.endedDay })
              ) : (
                t("ledgers:clock.ended", { day: mark.endedDay })
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const History = ({ definition, entry, offset }: Omit<DetailProps, "today" | "isArchived">) => {
  const { t, i18n } = useTranslation();
  const { clerkNames } = useLedgerPlace();
  const clerkName = (id: string | null): string =>
    id === null ? t("ledgers:nobody") : (clerkNames.get(id) ?? t("ledgers:nameLater"));
  const stepName = (act: LedgerAct): string =>
    act.kind === "move" ? nameIn(definition.moves, act.moveId ?? "", i18n.language) : t(`ledgers:act.${act.kind}`);
  const written = (act: LedgerAct): readonly string[] => [
    ...definition.fields.flatMap((field) =>
      field.id in act.values
        ? [
            t("ledgers:act.value", {
              field: nameOf(field, i18n.language),
              value: valueText(field, act.values[field.id], i18n.language, [t("ledgers:yes"), t("ledgers:no")]),
            }),
          ]
        : [],
    ),
    ...definition.fields.flatMap((field) =>
      field.id in act.sealed ? [t("ledgers:act.sealed", { field: nameOf(field, i18n.language) })] : [],
    ),
  ];
  return (
    <section aria-label={t("ledgers:history")}>
      <h3>{t("ledgers:history")}</h3>
      <ol className="ledger-history">
        {entry.history.map((act, index) => (
          <li key={index}>
            <p>
              <time>{`${dayOf(act.at, offset)} ${clockOf(act.at, offset)}`}</time> <b>{stepName(act)}</b>{" "}
              <span>{clerkName(act.by)}</span>
            </p>
            {act.note === "" ? null : <p>{act.note}</p>}
            {written(act).map((line) => (
              <p key={line} className="ledger-written">
                {line}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
};

/** What the node did by itself: messages to people, and lights that it told of. */
const NodeActs = ({ definition, entry, offset }: Omit<DetailProps, "today" | "isArchived">) => {
  const { t, i18n } = useTranslation();
  const lines = nodeLines(definition, entry, i18n.language);
  if (lines.length === 0) return null;
  return (
    <section aria-label={t("ledgers:node.heading")}>
      <h3>{t("ledgers:node.heading")}</h3>
      <ol className="ledger-history">
        {lines.map(({ at, key, params }, index) => (
          <li key={index}>
            <p>
              <time>{`${dayOf(at, offset)} ${clockOf(at, offset)}`}</time> {t(key, params)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
};

/** One entry: how it stands, what runs out, what may be done with it now, and everything that ever was. */
export const EntryDetail = ({ definition, entry, today, offset, isArchived }: DetailProps) => {
  const { t, i18n } = useTranslation();
  const { actor, linkOf } = useLedgerPlace();
  const { link, lastHeardAt } = useConnection();
  const { write, fault } = useLedgerAct();
  const [step, setStep] = useState<string | null>(null);
  const address = linkOf(entry.ledgerId, entry.id);
  const yesNo = [t("ledgers:yes"), t("ledgers:no")] as const;
  const moves = isArchived ? [] : definition.moves.filter(({ from }) => from.includes(entry.state));
  const chosen = moves.find(({ id }) => id === step);
  const isProvisional = link !== "online" && entry.openedAt > (lastHeardAt ?? 0);
  const done = (isDone: boolean): boolean => {
    if (isDone) setStep(null);
    return isDone;
  };
  return (
    <section className="ledger-detail" aria-label={t("ledgers:detail", { number: entry.number })}>
      <header>
        <h2>
          {isProvisional ? t("ledgers:provisional") : entry.number}{" "}
          <span className="state-chip">{nameIn(definition.states, entry.state, i18n.language)}</span>{" "}
          <LightMark light={rowOf(entry, today).light} />
        </h2>
      </header>
      <dl className="ledger-facts">
        {definition.fields
          .filter((field) => !isSealed(field) && field.id in entry.values)
          .map((field) => (
            <div key={field.id} data-wide={field.kind === "longText" || field.kind === "lines"}>
              <dt>{nameOf(field, i18n.language)}</dt>
              <dd>
                {field.kind === "files" ? (
                  <FilesShown name={nameOf(field, i18n.language)} marks={marksIn(entry.values[field.id])} />
                ) : (
                  valueText(field, entry.values[field.id], i18n.language, yesNo)
                )}
              </dd>
            </div>
          ))}
      </dl>
      <PersonalPanel definition={definition} entry={entry} />
      {fault === null ? null : (
        <p className="ledger-fault" role="alert">
          {t(fault, { number: entry.number, field: "" })}
        </p>
      )}
      {chosen !== undefined ? (
        <section className="desk-card" aria-label={nameOf(chosen, i18n.language)}>
          <h3>{nameOf(chosen, i18n.language)}</h3>
          <StepForm
            key={chosen.id}
            definition={definition}
            asks={chosen.asks}
            place={formPlace(definition.id, entry.id, chosen.id)}
            note={chosen.note}
            noteLabel={t("ledgers:form.note")}
            confirm={nameOf(chosen, i18n.language)}
            onCancel={() => setStep(null)}
            onSend={async (written, note) =>
              done(
                await write("MoveLedgerEntry", definition, written, (values, sealed) => ({
                  entryId: entry.id,
                  moveId: chosen.id,
                  values,
                  sealed,
                  note,
                })),
              )
            }
          />
        </section>
      ) : step === "amend" ? (
        <section className="desk-card" aria-label={t("ledgers:amend.heading")}>
          <h3>{t("ledgers:amend.heading")}</h3>
          <p className="desk-more">{t("ledgers:amend.about")}</p>
          <StepForm
            definition={definition}
            asks={amendable(definition)}
            place={formPlace(definition.id, entry.id, "amend")}
            note="required"
            noteLabel={t("ledgers:amend.reason")}
            confirm={t("ledgers:amend.confirm")}
            onCancel={() => setStep(null)}
            onSend={async (written, reason) =>
              done(
                await write("AmendLedgerEntry", definition, written, (values, sealed) => ({
                  entryId: entry.id,
                  values,
                  sealed,
                  reason,
                })),
              )
            }
          />
        </section>
      ) : (
        <div className="ledger-acts">
          {moves.map((move) => {
            const refusal = moveFault(move, entry, actor);
            return (
              <button
                key={move.id}
                type="button"
                className="small-button"
                disabled={refusal !== null}
                title={refusal?.code === "same_person" ? t("ledgers:otherPerson") : undefined}
                onClick={() => setStep(move.id)}
              >
                {nameOf(move, i18n.language)}
                {refusal?.code === "same_person" ? <small> {t("ledgers:otherPerson")}</small> : null}
              </button>
            );
          })}
          {!isArchived && mayAmend(definition, actor) ? (
            <button type="button" className="small-button" onClick={() => setStep("amend")}>
              {t("ledgers:amend.open")}
            </button>
          ) : null}
        </div>
      )}
      {address === null ? null : (
        <details className="ledger-link">
          <summary>{t("ledgers:link")}</summary>
          <code>{address}</code>
        </details>
      )}
      <Clocks definition={definition} entry={entry} today={today} />
      <NodeActs definition={definition} entry={entry} offset={offset} />
      <History definition={definition} entry={entry} offset={offset} />
    </section>
  );
};
