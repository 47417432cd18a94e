"""Clusters of EKS as eksctl declares them: the AWS roles that it makes beside them."""
