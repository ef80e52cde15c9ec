variable "name" {
  description = "Of the function, its role and its metrics."
  type        = string
  default     = "eniprobe"
}

variable "zip" {
  description = "Path of eniprobe-lambda.zip."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of one network path. One module a subnet tells subnets apart."
  type        = list(string)
}

variable "security_group_ids" {
  description = "Those of the workload whose network is in question, so that the same rules are tried."
  type        = list(string)
}

variable "targets" {
  description = "As on the command line, such as [\"logs\", \"s3://my-bucket\", \"tcp://db.internal:5432\"]."
  type        = list(string)
  default     = ["sts", "s3", "logs"]
}

variable "event" {
  description = "Further fields of the event, such as { expect = \"closed\" }."
  type        = any
  default     = {}
}

variable "schedule" {
  description = "Null for none, or rate(15 minutes), cron(0 * * * ? *)."
  type        = string
  default     = null
}

variable "target_policy_json" {
  description = "Null, or what \"eniprobe policy TARGET...\" prints."
  type        = string
  default     = null
}

variable "report_bucket" {
  description = "Null, or a bucket that every scheduled report is put into, below eniprobe/."
  type        = string
  default     = null
}

variable "alarm_topic_arn" {
  description = "Null, or an SNS topic that the alarm tells."
  type        = string
  default     = null
}

variable "fleet_role_arn" {
  description = "Null, or the role of a fleet.yaml in another account, which may then ask this probe."
  type        = string
  default     = null
}

variable "permissions_boundary_arn" {
  description = "Null, or the boundary that roles must have here."
  type    = string
  default = null
}

variable "architecture" {
  type    = string
  default = "arm64"
}

variable "runtime" {
  type    = string
  default = "nodejs22.x"
}
