/** Defaults of every setting; a unit test holds package.json against them. */
export const settingDefaults = {
  environment: 'local',
  project: '',
  showOnOpen: false,
  watch: false,
  forceRetrain: false,
  forceSkipRetrain: false,
  node: '',
  buckets: [] as string[],
  'aws.profile': '',
  'aws.region': '',
  'aws.write': [] as string[],
};
export type SettingName = keyof typeof settingDefaults;
