/**
 * Which of several records of one id and event time in an offline store is the latest: the last that was put, for every
 * reader. Source: the developer guide's query for the latest records; a deletion at the very same moment comes last.
 */
export const newestFirst = 'api_invocation_time DESC, write_time DESC, is_deleted DESC';
