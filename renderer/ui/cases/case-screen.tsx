import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../shared/basics/time.ts";
import { useLive, useTerminal } from "../hooks.ts";
import { useNow } from "../use-now.ts";
import { CaseDetail } from "./case-detail.tsx";
import { CaseList } from "./case-list.tsx";
import "../forms/forms.css";
import "./cases.css";

interface CaseScreenProps {
  /** Acts of the counter, or of a department. */
  readonly side: "window" | "desk";
  readonly counterId: string | null;
  /** The case that is open at first. */
  readonly first?: string | null;
  readonly onIntake?: (intakeId: string) => void;
}

/** Cases behind the counter: the list with its lights, and the chosen one with what may be done. */
export const CaseScreen = ({ side, counterId, first = null, onIntake }: CaseScreenProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const now = useNow(60_000);
  const [chosen, setChosen] = useState<string | null>(first);
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  const one = chosen === null ? undefined : hall.cases.get(chosen);
  return (
    <div className="case-screen">
      <CaseList
        hall={hall}
        today={today}
        chosen={chosen}
        autoFocus={side === "window"}
        onChoose={({ id }) => setChosen(id)}
      />
      {one === undefined ? (
        <p className="case-none">{t("cases:detail.choose")}</p>
      ) : (
        <CaseDetail
          key={one.id}
          hall={hall}
          one={one}
          today={today}
          side={side}
          counterId={counterId}
          {...(onIntake === undefined ? {} : { onIntake })}
        />
      )}
    </div>
  );
};
