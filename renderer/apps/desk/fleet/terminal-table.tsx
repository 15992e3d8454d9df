import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf, clockOf } from "../../../../shared/basics/time.ts";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import { terminalLights, type FleetTerminal, type TerminalLight } from "../../../../shared/domain/fleet/fleet.ts";
import { hrefOf, type FleetPlace } from "./fleet-place.ts";
import { LightList } from "./light-list.tsx";

const filters = ["all", "lit", "locked", "revoked"] as const;
type Filter = (typeof filters)[number];

interface Row {
  readonly terminal: FleetTerminal;
  readonly lights: readonly TerminalLight[];
}

const isShown = ({ terminal, lights }: Row, filter: Filter, typed: string): boolean => {
  const { name, counterId, department, revokedAt, lockedAt } = terminal;
  const fits = [name, counterId ?? "", department ?? ""].some((text) => text.toLowerCase().includes(typed));
  switch (filter) {
    case "all":
      return fits && (revokedAt === null || lights.length > 0);
    case "lit":
      return fits && lights.length > 0;
    case "locked":
      return fits && lockedAt !== null && revokedAt === null;
    case "revoked":
      return fits && revokedAt !== null;
  }
};

/** Those that need somebody first. */
const rank = ({ lights }: Row): number => (lights[0] === undefined ? 2 : lights[0].tone === "red" ? 0 : 1);

/** All terminals of a hall with their lights, those that need somebody first. */
export const TerminalTable = ({
  list,
  place,
  offset,
}: {
  readonly list: FleetList;
  readonly place: FleetPlace;
  readonly offset: number;
}) => {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>("all");
  const [typed, setTyped] = useState("");
  const { limits, nodeVersion, now } = list;
  const rows = list.terminals
    .map((terminal) => ({ terminal, lights: terminalLights(terminal, limits, nodeVersion, now) }))
    .filter((row) => isShown(row, filter, typed.trim().toLowerCase()))
    .sort((left, right) => rank(left) - rank(right));
  const seen = (at: number): string => `${dayOf(at, offset)} ${clockOf(at, offset)}`;
  return (
    <>
      <div className="fleet-filter plain-fields">
        <label>
          {t("fleet:find")}
          <input type="search" value={typed} maxLength={60} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <label>
          {t("fleet:show")}
          <select value={filter} onChange={(event) => setFilter(event.target.value as Filter)}>
            {filters.map((each) => (
              <option key={each} value={each}>
                {t(`fleet:filter.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <span role="status">{t("fleet:shown", { n: rows.length, all: list.terminals.length })}</span>
      </div>
      {rows.length === 0 ? (
        <p className="desk-empty">{t(list.terminals.length === 0 ? "fleet:none" : "fleet:noneFits")}</p>
      ) : (
        <table className="fleet-table">
          <thead>
            <tr>
              {(["name", "role", "lights", "version", "seen"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`fleet:column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ terminal, lights }) => (
              <tr key={terminal.deviceId} aria-selected={terminal.deviceId === place.deviceId}>
                <th scope="row">
                  <a href={hrefOf({ ...place, deviceId: terminal.deviceId })}>{terminal.name}</a>
                  {terminal.revokedAt !== null ? (
                    <b className="fleet-mark">{t("fleet:revoked")}</b>
                  ) : terminal.lockedAt !== null ? (
                    <b className="fleet-mark">{t("fleet:locked")}</b>
                  ) : null}
                </th>
                <td>
                  {t(`fleet:role.${terminal.role}`)}
                  {terminal.counterId === null ? "" : ` ${t("fleet:counter", { id: terminal.counterId })}`}
                  {terminal.department ?? ""}
                </td>
                <td>
                  <LightList lights={lights} />
                </td>
                <td>{versionText(terminal, t)}</td>
                <td>{terminal.seenAt === null ? t("fleet:never") : seen(terminal.seenAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

/** A page in a browser is of the node's own version. */
export const versionText = ({ report }: FleetTerminal, t: (key: string) => string): string =>
  report === null ? "–" : report.version === "browser" ? t("fleet:browser") : report.version;
