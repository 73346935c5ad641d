import { Refusal } from '@wujin/api';
import type { Wire } from '../desk/api';

/** The newest version as the reviewer has it on the screen: the decision is on this one and on no other. */
export const seenOf = (versions: readonly Wire<'HandInVersion'>[]): Wire<'SeenVersion'> | undefined =>
  versions[0] && { version: versions[0].number, state: versions[0].state };

/** Settles a review. When another version came in or a colleague decided meanwhile, that is shown, and the refusal goes on to be told. */
export async function reviewed<T>(answer: Promise<T>, show: (now: T) => void): Promise<void> {
  try {
    show(await answer);
  } catch (failure) {
    if (failure instanceof Refusal && failure.status === 412 && failure.current) show(failure.current as T);
    throw failure;
  }
}
