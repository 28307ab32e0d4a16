from django.forms.renderers import DjangoTemplates
class FormRenderer(DjangoTemplates):
    pass
