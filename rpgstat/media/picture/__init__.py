"""What figures are drawn with: paper, bands, axes, colours."""
