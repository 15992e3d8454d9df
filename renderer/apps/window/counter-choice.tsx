import { useTranslation } from "react-i18next";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { localName } from "../../ui/staff/local-name.ts";

const countersOf = (state: HallState) => ({ planned: state.plan?.counters ?? [], states: state.counters });

interface CounterChoiceProps {
  readonly chosen: string | null;
  readonly clerkId: string | null;
  readonly onChoose: (counterId: string) => void;
}

/** The hall's counters as large tiles; one where somebody else sits cannot be chosen. */
export const CounterChoice = ({ chosen, clerkId, onChoose }: CounterChoiceProps) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const { planned, states } = useHall(countersOf);
  const fixed = terminal.info.counterId;
  if (planned.length === 0) return <p className="staff-hint">{t("window:open.loading")}</p>;
  // The plan was changed, or the terminal was enrolled for a counter that never was: nobody is kept from working by that.
  const isGone = fixed !== null && !planned.some(({ id }) => id === fixed);
  return (
    <fieldset className="counter-choice">
      <legend>{t("window:open.counter")}</legend>
      {isGone ? <p className="staff-hint staff-hint-warn">{t("window:open.counterGone", { counter: fixed })}</p> : null}
      <div className="counter-tiles">
        {planned
          .filter((counter) => fixed === null || isGone || counter.id === fixed)
          .map((counter) => {
            const state = states.get(counter.id);
            const taken =
              state !== undefined && state.state !== "closed" && (clerkId === null || state.clerkId !== clerkId);
            return (
              <label key={counter.id} className="counter-tile" data-taken={taken}>
                <input
                  type="radio"
                  name="counter"
                  checked={chosen === counter.id}
                  disabled={taken && clerkId !== null}
                  onChange={() => onChoose(counter.id)}
                />
                <strong>{counter.number}</strong>
                <span>{localName(counter, i18n.language)}</span>
                <small>{taken ? t("window:open.taken") : counter.businesses.join(" ")}</small>
              </label>
            );
          })}
      </div>
    </fieldset>
  );
};
