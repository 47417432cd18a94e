"""Service meshes: which workloads prove who they are, and which of them may call which. Objects come in manifests."""
