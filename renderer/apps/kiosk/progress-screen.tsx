import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useTerminal } from "../../ui/hooks.ts";
import { dateOf } from "../../ui/public/hall-time.ts";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { TwoSteps } from "./two-steps.tsx";
import { askProgress, type CaseProgress, type ProgressFault } from "./progress.ts";

const NUMBER_MAX = 60;
const SHORTEST = 3;
const TAIL = 4;

const Case = ({ one }: { readonly one: CaseProgress }): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const plan = useTerminal().hall.get().plan;
  const stepNames: Readonly<Record<CaseProgress["steps"][number]["kind"], string>> = {
    received: t("kiosk:progress.step.received"),
    toldMissing: t("kiosk:progress.step.toldMissing"),
    accepted: t("kiosk:progress.step.accepted"),
    acceptedLate: t("kiosk:progress.step.acceptedLate"),
    refused: t("kiosk:progress.step.refused"),
    withdrawn: t("kiosk:progress.step.withdrawn"),
    procedureStarted: t("kiosk:progress.step.procedureStarted"),
    procedureEnded: t("kiosk:progress.step.procedureEnded"),
    returned: t("kiosk:progress.step.returned"),
    decided: t("kiosk:progress.step.decided"),
    sent: t("kiosk:progress.step.sent"),
    handedOut: t("kiosk:progress.step.handedOut"),
  };
  const when = ({ at, day }: CaseProgress["steps"][number]): string =>
    at === null ? (day ?? "") : dateOf(at, plan?.utcOffsetMinutes ?? 480, language);
  return (
    <section className="card progress-case">
      <h2 lang="zh-CN">{one.itemName}</h2>
      <p className="quiet">
        <bdi>{one.number}</bdi> · <span lang="zh-CN">{one.department}</span>
      </p>
      <ol className="progress-steps">
        {one.steps.map((step, index) => (
          <li key={`${step.kind}${String(index)}`} aria-current={index === one.steps.length - 1 ? "step" : undefined}>
            <time>{when(step)}</time>
            <span>{stepNames[step.kind]}</span>
          </li>
        ))}
      </ol>
      {one.owedBy !== null && <p>{t("kiosk:progress.owed", { day: one.owedBy })}</p>}
      {one.dueDay !== null && <p>{t("kiosk:progress.due", { day: one.dueDay })}</p>}
    </section>
  );
};

/** How far a case is: by its number and the last four of the applicant's ID or phone. */
export const ProgressScreen = (leave: LeaveHandlers): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [number, setNumber] = useState("");
  const [tail, setTail] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [fault, setFault] = useState<ProgressFault | null>(null);
  const [cases, setCases] = useState<readonly CaseProgress[] | null>(null);
  const ask = (): void => {
    if (isAsking) return;
    setAsking(true);
    void askProgress(terminal, number, tail).then((outcome) => {
      setAsking(false);
      if (outcome.ok) setCases(outcome.value);
      else setFault(outcome.error);
    });
  };
  const faultTexts: Readonly<Record<ProgressFault, string>> = {
    unknown: t("kiosk:progress.unknown"),
    tooOften: t("kiosk:progress.tooOften"),
    offline: t("kiosk:progress.offline"),
  };
  if (cases !== null)
    return (
      <Page {...leave} title={t("kiosk:progress.title")}>
        <div className="guide">
          {cases.map((one) => (
            <Case key={one.number} one={one} />
          ))}
        </div>
      </Page>
    );
  return (
    <TwoSteps
      leave={leave}
      title={t("kiosk:progress.title")}
      steps={[
        {
          label: t("kiosk:progress.number"),
          note: t("kiosk:progress.numberNote"),
          value: number,
          shortest: SHORTEST,
          longest: NUMBER_MAX,
          layout: "codes",
          onChange: setNumber,
        },
        {
          label: t("kiosk:progress.tail"),
          note: t("kiosk:progress.tailNote"),
          value: tail,
          shortest: TAIL,
          longest: TAIL,
          layout: "codes",
          onChange: setTail,
        },
      ]}
      fault={fault === null ? null : faultTexts[fault]}
      isAsking={isAsking}
      next={t("kiosk:progress.next")}
      ask={{ icon: "search", text: isAsking ? t("kiosk:progress.asking") : t("kiosk:progress.ask") }}
      onFaultSeen={() => setFault(null)}
      onAsk={ask}
    />
  );
};
