import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { clockOf } from "../../../../shared/basics/time.ts";
import type { Notice, NoticePlace } from "../../../../shared/domain/notice/notice.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import type { RunAct } from "../reviews/use-desk-act.ts";
import { Button } from "../../../ui/staff/button.tsx";

interface NoticesPanelProps {
  readonly notices: ReadonlyMap<string, Notice>;
  readonly now: number;
  readonly run: RunAct;
}

const PLACES: readonly NoticePlace[] = ["board", "counter", "kiosk", "staff"];
const MINUTES = [15, 60, 180, 0] as const;
const TEXT_MAX = 120;
const TEXT_EN_MAX = 200;

/** Tells the whole hall something, and takes it down again. */
export const NoticesPanel = ({ notices, now, run }: NoticesPanelProps) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const offset = useLive(terminal.hall).plan?.utcOffsetMinutes ?? 480;
  const [text, setText] = useState("");
  const [textEn, setTextEn] = useState("");
  const [tone, setTone] = useState<Notice["tone"]>("info");
  const [places, setPlaces] = useState<readonly NoticePlace[]>(["board", "counter"]);
  const [minutes, setMinutes] = useState<number>(60);
  const [isTried, setTried] = useState(false);
  const active = [...notices.values()]
    .filter(({ until }) => until === null || until > now)
    .sort((left, right) => right.at - left.at);
  const isEmpty = text.trim() === "";

  const publish = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isEmpty || places.length === 0) return;
    const isPublished = await run("PublishNotice", {
      noticeId: terminal.newId(),
      text: text.trim(),
      textEn: textEn.trim(),
      tone,
      places: [...places],
      until: minutes === 0 ? null : terminal.now() + minutes * 60_000,
    });
    if (!isPublished) return;
    setText("");
    setTextEn("");
    setTried(false);
  };
  const toggle = (place: NoticePlace): void =>
    setPlaces(places.includes(place) ? places.filter((each) => each !== place) : [...places, place]);

  return (
    <section className="desk-card" aria-labelledby="floor-notices">
      <h2 id="floor-notices">{t("deskFloor:notice.heading")}</h2>
      {active.length === 0 ? (
        <p className="desk-more">{t("deskFloor:notice.none")}</p>
      ) : (
        <ul className="floor-notices">
          {active.map((notice) => (
            <li key={notice.id} data-tone={notice.tone}>
              <p>
                {notice.tone === "urgent" ? <b>{t("deskFloor:notice.urgent")} </b> : null}
                {notice.text}
              </p>
              <p className="desk-more">
                {notice.places.map((place) => t(`deskFloor:place.${place}`)).join(t("deskFloor:notice.and"))}
                {" · "}
                {notice.until === null
                  ? t("deskFloor:notice.untilEvening")
                  : t("deskFloor:notice.until", { time: clockOf(notice.until, offset) })}
              </p>
              <button
                type="button"
                className="small-button"
                aria-label={t("deskFloor:notice.withdrawOf", { text: notice.text })}
                onClick={() => void run("WithdrawNotice", { noticeId: notice.id })}
              >
                {t("deskFloor:notice.withdraw")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="floor-form" onSubmit={(event) => void publish(event)} noValidate>
        <label>
          {t("deskFloor:notice.text")}
          <textarea
            value={text}
            maxLength={TEXT_MAX}
            rows={2}
            aria-invalid={isTried && isEmpty}
            aria-describedby="floor-notice-fault"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <label>
          {t("deskFloor:notice.textEn")}
          <textarea
            value={textEn}
            maxLength={TEXT_EN_MAX}
            rows={2}
            onChange={(event) => setTextEn(event.target.value)}
          />
        </label>
        <fieldset>
          <legend>{t("deskFloor:notice.where")}</legend>
          {PLACES.map((place) => (
            <label key={place}>
              <input type="checkbox" checked={places.includes(place)} onChange={() => toggle(place)} />{" "}
              {t(`deskFloor:place.${place}`)}
            </label>
          ))}
        </fieldset>
        <div className="floor-form-row">
          <label>
            {t("deskFloor:notice.for")}{" "}
            <select value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
              {MINUTES.map((each) => (
                <option key={each} value={each}>
                  {each === 0 ? t("deskFloor:notice.untilEvening") : t("deskFloor:notice.minutes", { minutes: each })}
                </option>
              ))}
            </select>
          </label>
          <label>
            <input
              type="checkbox"
              checked={tone === "urgent"}
              onChange={() => setTone(tone === "urgent" ? "info" : "urgent")}
            />{" "}
            {t("deskFloor:notice.urgent")}
          </label>
          <Button main submit>
            {t("deskFloor:notice.publish")}
          </Button>
        </div>
        <p
          id="floor-notice-fault"
          className={isTried && (isEmpty || places.length === 0) ? "floor-fault" : "desk-hidden"}
        >
          {isTried && isEmpty
            ? t("deskFloor:notice.needsText")
            : isTried && places.length === 0
              ? t("deskFloor:notice.needsPlace")
              : ""}
        </p>
      </form>
    </section>
  );
};
