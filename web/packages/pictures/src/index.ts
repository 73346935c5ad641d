// What both faces do to a picture before it travels: read its EXIF, which drawing would drop, and shrink it.
export { bytesOf } from './bytes';
export { exifIn, isHeic, readExif, type Exif } from './exif';
export { longestSide, shrink } from './shrink';
export { targetSize } from './target_size';

/** Larger than this the server refuses; only an undecodable file can be that large after shrinking. */
export const mostBytes = 50 * 1024 * 1024;
