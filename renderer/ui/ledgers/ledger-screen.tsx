import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../shared/basics/time.ts";
import type { LedgerDefinition } from "../../../shared/domain/ledger/definition.ts";
import type { LedgerEntry } from "../../../shared/domain/ledger/entry.ts";
import { ledgerGroupOf } from "../../../shared/domain/ledger/visible.ts";
import { LightMark } from "../cases/case-list.tsx";
import { useLive, useTerminal } from "../hooks.ts";
import { useNow } from "../use-now.ts";
import { EntryDetail } from "./entry-detail.tsx";
import { countLedgers, entryMatches, entryRows, ledgersFor, nameIn, nameOf, valueText } from "./ledger-model.ts";
import { formPlace, forgetScans } from "./ledger-scans.ts";
import { StepForm } from "./step-form.tsx";
import { useLedgerPlace } from "./ledger-place.ts";
import { SurveyFigures } from "./survey-figures.tsx";
import { useLedgerAct } from "./use-ledger-act.ts";
import { Button } from "../staff/button.tsx";
import "../cases/cases.css";
import "./ledgers.css";

const NEW = "new";
const SHOWN_MAX = 300;

const OpenForm = ({ definition }: { readonly definition: LedgerDefinition }) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const { go } = useLedgerPlace();
  const { write, fault } = useLedgerAct();
  const [entryId] = useState(() => terminal.newId());
  const place = formPlace(definition.id, entryId, "open");
  // Nothing leads back to an entry that was not opened: what was scanned for it must not stay.
  useEffect(() => () => void forgetScans(terminal, definition, place), [terminal, definition, place]);
  return (
    <section className="ledger-detail" aria-label={t("ledgers:open")}>
      <h2>{t("ledgers:openIn", { name: nameOf(definition, i18n.language) })}</h2>
      {fault === null ? null : (
        <p className="ledger-fault" role="alert">
          {t(fault, { number: "", field: "" })}
        </p>
      )}
      <StepForm
        definition={definition}
        asks={definition.opening.asks}
        place={place}
        note="none"
        noteLabel=""
        confirm={t("ledgers:open")}
        onCancel={() => go(definition.id)}
        onSend={async (written) => {
          const isDone = await write("OpenLedgerEntry", definition, written, (values, sealed) => ({
            entryId,
            ledgerId: definition.id,
            values,
            sealed,
          }));
          if (isDone) go(definition.id, entryId);
          return isDone;
        }}
      />
    </section>
  );
};

interface LedgerProps {
  readonly definition: LedgerDefinition;
  readonly chosen: string | undefined;
}

/** One ledger: its entries with their lights, and the one that is looked at. */
const Ledger = ({ definition, chosen }: LedgerProps) => {
  const { t, i18n } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const { actor, go, archive: archivePanel, survey: surveyPanel } = useLedgerPlace();
  const now = useNow(60_000);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const today = dayOf(now, offset);
  const [typed, setTyped] = useState("");
  const [isAll, setAll] = useState(false);
  const [archive, setArchive] = useState<readonly LedgerEntry[] | null>(null);
  const group = ledgerGroupOf(actor);
  const live = useMemo(
    () => [...hall.ledgerEntries.values()].filter(({ ledgerId }) => ledgerId === definition.id),
    [hall.ledgerEntries, definition.id],
  );
  const isSurvey = definition.opening.by.includes("page");
  const rows = entryRows(archive ?? live, today).filter(
    ({ entry }) => (isAll || isSurvey || archive !== null || entry.endedAt === null) && entryMatches(entry, typed),
  );
  const known = live.find(({ id }) => id === chosen);
  const entry = known ?? archive?.find(({ id }) => id === chosen);
  const mayOpen = group !== undefined && group !== "page" && definition.opening.by.includes(group);
  const listed = definition.fields.filter(({ id }) => definition.listed.includes(id));
  return (
    <>
      <section className="ledger-entries" aria-label={nameOf(definition, i18n.language)}>
        <p className="desk-more">{i18n.language === "en" ? definition.aboutEn : definition.about}</p>
        <div className="ledger-acts" role="search">
          {mayOpen ? (
            <Button main onClick={() => go(definition.id, NEW)}>
              {t("ledgers:open")}
            </Button>
          ) : null}
          <input
            value={typed}
            aria-label={t("ledgers:find")}
            placeholder={t("ledgers:find")}
            onChange={(event) => setTyped(event.target.value)}
          />
          {isSurvey ? null : (
            <label>
              <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.target.checked)} />
              {t("ledgers:withEnded")}
            </label>
          )}
        </div>
        {archivePanel?.(definition, today, setArchive)}
        {archive === null ? null : (
          <p className="ledger-acts" role="status">
            {t("ledgers:archive.found", { n: archive.length })}
            <button type="button" className="small-button" onClick={() => setArchive(null)}>
              {t("ledgers:archive.back")}
            </button>
          </p>
        )}
        {isSurvey ? <SurveyFigures definition={definition} entries={archive ?? live} /> : null}
        {rows.length === 0 ? (
          // The figures of a questionnaire have said that nothing came in.
          isSurvey && typed === "" ? null : (
            <p className="desk-empty">{typed === "" ? t("ledgers:none") : t("ledgers:noMatch")}</p>
          )
        ) : (
          <ul className="row-list ledger-list">
            {rows.slice(0, SHOWN_MAX).map(({ entry: each, light, mark }) => (
              <li key={each.id}>
                <button type="button" aria-pressed={each.id === chosen} onClick={() => go(definition.id, each.id)}>
                  <b>{each.number}</b>
                  <LightMark light={light} />
                  <span className="ledger-state">{nameIn(definition.states, each.state, i18n.language)}</span>
                  <span className="ledger-due">
                    {mark?.dueDay == null ? "" : t("ledgers:due", { day: mark.dueDay })}
                  </span>
                  <span className="ledger-line">
                    {listed
                      .map((field) =>
                        valueText(field, each.values[field.id], i18n.language, [t("ledgers:yes"), t("ledgers:no")]),
                      )
                      .filter((text) => text !== "–")
                      .join(" · ")}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {rows.length > SHOWN_MAX ? (
          <p className="desk-more">{t("ledgers:more", { n: rows.length - SHOWN_MAX })}</p>
        ) : null}
      </section>
      <div className="ledger-side">
        {chosen === NEW && mayOpen ? (
          <OpenForm key={definition.id} definition={definition} />
        ) : entry === undefined ? (
          <>
            {isSurvey ? surveyPanel?.(definition) : null}
            {chosen !== undefined || mayOpen || rows.length > 0 ? (
              <p className="desk-empty">
                {t(chosen !== undefined ? "ledgers:gone" : mayOpen ? "ledgers:choose" : "ledgers:chooseOnly")}
              </p>
            ) : null}
          </>
        ) : (
          <EntryDetail
            key={entry.id}
            definition={definition}
            entry={entry}
            today={today}
            offset={offset}
            isArchived={known === undefined}
          />
        )}
      </div>
    </>
  );
};

/** The ledgers that this place may look at; the path names one of them, and an entry in it. */
export const LedgerScreen = ({ path }: { readonly path: readonly string[] }) => {
  const { t, i18n } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const { actor, go } = useLedgerPlace();
  const now = useNow(60_000);
  const ledgers = ledgersFor(hall, actor);
  const counts = countLedgers(hall, dayOf(now, hall.plan?.utcOffsetMinutes ?? 480));
  const [ledgerId, chosen] = path;
  const definition = ledgers.find(({ id }) => id === ledgerId) ?? ledgers[0];
  return (
    <div className="ledgers-main">
      <nav aria-label={t("ledgers:label")} className="row-list ledgers-nav">
        {ledgers.map((each) => {
          const count = counts.get(each.id);
          return (
            <button
              key={each.id}
              type="button"
              aria-current={each.id === definition?.id ? "page" : undefined}
              onClick={() => go(each.id)}
            >
              <span>{nameOf(each, i18n.language)}</span>
              <small>
                {count === undefined ? t("ledgers:count.none") : t("ledgers:count.open", { n: count.open })}
                {(count?.red ?? 0) > 0 ? <b data-light="red"> {t("ledgers:count.red", { n: count?.red })}</b> : null}
                {(count?.yellow ?? 0) > 0 ? (
                  <b data-light="yellow"> {t("ledgers:count.yellow", { n: count?.yellow })}</b>
                ) : null}
              </small>
            </button>
          );
        })}
      </nav>
      {definition === undefined ? (
        <p className="desk-empty">{t("ledgers:noLedger")}</p>
      ) : (
        <Ledger key={definition.id} definition={definition} chosen={chosen} />
      )}
    </div>
  );
};
