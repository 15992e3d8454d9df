import type { Random } from "../../helpers/random.ts";
import { nastyString, nastyValue } from "./nasty.ts";

interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

const placesIn = (value: unknown, places: Place[] = []): Place[] => {
  if (typeof value !== "object" || value === null || places.length > 400) return places;
  const holder = value as Place["holder"];
  const keys = Array.isArray(holder) ? holder.keys() : Object.keys(holder);
  for (const key of keys) {
    places.push({ holder, key });
    placesIn((holder as Record<string | number, unknown>)[key], places);
  }
  return places;
};

/** Changes a value in one to three places: another kind, gone, twice, odd names. The value itself stays as it is. */
export const mutate = (value: unknown, random: Random): unknown => {
  let changed = structuredClone(value);
  for (let count = random.between(1, 3); count > 0; count -= 1) {
    const places = placesIn(changed);
    if (places.length === 0) {
      changed = nastyValue(random);
      continue;
    }
    const { holder, key } = random.pick(places);
    const at = holder as Record<string | number, unknown>;
    switch (random.between(0, 5)) {
      case 0:
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else Reflect.deleteProperty(holder, key);
        break;
      case 1:
        if (Array.isArray(holder)) holder.push(at[key]);
        else at[nastyString(random, 20)] = at[key];
        break;
      case 2:
        at[key] = [at[key]];
        break;
      default:
        at[key] = nastyValue(random);
    }
  }
  return changed;
};

/** Changes the text of a message: cut, doubled, characters swapped for others. */
export const mutateText = (text: string, random: Random): string => {
  const at = random.between(0, Math.max(0, text.length - 1));
  switch (random.between(0, 5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text + text;
    case 2:
      return text.slice(0, at) + nastyString(random, 10) + text.slice(at + 1);
    case 3:
      return text.replace("{", '{"__proto__":{"isAdmin":true},');
    case 4:
      return text.replace(
        /\d+/,
        random.pick(["1e999", "-0", "00", "0x10", "12345678901234567890", "1.0000000000000001"]),
      );
    default:
      return `${"[".repeat(random.between(1, 5_000))}${text}`;
  }
};
