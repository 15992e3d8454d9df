import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { useNow } from "../../../ui/use-now.ts";
import { deskModelOf, type DeskCounter } from "../desk-model.ts";
import { LinesPanel } from "../live-view.tsx";
import { useDeskAct } from "../reviews/use-desk-act.ts";
import type { CounterAct } from "./counter-dialog.tsx";
import { CounterMap } from "./counter-map.tsx";
import { FaultLine } from "./fault-line.tsx";
import { NoticesPanel } from "./notices-panel.tsx";
import { useClerkNames } from "./use-clerk-names.ts";
import { WaitErrorPanel } from "./wait-error-panel.tsx";
import { later } from "../../../ui/later.tsx";
import "./floor.css";

const CounterDialog = later(async () => (await import("./counter-dialog.tsx")).CounterDialog);

/** The manager's view: every counter where it stands, the lines, notices to the hall, and how well waits were foretold. */
export const FloorView = () => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const now = useNow(5_000);
  const desk = useMemo(() => deskModelOf(hall, now), [hall, now]);
  const names = useClerkNames();
  const { run, fault } = useDeskAct();
  const [wish, setWish] = useState<{ readonly counter: DeskCounter; readonly act: CounterAct } | null>(null);
  return (
    <main className="floor" aria-label={t("deskFloor:title")}>
      <div className="floor-left">
        <FaultLine fault={fault} />
        <CounterMap
          counters={desk.counters}
          lines={desk.lines}
          names={names}
          now={now}
          onWish={(counter, act) => setWish({ counter, act })}
        />
        <LinesPanel lines={desk.lines} />
      </div>
      <div className="floor-right">
        <NoticesPanel notices={hall.notices} now={now} run={run} />
        <WaitErrorPanel days={hall.waitDays} />
      </div>
      {wish === null || hall.plan === null ? null : (
        <CounterDialog
          counter={wish.counter}
          act={wish.act}
          plan={hall.plan}
          counters={hall.counters}
          run={run}
          onClose={() => setWish(null)}
        />
      )}
    </main>
  );
};
