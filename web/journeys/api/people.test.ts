import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import { newId, planPath, rowOf } from '../kit/records';
import { Town, type Role } from '../kit/people';
import { RunningServer } from '../kit/server';
import { clock, copyTown, startTown } from '../kit/town';

const town = new Town();
const nobody = town.nobody();
const path = (rest: string) => `/api/v1/${rest}`;

/** Somebody new, by an invitation of the system. */
async function newcomer(role: Role = 'village', place = town.account('village').place, display_name = '示例新人'): Promise<{ caller: Caller; me: Wire<'Me'>; password: string }> {
  const system = await town.as('system');
  const made = (await system.expects<Wire<'InvitationMade'>>('POST', path('invitations'), 201, { json: { role, place, display_name } })).json;
  const password = 'Shili-8-mima';
  const login = `shili-${newId().slice(0, 8)}`;
  const session = (await nobody.expects<Wire<'Session'>>('POST', path('invitations/acceptance'), 201, {
    json: { token: made.token, login, password, display_name },
  })).json;
  return { caller: new Caller(town.origin, session.token), me: session.account, password };
}

describe('sessions', () => {
  it('sign in with a token and a cookie that scripts cannot read', async () => {
    const account = town.account('village');
    const answer = await nobody.expects<Wire<'Session'>>('POST', path('sessions'), 201, {
      json: { login: account.login, password: account.password, device: 'phone' },
    });
    const cookie = answer.headers['set-cookie'];
    expect(cookie).toMatch(/^wujin_session=[^;]+;/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const me = await new Caller(town.origin).ask<Wire<'Me'>>('GET', path('me'), { headers: { cookie: cookie.split(';')[0] } });
    expect(me.status).toBe(200);
    expect(me.json.login).toBe(account.login);
    expect(Date.parse(answer.json.expires_at) - Date.parse(me.json.server_time)).toBeGreaterThan(29 * 24 * 3_600_000);
  });

  it.each([
    ['a wrong password', { password: 'wrong-password' }],
    ['a wrong login', { login: 'nobody-of-that-name' }],
  ])('answer %s alike', async (_, change) => {
    const account = town.account('resident_leader');
    const answer = await nobody.expects<Wire<'Problem'>>('POST', path('sessions'), 401, {
      json: { login: account.login, password: account.password, ...change },
    });
    expect(answer.json.code).toBe('wrong_login');
  });

  it('name the fields that are missing', async () => {
    const answer = await nobody.expects<Wire<'Problem'>>('POST', path('sessions'), 422, { json: {}, broken: true });
    expect(answer.json.faults?.map((fault) => fault.field).sort()).toEqual(['login', 'password']);
  });

  it('end one by one and all at once', async () => {
    const { me, password } = await newcomer();
    const [first, second, third] = [await town.signIn(me.login, password), await town.signIn(me.login, password), await town.signIn(me.login, password)];
    const list = await first.get<{ items: Wire<'SessionEntry'>[] }>(path('sessions'));
    expect(list.items.filter((entry) => entry.current)).toHaveLength(1);
    expect(list.items.length).toBeGreaterThanOrEqual(3);
    await first.expects('DELETE', path('sessions/current'), 204);
    await first.get(path('me'), 401);
    await second.expects('DELETE', path('sessions'), 204);
    await second.get(path('me'), 401);
    await third.get(path('me'), 401);
  });

  it('lock an account after repeated failures until the security role lifts it', async () => {
    const { me, password } = await newcomer();
    const policy = await (await town.as('security')).get<Wire<'Policy'>>(path('policy'));
    let status = 0;
    for (let i = 0; i <= policy.lockout_failures && status !== 423; i++) {
      status = (await nobody.ask('POST', path('sessions'), { json: { login: me.login, password: `wrong-${i}` } })).status;
    }
    expect(status).toBe(423);
    const right = await nobody.expects<Wire<'Problem'>>('POST', path('sessions'), 423, { json: { login: me.login, password } });
    expect(right.json.code).toBe('locked_out');
    const security = await town.as('security');
    await security.expects('POST', path(`people/${me.id}/unlock`), 204);
    await town.signIn(me.login, password);
    await security.expects('POST', path(`people/${newId()}/unlock`), 404);
    await (await town.as('station')).expects('POST', path(`people/${me.id}/unlock`), 403);
  });
});

describe('demo links', () => {
  const tokenOf = (role: Role) => town.account(role).link.split('#')[1];

  it('sign in again and again', async () => {
    for (let i = 0; i < 2; i++) {
      const session = (await nobody.expects<Wire<'Session'>>('POST', path('demo-sessions'), 201, { json: { token: tokenOf('station') } })).json;
      expect(session.account.grants.map((grant) => grant.role)).toContain('station');
      expect(session.account.demo).toBe(true);
    }
  });

  it('are unknown when invented and invalid when empty', async () => {
    await nobody.expects('POST', path('demo-sessions'), 404, { json: { token: 'a'.repeat(43) } });
    await nobody.expects('POST', path('demo-sessions'), 422, { json: {}, broken: true });
  });

  const outside = Object.values(networkInterfaces()).flat().find((face) => face && face.family === 'IPv4' && !face.internal);
  it('answer on this machine only unless shared', async () => {
    const data = copyTown(inject('sample'));
    for (const shared of [false, true]) {
      const server = await RunningServer.start({ verb: 'demo', data, host: '0.0.0.0', settings: ['--clock', clock, ...(shared ? ['--share'] : [])] });
      try {
        if (!outside) throw new Error('this machine has no address but loopback');
        const tokenHere = new Town(server.origin, data).account('village').link.split('#')[1];
        const stranger = new Caller(`http://${outside.address}:${server.port}`);
        await stranger.expects('POST', path('demo-sessions'), shared ? 201 : 403, { json: { token: tokenHere } });
      } finally {
        await server.stop();
      }
    }
    rmSync(data, { recursive: true, force: true });
  });
});

describe('my account', () => {
  it('changes its name and language', async () => {
    const { caller } = await newcomer();
    const changed = (await caller.expects<Wire<'Me'>>('PATCH', path('me'), 200, { json: { display_name: '示例改名', language: 'en' } })).json;
    expect(changed.display_name).toBe('示例改名');
    expect((await caller.get<Wire<'Me'>>(path('me'))).language).toBe('en');
    await caller.expects('PATCH', path('me'), 422, { json: { display_name: '' }, broken: true });
  });

  it('changes its password, which ends the other sessions', async () => {
    const { caller, me, password } = await newcomer();
    const other = await town.signIn(me.login, password);
    await caller.expects('PUT', path('me/password'), 422, { json: { current_password: password, new_password: 'short' }, broken: true });
    const wrong = await caller.ask('PUT', path('me/password'), { json: { current_password: 'not-it-at-all', new_password: 'Another-1-one' } });
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    await caller.expects('PUT', path('me/password'), 204, { json: { current_password: password, new_password: 'Another-1-one' } });
    await other.get(path('me'), 401);
    await town.signIn(me.login, 'Another-1-one');
    await nobody.expects('POST', path('sessions'), 401, { json: { login: me.login, password } });
  });
});

describe('invitations', () => {
  it('are made, shown, looked at without effect, and taken up once', async () => {
    const station = await town.as('station');
    const place = town.account('village').place;
    const made = (await station.expects<Wire<'InvitationMade'>>('POST', path('invitations'), 201, { json: { role: 'village', place } })).json;
    expect(made.link).toContain(`#${made.token}`);
    const list = await station.get<Wire<'InvitationList'>>(path('invitations?limit=200'));
    expect(list.items.find((item) => item.id === made.id)?.state).toBe('open');
    for (let i = 0; i < 3; i++) {
      const meaning = (await nobody.expects<Wire<'TokenMeaning'>>('POST', path('invitations/inspect'), 200, { json: { token: made.token } })).json;
      expect(meaning).toMatchObject({ kind: 'invitation', role: 'village', place });
    }
    const acceptance = { token: made.token, login: `shili-${newId().slice(0, 8)}`, password: 'Shili-8-mima', display_name: '示例丙' };
    const taken = { ...acceptance, login: town.account('station').login };
    await nobody.expects('POST', path('invitations/acceptance'), 409, { json: taken });
    await nobody.expects('POST', path('invitations/acceptance'), 422, { json: { ...acceptance, password: 'short' }, broken: true });
    const session = (await nobody.expects<Wire<'Session'>>('POST', path('invitations/acceptance'), 201, { json: acceptance })).json;
    expect(session.account.grants).toMatchObject([{ role: 'village', place }]);
    await nobody.expects('POST', path('invitations/acceptance'), 410, { json: { ...acceptance, login: `shili-${newId().slice(0, 8)}` } });
    await nobody.expects('POST', path('invitations/inspect'), 410, { json: { token: made.token } });
  });

  it('can be taken back', async () => {
    const station = await town.as('station');
    const made = (await station.expects<Wire<'InvitationMade'>>('POST', path('invitations'), 201, {
      json: { role: 'village', place: town.account('village').place, valid_days: 3 },
    })).json;
    await station.expects('DELETE', path(`invitations/${made.id}`), 204);
    await station.expects('DELETE', path(`invitations/${made.id}`), 410, { headers: { 'idempotency-key': newId() } });
    await station.expects('DELETE', path(`invitations/${newId()}`), 404);
    await nobody.expects('POST', path('invitations/inspect'), 410, { json: { token: made.token } });
  });

  it('are refused when invented, empty or beyond the inviter', async () => {
    const invented = 'a'.repeat(43);
    await nobody.expects('POST', path('invitations/inspect'), 404, { json: { token: invented } });
    await nobody.expects('POST', path('invitations/inspect'), 422, { json: {}, broken: true });
    await nobody.expects('POST', path('invitations/acceptance'), 404, {
      json: { token: invented, login: 'shili-x', password: 'Shili-8-mima', display_name: '示例' },
    });
    const station = await town.as('station');
    const village = await town.as('village');
    const place = town.account('village').place;
    await station.expects('POST', path('invitations'), 403, { json: { role: 'system', place } });
    await station.expects('POST', path('invitations'), 422, { json: { role: 'king', place }, broken: true });
    await village.expects('POST', path('invitations'), 403, { json: { role: 'village', place } });
    await village.get(path('invitations'), 403);
    await village.expects('DELETE', path(`invitations/${newId()}`), 403);
  });
});

describe('accounts', () => {
  it('are listed, renamed, disabled and given other places', async () => {
    const { caller, me, password } = await newcomer();
    const system = await town.as('system');
    const found = await system.get<Wire<'PersonList'>>(path(`people?q=${encodeURIComponent('示例新人')}&limit=200`));
    expect(found.items.map((person) => person.id)).toContain(me.id);
    const person = await system.expects<Wire<'Person'>>('GET', path(`people/${me.id}`), 200);
    expect(person.headers['etag']).toBe(person.json.etag);
    const renamed = await system.expects<Wire<'Person'>>('PATCH', path(`people/${me.id}`), 200, {
      json: { display_name: '示例丁' }, headers: { 'if-match': person.json.etag },
    });
    const stale = await system.expects<Wire<'PersonStale'>>('PATCH', path(`people/${me.id}`), 412, {
      json: { display_name: '示例戊' }, headers: { 'if-match': person.json.etag },
    });
    expect(stale.json.current.display_name).toBe('示例丁');
    await system.expects('PATCH', path(`people/${me.id}`), 422, { json: { display_name: '' }, broken: true, headers: { 'if-match': renamed.json.etag } });
    const places = (await system.get<Wire<'PlaceList'>>(path('places'))).items;
    const other = places.find((place) => place.kind === 'village' && place.id !== town.account('village').place)?.id ?? '';
    const grants = { grants: [{ role: 'village', place: other }] };
    const granted = await system.expects<Wire<'Person'>>('PUT', path(`people/${me.id}/grants`), 200, { json: grants, headers: { 'if-match': renamed.json.etag } });
    expect((await caller.get<Wire<'Me'>>(path('me'))).grants[0].place).toBe(other);
    await system.expects('PUT', path(`people/${me.id}/grants`), 412, { json: { grants: [] }, headers: { 'if-match': renamed.json.etag } });
    await system.expects('PUT', path(`people/${me.id}/grants`), 422, {
      json: { grants: [{ role: 'village', place: 'no-such-place' }] }, headers: { 'if-match': granted.json.etag },
    });
    await system.expects('PATCH', path(`people/${me.id}`), 200, { json: { disabled: true }, headers: { 'if-match': granted.json.etag } });
    await caller.get(path('me'), 401);
    await nobody.expects('POST', path('sessions'), 401, { json: { login: me.login, password } });
  });

  it('are nobody else’s business', async () => {
    const village = await town.as('village');
    const system = await town.as('system');
    const someone = (await (await town.as('station')).get<Wire<'Me'>>(path('me'))).id;
    const ifMatch = { 'if-match': '"1"' };
    await village.get(path('people'), 403);
    await village.get(path(`people/${someone}`), 403);
    await village.expects('PATCH', path(`people/${someone}`), 403, { json: { disabled: true }, headers: ifMatch });
    await village.expects('PUT', path(`people/${someone}/grants`), 403, { json: { grants: [] }, headers: ifMatch });
    await village.expects('POST', path(`people/${someone}/password-reset`), 403);
    await system.get(path(`people/${newId()}`), 404);
    await system.expects('PATCH', path(`people/${newId()}`), 404, { json: { disabled: true }, headers: ifMatch });
    await system.expects('PUT', path(`people/${newId()}/grants`), 404, { json: { grants: [] }, headers: ifMatch });
    await system.expects('POST', path(`people/${newId()}/password-reset`), 404);
  });

  it('get a new password by a link that works once', async () => {
    const { me } = await newcomer();
    const system = await town.as('system');
    const made = (await system.expects<Wire<'PasswordResetMade'>>('POST', path(`people/${me.id}/password-reset`), 201)).json;
    const meaning = (await nobody.expects<Wire<'TokenMeaning'>>('POST', path('invitations/inspect'), 200, { json: { token: made.token } })).json;
    expect(meaning).toMatchObject({ kind: 'password_reset', login: me.login });
    await nobody.expects('POST', path('password-resets'), 422, { json: { token: made.token, password: 'short' }, broken: true });
    await nobody.expects('POST', path('password-resets'), 201, { json: { token: made.token, password: 'Brand-new-1' } });
    await nobody.expects('POST', path('password-resets'), 410, { json: { token: made.token, password: 'Brand-new-2' } });
    await nobody.expects('POST', path('password-resets'), 404, { json: { token: 'a'.repeat(43), password: 'Brand-new-2' } });
    await town.signIn(me.login, 'Brand-new-1');
  });
});

describe('policy, trail and QR codes', () => {
  it('let the security role set the rules of signing in', async () => {
    const security = await town.as('security');
    const before = await security.expects<Wire<'Policy'>>('GET', path('policy'), 200);
    const { etag, ...rules } = before.json;
    const changed = await security.expects<Wire<'Policy'>>('PUT', path('policy'), 200, {
      json: { ...rules, invitation_days: 9 }, headers: { 'if-match': etag },
    });
    const stale = await security.expects<Wire<'PolicyStale'>>('PUT', path('policy'), 412, { json: rules, headers: { 'if-match': etag } });
    expect(stale.json.current.invitation_days).toBe(9);
    await security.expects('PUT', path('policy'), 422, { json: { ...rules, lockout_failures: 0 }, broken: true, headers: { 'if-match': changed.json.etag } });
    await security.expects('PUT', path('policy'), 200, { json: rules, headers: { 'if-match': changed.json.etag } });
    await (await town.as('village')).get(path('policy'), 403);
    await (await town.as('station')).expects('PUT', path('policy'), 403, { json: rules, headers: { 'if-match': etag } });
  });

  it('show the auditor a trail that is whole', async () => {
    const auditor = await town.as('auditor');
    const first = await auditor.get<Wire<'AuditList'>>(path('audit?limit=5'));
    expect(first.items).toHaveLength(5);
    const second = await auditor.get<Wire<'AuditList'>>(path(`audit?limit=5&cursor=${encodeURIComponent(first.next_cursor ?? '')}`));
    expect(second.items[0].id).toBeLessThan(first.items[4].id);
    const verification = await auditor.get<Wire<'AuditVerification'>>(path('audit/verification'));
    expect(verification.valid).toBe(true);
    expect(verification.sealed).toBeGreaterThan(100);
    await (await town.as('system')).get(path('audit'), 403);
    await (await town.as('system')).get(path('audit/verification'), 403);
  });

  it('draw a QR code of a text and refuse an empty one', async () => {
    const village = await town.as('village');
    const drawn = await village.expects('POST', path('qr'), 200, { json: { text: 'https://example.org/phone/#示例' } });
    expect(drawn.text).toContain('<svg');
    await village.expects('POST', path('qr'), 422, { json: { text: '' }, broken: true });
  });
});

describe('an empty folder', () => {
  let data: string;
  let server: RunningServer;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'wujin-empty-'));
    server = await RunningServer.start({ verb: 'serve', data });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('prints a one-time link and knows no password', async () => {
    const token = await server.says(/https?:\/\/\S+\/setup#(\S+)/);
    const stranger = new Caller(server.origin);
    const first = { token, login: 'shili-diyi', password: 'Shili-8-mima', display_name: '示例管理员', town: { id: 'shili-town', name: '示例镇' } };
    await stranger.expects('POST', path('setup'), 404, { json: { ...first, token: 'a'.repeat(43) } });
    await stranger.expects('POST', path('setup'), 422, { json: { ...first, password: 'short' }, broken: true });
    const session = (await stranger.expects<Wire<'Session'>>('POST', path('setup'), 201, { json: first })).json;
    expect(session.account.grants.map((grant) => grant.role)).toEqual(['system']);
    await stranger.expects('POST', path('setup'), 409, { json: { ...first, login: 'shili-dier' } });
  });

  it('has no demo links', async () => {
    await new Caller(server.origin).expects('POST', path('demo-sessions'), 404, { json: { token: 'a'.repeat(43) } });
  });
});

describe('starting and stopping', () => {
  it('keeps what was recorded when it is started again', async () => {
    const data = copyTown(inject('sample'));
    const first = await startTown(data);
    const before = await new Town(first.origin, data).as('station');
    await before.get(path('me'));
    expect(await first.stop()).toBe(0);
    const second = await startTown(data);
    await new Caller(second.origin, before.token).get(path('me'));
    expect(await second.stop()).toBe(0);
    rmSync(data, { recursive: true, force: true });
  });
});

describe('a hand-over', () => {
  it('passes roles, open rows of plans and ends the devices of who leaves, once', async () => {
    const [leaver, taker] = [await newcomer(), await newcomer('village', town.account('village', 1).place, '示例接手人')];
    const station = await town.as('station');
    const row = (await leaver.caller.expects<Wire<'PlanRow'>>('PUT', planPath(town.account('village').place, `/rows/${newId()}`), 201, {
      json: rowOf({ in_charge: `${leaver.me.display_name}、示例乙` }),
    })).json;
    const of = (id: string, rest: string) => path(`people/${id}/${rest}`);
    const held = await station.get<Wire<'Holdings'>>(of(leaver.me.id, 'holdings'));
    expect(held).toMatchObject({ grants: [{ role: 'village' }], plan_rows: 1, sessions: 1 });

    const request = { from: leaver.me.id, to: taker.me.id, note: '示例：换岗', closes: true };
    const target = path(`handovers/${newId()}`);
    const first = await station.expects<Wire<'Handover'>>('PUT', target, 201, { json: request });
    expect(first.json).toMatchObject({ plan_rows: 1, closed: true, note: '示例：换岗' });
    const again = await station.expects<Wire<'Handover'>>('PUT', target, 201, { json: request, headers: { 'idempotency-key': newId() } });
    expect(again.json.at).toBe(first.json.at);
    await station.expects('PUT', target, 409, { json: { ...request, note: '示例：另一次' } });

    await leaver.caller.get(path('me'), 401);
    const me = await taker.caller.get<Wire<'Me'>>(path('me'));
    expect(me.grants.map((grant) => grant.place).sort()).toEqual([town.account('village').place, town.account('village', 1).place].sort());
    const plan = await taker.caller.get<Wire<'Plan'>>(planPath(town.account('village').place));
    expect(plan.rows.find((one) => one.id === row.id)?.in_charge).toBe(`${taker.me.display_name}、示例乙`);
    const told = await station.get<Wire<'HandoverList'>>(of(taker.me.id, 'handovers'));
    expect(told.items.map((one) => one.id)).toEqual([first.json.id]);
  });

  it('goes only to somebody else who can sign in, and from somebody who has a role', async () => {
    const [leaver, taker] = [await newcomer(), await newcomer()];
    const station = await town.as('station');
    const refused = async (change: object) => (await station.expects<Wire<'Problem'>>('PUT', path(`handovers/${newId()}`), 422, {
      json: { from: leaver.me.id, to: taker.me.id, ...change }, broken: true,
    })).json.faults?.map((fault) => fault.field);
    expect(await refused({ to: leaver.me.id })).toEqual(['to']);
    expect(await refused({ to: newId() })).toEqual(['to']);
    expect(await refused({ note: '长'.repeat(201) })).toEqual(['note']);
    expect(await refused({ more: 1 })).toEqual(['more']);
    await station.expects('PUT', path(`handovers/${newId()}`), 404, { json: { from: newId(), to: taker.me.id } });
    await leaver.caller.expects('PUT', path(`handovers/${newId()}`), 403, { json: { from: leaver.me.id, to: taker.me.id } });
    await station.get(path(`people/${newId()}/holdings`), 404);
    await station.get(path(`people/${newId()}/handovers`), 404);
    for (const rest of ['holdings', 'handovers']) await leaver.caller.get(path(`people/${taker.me.id}/${rest}`), 403);
  });
});
