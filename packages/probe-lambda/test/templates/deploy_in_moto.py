"""Deploys the templates into moto, in this process, and has the fleet's state machine run by it.

Reads {"templates": folder, "zip": path, "answers": [{"name", "report"}]} from standard input: each function's answer, in the order of
the list. Prints what stands then, and every object in the bucket of reports.
"""

import json
import sys
import time

import boto3
import yaml
from moto import mock_aws
from moto.awslambda_simple.models import lambda_simple_backends
from moto.core.config import default_user_config

REGION = "ap-northeast-1"
asked = json.load(sys.stdin)


def template(name):
    with open(f"{asked['templates']}/{name}.yaml", encoding="utf-8") as file:
        return file.read()


class Template(yaml.SafeLoader):
    """CloudFormation's short forms are of no matter here."""


Template.add_multi_constructor("!", lambda loader, suffix, node: str(node.value))


def definition(bucket):
    """As CloudFormation substitutes it; moto deploys the machine, but reads a DefinitionString alone."""
    machine = yaml.load(template("fleet"), Template)["Resources"]["Machine"]["Properties"]
    return json.loads(json.dumps(machine["Definition"]).replace("${Bucket}", bucket))


def for_moto(machine):
    """moto cannot play a ResultWriter, and reads no whole number as a percentage, and answers from its list in the order of the calls: one after
    another, then. All else is run as it stands."""
    place = {key: value for key, value in machine["States"]["EveryPlace"].items() if not key.startswith("Result")}
    states = place["ItemProcessor"]["States"]
    # Step Functions writes an object as JSON; moto wants the text.
    states["Keep"]["Parameters"]["Body.$"] = f"States.JsonToString({states['Keep']['Parameters']['Body.$']})"
    return json.dumps({**machine, "States": {"EveryPlace": {**place, "ToleratedFailurePercentage": 100.0, "MaxConcurrency": 1}}})


def deploy(stack, name, **parameters):
    cloudformation.create_stack(
        StackName=stack,
        TemplateBody=template(name),
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {one["OutputKey"]: one["OutputValue"] for one in described.get("Outputs", [])}, described["StackStatus"]


with mock_aws():
    cloudformation = boto3.client("cloudformation", REGION)
    ec2 = boto3.client("ec2", REGION)
    s3 = boto3.client("s3", REGION)
    states = boto3.client("stepfunctions", REGION)
    s3.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": REGION})
    with open(asked["zip"], "rb") as file:
        s3.put_object(Bucket="code", Key="eniprobe-lambda.zip", Body=file.read())
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="g", Description="g", VpcId=vpc)["GroupId"]
    functions, statuses = [], {}
    for index, answer in enumerate(asked["answers"]):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{index}.0/24")["Subnet"]["SubnetId"]
        outputs, status = deploy(
            answer["name"],
            "probe",
            SubnetIds=subnet,
            SecurityGroupIds=group,
            CodeBucket="code",
            Schedule="rate(15 minutes)",
            Targets="sts,logs",
        )
        statuses[answer["name"]] = status
        functions.append({"name": answer["name"], "arn": outputs["FunctionArn"]})
    fleet, statuses["fleet"] = deploy(
        "fleet", "fleet", FunctionArnPattern=f"arn:aws:lambda:{REGION}:*:function:*", Schedule="cron(0 6 * * ? *)"
    )
    inner = boto3.client("lambda", REGION)
    deployed = inner.get_function_configuration(FunctionName=functions[0]["arn"])
    rule = boto3.client("events", REGION)
    inputs = [
        target.get("Input")
        for one in rule.list_rules()["Rules"]
        for target in rule.list_targets_by_rule(Rule=one["Name"])["Targets"]
    ]
    machine = states.describe_state_machine(stateMachineArn=fleet["StateMachineArn"])
    # From here on machines are run and functions answer from a list: to that end moto has backends of their own, which know nothing
    # of what was deployed.
    default_user_config["lambda"] = {"use_docker": False}
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    states.create_state_machine(
        name=machine["name"],
        definition=for_moto(definition(fleet["ReportBucket"])),
        roleArn=machine["roleArn"],
    )
    queue = lambda_simple_backends["123456789012"][REGION].lambda_simple_results_queue
    queue.extend(json.dumps(answer["report"]) for answer in asked["answers"])
    run = states.start_execution(
        stateMachineArn=fleet["StateMachineArn"],
        name="morning",
        input=json.dumps({"functions": functions, "event": {"targets": ["sts", "logs"]}}),
    )["executionArn"]
    for _ in range(600):
        told = states.describe_execution(executionArn=run)
        if told["status"] != "RUNNING":
            break
        time.sleep(0.1)
    objects = {}
    for one in s3.list_objects_v2(Bucket=fleet["ReportBucket"]).get("Contents", []):
        objects[one["Key"]] = s3.get_object(Bucket=fleet["ReportBucket"], Key=one["Key"])["Body"].read().decode()
    default_user_config["lambda"] = {"use_docker": True}
    cloudformation.delete_stack(StackName=functions[0]["name"])
    left = [one["FunctionName"] for one in inner.list_functions()["Functions"]]
    print(
        json.dumps(
            {
                "statuses": statuses,
                "environment": deployed["Environment"]["Variables"],
                "handler": deployed["Handler"],
                "vpc": deployed.get("VpcConfig", {}).get("SubnetIds"),
                "inputs": inputs,
                "run": {"status": told["status"], "output": told.get("output"), "cause": told.get("cause")},
                "definition": definition(fleet["ReportBucket"]),
                "objects": objects,
                "left": left,
            },
            default=str,
        )
    )
