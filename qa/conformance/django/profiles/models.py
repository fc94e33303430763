from portal_models import declare

globals().update(declare(__name__))
