"""The kinds of Project Planton, whose manifests may stand beside ours.

Source: its enumeration of kinds (project-planton/project-planton, cloud_resource_kind.proto at commit 090ae91). Those
for AWS are listed with what they are; the others are known by their API group.
"""

from typing import Final

GROUP: Final = ".project-planton.org"
"""The end of the API group of every kind; the provider stands before it."""

AWS_KINDS: Final = {
    "AwsAlb": "load balancers",
    "AwsCertManagerCert": "certificates",
    "AwsClientVpn": "VPN endpoints",
    "AwsCloudFront": "CloudFront distributions",
    "AwsDynamodb": "DynamoDB tables",
    "AwsEc2Instance": "EC2 instances",
    "AwsEcrRepo": "container repositories",
    "AwsEcsCluster": "ECS clusters",
    "AwsEcsService": "ECS services",
    "AwsEksCluster": "EKS clusters",
    "AwsEksNodeGroup": "groups of EKS nodes",
    "AwsIamRole": "IAM roles",
    "AwsIamUser": "IAM users",
    "AwsKmsKey": "KMS keys",
    "AwsLambda": "Lambda functions",
    "AwsRdsInstance": "RDS instances outside a cluster",
    "AwsRoute53Zone": "DNS zones",
    "AwsS3Bucket": "S3 buckets",
    "AwsSecretsManager": "secrets",
    "AwsSecurityGroup": "security groups",
    "AwsStaticWebsite": "static websites",
    "AwsVpc": "VPCs",
}
"""What manifests of each kind describe."""
