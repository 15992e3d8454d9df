import type { ReviewLevel } from "./review.ts";

/** Fewer reviews than this say nothing about a counter or an item: no share is shown and nobody is ranked. */
export const TOO_FEW = 30;

/** Fewer than this in one group are not even split by level: a handful would tell who said what. */
export const HIDE_BELOW = 5;

/** A share with its 95 % confidence interval (Wilson), all between 0 and 1. */
export interface Share {
  readonly share: number;
  readonly from: number;
  readonly to: number;
  /** Of how many. */
  readonly of: number;
}

const Z = 1.959963984540054;

/**
 * The share of `part` in `of` with Wilson's score interval at 95 % (Wilson 1927): unlike the simple one it stays within
 * 0 and 1 and is honest for small numbers. Null of nothing.
 */
export const wilson = (part: number, of: number): Share | null => {
  if (of === 0) return null;
  const p = part / of;
  const z2 = (Z * Z) / of;
  const centre = (p + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of))) / (1 + z2);
  return { share: p, from: Math.max(0, centre - half), to: Math.min(1, centre + half), of };
};

/** So many first reviews with all of this in common. */
export interface ReviewCount {
  readonly day: string;
  readonly counterId: string | null;
  readonly businessId: string | null;
  readonly itemCode: string | null;
  readonly itemName: string | null;
  readonly level: ReviewLevel;
  /** False: taken out of the score by the desk or by an appeal. */
  readonly counts: boolean;
  readonly isFlagged: boolean;
  readonly count: number;
}

/** How people answered somewhere. */
export interface Satisfaction {
  readonly key: string;
  readonly name: string | null;
  /** Reviews that count. */
  readonly given: number;
  /** Taken out of the score. */
  readonly excluded: number;
  /** Levels 3 to 5 among those that count; null while they are too few. */
  readonly satisfied: Share | null;
  /** By level; null while they are so few that they would tell who said what. */
  readonly levels: Readonly<Record<ReviewLevel, number>> | null;
}

const noLevels = (): Record<ReviewLevel, number> => ({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 });

/** Groups counts by a key; most reviews first, equal ones by key. Not a ranking of who is better. */
export const satisfactionBy = (
  counts: readonly ReviewCount[],
  keyOf: (count: ReviewCount) => { readonly key: string; readonly name: string | null } | null,
): readonly Satisfaction[] => {
  const groups = new Map<string, { name: string | null; excluded: number; levels: Record<ReviewLevel, number> }>();
  for (const each of counts) {
    const key = keyOf(each);
    if (key === null) continue;
    let group = groups.get(key.key);
    if (!group) groups.set(key.key, (group = { name: key.name, excluded: 0, levels: noLevels() }));
    if (each.counts) group.levels[each.level] += each.count;
    else group.excluded += each.count;
  }
  return [...groups]
    .map(([key, { name, excluded, levels }]): Satisfaction => {
      const given = levels[1] + levels[2] + levels[3] + levels[4] + levels[5];
      return {
        key,
        name,
        given,
        excluded,
        satisfied: given < TOO_FEW ? null : wilson(given - levels[1] - levels[2], given),
        levels: given < HIDE_BELOW ? null : levels,
      };
    })
    .sort((left, right) => right.given - left.given || (left.key < right.key ? -1 : 1));
};

export interface ReviewFigures {
  readonly from: string;
  readonly to: string;
  readonly hall: Satisfaction;
  readonly byBusiness: readonly Satisfaction[];
  readonly byItem: readonly Satisfaction[];
  readonly byCounter: readonly Satisfaction[];
  readonly byDay: readonly Satisfaction[];
  readonly tags: readonly { readonly code: string; readonly count: number }[];
  /** Reviews given among people invited. */
  readonly responses: Share | null;
  /** Flagged among first reviews; taken out among first reviews. */
  readonly flagged: Share | null;
  readonly falseReviews: Share | null;
  /** Orders closed within their limit among those closed or over it. */
  readonly onTime: Share | null;
  /** Named bad reviews called back among named ones closed. */
  readonly calledBack: Share | null;
  readonly orders: { readonly open: number; readonly overdue: number; readonly closed: number };
}

/** An order as the figures see it. Instants in milliseconds. */
export interface OrderFact {
  readonly isNamed: boolean;
  readonly callBacks: number;
  readonly dueAt: number;
  readonly closedAt: number | null;
  readonly isOnTime: boolean | null;
}

/** Everything that the figures are made of, for days `from` to `to` of one hall. */
export interface FigureFacts {
  readonly from: string;
  readonly to: string;
  readonly now: number;
  readonly counts: readonly ReviewCount[];
  readonly tags: readonly { readonly code: string; readonly count: number }[];
  readonly invited: number;
  /** Invitations of those days that were answered with a review. */
  readonly answered: number;
  readonly orders: readonly OrderFact[];
}

/**
 * The hall's figures. Score: satisfied = reviews of level 3, 4 and 5 ÷ all reviews that count; a first review of each
 * service counts, an addition does not, nor does one that the desk took out after a decision. "Not reviewed" is no review.
 */
export const figuresOf = (facts: FigureFacts): ReviewFigures => {
  const { counts, orders, now } = facts;
  const sum = (of: readonly ReviewCount[]): number => of.reduce((total, each) => total + each.count, 0);
  const all = sum(counts);
  const whole = satisfactionBy(counts, () => ({ key: "hall", name: null }))[0];
  const over = (order: OrderFact): boolean => order.closedAt === null && now > order.dueAt;
  const closed = orders.filter((order) => order.closedAt !== null);
  const named = closed.filter((order) => order.isNamed);
  return {
    from: facts.from,
    to: facts.to,
    hall: whole ?? { key: "hall", name: null, given: 0, excluded: 0, satisfied: null, levels: null },
    byBusiness: satisfactionBy(counts, ({ businessId }) =>
      businessId === null ? null : { key: businessId, name: null },
    ),
    byItem: satisfactionBy(counts, ({ itemCode, itemName }) =>
      itemCode === null ? null : { key: itemCode, name: itemName },
    ),
    byCounter: satisfactionBy(counts, ({ counterId }) => (counterId === null ? null : { key: counterId, name: null })),
    byDay: [...satisfactionBy(counts, ({ day }) => ({ key: day, name: null }))].sort((left, right) =>
      left.key < right.key ? -1 : 1,
    ),
    tags: [...facts.tags].sort((left, right) => right.count - left.count || (left.code < right.code ? -1 : 1)),
    responses: wilson(Math.min(facts.answered, facts.invited), facts.invited),
    flagged: wilson(sum(counts.filter(({ isFlagged }) => isFlagged)), all),
    falseReviews: wilson(sum(counts.filter((each) => !each.counts)), all),
    onTime: wilson(
      closed.filter(({ isOnTime }) => isOnTime === true).length,
      closed.length + orders.filter(over).length,
    ),
    calledBack: wilson(named.filter(({ callBacks }) => callBacks > 0).length, named.length),
    orders: { open: orders.length - closed.length, overdue: orders.filter(over).length, closed: closed.length },
  };
};
