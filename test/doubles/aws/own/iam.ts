import type { AwsRequest } from '../request.js';

/**
 * IAM's policy simulator, which moto lacks: everything is allowed but what `forbid` names, and passing a role to nobody in
 * particular. It speaks XML.
 */
export function simulated(request: AwsRequest, forbidden: RegExp | undefined): string {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const results = [...form].filter(([name]) => name.startsWith('ActionNames.member.'));
  const toSageMaker =
    form.get('ContextEntries.member.1.ContextKeyName') === 'iam:PassedToService' &&
    form.get('ContextEntries.member.1.ContextKeyValues.member.1') === 'sagemaker.amazonaws.com';
  const members = results.map(([, action]) => {
    const toNobody = action === 'iam:PassRole' && !toSageMaker;
    const decision = forbidden?.test(action) || toNobody ? 'implicitDeny' : 'allowed';
    return `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
  });
  return (
    '<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>' +
    `<IsTruncated>false</IsTruncated><EvaluationResults>${members.join('')}</EvaluationResults>` +
    '</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>'
  );
}
