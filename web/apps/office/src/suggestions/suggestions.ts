import type { Wire } from '../desk/api';

export type BoxSuggestion = Wire<'BoxSuggestion'>;
export type BoxStanding = Wire<'SuggestionBoxCount'>;
export type BoxState = Wire<'BoxSuggestionState'>;
export type BoxReason = Wire<'BoxSetAsideReason'>;

export const states: readonly BoxState[] = ['open', 'answered', 'set_aside'];
export const reasons: readonly BoxReason[] = ['unrelated', 'duplicate', 'advertising', 'abusive', 'personal'];

/** What the form holds of one suggestion: an answer, or else why there is none. */
export interface SettlementDraft { answers: boolean; answer: string; reason: BoxReason | '' }

export const settlementDraftOf = (of: BoxSuggestion): SettlementDraft =>
  ({ answers: of.state !== 'set_aside', answer: of.answer ?? '', reason: of.reason ?? '' });

export const settlementOf = (draft: SettlementDraft): Wire<'BoxSettlement'> =>
  (draft.answers ? { state: 'answered', answer: draft.answer.trim() } : { state: 'set_aside', reason: draft.reason || undefined });

export const isReady = (draft: SettlementDraft): boolean => (draft.answers ? draft.answer.trim() !== '' : draft.reason !== '');

/** Where the code on a poster leads: the page every phone can open without an account. */
export const boxLink = (place: string, origin = location.origin): string => `${origin}/phone/box#${place}`;

/** Whether a page was opened by an address that means this very machine, which no other phone can follow. */
export const isOfThisMachine = (hostname = location.hostname): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
