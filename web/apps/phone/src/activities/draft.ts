// A record while it is being written. Every change goes to the phone's store before anything else, and a crash loses at most the last
// quarter of a second of typing.
import { newId } from '@wujin/api';
import { civilDate } from '@wujin/ui';
import { reactive } from 'vue';
import { now } from '../clock';
import { here, onBehalf } from '../kept/here';
import { newEntry, type Fields, type OutboxEntry, type OutboxPhoto } from '../outbox/entry';
import { changeEntry, entryOf, happen, keepEntry, removeEntry, type PictureFile } from '../outbox/outbox';
import { preparePhotos } from '../pictures/prepare';
import { isTakenNow, whereabouts } from '../pictures/whereabouts';
import { account } from '../session/session';
import { shelf } from '../store';

export const mostPhotos = 60;
const pause = 250;

export function emptyFields(): Fields {
  return { campaign: here.campaignId ?? '', place: here.placeId ?? '', entry: '', started_at: instantOf(civilDate(now()), '').started_at, title: '', text: '' };
}

/** The moment of a day and an hour typed by hand; without an hour only the day is known. */
export function instantOf(date: string, time: string): { started_at: string; date_only?: boolean } {
  return /^\d{2}:\d{2}$/.test(time) ? { started_at: `${date}T${time}:00+08:00`, date_only: undefined } : { started_at: `${date}T00:00:00+08:00`, date_only: true };
}

export class Draft {
  readonly fields: Fields;
  /** Whether anything was written yet: an untouched form leaves no draft behind. */
  private touched: boolean;
  private timer: ReturnType<typeof setTimeout> | undefined;
  protected readonly entry: OutboxEntry;
  /** Saved or discarded: a late keystroke must not make a draft of it again. */
  private closed = false;

  constructor(entry: OutboxEntry, touched: boolean) {
    this.entry = entry;
    this.touched = touched;
    this.fields = reactive({ ...entry.fields });
  }

  static blank(): Draft {
    const fields = emptyFields();
    if (onBehalf.value) fields.organizer = 'village';
    return new Draft(newEntry(account.value ?? '', fields, Date.now()), false);
  }

  get key(): string { return this.entry.key; }
  get isEdit(): boolean { return this.entry.base !== undefined; }
  get isTouched(): boolean { return this.touched; }
  /** The entry as the outbox has it: pictures change there while they are prepared. */
  get photos(): OutboxPhoto[] { return this.current().photos; }

  /** What was sent before is history: an edit begins from what the server has. */
  private current(): OutboxEntry {
    const found = entryOf(this.key);
    return found && found.state !== 'sent' ? found : this.entry;
  }

  /** How many pictures it may have. */
  get most(): number { return mostPhotos; }

  /** The entry with what was typed. */
  protected written(entry: OutboxEntry): OutboxEntry { return { ...entry, fields: { ...this.fields } }; }

  touch(): void {
    if (this.closed) return;
    this.touched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), pause);
  }

  /** Writes what was typed. Call before the page goes away. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.touched || this.closed) return;
    // What waited or was on its way becomes a draft again, with a key of its own.
    const state = entryOf(this.key)?.state;
    if (state !== undefined && state !== 'draft' && state !== 'sent') await happen(this.key, { kind: 'edited' });
    await changeEntry(() => ({ ...this.written(this.current()), updatedAt: Date.now() }));
  }

  /** Keeps picked files at once, before they are looked at, and gets them ready behind. */
  async add(files: readonly Blob[]): Promise<void> {
    this.touched = true;
    await this.flush();
    const room = files.slice(0, Math.max(0, this.most - this.photos.length));
    for (const file of room) {
      const photo: OutboxPhoto = { id: newId(), state: 'picked', name: (file as File).name ?? '', bytes: file.size };
      const kept: PictureFile = { key: photo.id, entry: this.key, blob: file };
      await this.setPhotos((photos) => [...photos, photo], [kept]);
    }
    await preparePhotos(this.key);
    await this.place();
  }

  /** Claims the place for pictures taken just now, if that is switched on. */
  private async place(): Promise<void> {
    const taken = (): OutboxPhoto[] => this.photos.filter((photo) => photo.latitude === undefined && isTakenNow(photo.taken_at, now()));
    if (taken().length === 0) return;
    const at = await whereabouts();
    if (at) for (const photo of taken()) await happen(this.key, { kind: 'photo', id: photo.id, change: at });
  }

  /** Takes a picture out; answers how to put it back. Its file goes with the entry, or when the undo has passed. */
  async leaveOut(id: string): Promise<() => Promise<void>> {
    this.touched = true;
    await this.flush();
    const before = this.photos.slice();
    await this.setPhotos((photos) => photos.filter((photo) => photo.id !== id));
    return async () => this.setPhotos(() => before);
  }

  async forgetFile(id: string): Promise<void> {
    if (!this.photos.some((photo) => photo.id === id)) await shelf.remove(['files', id]);
  }

  async caption(id: string, caption: string): Promise<void> {
    this.touched = true;
    await this.setPhotos((photos) => photos.map((photo) => (photo.id === id ? { ...photo, caption } : photo)));
  }

  private async setPhotos(from: (photos: OutboxPhoto[]) => OutboxPhoto[], files: PictureFile[] = []): Promise<void> {
    await changeEntry(() => ({ ...this.current(), photos: from(this.photos), updatedAt: Date.now() }), files);
  }

  /** 保存: from here on it is the sender's. */
  async save(): Promise<void> {
    this.touched = true;
    await this.flush();
    this.closed = true;
    clearTimeout(this.timer);
    await happen(this.key, { kind: 'saved' });
  }

  async discard(): Promise<() => Promise<void>> {
    clearTimeout(this.timer);
    this.closed = true;
    const found = entryOf(this.key);
    const files = await Promise.all((found?.photos ?? []).map((photo) => shelf.get<PictureFile>('files', photo.id)));
    await removeEntry(this.key);
    return async () => {
      if (found) await keepEntry(found, files.filter((file): file is PictureFile => file !== undefined));
    };
  }
}
