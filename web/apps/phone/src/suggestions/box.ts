import { newId, type Wire } from '@wujin/api';
import { api, ask } from '../network';
import { router } from '../paths';

export type BoxSuggestion = Wire<'BoxSuggestion'>;
export type BoxState = Wire<'BoxSuggestionState'>;
export type BoxStanding = Wire<'SuggestionBoxCount'>;
export type BoxReason = Wire<'BoxSetAsideReason'>;

export const states: readonly BoxState[] = ['open', 'answered', 'set_aside'];
export const reasons: readonly BoxReason[] = ['unrelated', 'duplicate', 'advertising', 'abusive', 'personal'];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 256 random bits as base64url, made here so that an answer lost on its way loses no link. Plain HTTP has `getRandomValues` too. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  let token = '';
  let bits = 0;
  let held = 0;
  bytes.forEach((byte) => {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) token += alphabet[(held >> (bits - 6)) & 63];
    held &= (1 << bits) - 1;
  });
  return token + alphabet[(held << (6 - bits)) & 63];
}

/** One suggestion on its way: sent again, it is the same one. */
export const newEnvelope = (): { id: string; token: string } => ({ id: newId(), token: newToken() });

export const answerLink = (token: string): string => `${location.origin}${router.hrefOf('/box/answer')}#${token}`;

/** How the box of this very place stands; nothing for who may not know. */
export async function standingOf(place: string): Promise<BoxStanding | undefined> {
  const boxes = await ask(api.GET('/api/v1/suggestion-boxes', { params: { query: { place } } }));
  return boxes.items.find((box) => box.place === place);
}
