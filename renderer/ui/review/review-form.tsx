import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isBad, REVIEW_TEXT_MAX, reviewLevelSchema } from "../../../shared/domain/review/review.ts";
import { Icon } from "../public/icons.tsx";
import { OnScreenKeyboard } from "../public/keyboard.tsx";
import { QrCode } from "../public/qr-code.tsx";
import { ScrollArea } from "../public/scroll-area.tsx";
import "./review-form.css";
import { FacesRow } from "./faces-row.tsx";
import { lacksOf, PHONE_MAX, type ReviewAction, type Stage } from "./review-model.ts";
import { tagsOfLevel } from "../../../shared/domain/review/review-tags.ts";

type Asking = Extract<Stage, { at: "asking" }>;
/** What a person does to the answer; the time is added by the caller. */
export type Act = (
  action:
    | Omit<Extract<ReviewAction, { do: "choose" }>, "now">
    | Omit<Extract<ReviewAction, { do: "tag" }>, "now">
    | Omit<Extract<ReviewAction, { do: "text" }>, "now">
    | Omit<Extract<ReviewAction, { do: "phone" }>, "now">,
) => void;

type Field = "text" | "phone";

/** The ways to words and a phone; each opens the keyboard with its field right above it. */
const BadReviewFields = ({
  stage,
  onEdit,
}: {
  readonly stage: Asking;
  readonly onEdit: (field: Field) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { text, phone } = stage.answer;
  return (
    <div className="review-fields">
      <button type="button" className="tile" onClick={() => onEdit("text")}>
        <Icon name="document" />
        <span className="tile-text">
          <span className="tile-title">{t("review:text.label")}</span>
          <span className="tile-note">{text.trim() === "" ? t("review:text.open") : text}</span>
        </span>
      </button>
      <button type="button" className="tile" onClick={() => onEdit("phone")}>
        <Icon name="phone" />
        <span className="tile-text">
          <span className="tile-title">{t("review:phone.label")}</span>
          <span className="tile-note">{phone.trim() === "" ? t("review:phone.why") : phone}</span>
        </span>
      </button>
    </div>
  );
};

const FieldEditor = ({
  field,
  stage,
  act,
  onDone,
}: {
  readonly field: Field;
  readonly stage: Asking;
  readonly act: Act;
  readonly onDone: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const input = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const { text, phone } = stage.answer;
  return (
    <div className="review-editor">
      {field === "text" ? (
        <>
          <label>
            <span>{t("review:text.label")}</span>
            <textarea
              ref={input}
              value={text}
              maxLength={REVIEW_TEXT_MAX}
              rows={2}
              inputMode="none"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => act({ do: "text", text: event.target.value })}
            />
          </label>
          <p className="quiet review-hint">
            <span>{t("review:text.left", { count: REVIEW_TEXT_MAX - text.length })}</span>
          </p>
          <OnScreenKeyboard
            value={text}
            maxLength={REVIEW_TEXT_MAX}
            onChange={(next) => act({ do: "text", text: next })}
          />
        </>
      ) : (
        <>
          <label>
            <span>{t("review:phone.label")}</span>
            <input
              ref={input}
              type="tel"
              inputMode="none"
              autoComplete="off"
              maxLength={PHONE_MAX}
              value={phone}
              onChange={(event) => act({ do: "phone", phone: event.target.value })}
            />
          </label>
          <p className="quiet review-hint">{t("review:phone.why")}</p>
          <OnScreenKeyboard
            layout="digits"
            value={phone}
            maxLength={PHONE_MAX}
            onChange={(next) => act({ do: "phone", phone: next })}
          />
        </>
      )}
      <button type="button" className="big-button big-button-primary" onClick={onDone}>
        <Icon name="check" />
        {t("review:editDone")}
      </button>
    </div>
  );
};

const Tags = ({ stage, act }: { readonly stage: Asking; readonly act: Act }): ReactElement | null => {
  const { t } = useTranslation();
  const [showsMore, setShowsMore] = useState(false);
  const { level, tags } = stage.answer;
  if (level === null) return null;
  return (
    <div className="review-tags" role="group" aria-label={t("review:tags.label")}>
      {tagsOfLevel[level]
        .filter((tag) => showsMore || !tag.isMore)
        .map(({ code }) => (
          <button
            key={code}
            type="button"
            className="review-tag"
            aria-pressed={tags.includes(code)}
            onClick={() => act({ do: "tag", code })}
          >
            {tags.includes(code) && <Icon name="check" />}
            {t(`review:tag.${code}`)}
          </button>
        ))}
      {!showsMore && (
        <button type="button" className="review-tag review-more" onClick={() => setShowsMore(true)}>
          <Icon name="down" />
          {t("review:tags.more")}
        </button>
      )}
    </div>
  );
};

/** Five faces; after the choice its tags, and for a bad one words and a phone. Ending without a review is always there. */
export const ReviewForm = ({
  stage,
  secondsLeft,
  act,
  codeUrl,
  notes = [],
  onSend,
  onDecline,
}: {
  readonly stage: Asking;
  readonly secondsLeft: number;
  readonly act: Act;
  /** Where the person may review on their own phone instead; null: nowhere just now. */
  readonly codeUrl: string | null;
  /** What is reviewed, and what becomes of it, where the place does not tell. */
  readonly notes?: readonly string[];
  readonly onSend: () => void;
  readonly onDecline: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  const { answer, invitation, isSending, isFailed } = stage;
  const lacks = lacksOf(answer);
  const isChosen = answer.level !== null;
  const [field, setField] = useState<Field | null>(null);

  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // 1-5 work wherever the focus is, except while words are being typed.
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof Element && event.target.closest("input, textarea, .faces")) return;
      const level = reviewLevelSchema.safeParse(Number(event.key));
      if (level.success) act({ do: "choose", level: level.data });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [act]);

  if (field !== null) return <FieldEditor field={field} stage={stage} act={act} onDone={() => setField(null)} />;
  return (
    <div className="review-form" data-chosen={isChosen}>
      <div className="review-head">
        <h1 ref={title} tabIndex={-1}>
          {invitation.number === null ? t("review:question") : t("review:questionFor", { number: invitation.number })}
        </h1>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {!isChosen && <p className="quiet">{t("review:free")}</p>}
      </div>
      {isChosen ? (
        <ScrollArea label={t("review:question")} key={answer.level}>
          <FacesRow isSmall chosen={answer.level} onChoose={(level) => act({ do: "choose", level })} />
          <p className="review-ask">
            {answer.level !== null && isBad(answer.level) ? t("review:tags.askBad") : t("review:tags.ask")}
          </p>
          <Tags stage={stage} act={act} />
          {answer.level !== null && isBad(answer.level) && <BadReviewFields stage={stage} onEdit={setField} />}
        </ScrollArea>
      ) : (
        <div className="review-ways">
          <FacesRow isSmall={false} chosen={null} onChoose={(level) => act({ do: "choose", level })} />
          {codeUrl !== null && (
            <div className="review-code">
              <QrCode text={codeUrl} label={t("review:code")} />
              <p className="quiet">{t("review:code")}</p>
            </div>
          )}
        </div>
      )}
      <p className="review-lacks" role="status">
        {isFailed
          ? t("review:notKept")
          : lacks === "tagOrText"
            ? t("review:lacks.tagOrText")
            : lacks === "shorter"
              ? t("review:lacks.shorter")
              : lacks === "phone"
                ? t("review:lacks.phone")
                : ""}
      </p>
      <div className="review-end">
        {isChosen && (
          <button
            type="button"
            className="big-button big-button-primary"
            disabled={lacks !== null || isSending}
            onClick={onSend}
          >
            <Icon name="check" />
            {t("review:send")}
          </button>
        )}
        <button type="button" className="big-button" disabled={isSending} onClick={onDecline}>
          {t("review:decline")}
        </button>
      </div>
      <p className="review-time quiet">{t("review:timeLeft", { count: secondsLeft })}</p>
    </div>
  );
};
