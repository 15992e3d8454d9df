import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { goTo } from "../route.ts";
import { linesOf, matterFrom, type MatterKind } from "./matter.ts";

interface MatterProps {
  readonly hall: HallState;
  readonly kind: MatterKind;
  readonly id: string;
}

/** Everything that has happened in one person's matter: ticket, intake, case, review, order and ledger in one line of time. */
export const MatterView = ({ hall, kind, id }: MatterProps) => {
  const { t } = useTranslation();
  const lines = useMemo(() => linesOf(hall, matterFrom(hall, kind, id)), [hall, kind, id]);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  return (
    <section className="desk-card" aria-labelledby="home-matter">
      <h2 id="home-matter">
        {t("home:matterHeading")}{" "}
        <button type="button" className="small-button" onClick={() => goTo("home")}>
          {t("home:close")}
        </button>
      </h2>
      {lines.length === 0 ? <p className="desk-empty">{t("home:gone")}</p> : null}
      <ol className="home-lines">
        {lines.map((line, index) => (
          <li key={index} data-kind={line.kind}>
            <time>{`${dayOf(line.at, offset)} ${clockOf(line.at, offset)}`}</time>
            <small>{t(`home:kind.${line.kind}`)}</small>
            {line.href === null ? (
              <span>{t(line.key, line.params)}</span>
            ) : (
              <a href={line.href}>{t(line.key, line.params)}</a>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
};
