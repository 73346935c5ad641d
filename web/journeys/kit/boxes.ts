import { randomBytes } from 'node:crypto';
import type { Wire } from '@wujin/api';
import type { Caller } from './caller';
import { newId } from './records';

export const newToken = (): string => randomBytes(32).toString('base64url');
export const boxPath = (place: string, id = newId()): string => `/api/v1/suggestion-boxes/${place}/suggestions/${id}`;
export const answerPath = (id: string): string => `/api/v1/suggestions/${id}/answer`;

export interface Dropped { id: string; token: string }

/** A suggestion as a resident drops it into the box of a place. */
export async function drop(caller: Caller, place: string, text = '示例：楼道里停着电动车，请来看看。', headers: Record<string, string> = {}): Promise<Dropped> {
  const dropped = { id: newId(), token: newToken() };
  const receipt = await caller.expects<Wire<'BoxReceipt'>>('PUT', boxPath(place, dropped.id), 201, { json: { text, token: dropped.token }, headers });
  if (receipt.json.id !== dropped.id) throw new Error('a receipt for another suggestion');
  return dropped;
}
