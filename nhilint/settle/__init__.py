"""What becomes of findings: hidden, waived, known before, or judged by the gate."""
