# One probe in one place of a closed network: what probe.yaml is, for Terraform.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  region       = split(":", aws_cloudwatch_log_group.probe.arn)[3]
  function_arn = "arn:${data.aws_partition.current.partition}:lambda:${local.region}:${data.aws_caller_identity.current.account_id}:function:${var.name}"
  publish = merge(
    { metrics = true },
    var.report_bucket == null ? {} : { s3 = "s3://${var.report_bucket}/eniprobe" },
  )
}

resource "aws_cloudwatch_log_group" "probe" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 30
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "probe" {
  # What Lambda itself does with the role to put the function on an ENI; Describe and Delete take no resource.
  statement {
    sid = "Interface"
    actions = [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]
  }

  # The same calls from the code of the function are not needed: Lambda's own are made outside of it.
  statement {
    sid    = "NotFromTheCode"
    effect = "Deny"
    actions = [
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["*"]
    condition {
      test     = "ArnEquals"
      variable = "lambda:SourceFunctionArn"
      values   = [local.function_arn]
    }
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.probe.arn}:*"]
  }

  dynamic "statement" {
    for_each = var.report_bucket == null ? [] : [var.report_bucket]
    content {
      sid       = "Reports"
      actions   = ["s3:PutObject"]
      resources = ["arn:${data.aws_partition.current.partition}:s3:::${statement.value}/eniprobe/*"]
    }
  }
}

resource "aws_iam_role" "probe" {
  name                 = var.name
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "probe" {
  name   = "stand-in-the-network"
  role   = aws_iam_role.probe.id
  policy = data.aws_iam_policy_document.probe.json
}

# What "eniprobe policy TARGET..." prints: without it a denial is what is found on targets that are signed for.
resource "aws_iam_role_policy" "targets" {
  count  = var.target_policy_json == null ? 0 : 1
  name   = "ask-the-targets"
  role   = aws_iam_role.probe.id
  policy = var.target_policy_json
}

resource "aws_lambda_function" "probe" {
  function_name    = var.name
  description      = "Says which cause is behind a timeout, seen from these subnets"
  filename         = var.zip
  source_code_hash = filebase64sha256(var.zip)
  handler          = "index.handler"
  runtime          = var.runtime
  architectures    = [var.architecture]
  memory_size      = 512
  timeout          = 60
  role             = aws_iam_role.probe.arn

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  environment {
    variables = {
      ENIPROBE_NAME  = var.name
      ENIPROBE_EVENT = jsonencode(merge({ targets = var.targets }, var.event))
    }
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.probe.name
  }

  depends_on = [aws_iam_role_policy.probe]
}

resource "aws_cloudwatch_event_rule" "schedule" {
  count               = var.schedule == null ? 0 : 1
  name                = var.name
  description         = "Looks again, with the same event every time"
  schedule_expression = var.schedule
}

resource "aws_cloudwatch_event_target" "schedule" {
  count = var.schedule == null ? 0 : 1
  rule  = aws_cloudwatch_event_rule.schedule[0].name
  arn   = aws_lambda_function.probe.arn
  input = jsonencode({ targets = var.targets, publish = local.publish })
}

resource "aws_lambda_permission" "schedule" {
  count         = var.schedule == null ? 0 : 1
  function_name = aws_lambda_function.probe.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule[0].arn
}

resource "aws_lambda_permission" "fleet" {
  count         = var.fleet_role_arn == null ? 0 : 1
  function_name = aws_lambda_function.probe.function_name
  action        = "lambda:InvokeFunction"
  principal     = var.fleet_role_arn
}

resource "aws_cloudwatch_metric_alarm" "no_report" {
  count               = var.schedule == null ? 0 : 1
  alarm_name          = "${var.name}-no-report"
  alarm_description   = "A run of ${var.name} gave no report. The log of the function says why."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.probe.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "ignore"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  ok_actions          = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "unreachable" {
  count               = var.schedule == null ? 0 : 1
  alarm_name          = "${var.name}-unreachable"
  alarm_description   = "A target of ${var.name} cannot be used. The log of the function says which, why and how to mend it."
  namespace           = "eniprobe"
  metric_name         = "ErrorFindings"
  dimensions          = { Probe = var.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  # Nothing was looked at between two runs of a slow schedule: what the last one said still holds.
  treat_missing_data = "ignore"
  alarm_actions       = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  ok_actions          = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
}
