import assert from 'node:assert/strict';
import { BrokenError, CancelledError, InputError } from '../../../../../src/common/errors.js';
import { explain, isMissing } from '../../../../../src/platform/aws/account/explain.js';
import { permissionFor } from '../../../../../src/platform/aws/account/permissions.js';
import { settingsOf } from '../../../../../src/platform/aws/account/settings.js';

const settings = settingsOf('prod', { kind: 'aws', region: 'eu-west-1', profile: 'team' }, {});
const call = { service: 's3', operation: 'GetObject', input: { Bucket: 'b', Key: 'a/b.json' } } as const;

function serviceError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('what a failed AWS call reads as', () => {
  it('names the IAM action of a call that is not allowed, and what it was about', () => {
    const denied = serviceError('AccessDenied', 'Access Denied', { $metadata: { httpStatusCode: 403 } });
    const said = explain(denied, call, settings);
    assert.ok(said instanceof BrokenError);
    assert.match(
      said.message,
      /^environment prod \(eu-west-1, profile team\): not allowed: GetObject s3:\/\/b\/a\/b\.json/,
    );
    assert.match(said.message, /s3:GetObject/);
    assert.equal(said.cause, denied);
  });

  it('takes a 403 without a word, as HeadObject answers, for not allowed', () => {
    const denied = serviceError('403', 'UnknownError', { $metadata: { httpStatusCode: 403 } });
    assert.match(explain(denied, { ...call, operation: 'HeadObject' }, settings).message, /IAM action s3:GetObject/);
  });

  it('says in one line that a page of a proxy is no answer of AWS', () => {
    const page = `Unexpected token '<', "<!doctype "... is not valid JSON
  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.`;
    const said = explain(serviceError('SyntaxError', page, { $metadata: { httpStatusCode: 502 } }), call, settings);
    assert.ok(said instanceof BrokenError);
    assert.match(said.message, /GetObject s3:\/\/b\/a\/b\.json: found an answer with status 502 .*proxy/);
    assert.doesNotMatch(said.message, /\n|hidden field/);
  });

  it('knows the IAM actions that are not named after their operation', () => {
    assert.equal(permissionFor('s3', 'ListBuckets'), 's3:ListAllMyBuckets');
    assert.equal(permissionFor('s3', 'ListObjectsV2'), 's3:ListBucket');
    assert.equal(permissionFor('runtime', 'InvokeEndpoint'), 'sagemaker:InvokeEndpoint');
    assert.equal(permissionFor('cloudwatch', 'DescribeAlarms'), 'cloudwatch:DescribeAlarms');
  });

  it('says what to set when there are no credentials at all', () => {
    const none = serviceError('CredentialsProviderError', 'Could not load credentials from any providers');
    const said = explain(none, call, settingsOf('prod', { kind: 'aws', region: 'eu-west-1' }, {}));
    assert.ok(said instanceof InputError);
    assert.match(said.message, /environments\.prod\.profile.*AWS_PROFILE.*AWS_ACCESS_KEY_ID/);
  });

  it('names the profile that cannot be found', () => {
    const none = serviceError('CredentialsProviderError', 'Could not resolve credentials using profile: [team]');
    const said = explain(none, call, settings);
    assert.ok(said instanceof InputError);
    assert.match(said.message, /profile team.*aws configure --profile team/);
  });

  for (const [name, message] of [
    ['ExpiredToken', 'The provided token has expired.'],
    ['ExpiredTokenException', 'The security token included in the request is expired'],
    ['CredentialsProviderError', 'The SSO session associated with this profile has expired.'],
  ] as const)
    it(`says how to renew an expired sign-in (${name})`, () => {
      const said = explain(serviceError(name, message), call, settings);
      assert.ok(said instanceof BrokenError);
      assert.match(said.message, /expired; renew it with: aws sso login --profile team/);
    });

  it('names the bucket that is not there as the user’s input', () => {
    const said = explain(serviceError('NoSuchBucket', 'The specified bucket does not exist'), call, settings);
    assert.ok(said instanceof InputError);
    assert.match(said.message, /there is no bucket b/);
  });

  it('says that nobody listens at an endpoint URL', () => {
    const local = { ...settings, endpointUrl: 'http://127.0.0.1:1' };
    const refused = serviceError('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' });
    assert.match(explain(refused, call, local).message, /cannot reach http:\/\/127\.0\.0\.1:1 .* nobody listens there/);
  });

  it('keeps the name, the words and the request id of anything else', () => {
    const odd = serviceError('InternalFailure', 'oops', { $metadata: { httpStatusCode: 500, requestId: 'r-1' } });
    assert.match(explain(odd, call, settings).message, /InternalFailure: oops \(request r-1\)$/);
  });

  it('takes an aborted call for cancelled', () => {
    assert.ok(explain(serviceError('AbortError', 'Request aborted'), call, settings) instanceof CancelledError);
  });

  it('tells what does not exist from what went wrong, in every service’s words', () => {
    const asked = (name: string, message: string) => isMissing(explain(serviceError(name, message), call, settings));
    assert.equal(asked('NoSuchKey', 'The specified key does not exist.'), true);
    assert.equal(asked('ValidationException', 'Could not find endpoint "arn:aws:sagemaker:…".'), true);
    assert.equal(asked('ResourceNotFound', 'FeatureGroup x not found'), true);
    assert.equal(asked('ValidationException', '1 validation error detected: Value at …'), false);
    assert.equal(asked('ThrottlingException', 'Rate exceeded'), false);
  });
});
