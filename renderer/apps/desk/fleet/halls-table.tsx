import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { FleetHall } from "../../../../shared/contract/fleet.ts";
import { useLooked } from "../../../ui/use-looked.ts";
import { readHalls } from "./fleet-api.ts";
import { hrefOf } from "./fleet-place.ts";
import { SILENT_MS } from "./order-texts.ts";

const EVERY_MS = 30_000;

/** Those that need somebody first. */
const inNeed = (halls: readonly FleetHall[]): readonly FleetHall[] =>
  [...halls].sort(
    (left, right) => right.red - left.red || right.yellow - left.yellow || (left.name < right.name ? -1 : 1),
  );

const versionsOf = (hall: FleetHall): string =>
  Object.entries(hall.versions)
    .map(([version, n]) => `${version} × ${String(n)}`)
    .join(" · ");

/** How many terminals of each hall need somebody; the terminals themselves behind the hall's name. */
export const HallsTable = ({ offset }: { readonly offset: number }) => {
  const { t } = useTranslation();
  const { value: answer, isFailed } = useLooked(readHalls, EVERY_MS);
  if (answer === null) return <p className="desk-empty">{t(isFailed ? "fleet:failed" : "fleet:loading")}</p>;
  const silent = (at: number): string =>
    answer.now - at > SILENT_MS ? t("city:silent", { time: `${dayOf(at, offset)} ${clockOf(at, offset)}` }) : "";
  return (
    <>
      {isFailed ? <p role="alert">{t("fleet:stale")}</p> : null}
      <table className="fleet-table">
        <caption>{t("fleet:halls", { n: answer.halls.length })}</caption>
        <thead>
          <tr>
            {(["hall", "terminals", "red", "yellow", "unsent", "locked", "versions"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`fleet:hallColumn.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inNeed(answer.halls).map((hall) => (
            <tr key={hall.hallId}>
              <th scope="row">
                <a href={hrefOf({ hallId: hall.hallId, deviceId: null })}>{hall.name}</a>{" "}
                <small>{silent(hall.heardAt)}</small>
              </th>
              <td>{hall.terminals}</td>
              <td data-light={hall.red > 0 ? "red" : undefined}>{hall.red > 0 ? `■ ${String(hall.red)}` : "0"}</td>
              <td data-light={hall.yellow > 0 ? "yellow" : undefined}>
                {hall.yellow > 0 ? `▲ ${String(hall.yellow)}` : "0"}
              </td>
              <td>{hall.unsent}</td>
              <td>{hall.locked}</td>
              <td>{versionsOf(hall)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
