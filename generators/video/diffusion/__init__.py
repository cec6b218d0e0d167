"""What video models that denoise have in common; each backend is one file in the folder above."""
