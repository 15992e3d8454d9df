import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

const OVERSCAN = 6;

interface VirtualListProps<T> {
  readonly rows: readonly T[];
  readonly rowHeight: number;
  readonly label: string;
  readonly keyOf: (row: T) => string;
  readonly chosen: string | null;
  readonly onChoose: (row: T) => void;
  readonly children: (row: T) => ReactNode;
}

/** A long list of which only the rows in sight are drawn. Arrows, Page, Home and End move; what is chosen stays in sight. */
export const VirtualList = <T,>(props: VirtualListProps<T>) => {
  const { rows, rowHeight, label, keyOf, chosen, onChoose, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const at = rows.findIndex((row) => keyOf(row) === chosen);
  useEffect(() => {
    const element = box.current;
    if (!element || at < 0) return;
    if (at * rowHeight < element.scrollTop) element.scrollTop = at * rowHeight;
    else if ((at + 1) * rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = (at + 1) * rowHeight - element.clientHeight;
  }, [at, rowHeight]);
  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const row = rows[Math.min(rows.length - 1, Math.max(0, wanted))];
    if (row !== undefined) onChoose(row);
  };
  const from = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const to = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + OVERSCAN);
  return (
    <div
      ref={box}
      className="virtual-list"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      {...(at >= from && at < to ? { "aria-activedescendant": `row-${chosen ?? ""}` } : {})}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={move}
    >
      <div role="presentation" style={{ height: rows.length * rowHeight, position: "relative" }}>
        {rows.slice(from, to).map((row, index) => (
          <div
            key={keyOf(row)}
            id={`row-${keyOf(row)}`}
            role="option"
            aria-selected={keyOf(row) === chosen}
            aria-setsize={rows.length}
            aria-posinset={from + index + 1}
            className="virtual-row"
            style={{ top: (from + index) * rowHeight, height: rowHeight }}
            onClick={() => onChoose(row)}
          >
            {children(row)}
          </div>
        ))}
      </div>
    </div>
  );
};
