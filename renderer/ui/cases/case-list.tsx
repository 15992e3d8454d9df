import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { TextInput } from "../staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import type { Day } from "../../../shared/basics/time.ts";
import type { Case } from "../../../shared/domain/case/intake.ts";
import type { Light } from "../../../shared/domain/deadline/light.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { countByState, filterCases, sortedCases, type CaseFilter } from "./case-rows.ts";
import { caseStateKey, lightKey } from "./case-words.ts";
import { shortDue } from "./due-text.ts";
import { useLights } from "./use-lights.ts";
import { VirtualList } from "./virtual-list.tsx";

const ROW_HEIGHT = 52;
/** What lies where, at a glance. */
const trays = ["open", "inTray", "returned", "special", "decided", "sent"] as const;
/** Asked for now and then: shown while something lies there. */
const otherTrays = ["intake", "handedOut", "delivered", "refused", "withdrawn"] as const;
const lights: readonly CaseFilter["light"][] = ["all", "red", "yellow", "green", "paused", "unknown"];

const trayKey = (tray: CaseFilter["state"]): string => {
  if (tray === "open") return "cases:list.open";
  return tray === "all" ? "cases:list.all" : caseStateKey(tray);
};

/** A light as a sign and a word; its colour only repeats them. */
export const LightMark = ({ light }: { readonly light: Light | undefined }) => {
  const { t } = useTranslation();
  if (light === undefined || light === "none") return <span className="light" />;
  const sign = { green: "●", yellow: "▲", red: "■", paused: "‖", unknown: "?" }[light];
  return (
    <span className="light" data-light={light}>
      <span aria-hidden="true">{sign}</span> {t(lightKey(light))}
    </span>
  );
};

interface CaseListProps {
  readonly hall: HallState;
  readonly today: Day;
  readonly chosen: string | null;
  /** Where a key opens the list, the search is what is typed into next. */
  readonly autoFocus: boolean;
  readonly onChoose: (one: Case) => void;
}

/** All cases that this terminal may see, the most urgent first. */
export const CaseList = ({ hall, today, chosen, autoFocus, onChoose }: CaseListProps) => {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<CaseFilter>({ text: "", state: "open", light: "all" });
  const asked = useDeferredValue(filter);
  const cases = useMemo(() => sortedCases(hall.cases), [hall.cases]);
  const lightOf = useLights(cases, hall.plan, today);
  const rows = filterCases(cases, asked, lightOf);
  const counts = useMemo(() => countByState(cases), [cases]);
  const list = useRef<HTMLElement>(null);
  const fromSearch = (event: KeyboardEvent): void => {
    const [first] = rows;
    if (first === undefined || (event.key !== "ArrowDown" && event.key !== "Enter")) return;
    event.preventDefault();
    onChoose(first);
    list.current?.querySelector<HTMLElement>(".virtual-list")?.focus();
  };
  const others = otherTrays.filter((state) => state === filter.state || (counts[state] ?? 0) > 0);
  return (
    <section ref={list} className="case-list" aria-label={t("cases:list.label")}>
      <div className="case-trays" role="group" aria-label={t("cases:tray.label")}>
        {[...trays, ...others, "all" as const].map((state) => (
          <button
            key={state}
            type="button"
            className="tray"
            aria-pressed={filter.state === state}
            onClick={() => setFilter({ ...filter, state })}
          >
            {t(trayKey(state))} <b>{counts[state] ?? 0}</b>
          </button>
        ))}
      </div>
      <div className="case-filter" role="search">
        <TextInput
          value={filter.text}
          type="search"
          data-home-focus
          autoFocus={autoFocus}
          aria-label={t("cases:list.find")}
          placeholder={t("cases:list.find")}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
          onKeyDown={fromSearch}
        />
        <select
          className="form-select"
          aria-label={t("cases:column.light")}
          value={filter.light}
          onChange={(event) => setFilter({ ...filter, light: event.target.value as CaseFilter["light"] })}
        >
          {lights.map((light) => (
            <option key={light} value={light}>
              {light === "all" ? t("cases:list.everyLight") : t(lightKey(light))}
            </option>
          ))}
        </select>
        <span className="case-count" role="status">
          {t("cases:list.count", { n: rows.length, all: cases.length })}
        </span>
      </div>
      {rows.length === 0 ? (
        <p className="case-empty">{cases.length === 0 ? t("cases:list.none") : t("cases:list.noMatch")}</p>
      ) : (
        <VirtualList
          rows={rows}
          rowHeight={ROW_HEIGHT}
          label={t("cases:list.label")}
          keyOf={(one) => one.id}
          chosen={chosen}
          onChoose={onChoose}
        >
          {(one) => (
            <>
              <span className="case-number">{one.number}</span>
              <span className="case-item">{one.itemName}</span>
              <span className="case-state">{t(caseStateKey(one.state))}</span>
              <span className="case-department">{one.department}</span>
              <span className="case-due">{shortDue(one, t)}</span>
              <LightMark light={lightOf(one)} />
            </>
          )}
        </VirtualList>
      )}
    </section>
  );
};
