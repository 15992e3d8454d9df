import { useSyncExternalStore } from "react";

/** The views of the desk, in the order of their buttons. */
export const views = [
  "home",
  "live",
  "floor",
  "appointments",
  "cases",
  "orders",
  "reviews",
  "ledgers",
  "terminals",
  "city",
  "plan",
  "updates",
] as const;
export type View = (typeof views)[number];

/** What the desk shows: a view, and within it a thing by its ids, e.g. `#/ledgers/enterprise/<entry>`. */
export interface Route {
  readonly view: View;
  readonly path: readonly string[];
}

const isView = (text: string): text is View => (views as readonly string[]).includes(text);

/** The route in an address's part after "#"; a link that leads nowhere leads home. */
export const readRoute = (hash: string): Route => {
  const [view = "", ...path] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return ""; // a broken escape is no name of anything
      }
    });
  return isView(view) ? { view, path: path.filter((part) => part !== "") } : { view: "home", path: [] };
};

/** The address of a thing, the same in the program and in a browser. */
export const hashOf = (view: View, ...path: readonly string[]): string =>
  `#/${[view, ...path].map(encodeURIComponent).join("/")}`;

let last: { readonly hash: string; readonly route: Route } | undefined;

const current = (): Route => {
  if (last?.hash !== location.hash) last = { hash: location.hash, route: readRoute(location.hash) };
  return last.route;
};

/** What is shown now; the screen redraws when the address changes. */
export const useRoute = (): Route =>
  useSyncExternalStore((listener) => {
    addEventListener("hashchange", listener);
    return () => removeEventListener("hashchange", listener);
  }, current);

/** Goes somewhere; "back" of the browser leads back. */
export const goTo = (view: View, ...path: readonly string[]): void => {
  location.hash = hashOf(view, ...path);
};
