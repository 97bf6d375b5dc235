"""Invokes a local endpoint as any SageMaker endpoint is invoked: boto3, with nothing changed but the address."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

url, name = sys.argv[1:]
client = boto3.client("sagemaker-runtime", endpoint_url=url, region_name="us-east-1")
body = json.dumps({"features": {"alpha": 1, "beta": 2, "gamma": None}})
answer = client.invoke_endpoint(
    EndpointName=name,
    ContentType="application/json",
    Accept="application/json",
    TargetVariant="AllTraffic",
    InferenceId="of-boto3",
    CustomAttributes="ward=4",
    Body=body,
)
said = {
    "status": answer["ResponseMetadata"]["HTTPStatusCode"],
    "variant": answer["InvokedProductionVariant"],
    "attributes": answer.get("CustomAttributes"),
    "type": answer["ContentType"],
    "body": json.loads(answer["Body"].read()),
}
rows = client.invoke_endpoint(EndpointName=name, ContentType="text/csv", Accept="text/csv", Body="1,2,3\n4,5,6\n")
said["rows"] = rows["Body"].read().decode()


def refused(**change):
    request = {"EndpointName": name, "ContentType": "application/json", "Body": body, **change}
    try:
        client.invoke_endpoint(**request)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


said["wrong"] = refused(Body='{"features": {"alpha": 1}}')
said["nobody"] = refused(TargetVariant="nobody")
key = boto3.Session().get_credentials().access_key
keys = {"aws_access_key_id": key, "aws_secret_access_key": "x" * 40}
client = boto3.client("sagemaker-runtime", endpoint_url=url, region_name="us-east-1", **keys)
said["stranger"] = refused()
print(json.dumps(said))
