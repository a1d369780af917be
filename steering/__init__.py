"""The method (SARSteer) and the patch that applies it inside vLLM; knows nothing of HTTP or tenants."""
