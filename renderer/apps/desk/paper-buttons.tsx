import { useTranslation } from "react-i18next";
import { usePaperActs } from "./use-paper-acts.ts";

interface PaperButtonsProps {
  /** Key of the button's text, and what it does; the key of what came of it, null: nothing to say. */
  readonly acts: readonly (readonly [string, () => Promise<string | null>])[];
}

/** What can be done with a paper, and what came of it. */
export const PaperButtons = ({ acts }: PaperButtonsProps) => {
  const { t } = useTranslation();
  const { run, isBusy, said } = usePaperActs();
  return (
    <>
      {acts.map(([label, act]) => (
        <button key={label} type="button" className="small-button" disabled={isBusy} onClick={() => void run(act)}>
          {t(label)}
        </button>
      ))}
      <span role="status">{said === null ? "" : t(said)}</span>
    </>
  );
};
