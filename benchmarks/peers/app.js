"use strict";
// The clusters as an ordinary CDKTF app in JavaScript, with the imports that the provider's documentation shows:
// node app.js CLUSTERS OUTPUT
const fs = require("node:fs");
const cdktf = require("cdktf");
const { CloudwatchLogGroup } = require("@cdktf/provider-aws/lib/cloudwatch-log-group");
const { DbSubnetGroup } = require("@cdktf/provider-aws/lib/db-subnet-group");
const { IamRole } = require("@cdktf/provider-aws/lib/iam-role");
const { IamRolePolicyAttachment } = require("@cdktf/provider-aws/lib/iam-role-policy-attachment");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { RdsCluster } = require("@cdktf/provider-aws/lib/rds-cluster");
const { RdsClusterInstance } = require("@cdktf/provider-aws/lib/rds-cluster-instance");
const { RdsClusterParameterGroup } = require("@cdktf/provider-aws/lib/rds-cluster-parameter-group");
const { SecurityGroup } = require("@cdktf/provider-aws/lib/security-group");
const { VpcSecurityGroupIngressRule } = require("@cdktf/provider-aws/lib/vpc-security-group-ingress-rule");

const [clusters, output] = process.argv.slice(2);

function add(stack, c) {
  const { name, tags, port } = c;
  const subnets = new DbSubnetGroup(stack, `${name}-subnets`, {
    name: c.id,
    subnetIds: c.subnets,
    tags,
  });
  const parameters = new RdsClusterParameterGroup(stack, `${name}-parameters`, {
    name: `${c.id}-parameters`,
    family: c.family,
    parameter: Object.entries(c.parameters).map(([key, value]) => ({ name: key, value, applyMethod: "immediate" })),
    tags,
  });
  const group = new SecurityGroup(stack, `${name}-group`, {
    name: `aurora-${c.id}`,
    vpcId: c.vpc,
    tags,
  });
  c.sources.forEach(
    (source, index) =>
      new VpcSecurityGroupIngressRule(stack, `${name}-rule-${index}`, {
        securityGroupId: group.id,
        cidrIpv4: source.cidr,
        referencedSecurityGroupId: source.group,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        tags,
      }),
  );
  const log = new CloudwatchLogGroup(stack, `${name}-log`, {
    name: c.log,
    retentionInDays: 365,
    tags,
  });
  const cluster = new RdsCluster(stack, name, {
    clusterIdentifier: c.id,
    engine: c.engine,
    engineVersion: c.version,
    databaseName: c.database,
    masterUsername: "master",
    manageMasterUserPassword: true,
    port,
    dbSubnetGroupName: subnets.name,
    vpcSecurityGroupIds: [group.id],
    dbClusterParameterGroupName: parameters.name,
    enabledCloudwatchLogsExports: ["postgresql"],
    storageEncrypted: true,
    backupRetentionPeriod: 14,
    copyTagsToSnapshot: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: `${c.id}-final`,
    deletionProtection: true,
    iamDatabaseAuthenticationEnabled: true,
    tags,
    dependsOn: [log],
    lifecycle: { preventDestroy: true, ignoreChanges: ["availability_zones"] },
  });
  const role = new IamRole(stack, `${name}-role`, { name: `rds-${c.id}`, assumeRolePolicy: c.trust, tags });
  const policy = new IamRolePolicyAttachment(stack, `${name}-policy`, {
    role: role.name,
    policyArn: c.policy,
  });
  for (let index = 0; index < c.instances; index++) {
    new RdsClusterInstance(stack, `${name}-${index + 1}`, {
      identifier: `${c.id}-${index + 1}`,
      clusterIdentifier: cluster.id,
      engine: c.engine,
      instanceClass: c.class,
      promotionTier: Math.min(index, 1),
      performanceInsightsEnabled: true,
      monitoringInterval: 60,
      monitoringRoleArn: role.arn,
      dependsOn: [policy],
      tags,
      lifecycle: { preventDestroy: true },
    });
  }
  const outputs = {
    arn: cluster.arn,
    id: cluster.id,
    endpoint: cluster.endpoint,
    reader_endpoint: cluster.readerEndpoint,
    engine: cluster.engine,
    engine_version: cluster.engineVersionActual,
    port: cluster.port,
    resource_id: cluster.clusterResourceId,
    parameter_group: cluster.dbClusterParameterGroupName,
    subnet_group: cluster.dbSubnetGroupName,
    security_group: group.id,
    secret: cluster.masterUserSecret.get(0).secretArn,
  };
  for (const [key, value] of Object.entries(outputs)) {
    new cdktf.TerraformOutput(stack, `${name}-${key}`, { value });
  }
}

const app = new cdktf.App({ outdir: output });
for (const [environment, members] of Object.entries(JSON.parse(fs.readFileSync(clusters, "utf-8")))) {
  const stack = new cdktf.TerraformStack(app, environment);
  new cdktf.S3Backend(stack, {
    bucket: "acme-state",
    key: `${environment}/terraform.tfstate`,
    region: "eu-west-1",
  });
  new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: ["111122223333"] });
  members.forEach((c) => add(stack, c));
}
app.synth();
