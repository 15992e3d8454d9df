import { useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { HallPlan } from "../../../../shared/domain/hall/plan.ts";
import { needsSecondFactor } from "../../../../shared/domain/identity/second-factor.ts";
import { clerkFactorsSchema, DESK_FACTORS_PATH, type ClerkFactor } from "../../../../shared/contract/second-factor.ts";
import { useLink, useLive, useTerminal } from "../../../ui/hooks.ts";
import { ReasonDialog } from "../../../ui/staff/reason-dialog.tsx";
import { askDesk } from "../ask-desk.ts";

const presets = ["lost", "changed", "usedUp"] as const;

/** For duty managers: who has set an authenticator app up, and taking one away that a colleague has lost. */
export const FactorsPanel = ({ plan }: { readonly plan: HallPlan }): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const link = useLink();
  const self = useLive(terminal.clerk)?.clerkNo;
  const [clerks, setClerks] = useState<readonly ClerkFactor[] | "unavailable" | null>(null);
  const [lost, setLost] = useState<ClerkFactor | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (link !== "online") return undefined;
    let isCurrent = true;
    void askDesk(terminal, DESK_FACTORS_PATH, clerkFactorsSchema).then((answer) => {
      if (isCurrent) setClerks(answer.ok ? answer.value.clerks : "unavailable");
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, link]);
  const reset = async ({ clerkNo, name }: ClerkFactor, reason: string): Promise<void> => {
    const body = { clerkNo, reason };
    const answer = await askDesk(terminal, `${DESK_FACTORS_PATH}/reset`, clerkFactorsSchema, body);
    if (answer.ok) setClerks(answer.value.clerks);
    setSaid(t(answer.ok ? "deskPlan:factors.done" : "deskPlan:factors.failed", { name }));
  };
  const shown = Array.isArray(clerks)
    ? (clerks as readonly ClerkFactor[]).filter(
        ({ hasFactor, duty }) => hasFactor || needsSecondFactor(plan.settings.secondFactor, duty),
      )
    : [];
  return (
    <section className="desk-card" aria-labelledby="plan-factors">
      <h2 id="plan-factors">{t("deskPlan:factors.heading")}</h2>
      {clerks === null || clerks === "unavailable" ? (
        <p className="desk-more">{t(clerks === null ? "deskPlan:history.waits" : "deskFloor:list.unavailable")}</p>
      ) : shown.length === 0 ? (
        <p className="desk-more">{t("deskPlan:factors.none")}</p>
      ) : (
        <ul className="plan-factors">
          {shown.map((clerk) => (
            <li key={clerk.clerkNo}>
              <span>
                {clerk.clerkNo} {clerk.name}
              </span>
              <span>
                {clerk.hasFactor ? t("deskPlan:factors.has", { n: clerk.codesLeft }) : t("deskPlan:factors.notYet")}
              </span>
              {clerk.hasFactor && clerk.clerkNo !== self ? (
                <button
                  type="button"
                  className="small-button"
                  aria-label={t("deskPlan:factors.resetOf", { name: clerk.name })}
                  onClick={() => setLost(clerk)}
                >
                  {t("deskPlan:factors.reset")}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <p role="status">{said}</p>
      {lost === null ? null : (
        <ReasonDialog
          question={t("deskPlan:factors.question", { name: lost.name })}
          presets={presets.map((each) => t(`deskPlan:factors.why.${each}`))}
          confirm={t("deskPlan:factors.reset")}
          danger
          onConfirm={(reason) => void reset(lost, reason)}
          onClose={() => setLost(null)}
        />
      )}
    </section>
  );
};
