"""Pure kernels: counts and numbers in, frozen dataclasses out; they know nothing of surveys, files or Polars."""
