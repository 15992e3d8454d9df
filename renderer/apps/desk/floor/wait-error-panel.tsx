import { useTranslation } from "react-i18next";
import type { WaitDay } from "../../../../shared/domain/queue/measures.ts";

const MINUTE = 60_000;
const DAYS_SHOWN = 7;

const minutes = (ms: number): string => (ms / MINUTE).toFixed(1);

/** How far what people were told was from what came, day by day: the newest first. */
export const WaitErrorPanel = ({ days }: { readonly days: readonly WaitDay[] }) => {
  const { t } = useTranslation();
  const shown = [...days].reverse().slice(0, DAYS_SHOWN);
  return (
    <section className="desk-card" aria-labelledby="floor-error">
      <h2 id="floor-error">{t("deskFloor:error.heading")}</h2>
      {shown.length === 0 ? (
        <p className="desk-more">{t("deskFloor:error.none")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("deskFloor:error.day")}</th>
              <th scope="col">{t("deskFloor:error.people")}</th>
              <th scope="col">{t("deskFloor:error.off")}</th>
              <th scope="col">{t("deskFloor:error.leaning")}</th>
              <th scope="col">{t("deskFloor:error.inside")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ day, n, absolute, signed, inside }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{n}</td>
                <td className="desk-number">{minutes(absolute / n)}</td>
                <td>
                  {t(signed >= 0 ? "deskFloor:error.longer" : "deskFloor:error.shorter", {
                    minutes: minutes(Math.abs(signed) / n),
                  })}
                </td>
                <td>{t("deskFloor:error.percent", { share: Math.round((100 * inside) / n) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="desk-more">{t("deskFloor:error.note")}</p>
    </section>
  );
};
