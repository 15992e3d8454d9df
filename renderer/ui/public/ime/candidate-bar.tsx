import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons.tsx";
import { candidatesFor, composingPart, putIn, type ImeDictionary, type SpelledWord } from "./candidates.ts";
import { candidatePages, type BarRoom } from "./candidate-pages.ts";
import { loadImeDictionary } from "./dictionary.ts";

/** What the letters typed last may stand for; a touch puts it in. Empty, and as high, while there is nothing to choose. */
export const CandidateBar = ({
  value,
  onChange,
  maxLength,
  names,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  readonly names: readonly SpelledWord[];
}): ReactElement => {
  const { t } = useTranslation();
  const [dictionary, setDictionary] = useState<ImeDictionary | null>(null);
  useEffect(() => {
    let isShown = true;
    void loadImeDictionary().then((loaded) => {
      if (isShown) setDictionary(loaded);
    });
    return () => {
      isShown = false;
    };
  }, []);
  const bar = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<BarRoom | null>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const look = (): void =>
      setRoom({ width: element.clientWidth, em: Number.parseFloat(getComputedStyle(element).fontSize) });
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  const typed = composingPart(value);
  const candidates = useMemo(
    () => (dictionary === null ? [] : candidatesFor(typed, dictionary, names)),
    [dictionary, typed, names],
  );
  const [page, setPage] = useState({ typed, at: 0 });
  const at = page.typed === typed ? page.at : 0;
  const pages = useMemo(() => (room === null ? [] : candidatePages(candidates, room)), [candidates, room]);
  const shown = pages[Math.min(at, pages.length - 1)] ?? [];
  const turn = (by: 1 | -1): void => setPage({ typed, at: at + by });
  return (
    <div ref={bar} className="candidates" role="group" aria-label={t("public:keyboard.candidates")}>
      {shown.map((candidate) => (
        <button
          key={`${String(candidate.used)}${candidate.text}`}
          type="button"
          lang="zh-CN"
          className="candidate"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            const next = putIn(value, candidate);
            if (next.length <= maxLength) onChange(next);
          }}
        >
          {candidate.text}
        </button>
      ))}
      {pages.length > 1 && (
        <span className="candidate-pages">
          <button
            type="button"
            disabled={at === 0}
            aria-label={t("public:keyboard.candidatesBefore")}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => turn(-1)}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            disabled={at >= pages.length - 1}
            aria-label={t("public:keyboard.candidatesMore")}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => turn(1)}
          >
            <Icon name="down" />
          </button>
        </span>
      )}
    </div>
  );
};
