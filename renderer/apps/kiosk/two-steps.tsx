import { useState, type ReactElement } from "react";
import { Icon, type IconName } from "../../ui/public/icons.tsx";
import { CodeEntry } from "./code-entry.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";

/** What is typed in one of the steps. */
export interface TypedStep {
  readonly label: string;
  readonly note: string;
  readonly value: string;
  readonly shortest: number;
  readonly longest: number;
  readonly layout: "codes" | "digits";
  readonly onChange: (value: string) => void;
}

/** Two things to type, one after the other: a number, and what proves that it is one's own. */
export const TwoSteps = ({
  leave,
  title,
  steps,
  fault,
  isAsking,
  next,
  ask,
  onFaultSeen,
  onAsk,
}: {
  readonly leave: LeaveHandlers;
  readonly title: string;
  readonly steps: readonly [TypedStep, TypedStep];
  /** Why the last question was not answered; stands under the field. */
  readonly fault: string | null;
  readonly isAsking: boolean;
  readonly next: string;
  readonly ask: { readonly icon: IconName; readonly text: string };
  readonly onFaultSeen: () => void;
  readonly onAsk: () => void;
}): ReactElement => {
  const [at, setAt] = useState<0 | 1>(0);
  const step = steps[at];
  const back = (): void => {
    onFaultSeen();
    setAt(0);
  };
  return (
    <Page
      {...leave}
      onBack={at === 0 ? leave.onBack : back}
      isBusy={isAsking}
      title={title}
      below={
        <button
          type="button"
          className="big-button big-button-primary kiosk-next"
          disabled={isAsking || step.value.trim().length < step.shortest}
          onClick={() => {
            if (at === 0) setAt(1);
            else onAsk();
          }}
        >
          <Icon name={at === 0 ? "arrow" : ask.icon} />
          {at === 0 ? next : ask.text}
        </button>
      }
    >
      <CodeEntry
        key={at}
        label={step.label}
        note={fault ?? step.note}
        isWrong={fault !== null}
        value={step.value}
        maxLength={step.longest}
        layout={step.layout}
        onChange={(value) => {
          onFaultSeen();
          step.onChange(value);
        }}
      />
    </Page>
  );
};
