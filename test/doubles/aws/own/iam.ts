import type { AwsRequest } from '../request.js';

/** IAM's policy simulator, which moto lacks: everything is allowed but what `forbid` names. It speaks XML. */
export function simulated(request: AwsRequest, forbidden: RegExp | undefined): string {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const results = [...form].filter(([name]) => name.startsWith('ActionNames.member.'));
  const members = results.map(([, action]) => {
    const decision = forbidden?.test(action) ? 'implicitDeny' : 'allowed';
    return `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
  });
  return (
    '<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>' +
    `<IsTruncated>false</IsTruncated><EvaluationResults>${members.join('')}</EvaluationResults>` +
    '</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>'
  );
}
