output "function_name" {
  description = "Invoke it with {\"targets\": [\"logs\"]}."
  value       = aws_lambda_function.probe.function_name
}

output "function_arn" {
  value = aws_lambda_function.probe.arn
}

output "role_arn" {
  value = aws_iam_role.probe.arn
}
