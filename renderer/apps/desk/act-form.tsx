import { useId, useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Radios } from "../../ui/staff/radios.tsx";
import { Button } from "../../ui/staff/button.tsx";
import "./reviews/reviews.css";

const SENTENCE_MIN = 4;
const SENTENCE_MAX = 300;

/** One sentence that is needed, and the button that sends it. */
export const SentenceForm = ({
  label,
  confirm,
  children,
  isBusy,
  isReady = true,
  onSend,
}: {
  readonly label: string;
  readonly confirm: string;
  readonly children?: ReactNode;
  readonly isBusy: boolean;
  readonly isReady?: boolean;
  readonly onSend: (sentence: string) => Promise<boolean>;
}) => {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const isShort = text.trim().length < SENTENCE_MIN;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isShort || isBusy || !isReady) return;
    void onSend(text.trim()).then((isDone) => {
      if (isDone) setText("");
    });
  };
  return (
    <form className="reviews-step plain-fields" onSubmit={submit}>
      {children}
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={SENTENCE_MAX}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={`${id}-hint`} className="form-hint">
        {text !== "" && isShort ? t("deskReviews:step.short", { least: SENTENCE_MIN }) : t("deskReviews:step.noNames")}
      </p>
      <Button main submit disabled={isBusy || isShort || !isReady}>
        {confirm}
      </Button>
    </form>
  );
};

/** A choice that nothing answers beforehand, and the sentence that goes with it. */
export const ChoiceForm = <V extends string>({
  legend,
  values,
  nameOf,
  hint,
  onSend,
  ...sentence
}: {
  readonly label: string;
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly legend: string;
  readonly values: readonly V[];
  readonly nameOf: (value: V) => string;
  readonly hint?: string;
  readonly onSend: (choice: V, sentence: string) => Promise<boolean>;
}) => {
  const [choice, setChoice] = useState<V | null>(null);
  return (
    <SentenceForm
      {...sentence}
      isReady={choice !== null}
      onSend={(text) => (choice === null ? Promise.resolve(false) : onSend(choice, text))}
    >
      <Radios legend={legend} values={values} value={choice} nameOf={nameOf} onChange={setChoice} />
      {hint === undefined ? null : <p className="form-hint">{hint}</p>}
    </SentenceForm>
  );
};

/** What came of calling a person back. */
export const callOutcomes = ["satisfied", "notSatisfied", "unreachable"] as const;
