import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReviewWords } from "../../../../shared/contract/desk-reviews.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { readWords } from "./desk-api.ts";

/** The person's own words and number. Not shown until somebody asks for them, and it is noted who did. */
export const WordsPanel = ({ reviewId, isNamed }: { readonly reviewId: string; readonly isNamed: boolean }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [words, setWords] = useState<ReviewWords | null>(null);
  const [isFailed, setFailed] = useState(false);
  const look = (reveals: boolean): void =>
    void readWords(terminal, reviewId, reveals).then((answer) => {
      setFailed(!answer.ok);
      if (answer.ok) setWords(answer.value);
    });
  return (
    <section className="reviews-words" aria-label={t("deskReviews:words.heading")}>
      <div className="reviews-words-acts">
        <button type="button" className="small-button" onClick={() => look(false)}>
          {t("deskReviews:words.look")}
        </button>
        {isNamed ? (
          <button type="button" className="small-button" onClick={() => look(true)}>
            {t("deskReviews:words.reveal")}
          </button>
        ) : null}
        <small>{t("deskReviews:words.noted")}</small>
      </div>
      <div aria-live="polite">
        {isFailed ? <p className="reviews-fault">{t("deskReviews:words.failed")}</p> : null}
        {words?.entries.map((entry) => (
          <blockquote key={entry.seq}>
            {/* As written, always as text. */}
            <p>{entry.text ?? t("deskReviews:words.none")}</p>
            {entry.phone === null ? null : <p className="reviews-phone">{entry.phone}</p>}
          </blockquote>
        ))}
      </div>
    </section>
  );
};
