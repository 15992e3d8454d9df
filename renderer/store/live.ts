import type { Live } from "./terminal.ts";

/** A live value that its owner can set. */
export interface Source<T> extends Live<T> {
  set(value: T): void;
}

/**
 * Makes a live value.
 * @param same values that count as equal do not wake the listeners
 */
export const liveValue = <T>(initial: T, same: (left: T, right: T) => boolean = Object.is): Source<T> => {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (same(value, next)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Whether two flat records have the same members. */
export const sameMembers = <T extends object>(left: T, right: T): boolean =>
  (Object.keys(left) as (keyof T)[]).every((key) => Object.is(left[key], right[key]));
