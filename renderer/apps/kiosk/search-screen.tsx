import { useDeferredValue, useEffect, useMemo, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import { searchCatalogue } from "../../../shared/domain/catalogue/search.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { spelledNames } from "../../ui/public/ime/dictionary.ts";
import { OnScreenKeyboard } from "../../ui/public/keyboard.tsx";
import { searchIndexOf } from "./catalogue-view.ts";
import { EntryList } from "./entry-list.tsx";
import type { EntryRef } from "./flow.ts";
import { NamesNote } from "./list-screens.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";

const LONGEST = 60;
const HITS = 30;

/** Search in Chinese, pinyin or initials; with the screen's own keyboard or a plugged-in one. */
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
  const hits = useMemo(
    () => (catalogue === null || asked.trim() === "" ? [] : searchCatalogue(searchIndexOf(catalogue), asked, HITS)),
    [catalogue, asked],
  );
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
      <p className="quiet" role="status">
        {asked.trim() === ""
          ? t("kiosk:search.how")
          : hits.length === 0
            ? t("kiosk:search.none")
            : t("kiosk:search.found", { count: hits.length })}
      </p>
      <EntryList key={asked} entries={hits} onEntry={onEntry} />
    </Page>
  );
};
