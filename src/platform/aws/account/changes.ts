/**
 * Whether an operation of an AWS service can change something. It is said by its verb; asking a model for a prediction
 * and trying out a policy change nothing; a query of logs neither, but one of Athena writes its result. Whatever is not known to be harmless counts as a change.
 */
export function changesSomething(operation: string): boolean {
  return !harmless.test(operation);
}

const harmless =
  /^(List|Describe|Get|BatchGet|Head|Search|Select|Simulate|Filter|Test|InvokeEndpoint)|^(StartQuery|StopQuery)$/;
