import { setTimeout as pause } from 'node:timers/promises';
import type { Wire } from '@wujin/api';
import { claimOf, metadata, octets, picture, tus } from '../kit/pictures';
import { activityAt, activityPath, campaign, newId } from '../kit/records';
import type { Account } from '../kit/town';
import type { CrashingTown } from './town';

export interface Kept {
  etag: string;
  text: string;
  pictures: Map<string, Uint8Array>;
}

const chance = (share: number) => Math.random() < share;

/** A village's phone: it remembers what the town acknowledged and what the feed told it. */
export class Phone {
  readonly kept = new Map<string, Kept>();
  readonly removed = new Set<string>();
  readonly copy = new Map<string, string>();
  private cursor = '';

  private constructor(private readonly town: CrashingTown, readonly token: string, readonly place: string, private readonly entries: string[]) {}

  static async signIn(town: CrashingTown, { login, password, place }: Account): Promise<Phone> {
    const session = await town.ask<Wire<'Session'>>('', 'POST', '/api/v1/sessions', [201], { json: { login, password, device: 'phone' } });
    const { token } = session.json;
    const { entries } = await town.get<Wire<'Campaign'>>(token, `/api/v1/campaigns/${campaign}`);
    const phone = new Phone(town, token, place, entries.map((entry) => entry.id));
    await phone.follow();
    return phone;
  }

  async work(until: number): Promise<void> {
    while (Date.now() < until) {
      const [any] = [...this.kept.keys()].sort(() => Math.random() - 0.5);
      if (any && chance(0.2)) await this.edit(any);
      else if (any && chance(0.1)) await this.remove(any);
      else await this.record();
      if (chance(0.3)) await this.follow();
      await pause(Math.random() * 200);
    }
  }

  private async record(): Promise<void> {
    const id = newId();
    const pictures = new Map(Array.from({ length: Math.floor(Math.random() * 4) }, () => [newId(), picture(240)]));
    const change = this.change([...pictures].map(([photo, bytes]) => claimOf(photo, bytes)));
    // As often as not the pictures are there first.
    const early = chance(0.5);
    if (early) await this.send(pictures);
    const made = await this.put(id, change, { 'if-none-match': '*' }, 201);
    if (!early) await this.send(pictures);
    this.kept.set(id, { etag: made.etag, text: made.text, pictures });
  }

  private async edit(id: string): Promise<void> {
    const kept = this.kept.get(id)!;
    const change = this.change([...kept.pictures].map(([photo, bytes]) => claimOf(photo, bytes)));
    const edited = await this.put(id, change, { 'if-match': kept.etag }, 200);
    this.kept.set(id, { ...kept, etag: edited.etag, text: edited.text });
  }

  private async remove(id: string): Promise<void> {
    await this.town.ask(this.token, 'DELETE', activityPath(id), [204], {
      headers: { 'if-match': this.kept.get(id)!.etag, 'idempotency-key': newId() },
    });
    this.kept.delete(id);
    this.removed.add(id);
  }

  private async put(id: string, change: Wire<'ActivityChange'>, headers: Record<string, string>, status: number): Promise<Wire<'Activity'>> {
    return (await this.town.ask<Wire<'Activity'>>(this.token, 'PUT', activityPath(id), [status], {
      json: change, headers: { ...headers, 'idempotency-key': newId() },
    })).json;
  }

  private change(photos: Wire<'PhotoClaim'>[]): Wire<'ActivityChange'> {
    const entry = this.entries[Math.floor(Math.random() * this.entries.length)]!;
    return activityAt(this.place, entry, { text: `示例：第${Math.floor(Math.random() * 1e9)}次讲解。`, photos });
  }

  /** By tus, in two pieces, from the last byte the town has. */
  private async send(pictures: Map<string, Uint8Array>): Promise<void> {
    for (const [photo, bytes] of pictures) {
      const begun = await this.town.ask(this.token, 'POST', '/api/v1/uploads', [201, 409], {
        headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata(photo) },
      });
      if (begun.status === 409) continue; // The answer was lost, the picture was not.
      const path = new URL(begun.headers['location'], 'http://town').pathname;
      for (let offset = 0; offset < bytes.length;) {
        const piece = bytes.subarray(offset, offset + Math.ceil(bytes.length / 2));
        const sent = await this.town.ask(this.token, 'PATCH', path, [204, 409, 404, 410], {
          raw: piece, headers: { ...octets, 'upload-offset': String(offset) },
        });
        if (sent.status === 204) offset += piece.length;
        else {
          const head = await this.town.ask(this.token, 'HEAD', path, [200, 404, 410], { headers: tus });
          if (head.status !== 200) break; // Ended: all of it came, and the answer was lost.
          offset = Number(head.headers['upload-offset']);
        }
      }
    }
  }

  async follow(): Promise<void> {
    for (let more = true; more;) {
      const since = this.cursor && `&since=${encodeURIComponent(this.cursor)}`;
      const page = await this.town.get<Wire<'Changes'>>(this.token, `/api/v1/changes?campaign=${campaign}${since}`);
      if (page.reset) {
        this.copy.clear();
        for (const activity of await this.listed()) this.copy.set(activity.id, activity.etag);
      }
      for (const change of page.items.filter((item) => item.kind === 'activity')) {
        if (change.operation === 'delete') this.copy.delete(change.id);
        else this.copy.set(change.id, change.etag!);
      }
      this.cursor = page.cursor;
      more = page.more;
    }
  }

  /** The town's own list of this place. */
  async listed(): Promise<Wire<'Activity'>[]> {
    const all: Wire<'Activity'>[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: Wire<'ActivityList'> = await this.town.get(this.token,
        `/api/v1/activities?campaign=${campaign}&place=${this.place}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...page.items);
      cursor = page.next_cursor;
    }
    return all;
  }
}
