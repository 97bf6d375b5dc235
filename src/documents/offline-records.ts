/** The columns that the offline store adds to a record; no feature may bear such a name. */
export const storeColumns = ['record_id', 'event_time', 'write_time', 'api_invocation_time', 'is_deleted'] as const;

/**
 * Which of several records of one id and event time in an offline store is the latest: the last that was put, for every
 * reader. Source: the developer guide's query for the latest records; a deletion at the very same moment comes last.
 */
export const newestFirst = 'api_invocation_time DESC, write_time DESC, is_deleted DESC';
