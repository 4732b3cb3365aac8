import { BotError } from '../../src/errors.ts';
import { createSharedFiles, download, type SharedFiles } from '../../src/shared-files.ts';
import type { Activity } from './incoming.ts';

/** How Teams describes a file that comes with a message (Microsoft, “Send and receive files from a bot”). */
const DOWNLOAD_INFO = 'application/vnd.microsoft.teams.file.download.info';
/** Where the files of Teams are: OneDrive and SharePoint, in each cloud. */
const FILE_SERVERS = /(?:^|\.)(?:sharepoint(?:-mil)?\.(?:com|us|cn)|1drv\.com|onedrive\.com)$/u;

/** A file that somebody shared with the bot. Its address is good for some minutes, without a token. */
export interface SharedFile {
  readonly name: string;
  readonly url: string;
}

/** @param isLocal files may come from this machine: a local client shares them */
export function createFiles({ isLocal }: { readonly isLocal: boolean }): SharedFiles<SharedFile> {
  return createSharedFiles<SharedFile>({
    async fetch(_person, file) {
      if (!isLocal && !isOnFileServer(file.url)) throw new BotError('not-found', { name: file.name });
      return download(file);
    },
  });
}

/** The files of a message. */
export function sharedFiles({ attachments }: Activity): readonly SharedFile[] {
  return (attachments ?? []).flatMap((attachment) => {
    const { contentType, name, content } = attachment as typeof attachment & { readonly content?: unknown };
    const url = (content as { readonly downloadUrl?: unknown } | null | undefined)?.downloadUrl;
    return contentType === DOWNLOAD_INFO && name && typeof url === 'string' ? [{ name, url }] : [];
  });
}

function isOnFileServer(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && FILE_SERVERS.test(parsed.hostname);
}
