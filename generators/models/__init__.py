"""What every model that runs on this machine shares: its packages, weights, device, parameters and seed."""
