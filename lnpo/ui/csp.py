from csp.middleware import CSPMiddleware
class ContentSecurityPolicyMiddleware(CSPMiddleware):
    pass
