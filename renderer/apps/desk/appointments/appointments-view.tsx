import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../../shared/basics/time.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { useNow } from "../../../ui/use-now.ts";
import { FaultLine } from "../floor/fault-line.tsx";
import { useDeskAct } from "../reviews/use-desk-act.ts";
import { AppointmentList } from "./appointment-list.tsx";
import { BookForm } from "./book-form.tsx";
import "../floor/floor.css";

/** Appointments at the desk: making one for somebody who rings or stands there, and those of a day. */
export const AppointmentsView = () => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const now = useNow(20_000);
  const { run, fault } = useDeskAct();
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  const [day, setDay] = useState(today);
  return (
    <main className="floor" aria-label={t("deskFloor:view.appointments")}>
      <div className="floor-left">
        <FaultLine fault={fault} />
        <AppointmentList hall={hall} day={day} now={now} run={run} />
      </div>
      <div className="floor-right">
        <BookForm hall={hall} day={day} onDay={setDay} now={now} run={run} />
      </div>
    </main>
  );
};
