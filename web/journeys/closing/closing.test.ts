import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { operations } from '../kit/contract';

describe('the contract', () => {
  const exercised = new Set(readFileSync(inject('exercised'), 'utf8').trim().split('\n'));

  it('declares no operation and no status that these tests do not exercise', () => {
    const declared = operations.flatMap((operation) => operation.statuses.map((status) => `${operation.id} ${status}`));
    expect(declared.filter((answer) => !exercised.has(answer))).toEqual([]);
  });

  it('says of every operation what may happen anywhere, and the tests made it happen', () => {
    const anywhere = [400, 408, 413, 415, 421, 431];
    const seen = new Set([...exercised].map((answer) => Number(answer.split(' ')[1])));
    expect(anywhere.filter((status) => !seen.has(status))).toEqual([]);
  });
});
