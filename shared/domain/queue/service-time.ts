import type { HallState } from "../hall/state.ts";
import { serviceTimeKey } from "./measures.ts";

/** Minutes are milliseconds here, so that everything adds up. */
export interface ServiceTime {
  readonly mean: number;
  readonly deviation: number;
}

interface Sample {
  readonly n: number;
  readonly median: number;
  /** Mean without the longest and shortest tenth's weight: a few extreme services do not move it. */
  readonly mean: number;
  readonly deviation: number;
}

/** So many measured services weigh as much as what was believed before them. */
const HOUR_PRIOR = 8;
const BUSINESS_PRIOR = 6;
/** Of service times in halls: mean over median, and spread over mean (long tails to the right). */
const PRIOR_SKEW = 1.15;
const PRIOR_VARIATION = 0.65;
const HOURS = 24;

const samples = new WeakMap<readonly number[], Sample>();

/** Arrays of a state never change, so each is looked at once. */
const sampleOf = (seconds: readonly number[]): Sample => {
  const known = samples.get(seconds);
  if (known) return known;
  const sorted = [...seconds].sort((left, right) => left - right);
  const n = sorted.length;
  const at = (share: number): number => sorted[Math.min(n - 1, Math.floor(share * n))] ?? 0;
  const [low, high] = [at(0.05), at(0.95)];
  const kept = sorted.map((each) => Math.min(high, Math.max(low, each)));
  const mean = kept.reduce((sum, each) => sum + each, 0) / n;
  const variance = kept.reduce((sum, each) => sum + (each - mean) ** 2, 0) / n;
  const sample = { n, median: at(0.5), mean, deviation: Math.sqrt(variance) };
  samples.set(seconds, sample);
  return sample;
};

const blend = (n: number, prior: number, measured: number, believed: number): number =>
  (n * measured + prior * believed) / (n + prior);

/**
 * How long one person of a business will bind a counter, in milliseconds: the median of the hour, drawn towards that of the
 * business and that towards the plan's figure while there are few services, times the measured skew from median to mean.
 */
export const serviceTimeOf = (state: HallState, businessId: string, at: number): ServiceTime => {
  const { plan } = state;
  const planned = (plan?.businesses.find(({ id }) => id === businessId)?.typicalServiceMinutes ?? 10) * 60;
  let n = 0;
  let medians = 0;
  let skews = 0;
  let variations = 0;
  for (let hour = 0; hour < HOURS; hour += 1) {
    const seconds = state.serviceTimes.get(`${businessId}/${String(hour).padStart(2, "0")}`);
    if (!seconds) continue;
    const sample = sampleOf(seconds);
    n += sample.n;
    medians += sample.n * sample.median;
    skews += sample.n * (sample.mean / Math.max(1, sample.median));
    variations += sample.n * (sample.deviation / Math.max(1, sample.mean));
  }
  const business = n === 0 ? planned : blend(n, BUSINESS_PRIOR, medians / n, planned);
  const skew = n === 0 ? PRIOR_SKEW : blend(n, 20, skews / n, PRIOR_SKEW);
  const variation = n === 0 ? PRIOR_VARIATION : blend(n, 20, variations / n, PRIOR_VARIATION);
  const ofHour = state.serviceTimes.get(serviceTimeKey(businessId, at, plan?.utcOffsetMinutes ?? 480));
  const hour = ofHour ? sampleOf(ofHour) : null;
  const median = hour === null ? business : blend(hour.n, HOUR_PRIOR, hour.median, business);
  const mean = median * skew * 1000;
  return { mean, deviation: mean * variation };
};

/**
 * What is left of a service that has run for `elapsed`, in milliseconds. Service times have long tails: who is served for
 * longer than usual will be so for a while yet.
 */
export const remainingOf = ({ mean, deviation }: ServiceTime, elapsed: number): number => {
  // Gamma-like: falls from the mean to a third of it, which long services keep.
  const shape = Math.max(0.35, Math.min(1, (deviation / mean) ** 2));
  return Math.max(mean - elapsed, mean * shape * 0.75);
};
