/** A file to write, by its path below the folder of an export. */
export interface ExportedFile {
  name: string;
  text: string;
}
