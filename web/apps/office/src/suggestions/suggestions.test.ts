import { describe, expect, it } from 'vitest';
import { boxLink, isOfThisMachine, isReady, settlementDraftOf, settlementOf, type BoxSuggestion } from './suggestions';

const suggestion = (more: Partial<BoxSuggestion> = {}): BoxSuggestion => ({
  id: '00000000-0000-4000-8000-000000000001', etag: '"v1"', place: 'a', place_name: '示例村', received_at: '2023-10-26T09:00:00+08:00',
  text: '示例', state: 'open', may: ['answer'], ...more,
});

describe('a settlement', () => {
  it('carries an answer or a reason, never both', () => {
    expect(settlementOf({ answers: true, answer: ' 好 ', reason: 'abusive' })).toEqual({ state: 'answered', answer: '好' });
    expect(settlementOf({ answers: false, answer: '好', reason: 'abusive' })).toEqual({ state: 'set_aside', reason: 'abusive' });
  });

  it('begins as it stands, and is sent only when there is something to say', () => {
    expect(isReady(settlementDraftOf(suggestion()))).toBe(false);
    expect(isReady({ answers: true, answer: '　', reason: 'abusive' })).toBe(false);
    expect(settlementDraftOf(suggestion({ state: 'answered', answer: '好' }))).toEqual({ answers: true, answer: '好', reason: '' });
    expect(isReady(settlementDraftOf(suggestion({ state: 'set_aside', reason: 'personal' })))).toBe(true);
  });
});

describe('a poster', () => {
  it('leads to the phone page of its place', () => {
    expect(boxLink('500118112200', 'http://192.0.2.7:8080')).toBe('http://192.0.2.7:8080/phone/box#500118112200');
  });

  it.each([['localhost', true], ['127.0.0.1', true], ['[::1]', true], ['192.0.2.7', false], ['wujin.test', false]])('printed at %s: of this machine only is %s', (host, only) => {
    expect(isOfThisMachine(host)).toBe(only);
  });
});
