"""What boto3 sees of what we wrote, as JSON; and what it writes for us to read. Arguments: read|write, URL, bucket."""

import datetime
import json
import sys

import boto3

what, url, bucket = sys.argv[1:]


def client(name):
    return boto3.client(name, endpoint_url=url, region_name="us-east-1")


s3, sagemaker, cloudwatch = client("s3"), client("sagemaker"), client("cloudwatch")
start = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.timezone.utc)


def read():
    head = s3.head_object(Bucket=bucket, Key="clients/ours.txt")
    packages = sagemaker.list_model_packages(ModelPackageGroupName="ours")["ModelPackageSummaryList"]
    package = sagemaker.describe_model_package(ModelPackageName=packages[0]["ModelPackageArn"])
    endpoint = sagemaker.describe_endpoint(EndpointName="ours")
    config = sagemaker.describe_endpoint_config(EndpointConfigName=endpoint["EndpointConfigName"])
    group = sagemaker.describe_feature_group(FeatureGroupName="ours-train")
    offline = group["OfflineStoreConfig"]["S3StorageConfig"]["ResolvedOutputS3Uri"]
    prefix = offline.split(f"s3://{bucket}/")[1]
    alarm = cloudwatch.describe_alarms(AlarmNames=["ours"])["MetricAlarms"][0]
    points = cloudwatch.get_metric_statistics(
        Namespace="Ours",
        MetricName="Latency",
        Dimensions=[{"Name": "EndpointName", "Value": "ours"}],
        StartTime=start,
        EndTime=start + datetime.timedelta(minutes=5),
        Period=300,
        Statistics=["Sum", "SampleCount"],
    )["Datapoints"]
    return {
        "text": s3.get_object(Bucket=bucket, Key="clients/ours.txt")["Body"].read().decode(),
        "object_metadata": head["Metadata"],
        "approval": package["ModelApprovalStatus"],
        "package_metadata": package["CustomerMetadataProperties"],
        "endpoint_status": endpoint["EndpointStatus"],
        "capture": config["DataCaptureConfig"]["InitialSamplingPercentage"],
        "features": {one["FeatureName"]: one["FeatureType"] for one in group["FeatureDefinitions"]},
        "parquet": [one["Key"][len(prefix) :] for one in s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]],
        "alarm": {key: alarm[key] for key in ("Threshold", "ComparisonOperator", "TreatMissingData")},
        "points": [[one["Sum"], one["SampleCount"]] for one in points],
    }


def write():
    s3.put_object(Bucket=bucket, Key="clients/theirs.txt", Body=b"theirs")
    sagemaker.create_model_package_group(ModelPackageGroupName="theirs")
    sagemaker.create_model_package(
        ModelPackageGroupName="theirs",
        ModelApprovalStatus="Approved",
        CustomerMetadataProperties={"threshold": "0.5", "framework": "lightgbm"},
        InferenceSpecification={
            "Containers": [{"Image": "serve:1", "ModelDataUrl": f"s3://{bucket}/models/theirs/model.tar.gz"}],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
    )
    cloudwatch.put_metric_alarm(
        AlarmName="theirs",
        Namespace="Theirs",
        MetricName="Errors",
        Statistic="Sum",
        Period=300,
        EvaluationPeriods=3,
        DatapointsToAlarm=2,
        ComparisonOperator="LessThanThreshold",
        Threshold=1,
        TreatMissingData="breaching",
    )
    cloudwatch.put_metric_data(
        Namespace="Theirs",
        MetricData=[{"MetricName": "Errors", "Timestamp": start, "Values": [1, 2], "Counts": [3, 1]}],
    )
    return {}


print(json.dumps(read() if what == "read" else write()))
