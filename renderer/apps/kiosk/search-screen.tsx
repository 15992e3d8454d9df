import { useDeferredValue, useEffect, useMemo, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import type { Topic, WordHit } from "../../../shared/domain/catalogue/word-search.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { spelledNames } from "../../ui/public/ime/dictionary.ts";
import { OnScreenKeyboard } from "../../ui/public/keyboard.tsx";
import { useCallHelp } from "../../ui/public/use-help.ts";
import { EntryList } from "./entry-list.tsx";
import type { EntryRef } from "./flow.ts";
import { NamesNote } from "./list-screens.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { useWordSearch } from "./use-word-search.ts";

const LONGEST = 60;
const HITS = 30;

const nothing: { readonly topics: readonly Topic[]; readonly hits: readonly WordHit[] } = { topics: [], hits: [] };

/** Words in the reader's language to choose from, for whom there are no keys to write them. */
const WordChips = ({
  topics,
  onWord,
}: {
  readonly topics: readonly Topic[];
  readonly onWord: (word: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <ul className="word-chips" aria-label={t("kiosk:search.words")}>
      {topics.map(({ label }) => (
        <li key={label}>
          <button type="button" className="tile" onClick={() => onWord(label)}>
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
};

/**
 * Search in Chinese, pinyin or initials, in the other languages by their words too; with the screen's own keyboard or
 * a plugged-in one.
 */
export const SearchScreen = ({
  catalogue,
  query,
  onQuery,
  onEntry,
  ...leave
}: LeaveHandlers & {
  readonly catalogue: Catalogue | null;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onEntry: (entry: EntryRef) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const asked = useDeferredValue(query);
  const search = useWordSearch(catalogue);
  const callHelp = useCallHelp();
  const isAsked = asked.trim() !== "";
  const { topics, hits } = useMemo(
    () => (search === null || !isAsked ? nothing : search.ask(asked, HITS)),
    [search, isAsked, asked],
  );
  const isMissing = isAsked && search !== null && hits.length === 0;
  const isOneMeant = topics.length === 1 && topics[0]?.label.toLowerCase() === asked.trim().toLowerCase();
  const words = !isAsked || isMissing ? (search?.topics ?? []) : isOneMeant ? [] : topics;
  return (
    <Page
      {...leave}
      title={t("kiosk:search.title")}
      note={<NamesNote isSample={catalogue?.sample === true} />}
      below={<OnScreenKeyboard value={query} onChange={onQuery} maxLength={LONGEST} names={spelledNames(catalogue)} />}
    >
      <div className="search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          inputMode="none"
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={LONGEST}
          value={query}
          aria-label={t("kiosk:search.title")}
          placeholder={t("kiosk:search.hint")}
          onChange={(event) => onQuery(event.target.value)}
        />
      </div>
      <div className="search-says">
        <p className="quiet" role="status">
          {!isAsked
            ? t("kiosk:search.how")
            : search === null
              ? ""
              : isMissing
                ? t("kiosk:search.none")
                : t("kiosk:search.found", { count: hits.length })}
        </p>
        <button type="button" className="big-button search-help" data-away={!isMissing} onClick={callHelp}>
          <Icon name="helper" />
          {t("kiosk:problem.callHelp")}
        </button>
      </div>
      {words.length > 0 && <WordChips topics={words} onWord={onQuery} />}
      <EntryList key={asked} entries={hits} onEntry={onEntry} />
    </Page>
  );
};
