import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { formPath, reworded, wordType } from '../kit/forms';
import { Town } from '../kit/people';
import { campaign, reportPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { wordText } from '../kit/word';

// A town of its own: what is put here, every report is made by afterwards.
let data: string;
let server: RunningServer;
let station: Caller;
let village: Caller;
let reportOfOwn: string;
const list = `/api/v1/campaigns/${campaign}/forms`;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  const town = new Town(server.origin, data);
  [station, village] = [await town.as('station'), await town.as('village')];
  reportOfOwn = reportPath(town.account('village').place, '2023-10');
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const forms = (caller: Caller) => caller.get<Wire<'FormList'>>(list);
const formOf = async (form: string) => (await station.expects('GET', formPath(form), 200)).bytes;
const put = <T = Wire<'FormList'>>(status: number, word: Uint8Array | string, ifMatch?: string, caller = station) =>
  caller.expects<T>('PUT', formPath('report'), status, { raw: word, headers: { 'content-type': wordType, ...ifMatch && { 'if-match': ifMatch } } });
const draft = async () => wordText((await village.expects('GET', `${reportOfOwn}/document.docx`, 200)).bytes);

describe('a form of the campaign', () => {
  it('is taken by whoever sees the campaign, and put back by the station alone', async () => {
    const [ofStation, ofVillage] = [await forms(station), await forms(village)];
    expect(ofStation.items.map((one) => one.form)).toEqual(['plan', 'report', 'summary', 'merged', 'appraisal']);
    expect([ofStation.may, ofVillage.may]).toEqual([['edit'], []]);
    const word = await formOf('report');
    expect(word.length).toBe(ofStation.items[1].bytes);
    await put(403, word, ofStation.etag, village);
    await station.expects('GET', `${list.replace(campaign, 'none')}`, 404);
    await station.expects('GET', formPath('none'), 404, { broken: true });
    await station.expects('GET', `/api/v1/campaigns/none/forms/plan`, 404);
  });

  it('makes the next draft, and leaves alone what was handed in', async () => {
    const before = await forms(station);
    const word = reworded(await formOf('report'), '{attachment_label}', '{attachment_label}　镇里的表');
    expect(await draft()).not.toContain('镇里的表');
    const kept = (await put(200, word, before.etag)).json;
    expect(kept.version).toBe(before.version + 1);
    expect(word.equals(await formOf('report'))).toBe(true);
    expect(await draft()).toContain('镇里的表');
    const again = (await put(200, word, before.etag)).json;
    expect(again.version, 'the same file again changes nothing').toBe(kept.version);
    const september = reportOfOwn.replace('2023-10', '2023-09');
    const handedIn = wordText((await village.expects('GET', `${september}/versions/1/document.docx`, 200)).bytes);
    expect(handedIn).not.toContain('镇里的表');
  });

  it('is refused with the tag that is wrong, and nothing of it stays', async () => {
    const before = await forms(station);
    const wrong = reworded(await formOf('report'), '{attachment_label}', '{attachment_lable}');
    const refused = await put<Wire<'Problem'>>(422, wrong, before.etag);
    expect(JSON.stringify(refused.json.faults)).toContain('attachment_lable');
    expect((await put<Wire<'Problem'>>(422, 'no Word file', before.etag)).json.faults?.[0].code).toBe('template_not_word');
    await put(412, wrong, '"1-old"');
    await put(412, wrong);
    await station.expects('PUT', formPath('report'), 415, { raw: 'x', headers: { 'content-type': 'text/plain', 'if-match': before.etag }, broken: true });
    await station.expects('PUT', formPath('none'), 404, { raw: wrong, headers: { 'content-type': wordType }, broken: true });
    expect((await forms(station)).version).toBe(before.version);
  });
});
