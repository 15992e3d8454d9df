import { useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { DESK_PLANS_PATH, planHistorySchema, type PlanHistory } from "../../../../shared/contract/desk-floor.ts";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import { useLink, useTerminal } from "../../../ui/hooks.ts";
import { askDesk } from "../ask-desk.ts";
import { useClerkNames } from "../floor/use-clerk-names.ts";
import { Differences } from "./differences.tsx";

/** The last changes of the settings: what, when, who, why. Asked for anew whenever the plan changes. */
export const HistoryPanel = ({ plan }: { readonly plan: HallPlan }): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const link = useLink();
  const names = useClerkNames();
  const [history, setHistory] = useState<PlanHistory["changes"] | "unavailable" | null>(null);
  useEffect(() => {
    if (link !== "online") return undefined;
    let isCurrent = true;
    void askDesk(terminal, DESK_PLANS_PATH, planHistorySchema).then((answer) => {
      if (isCurrent) setHistory(answer.ok ? answer.value.changes : "unavailable");
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, link, plan]);
  const whenText = (at: number): string => `${dayOf(at, plan.utcOffsetMinutes)} ${clockOf(at, plan.utcOffsetMinutes)}`;
  return (
    <section className="desk-card" aria-labelledby="plan-history">
      <h2 id="plan-history">{t("deskPlan:history.heading")}</h2>
      {history === null ? (
        <p className="desk-more">{t("deskPlan:history.waits")}</p>
      ) : history === "unavailable" ? (
        <p className="desk-more">{t("deskFloor:list.unavailable")}</p>
      ) : history.length === 0 ? (
        <p className="desk-more">{t("deskPlan:history.none")}</p>
      ) : (
        <ol className="plan-history">
          {history.map(({ seq, at, change, differences }) => (
            <li key={seq}>
              <p>
                <time>{whenText(at)}</time>{" "}
                <b>
                  {change === null
                    ? t("deskPlan:history.whole")
                    : (names.get(change.clerkId ?? "") ?? t("ledgers:nameLater"))}
                </b>
              </p>
              {change === null ? null : <p>{t("deskPlan:history.why", { reason: change.reason })}</p>}
              <Differences of={differences} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};
