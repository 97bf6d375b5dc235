/** Said on top of every page of Model Monitor's files. */
export const modelMonitorOrigin = 'A file of SageMaker Model Monitor, shown as it is.';
