import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town, type Role } from '../kit/people';
import { activityAt, activityPath, campaign, campaignOf, newId, planPath, record, reportPath, rowOf } from '../kit/records';

const town = new Town();
const own = town.account('village').place;
const leaders = town.account('resident_leader').place;
const roles: Role[] = ['village', 'resident_leader', 'station', 'district', 'system', 'security', 'auditor'];
let other: string;
let entry: string;
const callers = {} as Record<Role, Caller>;

beforeAll(async () => {
  for (const role of roles) callers[role] = await town.as(role);
  const places = (await callers.station.get<Wire<'PlaceList'>>('/api/v1/places')).items;
  other = places.find((place) => place.kind === 'village' && place.id !== own && place.id !== leaders)?.id ?? '';
  entry = (await campaignOf(callers.station)).entries[0].id;
});

type Where = 'own' | 'other';
interface Action {
  name: string;
  /** Who may do it where; everybody else is refused. */
  may: Partial<Record<Role, Where[]>>;
  /** Answers the status. */
  act: (caller: Caller, place: string) => Promise<number>;
}

const everywhere: Where[] = ['own', 'other'];
const status = async (caller: Caller, method: string, path: string, json?: unknown, headers?: Record<string, string>) =>
  (await caller.ask(method, path, { json, headers: { 'idempotency-key': newId(), ...headers } })).status;
/** By the village itself where it can: what the station recorded, a village may not remove. */
const recorded = (place: string) => (place === own
  ? record(callers.village, activityAt(place, entry))
  : record(callers.station, activityAt(place, entry, { on_behalf_reason: '代录（示例）' })));

const readers: Action['may'] = { village: ['own'], station: everywhere, district: everywhere };
const actions: Action[] = [
  {
    name: 'record an activity',
    may: { village: ['own'], station: everywhere },
    act: (caller, place) => status(caller, 'PUT', activityPath(newId()), activityAt(place, entry, { on_behalf_reason: '示例' })),
  },
  {
    name: 'read an activity',
    may: readers,
    act: async (caller, place) => status(caller, 'GET', activityPath((await recorded(place)).id)),
  },
  {
    name: 'read the history of an activity',
    may: readers,
    act: async (caller, place) => status(caller, 'GET', `${activityPath((await recorded(place)).id)}/history`),
  },
  {
    name: 'remove an activity',
    may: { village: ['own'], station: everywhere },
    act: async (caller, place) => {
      const made = await recorded(place);
      return status(caller, 'DELETE', `${activityPath(made.id)}?reason=${encodeURIComponent('示例')}`, undefined, { 'if-match': made.etag });
    },
  },
  { name: 'read a plan', may: readers, act: (caller, place) => status(caller, 'GET', planPath(place)) },
  { name: 'read a plan as Word', may: readers, act: (caller, place) => status(caller, 'GET', planPath(place, '/document.docx')) },
  { name: 'read a report', may: readers, act: (caller, place) => status(caller, 'GET', reportPath(place, '2023-09')) },
  { name: 'read a report as Word', may: readers, act: (caller, place) => status(caller, 'GET', reportPath(place, '2023-09', '/document.docx')) },
  {
    name: 'see a place on the board',
    may: readers,
    act: async (caller, place) => {
      const answer = await caller.ask<Wire<'DeadlineBoard'>>('GET', `/api/v1/deadlines?campaign=${campaign}`);
      return answer.status !== 200 ? answer.status : answer.json.rows.some((row) => row.place === place) ? 200 : 404;
    },
  },
  {
    name: 'list the activities of a place',
    may: readers,
    act: async (caller, place) => {
      const answer = await caller.ask<Wire<'ActivityList'>>('GET', `/api/v1/activities?campaign=${campaign}&place=${place}`);
      return answer.status !== 200 ? answer.status : answer.json.items.length > 0 ? 200 : 404;
    },
  },
];

describe.each(actions)('to $name', ({ may, act }) => {
  // The resident leader's place is another one; it has its own tests below.
  const cases = roles.filter((role) => role !== 'resident_leader')
    .flatMap((role) => everywhere.map((where) => [role, where, may[role]?.includes(where) ?? false] as const));
  it.each(cases)('%s at its %s place: %s', async (role, where, allowed) => {
    const answered = await act(callers[role], where === 'own' ? own : other);
    if (allowed) expect([200, 201, 204]).toContain(answered);
    else expect([403, 404]).toContain(answered);
  });
});

describe('a resident leader', () => {
  it('reads the places assigned and writes nothing', async () => {
    const leader = callers.resident_leader;
    const made = await recorded(leaders);
    await leader.get(activityPath(made.id));
    await leader.get(planPath(leaders));
    await leader.get(reportPath(leaders, '2023-09'));
    expect([403, 404]).toContain(await status(leader, 'PUT', activityPath(newId()), activityAt(leaders, entry)));
    expect([403, 404]).toContain(await status(leader, 'PUT', planPath(leaders, `/rows/${newId()}`), rowOf()));
    expect([403, 404]).toContain(await status(leader, 'POST', reportPath(leaders, '2023-10', '/submission')));
  });
});

describe('plans and reports', () => {
  const verbs = ['submission', 'withdrawal', 'acceptance'];
  it.each(verbs)('are not moved by %s of those without the right', async (verb) => {
    const reviewers: Role[] = ['station'];
    for (const role of roles) {
      const places = role === 'village' ? (verb === 'acceptance' ? [own, other] : [other]) : [own, other];
      if (verb === 'acceptance' && reviewers.includes(role)) continue;
      for (const place of places) {
        for (const path of [planPath(place, `/${verb}`), reportPath(place, '2023-10', `/${verb}`)]) {
          expect([403, 404], `${role} ${path}`).toContain(await status(callers[role], 'POST', path));
        }
      }
    }
  });

  it('are not returned by those without the right', async () => {
    for (const role of roles.filter((one) => one !== 'station')) {
      for (const path of [planPath(own, '/return'), reportPath(own, '2023-10', '/return')]) {
        expect([403, 404], `${role} ${path}`).toContain(await status(callers[role], 'POST', path, { reason: '示例' }));
      }
    }
  });

  it('have rows that only their own place writes', async () => {
    for (const role of roles) {
      const places = role === 'village' ? [other] : [own, other];
      for (const place of places) {
        expect([403, 404], role).toContain(await status(callers[role], 'PUT', planPath(place, `/rows/${newId()}`), rowOf()));
      }
    }
  });
});

describe('what guards the house', () => {
  const guards: [string, string, Role[]][] = [
    ['GET', '/api/v1/audit', ['auditor']],
    ['GET', '/api/v1/audit/verification', ['auditor']],
    ['GET', '/api/v1/policy', ['system', 'security']],
    ['GET', '/api/v1/people', ['system', 'district', 'station', 'security']],
    ['GET', '/api/v1/invitations', ['system', 'district', 'station']],
  ];
  it.each(guards)('%s %s is for %s', async (method, path, allowed) => {
    for (const role of roles) {
      const answered = await status(callers[role], method, path);
      expect(answered, role).toBe(allowed.includes(role) ? 200 : 403);
    }
  });
});
