import { describe, expect, it } from 'vitest';
import { exifIn, longestSide, targetSize } from '../src';

describe('a picture to send', () => {
  it.each([[4000, 3000, { width: 2560, height: 1920 }], [3000, 4000, { width: 1920, height: 2560 }], [2560, 100, undefined], [30000, 1, { width: 2560, height: 1 }]])(
    'is drawn at most 2560 px long: %i × %i', (width, height, size) => expect(targetSize(width, height, longestSide)).toEqual(size));
});

describe('EXIF', () => {
  /** A TIFF block with a time and, if asked, a place, in either byte order. */
  function tiff(little: boolean, time: string): Uint8Array {
    const bytes = new Uint8Array(100);
    const view = new DataView(bytes.buffer);
    const two = (where: number, value: number): void => view.setUint16(where, value, little);
    const four = (where: number, value: number): void => view.setUint32(where, value, little);
    view.setUint16(0, little ? 0x4949 : 0x4d4d);
    two(2, 42); four(4, 8);
    two(8, 2);
    two(10, 0x0112); two(12, 3); four(14, 1); two(18, 6);
    two(22, 0x8769); two(24, 4); four(26, 1); four(30, 40);
    two(40, 1);
    two(42, 0x9003); two(44, 2); four(46, 20); four(50, 60);
    Array.from(time).forEach((letter, index) => view.setUint8(60 + index, letter.charCodeAt(0)));
    return bytes;
  }
  const behind = (mark: string, block: Uint8Array): Uint8Array => new Uint8Array([...Array.from(mark, (letter) => letter.charCodeAt(0)), ...block]);

  it.each([['II', true], ['MM', false]])('is read in byte order %s, as China’s wall clock', (_order, little) => {
    expect(exifIn(behind('\xff\xe1\x00\x00Exif\0\0', tiff(little, '2023:10:07 09:12:00')))).toEqual({ taken_at: '2023-10-07T01:12:00.000Z', orientation: 6 });
  });

  it.each([
    ['nothing', new Uint8Array(0)], ['no EXIF', behind('\xff\xd8hello', new Uint8Array(50))], ['a mark and no block', behind('xxxxExif\0\0', new Uint8Array(30))],
    ['a cut block', behind('xxxxExif\0\0', tiff(true, '2023:10:07 09:12:00').slice(0, 20))], ['a camera whose clock was never set', behind('xxxxExif\0\0', tiff(true, '0000:00:00 00:00:00'))],
  ])('claims no time from %s', (_title, bytes) => expect(exifIn(bytes)?.taken_at).toBeUndefined());
});
