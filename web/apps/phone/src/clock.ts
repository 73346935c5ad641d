import { civilDate, monthOf, type CivilDate } from '@wujin/ui';
import { computed, ref } from 'vue';
import { keepSetting, setting } from './store';

// The phone's own clock may be wrong and a sample town lives in its own time: the last known distance to the server's clock
// decides which day it is here.
const offset = ref(0);
const tick = ref(0);
/** A distance beyond this is sent along as a claim and shown. */
export const driftWorthSaying = 5 * 60_000;

/** The phone's clock less the server's, in milliseconds. */
export const clockOffset = computed(() => offset.value);
export const isDrifting = computed(() => Math.abs(offset.value) > driftWorthSaying);

export function now(): number {
  return Date.now() - offset.value;
}

/** Today and this month as the server would say; follow midnight through `tickClock`. */
export const today = computed<CivilDate>(() => { void tick.value; return civilDate(now()); });
export const thisMonth = computed(() => monthOf(today.value));

export function tickClock(): void {
  tick.value += 1;
}

export async function startClock(): Promise<void> {
  offset.value = (await setting<number>('clock.offset')) ?? 0;
  setInterval(tickClock, 60_000);
}

/** Learns the server's time from an answer that carried it. */
export function learnTime(serverTime: string): void {
  const said = Date.parse(serverTime);
  if (Number.isNaN(said)) return;
  const next = Date.now() - said;
  // Network delay is not drift: small differences are left alone, so that the day does not flicker.
  if (Math.abs(next - offset.value) < 2000) return;
  offset.value = Math.abs(next) < 2000 ? 0 : next;
  tickClock();
  void keepSetting('clock.offset', offset.value);
}
